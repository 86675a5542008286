"""The log of what was done, by whom, for which unit: a page and its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.events.models import Event
from tongchou.web.events.queries import Filters, chain_code, kinds_of, matching, seen_by
from tongchou.web.events.words import words_of
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import Organisation

_A_PAGE = 100
_IN_A_FILE = 20_000
_COLUMNS = (
    ListingColumn(Text("序号", "Number"), 8, "number"),
    ListingColumn(Text("时间", "Time"), 18),
    ListingColumn(Text("事项", "What"), 30),
    ListingColumn(Text("单位", "Organisation"), 22),
    ListingColumn(Text("办理人", "By"), 16),
    ListingColumn(Text("校验码", "Link"), 14),
)


@requires("events.read")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show the events that match, the latest first."""
    filters = Filters.of(request.GET.dict())
    seen = seen_by(request.user)
    page = Paginator(matching(seen, filters), _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    names = Organisation.objects.in_bulk()
    number, code = chain_code()
    context = {
        "rows": [_row(event, names) for event in page.object_list],
        "page": page,
        "filters": filters,
        "kinds": [(kind, words_of(kind), n) for kind, n in kinds_of(seen)],
        "organisations": sorted(names.values(), key=lambda o: (o.order, o.pk)),
        "query": query.urlencode(),
        "number": number,
        "code": code,
    }
    return render(request, "events/log.html", context)


@requires("events.read")
@require_safe
def log_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the events that match as a file, the latest first."""
    names = Organisation.objects.in_bulk()
    found = matching(seen_by(request.user), Filters.of(request.GET.dict()))[:_IN_A_FILE]
    number, code = chain_code()
    note = Text(
        "工作台的操作留痕，共 {n} 条；链尾校验码 {code}。",
        "What was done in the workbench, {n} events; code of the last link {code}.",
    ).format(n=number, code=code)
    listing = Listing(Text("操作留痕", "Log of events"), note, _COLUMNS, [_cells(event, names) for event in found])
    return listing_response(listing, suffix)


def _row(event: Event, names: dict[str, Organisation]) -> dict[str, Any]:
    unit = names.get(event.organisation)
    return {
        "event": event,
        "what": words_of(event.kind),
        "unit": unit.title if unit else Text(event.organisation, event.organisation),
        "code": event.hash[:12],
        "data": sorted(event.data.items()) if isinstance(event.data, dict) else [],
    }


def _cells(event: Event, names: dict[str, Organisation]) -> list[Cell]:
    row = _row(event, names)
    by = event.by.name if event.by else None
    return [
        event.number,
        f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
        row["what"],
        row["unit"],
        by,
        row["code"],
    ]
