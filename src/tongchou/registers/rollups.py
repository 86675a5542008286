"""Roll-ups: figures made of rows by place and year, which become indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.units import factor
from tongchou.registers import dates, terms
from tongchou.registers.declaration import Rollup
from tongchou.registers.lines import Ids, Lines
from tongchou.registers.register import Register
from tongchou.registers.row import Row

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
    frames = {False: Lines(register, rows, on)}
    groups: dict[tuple[str | None, ...], _Groups] = {}
    found: dict[str, list[RollupValue]] = {}
    for name in plain:
        yearly = _is_yearly(register, name)
        if yearly not in frames:
            frames[yearly] = Lines(register, rows, on, each_year=True)
        rollup = declared.rollups[name]
        alike = (rollup.by, rollup.year, rollup.places, "yearly" if yearly else "")
        if alike not in groups:
            groups[alike] = _groups(rollup, frames[yearly], yearly)
        found[name] = _one(register, name, frames[yearly], groups[alike])
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


def _one(register: Register, name: str, lines: Lines, groups: _Groups) -> list[RollupValue]:
    rollup = register.declared.rollups[name]
    every = np.ones(len(lines), dtype=np.bool_)
    among = _condition(register, name, "among", lines, every)
    counted = among & _condition(register, name, "where", lines, every)
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


def _groups(rollup: Rollup, lines: Lines, yearly: bool) -> _Groups:
    """Return the groups: all lines together and those of each place, by period, and by choice beside that."""
    periods, period_words = _periods(rollup, lines, yearly)
    by_of_row, by_words = _coded([str(row.values.get(rollup.by) or "") if rollup.by else "" for row in lines.rows])
    if rollup.places is None:
        place_of_row, place_words = _coded([row.place for row in lines.rows])
        line, place = np.arange(len(lines), dtype=np.intp), place_of_row[lines.row_of]
    else:
        line, place, place_words = _several(rollup.places, lines)
    # All lines once as a whole, and each once for every place it has.
    every = np.arange(len(lines), dtype=np.intp)
    whole = len(place_words)
    line = np.concatenate((every, line))
    place = np.concatenate((np.full(len(lines), whole, dtype=np.intp), place))
    words = [*place_words, WHOLE]
    kept = (periods[line] >= 0) & ((place == whole) | np.array([bool(w) for w in words])[place])
    line, place = line[kept], place[kept]
    by = by_of_row[lines.row_of[line]]
    code = (place * len(by_words) + by) * max(len(period_words), 1) + periods[line]
    codes, group = np.unique(code, return_inverse=True)
    keys = []
    for one in codes.tolist():
        rest, period = divmod(one, max(len(period_words), 1))
        at, choice = divmod(rest, len(by_words))
        keys.append((words[at], by_words[choice], period_words[period]))
    return _Groups(line, group.astype(np.intp), keys)


def _coded(words: Sequence[str]) -> tuple[Ids, list[str]]:
    """Return each word's number, and the words by number (at least one)."""
    index: dict[str, int] = {}
    found = np.array([index.setdefault(word, len(index)) for word in words], dtype=np.intp)
    return found, list(index) or [""]


def _several(field: str, lines: Lines) -> tuple[Ids, Ids, list[str]]:
    """Return a pair of line and place for each of the places a row names."""
    index: dict[str, int] = {}
    of_row = []
    for row in lines.rows:
        held = row.values.get(field) or []
        of_row.append([index.setdefault(p, len(index)) for p in (held if isinstance(held, list) else [held])])
    pairs = [(n, place) for n, row in enumerate(lines.row_of.tolist()) for place in of_row[row]]
    found = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return found[:, 0], found[:, 1], list(index)


def _periods(rollup: Rollup, lines: Lines, yearly: bool) -> tuple[Ids, list[str]]:
    """Return the period of each line by number, -1 where it has none, and the periods."""
    if yearly:
        years, found = np.unique(lines.years, return_inverse=True)
        return found.astype(np.intp), [str(year) for year in years.tolist()]
    if rollup.year is None:
        return np.zeros(len(lines), dtype=np.intp), [str(lines.on.year)]
    held = [row.values.get(rollup.year) for row in lines.rows]
    words = ["" if v is None else str(v if isinstance(v, int) else dates.last_day(v).year) for v in held]
    of_row, periods = _coded(words)
    found = of_row[lines.row_of] if len(lines) else of_row
    return np.where(np.array([bool(p) for p in periods])[found], found, -1) if len(found) else found, periods


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
