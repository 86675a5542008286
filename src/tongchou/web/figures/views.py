"""Pages of figures: all indicators, one indicator, and its table as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.region import Indicator, Region
from tongchou.region.crosstab import (
    Column,
    Coverage,
    base_of,
    city_cell,
    column_cells,
    coverage,
    other_cells,
    units_of,
)
from tongchou.surfaces.document.county_board import county_board
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.table import figures_csv
from tongchou.surfaces.workbook.indicator import indicator_workbook
from tongchou.web.figures.coverage import coverage_of, fullest
from tongchou.web.figures.rollups import rolled_up, rollup_indicators
from tongchou.web.figures.store import indicators as every_indicator
from tongchou.web.figures.store import region_as_of, region_of, stamp
from tongchou.web.figures.themes import theme
from tongchou.web.language import current
from tongchou.web.pages.board import board_json
from tongchou.web.people.access import public

_INDICATORS = 300  # on one page
_COLUMNS = 24  # in one table, the newest first


@public
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """List every indicator with its definition, periods, coverage and weakest status."""
    region = region_as_of(settings.REGION)
    words = request.GET.get("words", "").strip()[:100]
    found = [c for c in coverage_of(settings.REGION) if _named(c.indicator, words)]
    page = Paginator(found, _INDICATORS).get_page(request.GET.get("page"))
    themes: dict[str, list[Coverage]] = {}
    for one in page:
        themes.setdefault(one.indicator.theme, []).append(one)
    context = {
        "region": region,
        "stamp": stamp(),
        "words": words,
        "sources": region.sources,
        "units": len(units_of(region)),
        "themes": [(id_, theme(id_), listed) for id_, listed in themes.items()],
        "projects": region.projects if page.number == 1 else (),
        "page": page,
        "rollups": [(one, clause) for one, _, clause in rollup_indicators().values() if _named(one, words)],
        "query": f"words={quote(words)}" if words else "",
    }
    return render(request, "figures/indicators.html", context)


@public
@require_safe
def indicator(request: HttpRequest, id_: str) -> HttpResponse:
    """Show one indicator: its definition, the table of units by periods, a chart of one of them, and its sources."""
    rolled = rolled_up(id_, timezone.now())
    covered = _covered(id_) if rolled is None else next(iter(coverage(rolled[0])), None)
    drawn = _column(covered, request.GET.get("period", ""))
    shown = _columns_shown(covered, drawn)
    region = rolled[0] if rolled else region_of(settings.REGION, id_, {c.period.code for c in shown})
    # All that are held, not only those shown: a second source for the same cell is evidence too.
    figures = region.of_indicator(id_)
    used = {f.source for f in figures}
    context = {
        "region": region,
        "stamp": stamp(),
        "indicator": region.indicators[id_],
        "theme": theme(region.indicators[id_].theme),
        "register": rolled[1] if rolled else None,
        "others": other_cells(region, id_),
        "sources": [region.sources[s] for s in sorted(used) if s in region.sources],
        "written_sources": sorted(used - set(region.sources)),
        "notes": list(Counter(f.note for f in figures if f.note).items()),
        "drawn": drawn,
        "board": board_json(region.indicators[id_], drawn, column_cells(region, id_, drawn), current())
        if drawn
        else None,
        "every_column": covered.columns if covered and len(covered.columns) > len(shown) else (),
        **_table(region, id_, shown),
    }
    return render(request, "figures/indicator.html", context)


@public
@require_safe
def indicator_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give an indicator as a file: .csv and .xlsx with every figure, .docx with the period asked for."""
    rolled = rolled_up(id_, timezone.now())
    covered = _covered(id_) if rolled is None else next(iter(coverage(rolled[0])), None)
    region = rolled[0] if rolled else region_as_of(settings.REGION)
    if suffix == "docx":
        column = _column(covered, request.GET.get("period", ""))
        if column is None:
            raise Http404
        data = county_board(region, id_, column)
    elif suffix in _WRITERS:
        data = _WRITERS[suffix](region, id_)
    else:
        raise Http404
    response = HttpResponse(data, content_type=_MEDIA[suffix])
    name = quote(f"{region.title.zh}{region.indicators[id_].title.zh}.{suffix}", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{id_}.{suffix}\"; filename*=UTF-8''{name}"
    return response


_WRITERS: dict[str, Callable[[Region, str], bytes]] = {"csv": figures_csv, "xlsx": indicator_workbook}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": EXPORTS[".xlsx"].media_type,
    "docx": EXPORTS[".docx"].media_type,
}


def _named(indicator: Indicator, words: str) -> bool:
    return words.lower() in f"{indicator.title.zh} {indicator.title.en} {indicator.id}".lower()


def _covered(id_: str) -> Coverage | None:
    """Return what is held of an indicator, ``None`` where nothing is; raise 404 where there is no such indicator."""
    if id_ not in every_indicator():
        raise Http404
    return next((c for c in coverage_of(settings.REGION) if c.indicator.id == id_), None)


def _column(covered: Coverage | None, key: str) -> Column | None:
    """Return the column asked for, or the newest in which most units have a figure."""
    if covered is None:
        return None
    return next((c for c in covered.columns if c.key == key), None) or fullest(covered)


def _columns_shown(covered: Coverage | None, drawn: Column | None) -> list[Column]:
    """Return the newest columns, or those up to the one asked for where it is older."""
    columns = covered.columns if covered else []
    last = columns.index(drawn) + 1 if drawn in columns[:-_COLUMNS] and drawn is not None else len(columns)
    return columns[max(0, last - _COLUMNS) : last]


def _table(region: Region, id_: str, columns: list[Column]) -> dict[str, Any]:
    inside = {*region.county_level(), region.centre}
    held = {(f.period.code, f.base) for f in region.of_indicator(id_) if f.place in inside}
    columns = [c for c in columns if (c.period.code, c.base) in held]
    by_column = [column_cells(region, id_, column) for column in columns]
    return {
        "columns": columns,
        "used_bases": list(dict.fromkeys(b for c in columns if (b := base_of(region, c)) and not b.fits_all)),
        "rows": [list(row) for row in zip(*by_column, strict=True)],
        "city": [city_cell(region, id_, column) for column in columns],
    }
