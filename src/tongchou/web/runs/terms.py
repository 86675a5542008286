"""How long an objection may be filed and must be answered: dated values in ``terms.yaml``."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from tongchou.kernel.declared import Model, Words
from tongchou.web.runs.models import Run

_FILE = Path(__file__).with_name("terms.yaml")


class Term(Model):
    """A number of days from ``start`` on, with the paper it stands in, or assumed."""

    start: date
    value: int
    source: Words
    paper: str = ""
    assumed: bool = False


@lru_cache(maxsize=1)
def _terms() -> dict[str, list[Term]]:
    held = TypeAdapter(dict[str, list[Term]]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
    return {name: sorted(terms, key=lambda t: t.start) for name, terms in held.items()}


def term(name: str, on: date) -> Term:
    """Return the term in force on a day, the first one for a day before it."""
    held = _terms()[name]
    return next((t for t in reversed(held) if t.start <= on), held[0])


def objections_until(run: Run) -> date | None:
    """Return the last day on which a run may be objected to, ``None`` before it is approved."""
    if run.approved_at is None:
        return None
    from django.utils import timezone

    day = timezone.localtime(run.approved_at).date()
    return day + timedelta(days=term("objection_days", day).value)


def answer_due(filed: date) -> date:
    """Return the day by which an objection filed on a day is answered."""
    return filed + timedelta(days=term("answer_days", filed).value)
