"""What runs and objections ask of a person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.people.models import User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.runs.models import Answer, Objection, Run
from tongchou.web.runs.steps import State
from tongchou.web.todo import Todo

_ASKED = (
    ("runs.draft", State.DRAFT, Text("待提交的测算", "runs to submit")),
    ("runs.review", State.SUBMITTED, Text("待审核的测算", "runs to review")),
    ("runs.approve", State.REVIEWED, Text("待批准的测算", "runs to approve")),
    ("runs.publish", State.APPROVED, Text("待公布的测算", "runs to publish")),
)


def todo(user: User, on: date) -> list[Todo]:
    """Return the runs that wait for the person's step, and the objections to be answered."""
    found = []
    for permission, state, words in _ASKED:
        held = organisations_of(user, permission)
        if held is not None and not held:
            continue
        runs = Run.objects.filter(state=state)
        if held is not None:
            runs = runs.filter(organisation__in=held)
        if state == State.DRAFT:
            runs = runs.filter(made_by=user)
        elif permission in ("runs.review", "runs.approve"):
            runs = runs.exclude(Q(made_by=user) | Q(submitted_by=user))
            runs = runs.exclude(reviewed_by=user) if permission == "runs.approve" else runs
        found.append(Todo(words, runs.count(), f"{reverse('runs:runs')}?state={state.value}"))
    held = organisations_of(user, "runs.answer")
    if held is None or held:
        waiting = Objection.objects.filter(answer=Answer.OPEN)
        if held is not None:
            waiting = waiting.filter(run__organisation__in=held)
        dues = list(waiting.order_by("due").values_list("due", flat=True))
        address = f"{reverse('runs:objections')}?answer=open"
        found.append(Todo(Text("待答复的异议", "objections to answer"), len(dues), address, dues[0] if dues else None))
    return found
