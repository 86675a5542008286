"""The states of a round and of a unit's answer to it, and how often a thing is asked."""

from __future__ import annotations

from enum import StrEnum

from tongchou.kernel.text import Text


class RoundState(StrEnum):
    """Designed, open for entry, closed, or given up before it was opened."""

    DESIGN = "design"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def label(self) -> Text:
        """The word for the state."""
        return _ROUND[self]


class AnswerState(StrEnum):
    """With the officer, with the unit's reviewer, with the city, or accepted and locked."""

    OPEN = "open"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    ACCEPTED = "accepted"

    @property
    def label(self) -> Text:
        """The word for the state."""
        return _ANSWER[self]


class Frequency(StrEnum):
    """How often the same is asked."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def label(self) -> Text:
        """The word for it."""
        return _FREQUENCY[self]


class Verdict(StrEnum):
    """What a person ruled about two definitions."""

    SAME = "same"
    DIFFERENT = "different"

    @property
    def label(self) -> Text:
        """The word for it."""
        return _VERDICT[self]


_ROUND = {
    RoundState.DESIGN: Text("设计中", "in design"),
    RoundState.OPEN: Text("填报中", "open"),
    RoundState.CLOSED: Text("已结束", "closed"),
    RoundState.DROPPED: Text("已放弃", "given up"),
}
_ANSWER = {
    AnswerState.OPEN: Text("待填报", "to be filled in"),
    AnswerState.SUBMITTED: Text("待本单位审核", "with the unit's reviewer"),
    AnswerState.REVIEWED: Text("待市级验收", "with the city"),
    AnswerState.ACCEPTED: Text("已验收", "accepted"),
}
_FREQUENCY = {
    Frequency.ONCE: Text("一次性", "once"),
    Frequency.MONTHLY: Text("每月", "monthly"),
    Frequency.QUARTERLY: Text("每季", "quarterly"),
    Frequency.YEARLY: Text("每年", "yearly"),
}
_VERDICT = {
    Verdict.SAME: Text("同一口径", "the same"),
    Verdict.DIFFERENT: Text("不同口径", "different"),
}
