"""Pages of supply: who gets what and what holds it back, with another capacity tried; and the files."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.web import codes
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.parts import render_part
from tongchou.web.people.access import public
from tongchou.web.supply.asking import Question, question
from tongchou.web.supply.files import file_of
from tongchou.web.supply.held import held, usual_year, view_of
from tongchou.web.supply.page import page, years_of


@public
@require_safe
def supply(request: HttpRequest) -> HttpResponse:
    """Show who is short of what on a network, month by month, what holds them back, and what another capacity does."""
    region = region_named(settings.REGION)
    found = held()
    if not found.networks:
        problems = [problem for held_ in found.broken.values() for problem in held_]
        return render(request, "supply/empty.html", {"region": region, "broken": problems})
    asked, choices = _asked(request, region)
    if asked is None:
        return render(request, "supply/empty.html", {"region": region, "broken": [], "is_without_years": True})
    context = {"region": region, **page(region, asked, choices, current())}
    response = render_part(request, "supply/work.html", "supply/page.html", context)
    response.status_code = 422 if asked.problems or context["problems"] else 200
    if request.htmx and not asked.problems:  # type: ignore[attr-defined]
        response.headers["HX-Push-Url"] = f"{reverse('supply')}?{asked.address()}"
    return response


@public
@require_safe
def supply_file(request: HttpRequest, what: str, suffix: str) -> HttpResponse:
    """Give the answer as a file: every table or the workings as a workbook, a table as CSV or Word, GeoJSON."""
    region = region_named(settings.REGION)
    asked = _asked(request, region)[0] if held().networks else None
    if asked is None or asked.problems:
        raise Http404
    try:
        return file_of(what, suffix, region, view_of(asked), asked, current())
    except ProblemsError:
        raise Http404 from None


def _asked(request: HttpRequest, region: Region) -> tuple[Question | None, tuple[int, ...]]:
    """Return what is asked and the years there are; no question where a network has no year to be answered for."""
    networks = held().networks
    named = request.GET.get("network", "").strip()
    problems: list[Problem] = []
    if named and named not in networks:
        listed = Text("、".join(networks), ", ".join(networks))
        problems.append(codes.NO_NETWORK.at("network", text=named[:40], names=listed))
    network = networks[named if named in networks else next(iter(networks))]
    today = timezone.localdate()
    choices = years_of(network, region, today)
    if not choices:
        return None, ()
    return question(request.GET, network, choices, usual_year(choices, today), tuple(problems)), choices
