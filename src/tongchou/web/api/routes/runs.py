"""Runs of rules with their records, movements of money, and yearly statements."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from tongchou.kernel.status import Status
from tongchou.web.api.guard import Somebody
from tongchou.web.api.kinds import Id, Name, Pk
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import TextOut, answers, text
from tongchou.web.money.models import Line
from tongchou.web.money.queries import lines
from tongchou.web.money.statement import Flow, statement
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import drafts_of
from tongchou.web.runs.models import Run
from tongchou.web.runs.queries import in_full, visible

router = Router(tags=["runs"])


class RunSummary(Schema):
    """A run on its way from draft to publication. ``hash`` is that of its record, once computed."""

    id: int
    rule: str
    title: str
    purpose: str
    organisation: str
    state: str
    periods: list[str]
    hash: str | None
    status: str | None
    pays: bool
    made_at: datetime
    approved_at: datetime | None
    published_at: datetime | None


class RunWhole(RunSummary):
    """A run with its record (``tongchou.run/1``), from which anyone can compute it again."""

    record: dict[str, Any] | None


class LineOut(Schema):
    """One movement: ``fen`` from payer to payee. A reversal moves back what an earlier entry moved."""

    entry: int
    number: int
    kind: str
    rule: str
    run: int
    period: str
    year: int
    clauses: str
    transfer: str
    payer: TextOut
    payee: TextOut
    fen: int
    is_illustrative: bool
    posted_at: datetime


class FlowOut(Schema):
    """One flow of a statement, in fen: received or paid."""

    entry: int
    rule: str
    run: int
    period: str
    clauses: str
    other: TextOut
    received_fen: int | None
    paid_fen: int | None
    is_illustrative: bool


class StatementOut(Schema):
    """An organisation's statement of a year. Illustrative flows are listed and never counted."""

    organisation: str
    year: int
    income_fen: int
    outgo_fen: int
    balance_fen: int
    digest: str
    flows: list[FlowOut]


def _summary(one: Run) -> dict[str, Any]:
    return {
        "id": one.pk,
        "rule": one.rule,
        "title": one.title,
        "purpose": one.purpose,
        "organisation": one.organisation_id,
        "state": one.state,
        "periods": list(one.periods),
        "hash": one.record_id,
        "status": Status(one.weakest).word if one.weakest else None,
        "pays": one.pays,
        "made_at": one.made_at,
        "approved_at": one.approved_at,
        "published_at": one.published_at,
    }


@router.get("/runs", response=answers(Page[RunSummary]), summary="测算 Runs")
def runs(request: HttpRequest, paging: Query[Paging], rule: Id = "", state: Id = "", organisation: Id = "") -> Any:
    """List runs: without an account published ones, with one approved ones and those of one's own unit."""
    found = visible(request.user)
    for name, value in (("rule", rule), ("state", state), ("organisation", organisation)):
        if value:
            found = found.filter(**{name: value})
    return paged(found, paging, _summary)


@router.get("/runs/{pk}", response=answers(RunWhole, 404), summary="一次测算 One run")
def run(request: HttpRequest, pk: Pk) -> Any:
    """Return a run with its record."""
    found = in_full(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return {**_summary(found), "record": found.record.data if found.record else None}


def _line(one: Line) -> dict[str, Any]:
    entry = one.entry
    return {
        "entry": entry.pk,
        "number": one.number,
        "kind": entry.kind,
        "rule": entry.rule,
        "run": entry.run_id,
        "period": entry.period,
        "year": entry.year,
        "clauses": entry.clauses,
        "transfer": entry.transfer,
        "payer": text(one.payer.title),
        "payee": text(one.payee.title),
        "fen": one.fen,
        "is_illustrative": entry.is_illustrative,
        "posted_at": entry.posted_at,
    }


@router.get("/movements", response=answers(Page[LineOut]), auth=Somebody(), summary="往来 Movements")
def movements(request: HttpRequest, paging: Query[Paging], rule: Id = "", period: Id = "") -> Any:
    """List movements of money, the latest first: the city sees all, an organisation those it pays or receives."""
    found = lines(request.user)
    if rule:
        found = found.filter(entry__rule=rule)
    if period:
        found = found.filter(entry__period=period)
    return paged(found, paging, _line)


def _flow(one: Flow) -> dict[str, Any]:
    return {
        "entry": one.entry.pk,
        "rule": one.entry.rule,
        "run": one.entry.run_id,
        "period": one.entry.period,
        "clauses": one.entry.clauses,
        "other": text(one.other),
        "received_fen": one.income,
        "paid_fen": one.outgo,
        "is_illustrative": one.entry.is_illustrative,
    }


Year = Annotated[int, Path(ge=1949, le=2200)]


@router.get(
    "/organisations/{id}/statements/{year}",
    response=answers(StatementOut, 404),
    auth=Somebody(),
    summary="年度账单 A yearly statement",
)
def statement_of(request: HttpRequest, id: Name, year: Year) -> Any:
    """Return an organisation's statement of a year: for the organisation itself and the city."""
    organisation = Organisation.objects.filter(pk=id).first()
    seen = drafts_of(request.user)
    if organisation is None or (seen is not None and organisation.pk not in seen):
        raise Http404
    held = statement(organisation, year)
    return {
        "organisation": organisation.pk,
        "year": year,
        "income_fen": held.income,
        "outgo_fen": held.outgo,
        "balance_fen": held.balance,
        "digest": held.digest,
        "flows": [_flow(f) for f in held.flows],
    }
