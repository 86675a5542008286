"""What is asked of a person today. An app that asks anything has a module ``todo`` with a function of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def todos(user: User, on: date) -> list[Todo]:
    """Return what every app asks of a person, overdue first, then by the day due; what has no day comes last."""
    asked = [one for module in offered("todo") for one in module.todo(user, on) if one.count]
    return sorted(asked, key=lambda t: (t.due is None, t.due or date.max))
