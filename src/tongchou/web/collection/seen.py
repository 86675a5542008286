"""Which rounds and answers a person sees, with what lists show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from tongchou.kernel.text import Text
from tongchou.web.collection.models import Answer, Round
from tongchou.web.collection.states import AnswerState, RoundState
from tongchou.web.figures.regions import region_named
from tongchou.web.people.permissions import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_FILLED = Q(entries__value__isnull=False) | Q(entries__not_applicable=True)


def answers_for(user: User | AnonymousUser, permission: str = "collection.see") -> QuerySet[Answer]:
    """Return the answers of the organisations for which a person holds a permission, designs left out."""
    held = organisations_of(user, permission)
    rows = Answer.objects.filter(round__state__in=[RoundState.OPEN, RoundState.CLOSED])
    if held is not None:
        rows = rows.filter(organisation__in=held)
    rows = rows.select_related("round", "round__organisation", "organisation")
    return rows.annotate(filled=Count("entries", filter=_FILLED))


def rounds_for(user: User | AnonymousUser) -> QuerySet[Round]:
    """Return the rounds a person sees: a designer all of them, a unit those it answers to."""
    rows = Round.objects.select_related("organisation")
    if organisations_of(user, "collection.design") is not None:
        held = organisations_of(user, "collection.see")
        rows = rows.filter(state__in=[RoundState.OPEN, RoundState.CLOSED])
        if held is not None:
            rows = rows.filter(answers__organisation__in=held).distinct()
    done = Count("answers", filter=Q(answers__state=AnswerState.ACCEPTED), distinct=True)
    return rows.annotate(owed=Count("answers", distinct=True), done=done).order_by("-due", "-pk")


def awaiting(user: User | AnonymousUser) -> QuerySet[Answer]:
    """Return the answers that wait for this person: a reviewer's own unit's, and for the city those reviewed."""
    wanted = Q(pk__in=[])
    held = organisations_of(user, "collection.review")
    if held is None or held:
        wanted |= Q(state=AnswerState.SUBMITTED) & (Q() if held is None else Q(organisation__in=held))
    if organisations_of(user, "collection.accept") is None:
        wanted |= Q(state=AnswerState.REVIEWED)
    return answers_for(user).filter(wanted, round__state=RoundState.OPEN)


def to_fill(user: User | AnonymousUser) -> QuerySet[Answer]:
    """Return the open answers this person fills in."""
    return answers_for(user, "collection.enter").filter(state=AnswerState.OPEN, round__state=RoundState.OPEN)


def place_named(code: str) -> Text:
    """Return what a place is called."""
    place = region_named(settings.REGION).places[code]
    return Text(place.name, place.name_en)


def minutes_of(round_: Round) -> float:
    """Return what a round costs all units together."""
    return float((round_.answers.aggregate(n=Sum("cells"))["n"] or 0) * round_.minutes)
