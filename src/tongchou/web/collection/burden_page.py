"""The page of the burden: minutes by unit and month, who caused them, and the cap."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.collection.burden import Share, cap, months_of, names_of, shares, units_of
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.permissions import organisations_of


@requires("collection.see")
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """Show minutes by unit and month: a unit its own and who caused them, the city all against the cap."""
    year = _year(request)
    found = _shares(request, year)
    months, units, most = months_of(found), units_of(found), cap(timezone.localdate())
    names = names_of(list(units))
    caused: dict[str, tuple[Text, float, int]] = {}
    for one in found:
        _, minutes, cells = caused.get(one.caused_by.zh, (one.caused_by, 0.0, 0))
        caused[one.caused_by.zh] = (one.caused_by, minutes + one.minutes, cells + one.cells)
    context = {
        "year": year,
        "months": [(m, total, total > most.city_minutes) for m, total in months.items()],
        "units": [
            (names[id_], [(by.get(m), by.get(m, 0) > most.unit_minutes) for m in months], sum(by.values()))
            for id_, by in units.items()
        ],
        "total": sum(months.values()),
        "caused": sorted(caused.values(), key=lambda c: -c[1]),
        "shares": found[:500],
        "cap": most,
        "sees_all": organisations_of(request.user, "collection.see") is None,
        "query": f"year={year}",
    }
    return render(request, "collection/burden.html", context)


@requires("collection.see")
@require_safe
def burden_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the burden as a file: a line for each unit and round."""
    columns = (
        ListingColumn(Text("月份", "Month"), 10, "centre"),
        ListingColumn(Text("填报单位", "Unit"), 20),
        ListingColumn(Text("任务", "Round"), 34),
        ListingColumn(Text("条款", "Clause"), 8, "centre"),
        ListingColumn(Text("谁要", "Asked by"), 20),
        ListingColumn(Text("格数", "Cells"), 8, "number"),
        ListingColumn(Text("分钟", "Minutes"), 10, "decimal"),
    )
    rows: list[list[Any]] = [
        [f"{s.month:%Y-%m}", s.unit, s.title, s.clause, s.caused_by, s.cells, s.minutes]
        for s in _shares(request, _year(request))
    ]
    note = Text(
        "分钟＝格数×每格分钟（设计时估计），记在截止日所在的月份。",
        "Minutes are cells times the minutes a cell was estimated to take, in the month the round is due.",
    )
    return listing_response(Listing(Text("填报负担", "Burden of filling in"), note, columns, rows), suffix)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= 2100 else timezone.localdate().year


def _shares(request: HttpRequest, year: int) -> list[Share]:
    return shares(year, organisations_of(request.user, "collection.see"))
