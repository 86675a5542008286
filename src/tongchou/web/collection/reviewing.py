"""The page of what waits for review or acceptance."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.web.collection.seen import awaiting, place_named
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.states import State
from tongchou.web.figures.store import indicators
from tongchou.web.people.access import requires
from tongchou.web.people.permissions import may


@requires("collection.see")
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """List the answers, and the corrections of cells, that wait for this person."""
    page = Paginator(awaiting(request.user).order_by("submitted_at", "pk"), 50).get_page(request.GET.get("page"))
    corrections = []
    if may(request.user, "figures.approve"):
        known = indicators()
        rows = FigureRecord.objects.filter(state=State.SUBMITTED).select_related("organisation", "entered_by")
        corrections = [(r, known[r.indicator].title, place_named(r.place)) for r in rows.order_by("entered_at")[:50]]
    context = {
        "page": page,
        "rows": [(a, place_named(a.place)) for a in page],
        "corrections": corrections,
        "today": timezone.localdate(),
    }
    return render(request, "collection/review.html", context)
