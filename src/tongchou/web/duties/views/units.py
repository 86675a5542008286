"""A unit's own page: its commitments by its own words, and what is asked of it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tongchou.web.duties.accounts import has_account
from tongchou.web.duties.actions.entering import acknowledge_reports
from tongchou.web.duties.kept_standings import known_of
from tongchou.web.duties.ledger_rows import Filters, lamp_counts, ledger_listing, matching, signature
from tongchou.web.duties.models import Consulted, Plan, ProgressReport
from tongchou.web.duties.words import Decision, ReportState, RoundState
from tongchou.web.ledger.documents import chosen_document, required_document
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public, signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, drafts_of, may

_MOST = 50  # reports that wait; the rest follow when these are settled


@signed_in
@require_safe
def my_unit(request: HttpRequest) -> HttpResponse:
    """Go to the page of the unit the person works for."""
    assert request.user.is_authenticated  # noqa: S101 — signed in
    own = sorted(request.user.organisations)
    if not own:
        raise Http404
    return HttpResponseRedirect(reverse("duties:unit", args=[own[0]]))


@public
@require_safe
def unit(request: HttpRequest, id_: str) -> HttpResponse:
    """Show a unit's commitments as they stand by its own words, and what it is asked."""
    organisation = get_object_or_404(Organisation, pk=id_)
    document, on = chosen_document(request, read=False), timezone.localdate()
    known = known_of(document, on)
    filters = Filters(organisation=organisation.pk, decision=Decision.CONFIRMED)
    rows = matching(document, filters, request.user, on, known)
    drafts = drafts_of(request.user)
    inside = drafts is None or organisation.pk in drafts
    reports = _unsettled(organisation) if inside else []
    chosen = request.GET.get("lamp", "")
    shown = [r for r in rows if not chosen or r.lamp.colour == chosen]
    context = {
        "organisation": organisation,
        "document": document,
        "rows": shown,
        "shown": signature(shown),
        "stamp": f"{known.stamp} {on}",
        "counts": lamp_counts(rows),
        "chosen": chosen,
        "total": len(rows),
        "on": on,
        "inside": inside,
        "plan": Plan.objects.filter(document=document, organisation=organisation).first(),
        "may_plan": may(request.user, "duties.answer", organisation.pk),
        "rounds": _rounds(organisation) if inside else (),
        "open_reports": [r for r in reports if not r.origin],
        "entered": [r for r in reports if r.origin],
        "reports_here": may(request.user, "duties.report", organisation.pk),
        "enters": _enters(request, organisation, on),
    }
    return render(request, "duties/unit.html", context)


def _enters(request: HttpRequest, organisation: Organisation, on: date) -> bool:
    """Return whether the reader enters what this unit says: nobody can here, and it is not the reader's own."""
    if not may(request.user, "duties.enter") or organisation.pk in _user(request).organisations:
        return False
    return not has_account(organisation, on)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — asked after a permission, which needs an account
    return request.user


def _rounds(organisation: Organisation) -> list[Consulted]:
    asked = Consulted.objects.filter(organisation=organisation, consultation__state=RoundState.SENT, reply="")
    return list(asked.select_related("consultation"))


def _unsettled(organisation: Organisation) -> list[ProgressReport]:
    """Return the reports that wait for the unit: its own on their way, and those entered for it to be looked at."""
    entered = Q(acknowledged_at=None) & ~Q(origin="")
    found = ProgressReport.objects.filter(~Q(state=ReportState.APPROVED) | entered, organisation=organisation)
    return list(found.select_related("commitment", "written_by")[:_MOST])


@signed_in
@require_POST
def acknowledge(request: HttpRequest, id_: str) -> HttpResponse:
    """Say for a unit that the chosen words entered for it are right; what somebody else said already stays as it is."""
    check(request.user, "duties.report", id_)
    chosen = [pk for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit()]
    found = ProgressReport.objects.filter(pk__in=chosen, organisation=id_, acknowledged_at=None).exclude(origin="")
    acknowledge_reports(reports=list(found), by=_user(request), now=timezone.now())
    return HttpResponseRedirect(f"{reverse('duties:unit', args=[id_])}#entered")


@public
@require_safe
def unit_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give a unit's commitments as a file."""
    organisation = get_object_or_404(Organisation, pk=id_)
    document, on = required_document(request), timezone.localdate()
    filters = Filters(organisation=organisation.pk, decision=Decision.CONFIRMED)
    rows = matching(document, filters, request.user, on)
    listing = ledger_listing(document, rows, on)
    return listing_response(listing, suffix)
