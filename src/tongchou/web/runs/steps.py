"""The way of a run: its states, who may move it from one to the next, and what a move is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from tongchou.kernel.text import Text


class State(models.TextChoices):
    """Where a run stands."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    REVIEWED = "reviewed", "已审核"
    APPROVED = "approved", "已批准"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已撤回"

    @property
    def words(self) -> Text:
        """The word for it."""
        return _STATES[self]


_STATES = {
    State.DRAFT: Text("草稿", "draft"),
    State.SUBMITTED: Text("已提交", "submitted"),
    State.REVIEWED: Text("已审核", "reviewed"),
    State.APPROVED: Text("已批准", "approved"),
    State.PUBLISHED: Text("已公布", "published"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
}
#: A run in one of these counts: others see it, a payment may rest on it.
SETTLED = (State.APPROVED, State.PUBLISHED)
#: Nothing of a run in one of these may change.
CLOSED = (State.SUBMITTED, State.REVIEWED, *SETTLED)


@dataclass(frozen=True, slots=True)
class Step:
    """One move. ``permissions`` names what it needs in each state it starts from."""

    id: str
    label: Text
    to: State
    permissions: Mapping[State, str]
    event: str
    needs_reason: bool = False
    marks: str = ""  # the pair of fields that keep who made the move, and when
    by_another: bool = False  # whoever made or submitted the run may not make this move


STEPS: dict[str, Step] = {
    step.id: step
    for step in (
        Step(
            "submit",
            Text("提交审核", "Submit"),
            State.SUBMITTED,
            {State.DRAFT: "runs.draft"},
            "runs.submitted",
            marks="submitted",
        ),
        Step(
            "review",
            Text("审核通过", "Pass the review"),
            State.REVIEWED,
            {State.SUBMITTED: "runs.review"},
            "runs.reviewed",
            marks="reviewed",
            by_another=True,
        ),
        Step(
            "approve",
            Text("批准", "Approve"),
            State.APPROVED,
            {State.REVIEWED: "runs.approve"},
            "runs.approved",
            marks="approved",
            by_another=True,
        ),
        Step(
            "publish",
            Text("公布", "Publish"),
            State.PUBLISHED,
            {State.APPROVED: "runs.publish"},
            "runs.published",
            marks="published",
        ),
        Step(
            "return",
            Text("退回", "Return"),
            State.DRAFT,
            {
                State.SUBMITTED: "runs.review",
                State.REVIEWED: "runs.approve",
                State.APPROVED: "runs.publish",
            },
            "runs.returned",
            needs_reason=True,
        ),
        Step(
            "withdraw",
            Text("撤回", "Withdraw"),
            State.WITHDRAWN,
            {State.DRAFT: "runs.draft", State.SUBMITTED: "runs.draft", State.REVIEWED: "runs.draft"},
            "runs.withdrawn",
            needs_reason=True,
        ),
    )
}
