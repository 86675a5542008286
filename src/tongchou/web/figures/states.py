"""The states of a figure received here."""

from __future__ import annotations

from enum import StrEnum

from tongchou.kernel.text import Text


class State(StrEnum):
    """Submitted and waiting, approved and current, superseded by a later revision, or withdrawn before approval."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """The word for the state."""
        return _LABELS[self]


_LABELS = {
    State.SUBMITTED: Text("待核定", "waiting for approval"),
    State.APPROVED: Text("现行", "current"),
    State.SUPERSEDED: Text("已被更正", "superseded"),
    State.WITHDRAWN: Text("未采用", "not adopted"),
}
