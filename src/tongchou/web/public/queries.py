"""Reading questions: those a person handles, those that are published, and what was disclosed when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tongchou.web.discovery import offered
from tongchou.web.events.models import Event
from tongchou.web.people.permissions import organisations_of
from tongchou.web.public.models import Question
from tongchou.web.public.secrecy import code_hash
from tongchou.web.public.states import Kind, Outcome, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the questions; an empty value does not restrict."""

    state: str = ""
    kind: str = ""
    outcome: str = ""
    organisation: str = ""
    clause: str = ""
    words: str = ""
    late: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Take the filters from a query; a value that is no choice restricts nothing."""
        state, kind, outcome = (query.get(k, "") for k in ("state", "kind", "outcome"))
        return cls(
            state if state in {s.value for s in State} or state == "waiting" else "",
            kind if kind in {k.value for k in Kind} else "",
            outcome if outcome in {o.value for o in Outcome} else "",
            query.get("organisation", "").strip()[:80],
            query.get("clause", "").strip()[:40],
            query.get("words", "").strip()[:60],
            query.get("late", "") == "1",
        )


def handled_by(user: User | AnonymousUser) -> QuerySet[Question]:
    """Return the questions a person may see before they are published: the city all, a unit its own."""
    held = organisations_of(user, "public.read")
    found = Question.objects.select_related("organisation")
    return found if held is None else found.filter(organisation__in=held)


def matching(found: QuerySet[Question], filters: Filters, on: date, *, public: bool) -> QuerySet[Question]:
    """Return those that match; the public searches published words only."""
    waiting = (State.RECEIVED, State.ROUTED, State.DRAFTED)
    if filters.state:
        found = found.filter(state__in=waiting) if filters.state == "waiting" else found.filter(state=filters.state)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.organisation:
        found = found.filter(organisation=filters.organisation)
    if filters.clause:
        found = found.filter(Q(clause=filters.clause) | Q(clause__startswith=f"{filters.clause}."))
    if filters.late:
        found = found.filter(state__in=waiting, due__lt=on)
    for word in filters.words.split():
        said = Q(public_words__icontains=word) | Q(reply__icontains=word)
        found = found.filter(said if public else said | Q(words__icontains=word))
    return found


def by_code(code: str) -> Question | None:
    """Return the question whose code this is."""
    return Question.objects.select_related("organisation").filter(code_hash=code_hash(code)).first() if code else None


@lru_cache(maxsize=1)
def disclosing_kinds() -> frozenset[str]:
    """Return the kinds of event by which something becomes public, those of every app."""
    return frozenset(k for module in offered("event_words") for k in getattr(module, "DISCLOSES", ()))


def disclosures() -> QuerySet[Event]:
    """Return what became public, the latest first."""
    return Event.objects.filter(kind__in=disclosing_kinds()).order_by("-number")
