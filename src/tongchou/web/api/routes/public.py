"""Published questions and replies, and the log of events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from tongchou.web.api.guard import Somebody
from tongchou.web.api.kinds import Id, MaybeDay, Pk, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import TextOut, answers, text
from tongchou.web.events import queries as log
from tongchou.web.events.models import Event
from tongchou.web.events.words import words_of
from tongchou.web.people.permissions import check
from tongchou.web.public.models import Question
from tongchou.web.public.queries import Filters, matching

router = Router(tags=["public"])


class QuestionOut(Schema):
    """A published question with its reply; personal data has been taken out."""

    id: int
    kind: str
    document: int
    clause: str
    commitment: str
    words: str
    reply: str
    outcome: str
    organisation: str
    received_on: date
    published_at: datetime


class EventOut(Schema):
    """One link of the chain of events. ``hash`` covers everything but the words."""

    number: int
    at: datetime
    kind: str
    words: TextOut
    about: list[str]
    organisation: str
    hash: str
    previous: str


def _question(one: Question) -> dict[str, Any]:
    return {
        "id": one.pk,
        "kind": one.kind,
        "document": one.document_id,
        "clause": one.clause,
        "commitment": one.commitment,
        "words": one.public_words,
        "reply": one.reply,
        "outcome": one.outcome,
        "organisation": one.organisation_id,
        "received_on": timezone.localdate(one.received_at),
        "published_at": one.published_at,
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": one.at,
        "kind": one.kind,
        "words": text(words_of(one.kind)),
        "about": [one.about_kind, one.about_id],
        "organisation": one.organisation,
        "hash": one.hash,
        "previous": one.previous,
    }


@router.get("/questions", response=answers(Page[QuestionOut]), summary="公开问答 Questions and replies")
def questions(
    request: HttpRequest,
    paging: Query[Paging],
    kind: Id = "",
    outcome: Id = "",
    clause: Id = "",
    organisation: Id = "",
    words: Words = "",
) -> Any:
    """List published questions, the latest first."""
    given = {"kind": kind, "outcome": outcome, "clause": clause, "organisation": organisation, "words": words}
    found = Question.objects.published().order_by("-published_at", "-pk")
    return paged(matching(found, Filters.of(given), timezone.localdate(), public=True), paging, _question)


@router.get("/questions/{pk}", response=answers(QuestionOut, 404), summary="一件问答 One question")
def question(request: HttpRequest, pk: Pk) -> Any:
    """Return one published question."""
    found = Question.objects.published().filter(pk=pk).first()
    if found is None:
        raise Http404
    return _question(found)


@router.get("/events", response=answers(Page[EventOut], 403), auth=Somebody(), summary="留痕 Events")
def events(
    request: HttpRequest,
    paging: Query[Paging],
    kind: Id = "",
    organisation: Id = "",
    since: MaybeDay = None,
    until: MaybeDay = None,
) -> Any:
    """List events, the latest first: the city and administrators see all, a unit its own."""
    check(request.user, "events.read")
    filters = log.Filters(kind=kind, organisation=organisation, since=since, until=until)
    return paged(log.matching(log.seen_by(request.user), filters), paging, _event)
