"""What is asked of a person today. An app that asks anything has a module ``todo`` with a function of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Min, QuerySet, Value
from django.db.models.functions import Cast

from tongchou.kernel.text import Text
from tongchou.web.discovery import offered
from tongchou.web.people.models import User


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: what to do (“待审核的承诺进展”), how many of them, where, and the earliest day it is due.

    ``clause`` is the clause it serves, where it serves one.
    """

    words: Text
    count: int
    address: str
    due: date | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for a person, with what the line says of them; ``day`` is the field with the day each is due."""

    words: Text
    address: str
    rows: QuerySet[Any]
    day: str = ""


def counted(waiting: Sequence[Waiting]) -> list[Todo]:
    """Return a line for each, in the same order, in one query: a trip for each would be most of the time of a list."""
    no_day = Cast(Value(None), DateField())
    each = [
        one.rows.order_by()
        .annotate(asked=Value(n))
        .values("asked")
        .annotate(n=Count("pk"), first=Min(one.day) if one.day else no_day)
        .values_list("asked", "n", "first")
        for n, one in enumerate(waiting)
    ]
    found = {asked: (n, first) for asked, n, first in each[0].union(*each[1:], all=True)} if each else {}
    lines = [(one, *found.get(n, (0, None))) for n, one in enumerate(waiting)]
    return [Todo(one.words, n, one.address, first) for one, n, first in lines]


def todos(user: User, on: date) -> list[Todo]:
    """Return what every app asks of a person, overdue first, then by the day due; what has no day comes last."""
    asked = [one for module in offered("todo") for one in module.todo(user, on) if one.count]
    return sorted(asked, key=lambda t: (t.due is None, t.due or date.max))
