"""One commitment: its exact words, everything done about it, and the forms to do more, in place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.web.computing.catalogue import by_clause
from tongchou.web.duties.accounts import with_account
from tongchou.web.duties.commitment_listing import commitment_listing
from tongchou.web.duties.models import Commitment, PlanTask
from tongchou.web.duties.neighbours import registers_of
from tongchou.web.duties.seeing import answers_seen, evidence_seen, reports_seen
from tongchou.web.duties.standing import standings
from tongchou.web.duties.views.acts import ACTS, PLACES
from tongchou.web.duties.words import Answer, Decision, EvidenceKind, Origin, ReportState, Said
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import drafts_of, may, organisations_of

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
    confirms, drafts = may(user, "duties.confirm"), drafts_of(user)
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
        "entering": _without_account(user, bearing, on),
        "opened": "enter" if request.GET.get("open") == "enter" else form,
        "asked_unit": request.POST.get("unit") or request.GET.get("unit", ""),
        "inside": {o.pk for o in bearing if drafts is None or o.pk in drafts},
        "origins": list(Origin),
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
        "wrong": by_field(problems),
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


def _without_account(user: Any, bearing: list[Organisation], on: date) -> list[Organisation]:
    """Return the units bearing a duty that nobody can speak for, where the person may enter what they say."""
    if not bearing or not may(user, "duties.enter"):
        return []
    speaking = with_account(on) | user.organisations
    return list({o.pk: o for o in bearing if o.pk not in speaking}.values())


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
    "duties.report_entered",
    "duties.report_acknowledged",
    "duties.answer_signed",
)


@signed_in
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one thing about a commitment; a form with faults comes back as it was filled in."""
    one = seen_commitment(request, pk)
    if verb not in ACTS:
        raise Http404
    try:
        ACTS[verb](request, one, timezone.now())
    except ProblemsError as error:
        return _page(request, one, verb, error.problems)
    return HttpResponseRedirect(f"{one.get_absolute_url()}#{PLACES.get(verb, 'main')}")
