"""Roll-ups: figures made of rows by place and year, which become indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.units import factor
from tongchou.registers import dates, terms
from tongchou.registers.declaration import Rollup
from tongchou.registers.lines import Lines, by_year, latest
from tongchou.registers.register import Register
from tongchou.registers.row import Row

Ids = NDArray[np.intp]
WHOLE = ""  # the place of a figure over all rows


@dataclass(frozen=True, slots=True)
class RollupValue:
    """One figure: ``place`` is empty for all rows, ``by`` empty unless the roll-up is broken down by a choice.

    ``value`` is ``None`` where nothing was reported; ``rows`` are how many rows count, ``missing`` how many of them
    lack the number.
    """

    rollup: str
    place: str
    by: str
    period: str
    value: float | None
    rows: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Groups:
    """Which group each pair of (line, place) belongs to."""

    line: Ids
    group: Ids
    keys: list[tuple[str, str, str]]  # place, by, period

    def total(self, of_line: NDArray[Any]) -> NDArray[np.float64]:
        weights = of_line[self.line].astype(np.float64)
        return np.bincount(self.group, weights=weights, minlength=len(self.keys)).astype(np.float64)


def compute(register: Register, rows: Sequence[Row], on: date, only: Sequence[str] | None = None) -> list[RollupValue]:
    """Return every roll-up (or ``only`` some) of ``rows`` on a day, ordered by roll-up, period, place and choice.

    A row counts for the year of its roll-up's ``year`` field, for each of its yearly values, or else for the year of
    ``on``. A place none of whose rows count has a count of 0; one without rows has no figure at all.
    """
    declared = register.declared
    wanted = list(declared.rollups if only is None else only)
    sources = {str(declared.rollups[name].of) for name in wanted if declared.rollups[name].kind == "growth"}
    plain = [n for n, r in declared.rollups.items() if r.kind != "growth" and (n in wanted or n in sources)]
    frames = {False: Lines(register, latest(rows, on), on)}
    found: dict[str, list[RollupValue]] = {}
    for name in plain:
        yearly = _is_yearly(register, name)
        if yearly not in frames:
            frames[yearly] = Lines(register, by_year(rows, on), on)
        found[name] = _one(register, name, frames[yearly], yearly)
    for name in wanted:
        if declared.rollups[name].kind == "growth":
            found[name] = _growth(name, declared.rollups[name], found[str(declared.rollups[name].of)])
    return [value for name in wanted for value in found[name]]


def _is_yearly(register: Register, name: str) -> bool:
    """Return whether a roll-up goes over the yearly values, each year apart."""
    if register.declared.rollups[name].year is not None:
        return False
    names = {f"{before}{field}" for field in register.declared.yearly for before in terms.YEARLY} | {"year"}
    parts = (register.formulas.get(f"rollups.{name}.{part}") for part in ("of", "over", "where", "among"))
    return any(terms.mentioned(term) & names for term in parts if term is not None)


def _one(register: Register, name: str, lines: Lines, yearly: bool) -> list[RollupValue]:
    rollup = register.declared.rollups[name]
    every = np.ones(len(lines), dtype=np.bool_)
    among = _condition(register, name, "among", lines, every)
    counted = among & _condition(register, name, "where", lines, every)
    groups = _groups(register, rollup, lines, yearly)
    if rollup.kind == "count":
        number = groups.total(counted)
        return _told(name, groups, number, number, np.zeros_like(number))
    values, missing, counted = _numbers(register, name, "of", lines, counted)
    top, lacking, size = groups.total(values), groups.total(missing), groups.total(counted)
    if rollup.kind == "sum":
        # A place whose rows were all filtered away has a sum of 0; one whose rows all say 不适用 has none.
        return _told(name, groups, top, size, lacking, carry=rollup.missing == "carry")
    if rollup.kind == "mean":
        with np.errstate(all="ignore"):
            mean = top / np.where(size - lacking > 0, size - lacking, np.nan)
        return _told(name, groups, mean, size, lacking, carry=rollup.missing == "carry")
    part = "over" if rollup.over is not None else "of"
    below, lost, others = _numbers(register, name, part, lines, among)
    if rollup.missing == "leave_out":
        # A row that lacks one half of the ratio is left out of both, or the share would be of unlike things.
        values, below = np.where(lost, 0.0, values), np.where(missing, 0.0, below)
    bottom = groups.total(below)
    with np.errstate(all="ignore"):
        share = groups.total(values) / np.where(bottom != 0, bottom, np.nan) * factor("1", rollup.unit)
    lacking = groups.total(missing | lost)
    return _told(name, groups, share, groups.total(others | counted), lacking, carry=rollup.missing == "carry")


def _condition(register: Register, name: str, part: str, lines: Lines, every: NDArray[np.bool_]) -> NDArray[np.bool_]:
    term = register.formulas.get(f"rollups.{name}.{part}")
    return every if term is None else lines.holds(term)


def _numbers(
    register: Register, name: str, part: str, lines: Lines, counted: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the number of every line that counts (0 elsewhere), where it is missing, and which lines count."""
    term = register.formulas.get(f"rollups.{name}.{part}")
    if term is None:
        return counted.astype(np.float64), np.zeros_like(counted), counted
    values = lines.column(term)
    counted = counted & ~lines.not_applicable(term)
    missing = counted & np.isnan(values)
    return np.where(counted & ~missing, values, 0.0), missing, counted


