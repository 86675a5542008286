"""The three statuses of a commitment, kept apart, and the lamp that follows from them. Never set by hand.

The lamp of an indicator (rule ``assessment.lamp``) says how good a value is; this one says whether a promise is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tongchou.kernel.text import Text
from tongchou.web.duties.parameters import LampParameters
from tongchou.web.duties.words import EvidenceKind, Said, Worded
from tongchou.web.signals import ICONS


class Colour(Worded):
    """The five colours of the product."""

    GREEN = "green", "正常", "on track"
    YELLOW = "yellow", "临期", "due soon"
    RED = "red", "逾期", "overdue"
    BLUE = "blue", "办结", "closed"
    GREY = "grey", "未报", "not reported"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp as pages show it, with the reason in words."""

    colour: Colour
    label: Text
    why: Text

    @property
    def icon(self) -> str:
        """The sign that carries the colour's meaning on black-and-white paper."""
        return ICONS[self.colour.value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a commitment on a day.

    ``due`` is the printed date, or the signed one that answers it; ``said`` the unit's latest approved word;
    ``accepted`` the kinds of evidence the city accepts; ``last_word`` the day of the latest approved word or accepted
    evidence, ``since`` the day from which silence counts where there was none.
    """

    due: date | None
    said: Said | None
    accepted: Collection[EvidenceKind]
    last_word: date | None
    since: date


def is_closed(facts: Facts) -> bool:
    """Whether the promise is kept: the unit says so, and a result the city accepted shows it."""
    return facts.said is Said.DONE and EvidenceKind.RESULT in facts.accepted


def silence(facts: Facts, on: date) -> int:
    """Return the days since the last word, or since silence counts."""
    return max(0, (on - (facts.last_word or facts.since)).days)


class Calendar(Worded):
    """What the calendar says."""

    NO_DATE = "no_date", "无时限", "no date"
    RUNNING = "running", "未到期", "not yet due"
    SOON = "soon", "临期", "due soon"
    OVERDUE = "overdue", "逾期", "overdue"
    CLOSED = "closed", "已办结", "closed"


def calendar(facts: Facts, on: date, parameters: LampParameters) -> Calendar:
    """Return the status by the calendar alone; the day due is still in time."""
    if is_closed(facts):
        return Calendar.CLOSED
    if facts.due is None:
        return Calendar.NO_DATE
    if facts.due < on:
        return Calendar.OVERDUE
    return Calendar.SOON if facts.due <= on + timedelta(days=parameters.soon_days) else Calendar.RUNNING


class Shown(Worded):
    """What the evidence shows."""

    NOTHING = "nothing", "无佐证", "no evidence"
    SOME = "some", "部分佐证", "partial"
    LOOP = "loop", "三项齐全", "all three"
    RESULT = "result", "成果已认定", "result accepted"


_LOOP = frozenset({EvidenceKind.STUDY, EvidenceKind.ORGANISE, EvidenceKind.CHECK})


def shown(accepted: Collection[EvidenceKind]) -> Shown:
    """Return the status by the evidence the city accepts: clause 4.3 asks for study, carrying out and check."""
    held = set(accepted)
    if EvidenceKind.RESULT in held:
        return Shown.RESULT
    if held >= _LOOP:
        return Shown.LOOP
    return Shown.SOME if held else Shown.NOTHING


_BLOCKED = Text("受阻", "blocked")


def lamp(facts: Facts, on: date, parameters: LampParameters) -> Lamp:
    """Return the lamp: closed, else overdue, else due soon or blocked, else unreported, else on track.

    What is certain from the calendar comes before what nobody has said; a unit that says it is blocked is never green.
    """
    by_calendar = calendar(facts, on, parameters)
    days = silence(facts, on)
    if by_calendar is Calendar.CLOSED:
        why = Text("单位报已完成，成果已认定", "the unit says done and the result is accepted")
        return Lamp(Colour.BLUE, Colour.BLUE.label, why)
    if by_calendar is Calendar.OVERDUE and facts.due is not None:
        late = (on - facts.due).days
        why = Text("超过时限 {n} 天", "{n} days past the day due").format(n=late)
        return Lamp(Colour.RED, Colour.RED.label, why)
    if facts.said is Said.BLOCKED:
        return Lamp(Colour.YELLOW, _BLOCKED, Text("单位报受阻", "the unit says it is blocked"))
    if by_calendar is Calendar.SOON and facts.due is not None:
        why = Text("距时限 {n} 天", "{n} days until it is due").format(n=(facts.due - on).days)
        return Lamp(Colour.YELLOW, Colour.YELLOW.label, why)
    if facts.last_word is None:
        why = Text("确认 {n} 天，尚无单位报告", "no word in {n} days since it was confirmed").format(n=days)
        return Lamp(Colour.GREY, Colour.GREY.label, why)
    if days > parameters.silent_days:
        return Lamp(Colour.GREY, Colour.GREY.label, Text("{n} 天没有消息", "no word for {n} days").format(n=days))
    return Lamp(Colour.GREEN, Colour.GREEN.label, Text("{n} 天前有报告", "last word {n} days ago").format(n=days))
