"""One commitment: its exact words, everything done about it, and the forms to do more, in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.computing.catalogue import by_clause
from tongchou.web.duties.actions.answering import Given, propose_answer
from tongchou.web.duties.actions.confirming import confirm, follow, reject
from tongchou.web.duties.actions.evidencing import add_evidence
from tongchou.web.duties.actions.reporting import submit_report, write_report
from tongchou.web.duties.commitment_listing import commitment_listing
from tongchou.web.duties.filled import Filled, placed
from tongchou.web.duties.models import Commitment, PlanTask
from tongchou.web.duties.neighbours import registers_of
from tongchou.web.duties.seeing import answers_seen, evidence_seen, reports_seen
from tongchou.web.duties.standing import standings
from tongchou.web.duties.words import Answer, Decision, EvidenceKind, ReportState, Said
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.files.actions import all_sent
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public, signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, drafts_of, may, organisations_of

_MOST = 100  # of each kind on the page; the file has all


def seen_commitment(request: HttpRequest, pk: int) -> Commitment:
    """Return the commitment; raise 404 for one the reader may not see."""
    found = Commitment.objects.seen_by(request.user).select_related("document", "follower", "decided_by")
    return get_object_or_404(found.defer("document__contract"), pk=pk)


@public
@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about one commitment."""
    return _page(request, seen_commitment(request, pk))


def _page(request: HttpRequest, one: Commitment, form: str = "", problems: tuple[Problem, ...] = ()) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    answers = list(answers_seen(user, one).select_related("organisation", "given_by", "evidence"))
    (standing,) = standings([one], on, answers=answers)
    bearing = [d.organisation for d in standing.duties if d.organisation]
    confirms = may(user, "duties.confirm")
    said = reports_seen(user).filter(commitment=one).select_related("organisation", "written_by", "reviewed_by")
    reports = list(said.prefetch_related("files")[:_MOST])
    events = evidence_seen(user).filter(commitment=one).select_related("organisation")
    context: dict[str, Any] = {
        "one": one,
        "document": one.document,
        "standing": standing,
        "answers": answers,
        "reports": reports,
        "evidence": events.prefetch_related("files")[:_MOST],
        "tasks": _tasks(one),
        "rules": by_clause(settings.REGION).get(one.clause, ()) if one.document.is_builtin else (),
        "registers": registers_of(one.clause) if one.document.is_builtin else (),
        "confirms": confirms,
        "is_confirmed": one.decision == Decision.CONFIRMED,
        "reporting": _units(user, "duties.report", bearing),
        "approving": {o.pk for o in _units(user, "duties.approve", bearing)},
        "evidencing": _units(user, "duties.evidence", bearing),
        "answering": _units(user, "duties.answer", bearing),
        "bearing": bearing,
        "said_choices": list(Said),
        "evidence_choices": list(EvidenceKind),
        "answer_choices": list(Answer),
        "form": form,
        "typed": request.POST,
        "problems": problems,
        "wrong": placed(problems),
        "on": on,
    }
    open_drafts = [r for r in reports if r.stage in (ReportState.DRAFT, ReportState.RETURNED)]
    context["draft"] = next((r for r in open_drafts if r.organisation in context["reporting"]), None)
    return render(request, "duties/commitment.html", context, status=422 if problems else 200)


def _tasks(one: Commitment) -> list[PlanTask]:
    """Return the tasks that take a commitment up, of the newest version of each unit's plan."""
    tasks = PlanTask.objects.filter(commitments=one).select_related("plan__organisation")
    newest: dict[str, int] = {}
    for task in tasks:
        unit = task.plan.organisation_id
        newest[unit] = max(task.plan.version, newest.get(unit, 0))
    return [t for t in tasks if t.plan.version == newest[t.plan.organisation_id]]


def _units(user: Any, permission: str, bearing: list[Organisation]) -> list[Organisation]:
    """Return the units bearing a duty for which a person may do a thing."""
    held = organisations_of(user, permission)
    return [o for o in bearing if held is None or o.pk in held]


