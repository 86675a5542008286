"""What collection asks of a person today."""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.collection.seen import awaiting, to_fill
from tongchou.web.figures.models import FigureRecord
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may
from tongchou.web.todo import Todo


def todo(user: User, on: date) -> list[Todo]:
    """Return answers to fill in, answers to review or accept, and corrections to approve."""
    found = []
    open_ = list(to_fill(user).order_by("round__due").values_list("pk", "round__due", "round__clause"))
    if open_:
        pk, due, clause = open_[0]
        address = reverse("collection:answer", args=[pk]) if len(open_) == 1 else reverse("collection:mine")
        found.append(Todo(Text("待填报的数据", "figures to fill in"), len(open_), address, due, clause))
    waiting = awaiting(user)
    if count := waiting.count():
        due = waiting.aggregate(due=Min("round__due"))["due"]
        found.append(Todo(Text("待审核的填报", "answers to review"), count, reverse("collection:review"), due))
    if may(user, "figures.approve") and (count := FigureRecord.objects.filter(state="submitted").count()):
        found.append(Todo(Text("待核定的数据更正", "corrections to approve"), count, reverse("collection:review")))
    return found
