"""What a question can be, where it can stand, and how it can end."""

from __future__ import annotations

from enum import StrEnum

from tongchou.kernel.text import Text


class Kind(StrEnum):
    """What was sent."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    REPORT = "report"

    @property
    def label(self) -> Text:
        """The word for the kind."""
        return _KINDS[self]


class State(StrEnum):
    """Where a question stands."""

    RECEIVED = "received"
    ROUTED = "routed"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    PUBLISHED = "published"

    @property
    def label(self) -> Text:
        """The word for the state."""
        return _STATES[self]


class ReplyState(StrEnum):
    """Where a draft of a reply stands."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> Text:
        """The word for the state."""
        return _REPLIES[self]


class Outcome(StrEnum):
    """How a question ended."""

    DONE = "done"
    ADOPTED = "adopted"
    PLANNED = "planned"
    EXPLAINED = "explained"
    NOT_TAKEN = "not_taken"

    @property
    def label(self) -> Text:
        """The word for the outcome."""
        return _OUTCOMES[self]


_KINDS = {
    Kind.QUESTION: Text("提问", "question"),
    Kind.SUGGESTION: Text("意见建议", "suggestion"),
    Kind.REPORT: Text("反映问题", "report of a problem"),
}
_STATES = {
    State.RECEIVED: Text("已收到", "received"),
    State.ROUTED: Text("已转责任单位", "passed to the responsible unit"),
    State.DRAFTED: Text("答复待审定", "reply awaiting approval"),
    State.ANSWERED: Text("已答复", "answered"),
    State.PUBLISHED: Text("已答复并公开", "answered and published"),
}
_REPLIES = {
    ReplyState.DRAFTED: Text("待审定", "awaiting approval"),
    ReplyState.RETURNED: Text("已退回", "returned"),
    ReplyState.APPROVED: Text("已审定", "approved"),
}
_OUTCOMES = {
    Outcome.DONE: Text("已办理", "done"),
    Outcome.ADOPTED: Text("采纳", "adopted"),
    Outcome.PLANNED: Text("列入计划", "planned"),
    Outcome.EXPLAINED: Text("解释说明", "explained"),
    Outcome.NOT_TAKEN: Text("不予采纳", "not taken up"),
}