def _groups(register: Register, rollup: Rollup, lines: Lines, yearly: bool) -> _Groups:
    """Return the groups: all lines together and those of each place, by period, and by choice beside that."""
    bys = (
        [""] * len(lines) if rollup.by is None else [str(line.row.values.get(rollup.by) or "") for line in lines.lines]
    )
    periods = [_period(register, rollup, line.row.values, line.year, yearly, lines.on) for line in lines.lines]
    index: dict[tuple[str, str, str], int] = {}
    at, group = [], []
    for number, line in enumerate(lines.lines):
        if not periods[number]:
            continue
        places = [line.row.place] if rollup.places is None else line.row.values.get(rollup.places) or []
        for place in (WHOLE, *(p for p in (places if isinstance(places, list) else [places]) if p)):
            key = (place, bys[number], periods[number])
            at.append(number)
            group.append(index.setdefault(key, len(index)))
    return _Groups(np.array(at, dtype=np.intp), np.array(group, dtype=np.intp), list(index))


def _period(
    register: Register, rollup: Rollup, values: Mapping[str, Any], year: int | None, yearly: bool, on: date
) -> str:
    if rollup.year is not None:
        held = values.get(rollup.year)
        return "" if held is None else str(held if isinstance(held, int) else dates.last_day(held).year)
    return str(year) if yearly else str(on.year)


def _told(
    name: str,
    groups: _Groups,
    values: NDArray[np.float64],
    rows: NDArray[np.float64],
    missing: NDArray[np.float64],
    *,
    carry: bool = False,
) -> list[RollupValue]:
    found = []
    for (place, by, period), value, size, lacking in zip(
        groups.keys, values.tolist(), rows.tolist(), missing.tolist(), strict=True
    ):
        none = value != value or (carry and lacking > 0) or (lacking > 0 and lacking == size)
        found.append(RollupValue(name, place, by, period, None if none else value, int(size), int(lacking)))
    return sorted(found, key=lambda v: (v.period, v.place, v.by))


def _growth(name: str, rollup: Rollup, of: list[RollupValue]) -> list[RollupValue]:
    """Return by how much a roll-up grew on the year before; none where either year has no figure or began at 0."""
    held = {(v.place, v.by, v.period): v for v in of}
    found = []
    for value in of:
        before = held.get((value.place, value.by, str(int(value.period) - 1)))
        if before is None:
            continue
        grown = None
        if value.value is not None and before.value:
            grown = (value.value / before.value - 1) * factor("1", rollup.unit)
        found.append(RollupValue(name, value.place, value.by, value.period, grown, value.rows, value.missing))
    return found
