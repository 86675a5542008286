"""The clock of an objection: how long until it must be answered, as a lamp with word and icon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongchou.kernel.text import Text
from tongchou.web.runs.models import Answer, Objection

_SOON = 5  # days


@dataclass(frozen=True, slots=True)
class Lamp:
    """What ``parts/lamp.html`` shows."""

    colour: str
    icon: str
    label: Text


def clock(objection: Objection, on: date) -> Lamp:
    """Return how an objection stands on a day."""
    if objection.answer != Answer.OPEN:
        return Lamp("blue", "✔", objection.answer_words)
    left = (objection.due - on).days
    if left < 0:
        return Lamp("red", "■", Text(f"逾期 {-left} 天", f"{-left} days late"))
    words = Text(f"剩 {left} 天", f"{left} days left")
    return Lamp("yellow", "▲", words) if left <= _SOON else Lamp("green", "●", words)
