"""Rows as arrays: what formulas, roll-ups and warnings are computed on, a hundred thousand rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
Ids = NDArray[np.intp]
NO_YEAR = 0


class Lines:
    """Lines of a register on a day: one for each row, at the latest year it has values for, or one for each year.

    ``row_of`` is the row of each line, ``years`` its year (0 where a row has none); the lines of a row stand together,
    earlier years first, and years that have not begun by ``on`` have none. Numbers are taken out when asked for.
    """

    def __init__(self, register: Register, rows: Sequence[Row], on: date, *, each_year: bool = False) -> None:
        self.register = register
        self.rows = rows
        self.on = on
        self.each_year = each_year
        at: list[int] = []
        years: list[int] = []
        for number, row in enumerate(rows):
            begun = sorted(year for year in row.yearly if year <= on.year)
            if each_year:
                at += [number] * len(begun)
                years += begun
            else:
                at.append(number)
                years.append(begun[-1] if begun else NO_YEAR)
        self.row_of: Ids = np.array(at, dtype=np.intp)
        self.years: Ids = np.array(years, dtype=np.intp)
        self._of_year: list[Mapping[str, Any]] = [
            rows[n].yearly[year] if year else {} for n, year in zip(at, years, strict=True)
        ]
        self._values: dict[str, Numbers] = {}
        self._words = terms.word_codes(register.declared)
        self._thresholds = register.thresholds(on)

    def __len__(self) -> int:
        return len(self.row_of)

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
        declared = self.register.declared
        for name in terms.mentioned(term):
            if name in declared.yearly:
                held = [values.get(name) for values in self._of_year]
                if NOT_APPLICABLE in held:
                    found |= np.array([v == NOT_APPLICABLE for v in held], dtype=np.bool_)
            elif name in declared.fields and declared.fields[name].formula is None:
                held = [row.values.get(name) for row in self.rows]
                if NOT_APPLICABLE in held:
                    found |= np.array([v == NOT_APPLICABLE for v in held], dtype=np.bool_)[self.row_of]
        return found

    def _frame(self, term: Term) -> Frame:
        values: dict[str, Any] = {}
        for part in term.walk():
            if part.op == "name":
                values[str(part.value)] = self.numbers(str(part.value))
            elif part.op == "parameter":
                values[f"${part.value}"] = np.float64(self._thresholds[str(part.value)])
        return Frame(np.zeros(len(self), dtype=np.intp), values)

    def _column(self, name: str) -> Numbers:
        declared = self.register.declared
        if name.startswith(terms.NULL):
            return self._missing(name.removeprefix(terms.NULL))
        if name in declared.fields and declared.fields[name].formula is not None:
            return self.column(self.register.formulas[f"fields.{name}"])
        for before in terms.YEARLY[1:]:
            if name.startswith(before) and name.removeprefix(before) in declared.yearly:
                of = name.removeprefix(before)
                return self._totals(of) if before == "total_" else self._previous(of)
        if name in declared.yearly:
            return _plain([values.get(name) for values in self._of_year])
        if name == "today":
            return np.full(len(self), float((self.on - dates.START).days))
        if name == "this_year":
            return np.full(len(self), float(self.on.year))
        if name == "year":
            return np.where(self.years == NO_YEAR, np.nan, self.years.astype(np.float64))
        return self._of_rows(name)[self.row_of]

    def _of_rows(self, name: str) -> Numbers:
        """Return one number a row."""
        fields, rows, on = self.register.declared.fields, self.rows, self.on
        if name in fields:
            return _numbers(fields[name], [row.values.get(name) for row in rows], self._words.get(name))
        if name == "state":
            words = self._words["state"]
            return _array([words.get(row.state) for row in rows])
        if name == "in_state":
            return _array([(on - row.since).days if row.since else None for row in rows])
        if name == "overdue_days":
            return _array([overdue_days(self.register, row.values, on) for row in rows])
        if name == "late_days":
            return _array([_late(self.register, row, on) for row in rows])
        raise AssertionError(name)

    def _missing(self, name: str) -> Numbers:
        declared = self.register.declared
        if name in declared.yearly:
            return np.array([values.get(name) in (None, "", []) for values in self._of_year], dtype=np.float64)
        if name in declared.fields and declared.fields[name].formula is None:
            held = np.array([row.values.get(name) in (None, "", []) for row in self.rows], dtype=np.float64)
            return held[self.row_of]
        return np.isnan(self.numbers(name)).astype(np.float64)

    def _totals(self, name: str) -> Numbers:
        """Return the sums up to the year of each line; what was not reported adds nothing."""
        if not self.each_year:
            return _array([_sum(self.rows[n], name, year) for n, year in zip(self.row_of, self.years, strict=True)])
        values = self.numbers(name)
        told = ~np.isnan(values)
        begins = np.concatenate(([True], self.row_of[1:] != self.row_of[:-1])) if len(self) else np.zeros(0, bool)
        first = np.maximum.accumulate(np.where(begins, np.arange(len(self)), 0))
        sums = np.concatenate(([0.0], np.cumsum(np.where(told, values, 0.0))))
        counts = np.concatenate(([0], np.cumsum(told)))
        here = np.arange(len(self)) + 1
        return np.where(counts[here] > counts[first], sums[here] - sums[first], np.nan)

    def _previous(self, name: str) -> Numbers:
        if not self.each_year:
            pairs = zip(self.row_of, self.years, strict=True)
            return _plain([self.rows[n].yearly.get(int(year) - 1, {}).get(name) for n, year in pairs])
        found = np.full(len(self), np.nan)
        before = (self.row_of[1:] == self.row_of[:-1]) & (self.years[1:] == self.years[:-1] + 1)
        found[1:][before] = self.numbers(name)[:-1][before]
        return found


def _late(register: Register, row: Row, on: date) -> int | None:
    found = promise(register, row.values, on, row.state)
    return None if found is None else found.days


def _sum(row: Row, name: str, year: int) -> float | None:
    held = [v for y, values in row.yearly.items() if y <= year and isinstance(v := values.get(name), (int, float))]
    return float(sum(held)) if held else None


def _numbers(item: RegisterField, held: Sequence[Any], words: Mapping[str, int] | None) -> Numbers:
    if words is not None:
        return _array([words.get(value) for value in held])
    if item.kind in DATED:
        return _array([None if v is None or v == NOT_APPLICABLE else dates.day_number(v) for v in held])
    return _plain(held)


def _plain(held: Sequence[Any]) -> Numbers:
    """Return numbers as they are, NaN for anything else."""
    nan = float("nan")
    return np.array([v if isinstance(v, (float, int)) else nan for v in held], dtype=np.float64)


def _array(held: Sequence[float | None]) -> Numbers:
    nan = float("nan")
    return np.array([nan if v is None else v for v in held], dtype=np.float64)
