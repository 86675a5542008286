"""How far a job has come, as a part of whatever page asked for it, and as a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tongchou.web.jobs.models import Job
from tongchou.web.parts import render_part
from tongchou.web.people.access import signed_in
from tongchou.web.people.permissions import drafts_of


@signed_in
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job to who asked for it, its organisation and the city. A finished one tells the page to load anew."""
    found = get_object_or_404(Job.objects.select_related("organisation"), pk=pk)
    seen = drafts_of(request.user)
    if seen is not None and found.by_id != request.user.pk and found.organisation_id not in seen:
        raise Http404
    response = render_part(request, "jobs/progress.html", "jobs/job.html", {"job": found})
    if found.is_over and request.htmx:  # type: ignore[attr-defined]
        response.headers["HX-Refresh"] = "true"
    return response
