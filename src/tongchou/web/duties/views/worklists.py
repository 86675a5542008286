"""What waits for the coordinator: evidence offered, answers not signed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.web.duties.models import EvidenceEvent, Overlay
from tongchou.web.duties.words import EvidenceState, OverlayState
from tongchou.web.people.access import requires

_ROWS = 50


@requires("duties.confirm")
@require_safe
def evidence_offered(request: HttpRequest) -> HttpResponse:
    """List evidence the city has not looked at, the oldest first, with its files."""
    found = EvidenceEvent.objects.filter(state=EvidenceState.OFFERED).order_by("added_at")
    rows = found.select_related("commitment", "organisation").prefetch_related("files")
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    return render(request, "duties/evidence_offered.html", {"page": page, "rows": page.object_list})


@requires("duties.confirm")
@require_safe
def answers_open(request: HttpRequest) -> HttpResponse:
    """List answers that nobody has signed, the oldest first."""
    found = Overlay.objects.filter(state=OverlayState.PROPOSED).order_by("proposed_at")
    rows = found.select_related("commitment", "organisation", "given_by")
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    return render(request, "duties/answers_open.html", {"page": page, "rows": page.object_list})
