"""What runs and objections ask of a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.people.models import User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.runs.models import Answer, Objection, Run
from tongchou.web.runs.steps import State
from tongchou.web.todo import Todo, Waiting, counted

_ASKED = (
    ("runs.draft", State.DRAFT, Text("待提交的测算", "runs to submit")),
    ("runs.review", State.SUBMITTED, Text("待审核的测算", "runs to review")),
    ("runs.approve", State.REVIEWED, Text("待批准的测算", "runs to approve")),
    ("runs.publish", State.APPROVED, Text("待公布的测算", "runs to publish")),
)
_TOOK_PART = ("made_by", "submitted_by", "reviewed_by")


def todo(user: User, on: date) -> list[Todo]:
    """Return the runs that wait for the person's step, and the objections to be answered."""
    found = []
    asked = [(*one, organisations_of(user, one[0])) for one in _ASKED]
    asked = [one for one in asked if one[-1] is None or one[-1]]
    waiting = _waiting() if asked else []
    for permission, state, words, held in asked:
        mine = [r for r in waiting if r["state"] == state and (held is None or r["organisation"] in held)]
        if state == State.DRAFT:
            mine = [r for r in mine if r["made_by"] == user.pk]
        elif permission in ("runs.review", "runs.approve"):
            took_part = ("made_by", "submitted_by") if permission == "runs.review" else _TOOK_PART
            mine = [r for r in mine if all(r[hand] != user.pk for hand in took_part)]
        count = sum(r["n"] for r in mine)
        found.append(Todo(words, count, f"{reverse('runs:runs')}?state={state.value}"))
    held = organisations_of(user, "runs.answer")
    if held is None or held:
        open_ = Objection.objects.filter(answer=Answer.OPEN)
        if held is not None:
            open_ = open_.filter(run__organisation__in=held)
        address = f"{reverse('runs:objections')}?answer=open"
        found += counted([Waiting(Text("待答复的异议", "objections to answer"), address, open_, "due")])
    return found


def _waiting() -> list[dict[str, Any]]:
    """Return how many runs stand at each state on the way to the public, by unit and by the hands they went through."""
    on_the_way = Run.objects.filter(state__in=[state for _, state, _ in _ASKED]).order_by()
    return list(on_the_way.values("state", "organisation", *_TOOK_PART).annotate(n=Count("pk")))