@public
@require_safe
def commitment_export(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Give what is said and shown about one commitment as a file."""
    one = seen_commitment(request, pk)
    (standing,) = standings([one], timezone.localdate())
    reports = reports_seen(request.user).filter(commitment=one).select_related("organisation")
    events = evidence_seen(request.user).filter(commitment=one).select_related("organisation")
    answers = answers_seen(request.user, one).select_related("organisation", "given_by")
    return listing_response(commitment_listing(standing, list(answers), list(reports), list(events)), suffix)


@signed_in
@require_safe
def commitment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done about a commitment, the latest first; what others have only drafted is left out."""
    one = seen_commitment(request, pk)
    drafts = drafts_of(request.user)
    events = [
        (event, words_of(event.kind))
        for event in history(one)
        if drafts is None or event.organisation in drafts or event.kind in _OPEN_EVENTS
    ]
    return render(request, "duties/history.html", {"one": one, "document": one.document, "events": events[:_EVENTS]})


_EVENTS = 300
_OPEN_EVENTS = (
    "duties.commitment_confirmed",
    "duties.commitment_rejected",
    "duties.report_approved",
    "duties.answer_signed",
)

Act = Callable[[HttpRequest, Commitment, datetime], None]


@signed_in
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one thing about a commitment; a form with faults comes back as it was filled in."""
    one = seen_commitment(request, pk)
    if verb not in _ACTS:
        raise Http404
    try:
        _ACTS[verb](request, one, timezone.now())
    except ProblemsError as error:
        return _page(request, one, verb, error.problems)
    return HttpResponseRedirect(f"{one.get_absolute_url()}#{_PLACES.get(verb, 'main')}")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — only people with an account come here
    return request.user


def _unit(request: HttpRequest, permission: str) -> Organisation:
    """Return the unit in whose name a form is sent; raise ``PermissionDenied`` for one that is not the person's."""
    unit = get_object_or_404(Organisation, pk=request.POST.get("unit", ""))
    check(request.user, permission, unit.pk)
    return unit


def _confirm(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    confirm(commitment=one, by=_user(request), now=now)


def _reject(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    reject(commitment=one, reason=Filled(request.POST.dict()).text("reason"), by=_user(request), now=now)


def _follow(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    follow(commitment=one, follower=_user(request), by=_user(request), now=now)


def _report(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.report"), Filled(request.POST.dict())
    status, said_on = form.choice("status", Said), form.day("said_on")
    try:
        files = all_sent(request)
    except ProblemsError as error:
        form.problems += error.problems
    form.stop()
    assert status is not None  # noqa: S101 — stop() has raised otherwise
    assert said_on is not None  # noqa: S101
    report = write_report(
        commitment=one,
        organisation=unit,
        status=status,
        words=form.text("words"),
        said_on=said_on,
        by=_user(request),
        now=now,
        files=files,
        seen_at=parse_datetime(request.POST.get("seen_at", "")),
    )
    if request.POST.get("then") == "submit":
        submit_report(report=report, by=_user(request), now=now)


def _evidence(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.evidence"), Filled(request.POST.dict())
    kind, happened_on = form.choice("kind", EvidenceKind), form.day("happened_on")
    try:
        files = all_sent(request)
    except ProblemsError as error:
        form.problems += error.problems
    form.stop()
    assert kind is not None  # noqa: S101 — stop() has raised otherwise
    assert happened_on is not None  # noqa: S101
    add_evidence(
        commitment=one,
        organisation=unit,
        kind=kind,
        happened_on=happened_on,
        words=form.text("words"),
        source=form.text("source"),
        by=_user(request),
        now=now,
        files=files,
    )


def _answer(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.answer"), Filled(request.POST.dict())
    given = given_in(form)
    form.stop()
    assert given is not None  # noqa: S101 — stop() has raised otherwise
    propose_answer(commitment=one, given=given, given_by=unit, by=_user(request), now=now)


def given_in(form: Filled, prefix: str = "") -> Given | None:
    """Return the answer in a form; faults stay in it."""
    kind = form.choice(f"{prefix}kind", Answer)
    if kind is None:
        return None
    day = form.day(f"{prefix}date") if kind is Answer.DATE else None
    number = form.number(f"{prefix}target") if kind is Answer.MEASURE else None
    named = Organisation.objects.filter(pk=form.text(f"{prefix}organisation")).first() if kind is Answer.LEAD else None
    return Given(
        kind,
        organisation=named,
        date=day,
        measure=form.text(f"{prefix}measure"),
        target=number,
        unit=form.text(f"{prefix}measure_unit"),
        words=form.text(f"{prefix}words"),
    )


_ACTS: dict[str, Act] = {
    "confirm": _confirm,
    "reject": _reject,
    "follow": _follow,
    "report": _report,
    "evidence": _evidence,
    "answer": _answer,
}
_PLACES = {"report": "reports", "evidence": "evidence", "answer": "answers"}
