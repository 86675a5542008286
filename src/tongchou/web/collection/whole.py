"""A round as a whole: whether what the units say adds up to what the city is known to be."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q

from tongchou.kernel.problems import Problem
from tongchou.region.plausibility import limits, total_doubts
from tongchou.web.collection.bases import base_for, fitting
from tongchou.web.collection.models import Entry, Round
from tongchou.web.figures.store import region_with


def whole_doubts(held: Round, asked: list[str], on: date) -> list[Problem]:
    """Return where the units' values, those entered here and those held, differ from the city's own figure."""
    region = region_with(settings.REGION, asked, Q(period__in=held.periods))
    units = region.county_level()
    entered: dict[tuple[str, str], dict[str, float]] = {}
    rows = Entry.objects.filter(answer__round=held, value__isnull=False)
    for place, indicator, period, value in rows.values_list("answer__place", "indicator", "period", "value"):
        if value is not None:
            entered.setdefault((indicator, period), {})[place] = value
    of = limits(on)
    found = []
    for id_ in asked:
        for period in held.periods:
            bases = fitting(region, base_for(region.indicators[id_], held.base))
            known = [f for f in region.of_indicator(id_) if f.period.code == period and f.base in bases]
            values = {f.place: f.value for f in known if f.value is not None}
            values |= entered.get((id_, period), {})
            city = next((f for f in known if f.place == region.centre), None)
            where = f"{region.indicators[id_].title.zh} {period}"
            found += total_doubts(region.indicators[id_], values, city, units, of, where)
    return found
