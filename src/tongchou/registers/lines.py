"""Rows as arrays: what formulas, roll-ups and warnings are computed on, a hundred thousand rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.formulas.arrays import Frame
from tongchou.formulas.terms import Term
from tongchou.region.tables import NOT_APPLICABLE
from tongchou.registers import dates, terms
from tongchou.registers.cycle import overdue_days
from tongchou.registers.declaration import DATED, RegisterField
from tongchou.registers.register import Register
from tongchou.registers.row import Row
from tongchou.registers.stages import promise

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """One row, and the year its yearly values are looked at in (``None`` where it has none)."""

    row: Row
    year: int | None


def latest(rows: Sequence[Row], on: date) -> list[Line]:
    """Return a line for each row, at the latest year with values that has begun by ``on``."""
    return [Line(row, max((year for year in row.yearly if year <= on.year), default=None)) for row in rows]


def by_year(rows: Sequence[Row], on: date) -> list[Line]:
    """Return a line for each row and year with values that has begun by ``on``."""
    return [Line(row, year) for row in rows for year in sorted(row.yearly) if year <= on.year]


class Lines:
    """Lines of a register on a day; numbers are taken out by name when a formula asks for them."""

    def __init__(self, register: Register, lines: Sequence[Line], on: date) -> None:
        self.register = register
        self.lines = lines
        self.on = on
        self._values: dict[str, Numbers] = {}
        self._words = terms.word_codes(register.declared)
        self._thresholds = register.thresholds(on)

    def __len__(self) -> int:
        return len(self.lines)

    def numbers(self, name: str) -> Numbers:
        """Return one number a line for a name that formulas may use, NaN where there is none."""
        if name not in self._values:
            self._values[name] = self._column(name)
        return self._values[name]

    def column(self, term: Term) -> Numbers:
        """Return what a formula gives for every line, NaN where it is missing."""
        return self._frame(term).column(term, leaves_out=False)

    def holds(self, term: Term) -> Mask:
        """Return where a condition holds; where it cannot be told it does not."""
        truth = self._frame(term).truth(term, leaves_out=False)
        true = np.broadcast_to(np.asarray(truth.true), (len(self),))
        return true if truth.unknown is None else true & ~truth.unknown

    def not_applicable(self, term: Term) -> Mask:
        """Return the lines where a number the formula looks at is said not to exist; they are left out of sums."""
        found = np.zeros(len(self), dtype=np.bool_)
        for name in terms.mentioned(term):
            held = self._holder(name)
            if held is not None:
                found |= np.fromiter((v == NOT_APPLICABLE for v in held), dtype=np.bool_, count=len(self))
        return found

    def _frame(self, term: Term) -> Frame:
        values: dict[str, Any] = {}
        for part in term.walk():
            if part.op == "name":
                values[str(part.value)] = self.numbers(str(part.value))
            elif part.op == "parameter":
                values[f"${part.value}"] = np.float64(self._thresholds[str(part.value)])
        return Frame(np.zeros(len(self), dtype=np.intp), values)

    def _holder(self, name: str) -> list[Any] | None:
        declared = self.register.declared
        if name in declared.fields and declared.fields[name].formula is None:
            return [line.row.values.get(name) for line in self.lines]
        if name in declared.yearly:
            return [line.row.yearly[line.year].get(name) if line.year is not None else None for line in self.lines]
        return None

    def _column(self, name: str) -> Numbers:
        declared, on = self.register.declared, self.on
        if name.startswith(terms.NULL):
            return self._missing(name.removeprefix(terms.NULL))
        if name in declared.fields:
            item = declared.fields[name]
            if item.formula is not None:
                return self.column(self.register.formulas[f"fields.{name}"])
            return _array(_as_number(item, line.row.values.get(name), self._words.get(name)) for line in self.lines)
        for before in terms.YEARLY[1:]:
            if name.startswith(before) and name.removeprefix(before) in declared.yearly:
                return self._of_years(name.removeprefix(before), before)
        if name in declared.yearly:
            return _array(_plain(held) for held in self._holder(name) or ())
        if name == "state":
            return _array(self._words["state"].get(line.row.state) for line in self.lines)
        if name == "today":
            return np.full(len(self), float((on - dates.START).days))
        if name == "this_year":
            return np.full(len(self), float(on.year))
        if name == "year":
            return _array(line.year for line in self.lines)
        if name == "in_state":
            return _array((on - line.row.since).days if line.row.since else None for line in self.lines)
        if name == "overdue_days":
            return _array(overdue_days(self.register, line.row.values, on) for line in self.lines)
        if name == "late_days":
            return _array(_days(self.register, line.row, on) for line in self.lines)
        raise AssertionError(name)

    def _missing(self, name: str) -> Numbers:
        held = self._holder(name)
        if held is None:
            return np.isnan(self.numbers(name)).astype(np.float64)
        return _array(float(value in (None, "", [])) for value in held)

    def _of_years(self, name: str, before: str) -> Numbers:
        def total(line: Line) -> float | None:
            held = [_plain(v.get(name)) for y, v in line.row.yearly.items() if line.year is not None and y <= line.year]
            told = [value for value in held if value is not None]
            return sum(told) if told else None

        if before == "total_":
            return _array(total(line) for line in self.lines)
        return _array(_plain(line.row.yearly.get((line.year or 0) - 1, {}).get(name)) for line in self.lines)


def _days(register: Register, row: Row, on: date) -> int | None:
    found = promise(register, row.values, on)
    return None if found is None else found.days


def _plain(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _as_number(item: RegisterField, value: Any, words: Mapping[str, int] | None) -> float | None:
    if value is None or value == NOT_APPLICABLE:
        return None
    if words is not None:
        return words.get(value)
    if item.kind in DATED:
        return dates.day_number(value)
    return float(value) if isinstance(value, (int, float)) else None


def _array(values: Any) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
