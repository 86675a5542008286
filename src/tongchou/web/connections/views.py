"""Pages of connections: the comparison of two days, how one number of minutes came about, and the files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.surfaces.listing import printed as printed_cell
from tongchou.web import codes
from tongchou.web.connections.asking import Usual, question
from tongchou.web.connections.days import usual
from tongchou.web.connections.files import WRITERS
from tongchou.web.connections.held import Held, held, standing, travel_networks
from tongchou.web.connections.legs import merged, ways_from
from tongchou.web.connections.minutes import cell
from tongchou.web.connections.minutes import whole as printed
from tongchou.web.connections.page import page
from tongchou.web.connections.project_rows import amount
from tongchou.web.connections.projects import turned
from tongchou.web.connections.showing import end_name, way_address
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.ledger.models import Document
from tongchou.web.listings import file_response, listing_response
from tongchou.web.parts import render_part
from tongchou.web.people.access import public
from tongchou.web.templatetags.words import day

_BEFORE, _AFTER = Text("之前", "Before"), Text("之后", "After")


@public
@require_safe
def connections(request: HttpRequest) -> HttpResponse:
    """Compare a network of the region on two days: tables first, then the map, projects and critical links."""
    region = region_named(settings.REGION)
    names = travel_networks(settings.REGION)
    if not names:
        return render(request, "connections/empty.html", {"region": region})
    asked, whole = _asked(request, names)
    if whole is None:
        context = {"region": region, "problems": asked, "names": names}
        return render(request, "connections/broken.html", context, status=200)
    context = {
        "region": region,
        "networks": [(name, held(settings.REGION, name).network.title) for name in names if _reads(name)],
        **page(region, whole, asked, _usual(whole), current()),
    }
    response = render_part(request, "connections/work.html", "connections/page.html", context)
    response.status_code = 422 if asked.problems else 200
    if request.htmx and not asked.problems:  # type: ignore[attr-defined]
        response.headers["HX-Push-Url"] = f"{reverse('connections')}?{asked.address()}"
    return response


@public
@require_safe
def way(request: HttpRequest) -> HttpResponse:
    """Account for one pair: the legs of the way on both days, with what each rests on."""
    region = region_named(settings.REGION)
    asked, whole = _asked(request, travel_networks(settings.REGION))
    if whole is None or asked.problems:
        raise Http404
    known = {n.id: n for n in (*whole.places, *whole.ends)}
    start, end = known.get(request.GET.get("from", "")), known.get(request.GET.get("to", ""))
    if start is None or end is None or start is end:
        raise Http404
    sides = [
        (word, day, ways_from(whole, standing(settings.REGION, asked.network, day, asked.without), start, (end,))[0])
        for word, day in ((_BEFORE, asked.before), (_AFTER, asked.on))
    ]
    context = {
        "region": region,
        "question": asked,
        "network": whole.network,
        "start": start.name,
        "end": end_name(whole, end),
        "days": [
            {
                "word": word,
                "day": day,
                "way": found,
                "total": printed(found.minutes),
                "is_joined": bool(found.legs),
                "legs": merged(found.legs),
            }
            for word, day, found in sides
        ],
        "change": cell(sides[0][2].minutes, sides[1][2].minutes).change,
        "is_same": sides[0][2].legs == sides[1][2].legs,
        "back": f"{reverse('connections')}?{asked.address()}",
        "turned": way_address(asked, end, start) if end in whole.places else "",
        "projects": {p.id: p.name for p in region.projects},
        "sources": {id_: source.title for id_, source in region.sources.items()},
    }
    return render(request, "connections/way.html", context)


@public
@require_safe
def sensitivity(request: HttpRequest) -> HttpResponse:
    """Show what each project saves with every assumption a fifth lower and higher; ``as=xlsx`` gives it as a file."""
    asked, whole = _asked(request, travel_networks(settings.REGION))
    if whole is None or asked.problems:
        raise Http404
    found = turned(settings.REGION, asked)
    if suffix := request.GET.get("as", ""):
        return listing_response(found, suffix)
    context = {
        "region": region_named(settings.REGION),
        "question": asked,
        "network": whole.network,
        "listing": found,
        "rows": [
            [amount(v) if isinstance(v, float) else printed_cell(v, current()) for v in row] for row in found.rows
        ],
        "is_streets": whole.is_streets,
        "day_shown": day(asked.on),
        "address": asked.address(),
        "back": f"{reverse('connections')}?{asked.address()}",
    }
    return render(request, "connections/sensitivity.html", context)


@public
@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the comparison as a file: a workbook with live formulas, a table, a document."""
    asked, whole = _asked(request, travel_networks(settings.REGION))
    kind = WRITERS.get(suffix)
    if whole is None or asked.problems or kind is None:
        raise Http404
    data = kind.write(region_named(settings.REGION), whole, asked, current())
    title = f"{whole.network.title.in_(current())} {asked.before} {asked.on}"
    return file_response(data, kind.media_type, title, suffix)


def _asked(request: HttpRequest, names: tuple[str, ...]) -> tuple[Any, Held | None]:
    """Return what is asked and the network; instead of the network nothing, with the problems, where it has errors."""
    named = request.GET.get("network", "").strip()
    problems: list[Problem] = []
    if named and named not in names:
        listed = Text("、".join(names), ", ".join(names))
        problems.append(codes.NO_NETWORK.at("network", text=named[:40], names=listed))
    chosen = named if named in names else next((n for n in names if _reads(n)), names[0] if names else "")
    if not chosen:
        raise Http404
    try:
        whole = held(settings.REGION, chosen)
    except ProblemsError as error:
        return [codes.NOT_READ.at(chosen, network=chosen), *error.problems], None
    return question(request.GET, whole.network, _usual(whole), tuple(problems)), whole


def _usual(whole: Held) -> Usual:
    issued = Document.objects.filter(is_builtin=True).values_list("issued", flat=True).first()
    return usual(settings.REGION, whole.network, issued, timezone.localdate())


def _reads(name: str) -> bool:
    try:
        held(settings.REGION, name)
    except ProblemsError:
        return False
    return True
