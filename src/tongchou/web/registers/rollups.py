"""Roll-ups and warnings of a register as it stands, computed once for each state of its rows.

:func:`rollup_figures` is what the figures of the workbench read: indicator, place, period, value, unit, status, source.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Sum
from django.utils import timezone

from tongchou.kernel.status import Status
from tongchou.registers.alerts import red
from tongchou.registers.register import Register
from tongchou.registers.rollups import WHOLE, RollupValue, compute
from tongchou.registers.row import Row as Engine
from tongchou.web.figures.regions import region_named
from tongchou.web.registers.models import Row, RowYear

_KEPT_SECONDS = 24 * 3600
_VAST = 20_000  # rows
_OLD = timedelta(minutes=10)
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class RollupFigure:
    """One figure made of rows. ``value`` is ``None`` where nothing was reported; ``missing`` rows lacked the number."""

    indicator: str
    place: str
    period: str
    value: float | None
    unit: str
    status: Status
    source: str
    by: str
    rows: int
    missing: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A register on a day: its figures, how many rows of each owner carry a red warning, and when that was computed."""

    figures: tuple[RollupFigure, ...]
    red: dict[str, int]
    at: datetime
    stamp: str


def standing(register: Register, now: datetime) -> Standing:
    """Return the figures of a register and its warnings, computed anew when a row has changed.

    Figures are made of published rows, or of all rows where the register shows rows to nobody else. Those of a vast
    register may be some minutes old; ``at`` says of when they are.
    """
    on = timezone.localdate(now)
    counted = Row.objects.filter(register=register.id).aggregate(n=Count("pk"), v=Sum("version"), at=Max("changed_at"))
    stamp = f"{on} {counted['n']} {counted['v']} {counted['at']}"
    key = f"registers:{register.id}:{register.digest[:16]}"
    found: Standing | None = cache.get(key)
    if found is not None:
        vast = counted["n"] > _VAST and now - found.at < _OLD and found.stamp[:10] == stamp[:10]
        if found.stamp == stamp or vast:
            return found
    found = _computed(register, on, now, stamp)
    cache.set(key, found, _KEPT_SECONDS)
    return found


def rollup_figures(register: Register, now: datetime) -> tuple[RollupFigure, ...]:
    """Return the figures a register feeds the workbench with."""
    return standing(register, now).figures


def _computed(register: Register, on: date, now: datetime, stamp: str) -> Standing:
    rows, published, statuses, owners = engine_rows(register)
    centre = region_named(settings.REGION).centre
    counted = [row for row, seen in zip(rows, published, strict=True) if seen]
    weakest = _weakest(rows, published, statuses)
    figures = tuple(_figure(register, value, weakest, centre) for value in compute(register, counted, on))
    warned = red(register, rows, on)
    return Standing(figures, dict(Counter(o for o, one in zip(owners, warned, strict=True) if one)), now, stamp)


def engine_rows(register: Register) -> tuple[list[Engine], list[bool], list[str], list[str]]:
    """Return every row of a register as the engine sees it, whether roll-ups count it, its status and its owner."""
    years: dict[int, dict[int, dict[str, Any]]] = {}
    if register.declared.yearly:
        held = RowYear.objects.filter(row__register=register.id, row__withdrawn_at__isnull=True)
        for row, year, values in held.values_list("row_id", "year", "values").iterator(_BATCH):
            years.setdefault(row, {})[year] = values
    columns = ("pk", "key", "state", "values", "place", "since", "is_published", "status", "organisation")
    rows, published, statuses, owners = [], [], [], []
    all_count = register.declared.visibility == "owner_and_city"
    of = Row.objects.of(register.id).order_by("pk").values_list(*columns)
    for pk, key, state, values, place, since, seen, status, owner in of.iterator(_BATCH):
        rows.append(Engine(key, state, values, years.get(pk, {}), place, None, since))
        published.append(seen or all_count)
        statuses.append(status)
        owners.append(owner)
    return rows, published, statuses, owners


def _weakest(rows: list[Engine], published: list[bool], statuses: list[str]) -> dict[str, Status]:
    """Return the weakest status of the rows counted, by place and over all."""
    found: dict[str, Status] = {}
    for row, seen, word in zip(rows, published, statuses, strict=True):
        if seen:
            status = min(Status.parse(word), Status.DERIVED)
            for place in {WHOLE, row.place}:
                found[place] = min(found.get(place, status), status)
    return found


def _figure(register: Register, value: RollupValue, weakest: dict[str, Status], centre: str) -> RollupFigure:
    unit = register.declared.rollups[value.rollup].unit
    status = weakest.get(value.place, weakest.get(WHOLE, Status.DERIVED))
    return RollupFigure(
        indicator=register.indicator(value.rollup),
        place=value.place or centre,
        period=value.period,
        value=value.value,
        unit=unit,
        status=status,
        source=f"register:{register.id}",
        by=value.by,
        rows=value.rows,
        missing=value.missing,
    )


__all__ = ["RollupFigure", "Standing", "engine_rows", "rollup_figures", "standing"]
