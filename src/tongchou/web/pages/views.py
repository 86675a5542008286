"""The home page: three sentences and the county board."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.region import Region, Source
from tongchou.region.crosstab import (
    Cell,
    Column,
    Coverage,
    base_of,
    city_cell,
    column_cells,
)
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.figures.coverage import coverage_of, fullest
from tongchou.web.figures.drawings import attached_boundaries, drawing_of, drawing_stamp, layout_of
from tongchou.web.figures.store import region_of, stamp
from tongchou.web.figures.themes import theme
from tongchou.web.language import current
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.ledger.queries import counts
from tongchou.web.pages.board import board_json
from tongchou.web.pages.sentences import about_gap, about_policy, about_silence
from tongchou.web.pages.today import today
from tongchou.web.parts import render_part
from tongchou.web.people.access import public

# What the board shows first: GDP per head is the figure the policy's "narrow the gap" is usually read by.
_FIRST = "gdp.per_head"


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the document promises and the county board for one indicator and period."""
    covered = [c for c in coverage_of(settings.REGION) if c.units_covered > 1]
    document = chosen_document(request)
    wanted = request.GET.get("indicator", _FIRST)
    indicator = next((c.indicator for c in covered if c.indicator.id == wanted), None) or covered[0].indicator
    columns = next(c for c in covered if c.indicator.id == indicator.id)
    column = _column(columns, request.GET.get("period", ""))
    region = region_of(settings.REGION, indicator.id, [column.period.code])
    cells = column_cells(region, indicator.id, column)
    sentences: list[Text] = []
    if document is not None:
        sentences.append(about_policy(document.policy))
    sentences.append(about_gap(region, indicator.id, column, cells))
    if document is not None:
        sentences.append(about_silence(document.policy, coverage_of(settings.REGION), len(region.county_level())))
    boundaries = attached_boundaries(settings.REGION)
    layout = None if boundaries else layout_of(settings.REGION)
    context = {
        "document": document,
        "drawing": drawing_of(layout, boundaries),
        "boundaries": boundaries,
        "layout": layout,
        "adjacencies": len(layout.held) + len(layout.lost) if layout else 0,
        "counts": counts(document.policy) if document else None,
        "rules": len(rules_of(settings.REGION)[0].rules),
        "region": region,
        "themes": _by_theme(covered),
        "indicator": indicator,
        "columns": columns.columns,
        "column": column,
        "base": base_of(region, column),
        "cells": cells,
        "city": city_cell(region, indicator.id, column),
        "sources": _sources(region, cells),
        "sentences": sentences,
        "board": board_json(indicator, column, cells, current()),
        "stamp": "-".join((stamp(), drawing_stamp(settings.REGION), document.stamp if document else "")),
        **today(request),
    }
    return render_part(request, "pages/board.html", "pages/home.html", context)


def _column(covered: Coverage, key: str) -> Column:
    """Return the column asked for, or the newest in which most units have a figure."""
    chosen = next((c for c in covered.columns if c.key == key), None) or fullest(covered)
    if chosen is None:
        raise Http404
    return chosen


def _by_theme(covered: list[Coverage]) -> list[tuple[Text, list[Coverage]]]:
    themes: dict[str, list[Coverage]] = {}
    for one in covered:
        themes.setdefault(one.indicator.theme, []).append(one)
    return [(theme(id_), found) for id_, found in themes.items()]


def _sources(region: Region, cells: list[Cell]) -> list[Source]:
    ids = dict.fromkeys(c.figure.source for c in cells if c.figure is not None)
    return [region.sources[i] for i in ids if i in region.sources]
