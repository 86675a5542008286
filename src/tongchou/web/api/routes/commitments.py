"""Commitments with their lamps, what units report about them, and reporting."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from tongchou.web.api.guard import Writer, person
from tongchou.web.api.kinds import Day, Id, Long, Pk, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import Problems, TextOut, answers, text
from tongchou.web.duties.actions.reporting import submit_report, write_report
from tongchou.web.duties.models import Commitment, ProgressReport
from tongchou.web.duties.standing import Standing, standings
from tongchou.web.duties.words import Decision, ReportState, Said
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, drafts_of

router = Router(tags=["commitments"])


class LampOut(Schema):
    """The lamp, derived and never set: colour, word, and why."""

    colour: Literal["green", "yellow", "red", "blue", "grey"]
    label: TextOut
    why: TextOut


class CommitmentOut(Schema):
    """A commitment with its three statuses, kept apart, and the lamp that follows from them."""

    id: int
    code: str
    document: int
    clause: str
    text: str
    decision: str
    places: list[str]
    organisations: list[str]
    due: date | None
    due_is_signed: bool
    leads: list[str]
    said: str | None
    evidence: str
    calendar: str
    lamp: LampOut
    silent_days: int
    is_illustrative: bool


class ReportOut(Schema):
    """What a unit said about a commitment.

    ``origin`` is where the coordinator had it from who entered it for a unit without an account, "" for its own.
    """

    id: int
    commitment: int
    organisation: str
    status: str
    words: str
    said_on: date
    state: str
    is_illustrative: bool
    origin: Literal["", "letter", "paper", "telephone"]
    origin_note: str
    is_acknowledged: bool


class ReportIn(Schema):
    """What a unit says about a commitment; ``submit`` hands it to the reviewer at once."""

    organisation: Long
    status: Literal["not_started", "under_way", "done", "blocked"]
    words: Long
    said_on: Day
    submit: bool = False


def _shape(one: Standing) -> dict[str, Any]:
    held = one.commitment
    return {
        "id": held.pk,
        "code": held.code,
        "document": held.document_id,
        "clause": held.clause,
        "text": held.text,
        "decision": held.decision,
        "places": [p.name for p in held.places.all()],
        "organisations": list(dict.fromkeys(d.organisation_id for d in one.duties if d.organisation_id)),
        "due": one.facts.due,
        "due_is_signed": one.due_is_signed,
        "leads": list(one.leads),
        "said": one.said.value if one.said else None,
        "evidence": one.evidence.value,
        "calendar": one.calendar.value,
        "lamp": {
            "colour": one.lamp.colour.value,
            "label": text(one.lamp.label),
            "why": text(one.lamp.why),
        },
        "silent_days": one.silence,
        "is_illustrative": one.is_illustrative,
    }


def _report(one: ProgressReport) -> dict[str, Any]:
    return {
        "id": one.pk,
        "commitment": one.commitment_id,
        "organisation": one.organisation_id,
        "status": one.status,
        "words": one.words,
        "said_on": one.said_on,
        "state": one.state,
        "is_illustrative": one.is_illustrative,
        "origin": one.origin,
        "origin_note": one.origin_note,
        "is_acknowledged": one.acknowledged_at is not None,
    }


@router.get("/commitments", response=answers(Page[CommitmentOut]), summary="承诺 Commitments")
def commitments(
    request: HttpRequest,
    paging: Query[Paging],
    clause: Id = "",
    organisation: Id = "",
    place: Id = "",
    decision: Id = "",
    words: Words = "",
) -> Any:
    """List commitments in the order of the text; without an account the confirmed ones of built-in documents."""
    found = Commitment.objects.seen_by(request.user).prefetch_related("places")
    if clause:
        found = found.filter(clause=clause) | found.filter(clause__startswith=f"{clause}.")
    if organisation:
        found = found.filter(pk__in=Commitment.objects.filter(duties__organisation=organisation).values("pk"))
    if place:
        found = found.filter(pk__in=Commitment.objects.filter(places__code=place).values("pk"))
    if decision:
        found = found.filter(decision=decision)
    for word in words.split():
        found = found.filter(text__icontains=word)
    page = paged(found, paging, lambda one: one)
    page["items"] = [_shape(s) for s in standings(page["items"], timezone.localdate())]
    return page


def _commitment(request: HttpRequest, pk: int) -> Commitment:
    found = Commitment.objects.seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/commitments/{pk}", response=answers(CommitmentOut, 404), summary="一项承诺 One commitment")
def commitment(request: HttpRequest, pk: Pk) -> Any:
    """Return one commitment as it stands today."""
    (standing,) = standings([_commitment(request, pk)], timezone.localdate())
    return _shape(standing)


@router.get("/commitments/{pk}/reports", response=answers(Page[ReportOut], 404), summary="进展报告 Reports")
def reports(request: HttpRequest, pk: Pk, paging: Query[Paging]) -> Any:
    """List what units said about a commitment: approved words, and drafts of the reader's own unit."""
    found = ProgressReport.objects.filter(commitment=_commitment(request, pk))
    seen = drafts_of(request.user)
    if seen is not None:
        found = found.filter(state=ReportState.APPROVED) | found.filter(organisation__in=seen)
    return paged(found, paging, _report)


@router.post(
    "/commitments/{pk}/reports",
    response={201: ReportOut, **{k: v for k, v in answers(Problems, 403, 404).items() if k != 200}},
    auth=Writer(),
    summary="报进展 Report progress",
)
def write(request: HttpRequest, pk: Pk, body: ReportIn) -> Any:
    """Write or rewrite the draft of one's own unit; a reviewer approves it on its page."""
    by, now = person(request), timezone.now()
    found = _commitment(request, pk)
    organisation = Organisation.objects.filter(pk=body.organisation).first()
    if organisation is None or found.decision != Decision.CONFIRMED:
        raise Http404
    check(by, "duties.report", organisation.pk)
    report = write_report(
        commitment=found,
        organisation=organisation,
        status=Said(body.status),
        words=body.words,
        said_on=body.said_on,
        by=by,
        now=now,
    )
    if body.submit:
        report = submit_report(report=report, by=by, now=now)
    return Status(201, _report(report))
