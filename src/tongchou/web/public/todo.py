"""What the questions of the public ask of a person."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.people.models import User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.public.models import Question
from tongchou.web.public.states import State
from tongchou.web.todo import Todo

# who, at which states, and in what words
_ASKED: tuple[tuple[str, State, Text], ...] = (
    ("public.route", State.RECEIVED, Text("群众提问待转办", "questions of the public to be passed on")),
    ("public.draft", State.ROUTED, Text("群众提问待答复", "questions of the public to be answered")),
    ("public.approve", State.DRAFTED, Text("对群众的答复待审定", "replies to the public to be approved")),
    ("public.publish", State.ANSWERED, Text("已答复的提问待公开", "answered questions to be published")),
)


def todo(user: User, on: date) -> list[Todo]:
    """Return the lines for a person's roles; one query."""
    counted = {
        (row["state"], row["organisation"]): row
        for row in Question.objects.exclude(state=State.PUBLISHED)
        .order_by()
        .values("state", "organisation")
        .annotate(n=Count("pk"), due=Min("due"))
    }
    lines = []
    for permission, state, words in _ASKED:
        held = organisations_of(user, permission)
        mine = [row for (s, o), row in counted.items() if s == state and (held is None or o in held)]
        if mine:
            due = None if state is State.ANSWERED else min(row["due"] for row in mine)
            address = f"{reverse('public:handling')}?{urlencode({'state': state.value})}"
            lines.append(Todo(words, sum(row["n"] for row in mine), address, due, "4.3"))
    return lines
