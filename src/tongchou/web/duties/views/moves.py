"""Moving reports, evidence and answers on: submit, return, approve; accept, refuse; sign, withdraw."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.actions.answering import needs_another, sign_answer, withdraw_answer
from tongchou.web.duties.actions.entering import acknowledge_report
from tongchou.web.duties.actions.evidencing import accept_evidence, refuse_evidence
from tongchou.web.duties.actions.reporting import approve_report, return_report, submit_report
from tongchou.web.duties.filled import Filled, scan_sent
from tongchou.web.duties.models import Commitment, EvidenceEvent, Overlay, ProgressReport
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import User
from tongchou.web.people.permissions import check


def _back(request: HttpRequest, one: Commitment, place: str, error: ProblemsError | None = None) -> HttpResponse:
    """Go back to the commitment, or to the list the form stood on; a fault is told on a page of its own."""
    address = f"{one.get_absolute_url()}#{place}"
    if error is not None:
        context = {"problems": error.problems, "address": address, "one": one, "typed": request.POST}
        return render(request, "duties/not_done.html", context, status=422)
    return HttpResponseRedirect(request.POST.get("next") or address if _is_ours(request) else address)


def _is_ours(request: HttpRequest) -> bool:
    target = request.POST.get("next", "")
    return target.startswith("/duties/") and "//" not in target and "\\" not in target


@signed_in
@require_POST
def report(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Submit, return or approve a report; or say that one entered for the unit is right."""
    one = get_object_or_404(ProgressReport.objects.select_related("commitment", "organisation"), pk=pk)
    permission = "duties.report" if verb in ("submit", "acknowledge") else "duties.approve"
    check(request.user, permission, one.organisation_id)
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    now, reason = timezone.now(), Filled(request.POST.dict()).text("reason")
    try:
        match verb:
            case "submit":
                submit_report(report=one, by=request.user, now=now)
            case "acknowledge":
                acknowledge_report(report=one, by=request.user, now=now)
            case "return":
                return_report(report=one, reason=reason, by=request.user, now=now)
            case "approve":
                approve_report(report=one, by=request.user, now=now)
            case _:
                raise Http404
    except ProblemsError as error:
        return _back(request, one.commitment, "reports", error)
    return _back(request, one.commitment, "reports")


@requires("duties.confirm")
@require_POST
def evidence(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Accept evidence, shared with everybody or not, or refuse it with the reason."""
    one = get_object_or_404(EvidenceEvent.objects.select_related("commitment", "organisation"), pk=pk)
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    now = timezone.now()
    try:
        match verb:
            case "accept":
                accept_evidence(event=one, by=request.user, now=now, shared="shared" in request.POST)
            case "refuse":
                reason = Filled(request.POST.dict()).text("reason")
                refuse_evidence(event=one, reason=reason, by=request.user, now=now)
            case _:
                raise Http404
    except ProblemsError as error:
        return _back(request, one.commitment, "evidence", error)
    return _back(request, one.commitment, "evidence")


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Sign an answer with its scan, or withdraw it. One that names another unit as lead only the city signs."""
    one = get_object_or_404(Overlay.objects.select_related("commitment", "given_by", "organisation"), pk=pk)
    check(request.user, "duties.answer", one.given_by_id)
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    form, now = Filled(request.POST.dict()), timezone.now()
    try:
        match verb:
            case "sign":
                if needs_another(one) is not None:
                    check(request.user, "duties.confirm")
                holds_from = form.day("holds_from")
                scan = scan_sent(request)
                form.stop()
                assert holds_from is not None  # noqa: S101 — stop() has raised otherwise
                sign_answer(overlay=one, scan=scan, holds_from=holds_from, by=request.user, now=now)
            case "withdraw":
                withdraw_answer(overlay=one, reason=form.text("reason"), by=request.user, now=now)
            case _:
                raise Http404
    except ProblemsError as error:
        return _back(request, one.commitment, "answers", error)
    return _back(request, one.commitment, "answers")
