"""The clock of an objection: how long until it must be answered, as a lamp with word and icon."""

from __future__ import annotations

from datetime import date

from tongchou.kernel.text import Text
from tongchou.web.duties.lamps import Colour, Lamp
from tongchou.web.runs.models import Answer, Objection
from tongchou.web.runs.terms import term


def clock(objection: Objection, on: date) -> Lamp:
    """Return how an objection stands on a day."""
    why = Text(f"答复期限 {objection.due:%Y-%m-%d}", f"to be answered by {objection.due:%Y-%m-%d}")
    if objection.answer != Answer.OPEN:
        return Lamp(Colour.BLUE, objection.answer_words, why)
    left = (objection.due - on).days
    if left < 0:
        return Lamp(Colour.RED, Text(f"逾期 {-left} 天", f"{-left} days late"), why)
    words = Text(f"剩 {left} 天", f"{left} days left")
    return Lamp(Colour.YELLOW if left <= term("soon_days", on).value else Colour.GREEN, words, why)
