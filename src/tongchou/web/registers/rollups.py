"""Roll-ups and warnings of a register as it stands, computed once for each state of its rows.

:func:`rollup_figures` is what the figures of the workbench read: indicator, place, period, value, unit, status, source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
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

# Rows as the engine sees them, whether roll-ups count each, its status and its owner.
EngineRows = tuple[list[Engine], list[bool], list[str], list[str]]

_SUMS = ("pk__count", "version__sum", "changed_at__max")
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
    return standings([register], now)[register.id]


def standings(
    registers: Sequence[Register], now: datetime, filled_by: frozenset[str] = frozenset()
) -> dict[str, Standing]:
    """Return the same of several registers by id, in three queries whatever their number.

    With ``filled_by`` only of those in which one of these organisations has a row.
    """
    on = timezone.localdate(now)
    changes = Row.objects.filter(register__in=[register.id for register in registers]).order_by().values("register")
    if filled_by:
        theirs = Row.objects.filter(organisation__in=filled_by, withdrawn_at__isnull=True).order_by()
        changes = changes.filter(register__in=theirs.values("register"))
    sums = changes.annotate(Count("pk"), Sum("version"), Max("changed_at"))
    counted = {id_: (n, versions, changed) for id_, n, versions, changed in sums.values_list("register", *_SUMS)}
    found: dict[str, Standing] = {}
    stale: dict[str, str] = {}
    for register in registers:
        if filled_by and register.id not in counted:
            continue
        n, versions, changed = counted.get(register.id, (0, None, None))
        stamp = f"{on} {n} {versions} {changed}"
        held: Standing | None = cache.get(_key(register))
        vast = held is not None and n > _VAST and now - held.at < _OLD and held.stamp[:10] == stamp[:10]
        if held is not None and (held.stamp == stamp or vast):
            found[register.id] = held
        else:
            stale[register.id] = stamp
    wanted = [register for register in registers if register.id in stale]
    for register, rows in _rows_of(wanted):
        found[register.id] = _computed(register, rows, on, now, stale[register.id])
        cache.set(_key(register), found[register.id], _KEPT_SECONDS)
    return found


def _key(register: Register) -> str:
    return f"registers:{register.id}:{register.digest[:16]}"


def rollup_figures(register: Register, now: datetime) -> tuple[RollupFigure, ...]:
    """Return the figures a register feeds the workbench with."""
    return standing(register, now).figures


def _computed(register: Register, held: EngineRows, on: date, now: datetime, stamp: str) -> Standing:
    rows, published, statuses, owners = held
    centre = region_named(settings.REGION).centre
    counted = [row for row, seen in zip(rows, published, strict=True) if seen]
    weakest = _weakest(rows, published, statuses)
    figures = tuple(_figure(register, value, weakest, centre) for value in compute(register, counted, on))
    warned = red(register, rows, on)
    return Standing(figures, dict(Counter(o for o, one in zip(owners, warned, strict=True) if one)), now, stamp)


def _no_rows() -> EngineRows:
    return [], [], [], []


def engine_rows(register: Register) -> EngineRows:
    """Return every row of a register as the engine sees it, whether roll-ups count it, its status and its owner."""
    ((_, found),) = _rows_of([register])
    return found


def _rows_of(registers: Sequence[Register]) -> Iterator[tuple[Register, EngineRows]]:
    """Give registers with their rows, one register at a time: a vast one need not lie beside the others."""
    ids = [register.id for register in registers]
    years: dict[int, dict[int, dict[str, Any]]] = {}
    if yearly := [register.id for register in registers if register.declared.yearly]:
        held = RowYear.objects.filter(row__register__in=yearly, row__withdrawn_at__isnull=True)
        for row, year, values in held.values_list("row_id", "year", "values").iterator(_BATCH):
            years.setdefault(row, {})[year] = values
    columns = ("register", "pk", "key", "state", "values", "place", "since", "is_published", "status", "organisation")
    of = Row.objects.filter(register__in=ids, withdrawn_at__isnull=True).order_by("register", "pk")
    grouped = groupby(of.values_list(*columns).iterator(_BATCH) if ids else (), key=itemgetter(0))
    empty = {register.id: register for register in registers}
    for id_, found in grouped:
        register = empty.pop(id_)
        all_count = register.declared.visibility == "owner_and_city"
        rows, published, statuses, owners = found_rows = _no_rows()
        for _, pk, key, state, values, place, since, seen, status, owner in found:
            rows.append(Engine(key, state, values, years.get(pk, {}), place, None, since))
            published.append(seen or all_count)
            statuses.append(status)
            owners.append(owner)
        yield register, found_rows
    yield from ((register, _no_rows()) for register in empty.values())


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


__all__ = ["RollupFigure", "Standing", "engine_rows", "rollup_figures", "standing", "standings"]
