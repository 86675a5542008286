"""Indicators and figures, as approved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from tongchou.region import Figure, Indicator
from tongchou.web.api.kinds import Id, Name, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import TextOut, answers, text
from tongchou.web.figures.store import region_as_of
from tongchou.web.finding import has_all

router = Router(tags=["figures"])


class IndicatorOut(Schema):
    """What a figure measures."""

    id: str
    title: TextOut
    unit: str
    definition: TextOut
    theme: str
    better: str
    base: str


class FigureOut(Schema):
    """One value. ``value`` is null where the source says it does not apply; what is not held is not listed."""

    indicator: str
    place: str
    period: str
    value: float | None
    unit: str
    status: str
    base: str
    source: str
    note: str


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": text(one.title),
        "unit": one.unit,
        "definition": text(one.definition),
        "theme": one.theme,
        "better": one.better,
        "base": one.base,
    }


def figure_shape(one: Figure) -> dict[str, Any]:
    """Return a figure as the interface shows it."""
    return {
        "indicator": one.indicator,
        "place": one.place,
        "period": one.period.code,
        "value": one.value,
        "unit": one.unit,
        "status": one.status.word,
        "base": one.base,
        "source": one.source,
        "note": one.note,
    }


@router.get("/indicators", response=answers(Page[IndicatorOut]), summary="指标 Indicators")
def indicators(request: HttpRequest, paging: Query[Paging], theme: Id = "", words: Words = "") -> Any:
    """List indicators."""
    found = [
        i
        for i in region_as_of(settings.REGION).indicators.values()
        if (not theme or i.theme == theme) and has_all(words, i.id, i.title.zh, i.title.en)
    ]
    return paged(found, paging, _indicator)


@router.get("/indicators/{id}", response=answers(IndicatorOut, 404), summary="一个指标 One indicator")
def indicator(request: HttpRequest, id: Name) -> Any:
    """Return one indicator."""
    found = region_as_of(settings.REGION).indicators.get(id)
    if found is None:
        raise Http404
    return _indicator(found)


@router.get("/indicators/{id}/figures", response=answers(Page[FigureOut], 404), summary="数据 Figures")
def figures(
    request: HttpRequest,
    id: Name,
    paging: Query[Paging],
    place: Id = "",
    period: Id = "",
    status: Id = "",
    base: Id = "",
) -> Any:
    """List the approved figures of one indicator, with source and status."""
    region = region_as_of(settings.REGION)
    if id not in region.indicators:
        raise Http404
    found = [
        f
        for f in region.of_indicator(id)
        if (not place or f.place == place)
        and (not period or f.period.code == period)
        and (not status or f.status.word == status)
        and (not base or f.base == base)
    ]
    return paged(found, paging, figure_shape)
