"""What collection asks of a person today."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.collection.models import Answer
from tongchou.web.collection.seen import awaiting, to_fill
from tongchou.web.figures.models import FigureRecord
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may
from tongchou.web.todo import Todo, Waiting, counted


def todo(user: User, on: date) -> list[Todo]:
    """Return answers to fill in, answers to review or accept, and corrections to approve."""
    found = []
    open_ = list(to_fill(user).order_by("round__due").values_list("pk", "round__due", "round__clause"))
    if open_:
        pk, due, clause = open_[0]
        address = reverse("collection:answer", args=[pk]) if len(open_) == 1 else reverse("collection:mine")
        found.append(Todo(Text("待填报的数据", "figures to fill in"), len(open_), address, due, clause))
    words, address = Text("待审核的填报", "answers to review"), reverse("collection:review")
    lines = [Waiting(words, address, Answer.objects.filter(pk__in=awaiting(user).values("pk")), "round__due")]
    if may(user, "figures.approve"):
        submitted = FigureRecord.objects.filter(state="submitted")
        lines.append(Waiting(Text("待核定的数据更正", "corrections to approve"), address, submitted))
    return [*found, *counted(lines)]
