"""What can be found of questions: published ones by everybody, others by those who handle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.finding import Hit, around
from tongchou.web.public.models import Question
from tongchou.web.public.queries import handled_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_ANSWER = Text("公开问答", "Question and reply")
_QUESTION = Text("群众提问（办理中）", "Question in hand")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return published questions whose words or reply match, then those the person handles."""
    published = Question.objects.published()
    handled = handled_by(user).exclude(pk__in=published.values("pk")) if user.is_authenticated else None
    for word in words.split():
        published = published.filter(Q(public_words__icontains=word) | Q(reply__icontains=word))
        handled = handled.filter(words__icontains=word) if handled is not None else None
    hits = [
        Hit(
            _ANSWER,
            Text(around(words, q.public_words), around(words, q.public_words)),
            Text(around(words, q.reply), around(words, q.reply)),
            reverse("public:answer", args=[q.pk]),
        )
        for q in published[:most]
    ]
    for q in handled[:most] if handled is not None else ():
        said = around(words, q.words)
        hits.append(Hit(_QUESTION, Text(said, said), q.state_label, reverse("public:question", args=[q.pk])))
    return hits
