"""Pages of figures: all indicators, one indicator, and its table as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.surfaces.cells import neutral
from tongchou.web.figures.queries import (
    Coverage,
    base_of,
    city_cell,
    column_cells,
    columns_of,
    coverage,
    other_cells,
    region_named,
    units_of,
)
from tongchou.web.figures.themes import theme
from tongchou.web.language import current
from tongchou.web.pages.board import board_json


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
        "themes": [(theme(id_), found) for id_, found in themes.items()],
        "projects": region.projects,
    }
    return render(request, "figures/indicators.html", context)


@require_safe
def indicator(request: HttpRequest, id_: str) -> HttpResponse:
    """Show one indicator: its definition, the table of units by periods, a chart, and its sources."""
    region = region_named(settings.REGION)
    if id_ not in region.indicators:
        raise Http404
    table = _table(id_)
    used = {c.figure.source for row in table["rows"] for c in row if c.figure is not None}
    others = other_cells(region, id_)
    used |= {c.figure.source for c in others if c.figure is not None}
    columns = table["columns"]
    context = {
        "region": region,
        "indicator": region.indicators[id_],
        "theme": theme(region.indicators[id_].theme),
        "others": others,
        "sources": [region.sources[s] for s in sorted(used) if s in region.sources],
        "board": board_json(region.indicators[id_], columns[-1], column_cells(region, id_, columns[-1]), current())
        if columns
        else None,
        **table,
    }
    return render(request, "figures/indicator.html", context)


@require_safe
def indicator_csv(request: HttpRequest, id_: str) -> HttpResponse:
    """Give an indicator's figures as CSV, one figure a row, readable by WPS and Excel."""
    region = region_named(settings.REGION)
    if id_ not in region.indicators:
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["地方代码", "地方", "指标", "时期", "口径基数", "数值", "单位", "状态", "来源", "备注"])
    for figure in region.figures:
        if figure.indicator == id_:
            source = region.sources.get(figure.source)
            writer.writerow(
                neutral(cell)
                for cell in (
                    figure.place,
                    region.places[figure.place].name,
                    region.indicators[id_].title.zh,
                    figure.period.code,
                    region.bases[figure.base].title.zh if figure.base in region.bases else figure.base,
                    "不适用" if figure.value is None else figure.value,
                    figure.unit,
                    figure.status.label.zh,
                    source.title if source else figure.source,
                    figure.note,
                )
            )
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{id_}.csv"'
    return response


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
