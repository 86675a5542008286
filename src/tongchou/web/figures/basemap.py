"""The page on which official boundaries are attached to the region, with their approval number, or taken off again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region import codes
from tongchou.region.boundaries import MAX_BYTES
from tongchou.web.figures.drawings import attach_boundaries, attached_boundaries, remove_boundaries
from tongchou.web.figures.regions import region_named
from tongchou.web.people.access import requires


@requires("figures.base_map")
@require_http_methods(["GET", "HEAD", "POST"])
def base_map(request: HttpRequest) -> HttpResponse:
    """Show what the region is drawn by; attach boundaries, or remove them."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if "remove" in request.POST:
            remove_boundaries(name=settings.REGION)
            return HttpResponseRedirect(reverse("base-map"))
        file = request.FILES.get("file")
        try:
            if file is None:
                raise ProblemsError([codes.NOT_GEOJSON.at("file")])
            if file.size is not None and file.size > MAX_BYTES:
                raise ProblemsError([codes.BOUNDARIES_TOO_LARGE.at("file", mb=MAX_BYTES // 1024**2)])
            approval = request.POST.get("approval", "")[:60]
            attach_boundaries(name=settings.REGION, data=file.read(), approval=approval)
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("home"))
    context = {
        "region": region_named(settings.REGION),
        "boundaries": attached_boundaries(settings.REGION),
        "problems": problems,
        "approval": request.POST.get("approval", "")[:60],
        "max_mb": MAX_BYTES // 1024**2,
        "max_bytes": MAX_BYTES,
    }
    return render(request, "figures/base_map.html", context, status=422 if problems else 200)
