"""Roll-ups and warnings of a register as it stands, computed once for each state of its rows.

:func:`rollup_figures` is what the figures of the workbench read: indicator, place, period, value, unit, status, source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Sum

from tongchou.kernel.status import Status
from tongchou.registers.alerts import Alert, alerts
from tongchou.registers.register import Register
from tongchou.registers.rollups import WHOLE, RollupValue, compute
from tongchou.registers.row import Row as Engine
from tongchou.web.figures.regions import region_named
from tongchou.web.registers.models import Row, RowYear

_KEPT_SECONDS = 24 * 3600
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
    """A register on a day: its figures, and the warnings of its rows by the row's key."""

    figures: tuple[RollupFigure, ...]
    alerts: dict[str, tuple[Alert, ...]]
    on: date


def standing(register: Register, on: date) -> Standing:
    """Return the figures and warnings of a register on a day; computed anew when a row has changed.

    Figures are made of published rows, or of all rows where the register shows rows to nobody else.
    """
    stamp = Row.objects.filter(register=register.id).aggregate(n=Count("pk"), v=Sum("version"), at=Max("changed_at"))
    parts = (register.id, register.digest[:16], on, stamp["n"], stamp["v"], stamp["at"])
    key = "registers:" + ":".join(str(part).replace(" ", "T") for part in parts)
    found: Standing | None = cache.get(key)
    if found is None:
        found = _computed(register, on)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def rollup_figures(register: Register, on: date) -> tuple[RollupFigure, ...]:
    """Return the figures a register feeds the workbench with on a day."""
    return standing(register, on).figures


def _computed(register: Register, on: date) -> Standing:
    rows, published, statuses = engine_rows(register)
    centre = region_named(settings.REGION).centre
    counted = [row for row, seen in zip(rows, published, strict=True) if seen]
    weakest = _weakest(rows, published, statuses)
    figures = tuple(_figure(register, value, weakest, centre) for value in compute(register, counted, on))
    by_key: dict[str, tuple[Alert, ...]] = {}
    for alert in alerts(register, rows, on):
        by_key[alert.key] = (*by_key.get(alert.key, ()), alert)
    return Standing(figures, by_key, on)


def engine_rows(register: Register) -> tuple[list[Engine], list[bool], list[str]]:
    """Return every row of a register as the engine sees it, whether roll-ups count it, and its status."""
    years: dict[int, dict[int, dict[str, Any]]] = {}
    if register.declared.yearly:
        held = RowYear.objects.filter(row__register=register.id, row__withdrawn_at__isnull=True)
        for row, year, values in held.values_list("row_id", "year", "values").iterator(_BATCH):
            years.setdefault(row, {})[year] = values
    columns = ("pk", "key", "state", "values", "place", "since", "is_published", "status")
    rows, published, statuses = [], [], []
    all_count = register.declared.visibility == "owner_and_city"
    of = Row.objects.of(register.id).order_by("pk").values_list(*columns)
    for pk, key, state, values, place, since, seen, status in of.iterator(_BATCH):
        rows.append(Engine(key, state, values, years.get(pk, {}), place, None, since))
        published.append(seen or all_count)
        statuses.append(status)
    return rows, published, statuses


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
