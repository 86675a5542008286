"""Pages of figures: all indicators, one indicator, and its table as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.region import Region
from tongchou.region.crosstab import (
    Column,
    Coverage,
    base_of,
    city_cell,
    column_cells,
    columns_of,
    coverage,
    fullest_column,
    other_cells,
    units_of,
)
from tongchou.surfaces.document.county_board import county_board
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.table import figures_csv
from tongchou.surfaces.workbook.indicator import indicator_workbook
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.themes import theme
from tongchou.web.language import current
from tongchou.web.pages.board import board_json
from tongchou.web.people.access import public


@public
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """List every indicator with its definition, periods, coverage and weakest status."""
    region = region_named(settings.REGION)
    words = request.GET.get("words", "").strip()[:100]
    themes: dict[str, list[Coverage]] = {}
    for one in coverage(region):
        indicator = one.indicator
        if words.lower() in f"{indicator.title.zh} {indicator.title.en} {indicator.id}".lower():
            themes.setdefault(indicator.theme, []).append(one)
    context = {
        "region": region,
        "words": words,
        "sources": region.sources,
        "units": len(units_of(region)),
        "themes": [(id_, theme(id_), found) for id_, found in themes.items()],
        "projects": region.projects,
    }
    return render(request, "figures/indicators.html", context)


@public
@require_safe
def indicator(request: HttpRequest, id_: str) -> HttpResponse:
    """Show one indicator: its definition, the table of units by periods, a chart of one of them, and its sources."""
    region = region_named(settings.REGION)
    if id_ not in region.indicators:
        raise Http404
    table = _table(id_)
    others = other_cells(region, id_)
    # All that are held, not only those shown: a second source for the same cell is evidence too.
    figures = [f for f in region.figures if f.indicator == id_]
    used = {f.source for f in figures}
    drawn = _column(region, id_, request.GET.get("period", ""))
    context = {
        "region": region,
        "indicator": region.indicators[id_],
        "theme": theme(region.indicators[id_].theme),
        "others": others,
        "sources": [region.sources[s] for s in sorted(used) if s in region.sources],
        "notes": list(Counter(f.note for f in figures if f.note).items()),
        "drawn": drawn,
        "board": board_json(region.indicators[id_], drawn, column_cells(region, id_, drawn), current())
        if drawn
        else None,
        **table,
    }
    return render(request, "figures/indicator.html", context)


@public
@require_safe
def indicator_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give an indicator as a file: .csv and .xlsx with every figure, .docx with the period asked for."""
    region = region_named(settings.REGION)
    if id_ not in region.indicators:
        raise Http404
    if suffix == "docx":
        column = _column(region, id_, request.GET.get("period", ""))
        if column is None:
            raise Http404
        data = county_board(region, id_, column)
    elif suffix in _WRITERS:
        data = _WRITERS[suffix](region, id_)
    else:
        raise Http404
    response = HttpResponse(data, content_type=_MEDIA[suffix])
    name = quote(f"{region.title.zh}{region.indicators[id_].title.zh}.{suffix}")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{id_}.{suffix}\"; filename*=UTF-8''{name}"
    return response


_WRITERS: dict[str, Callable[[Region, str], bytes]] = {"csv": figures_csv, "xlsx": indicator_workbook}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": EXPORTS[".xlsx"].media_type,
    "docx": EXPORTS[".docx"].media_type,
}


def _column(region: Region, indicator: str, key: str) -> Column | None:
    """Return the column asked for, or the newest in which most units have a figure."""
    asked = next((c for c in columns_of(region, indicator) if c.key == key), None)
    return asked or fullest_column(region, indicator)


def _table(id_: str) -> dict[str, Any]:
    region = region_named(settings.REGION)
    columns = columns_of(region, id_)
    by_column = [column_cells(region, id_, column) for column in columns]
    return {
        "columns": columns,
        "used_bases": list(dict.fromkeys(b for c in columns if (b := base_of(region, c)) and not b.fits_all)),
        "rows": [list(row) for row in zip(*by_column, strict=True)],
        "city": [city_cell(region, id_, column) for column in columns],
    }
