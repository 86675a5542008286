"""What a rule gave for a table, and why a cell of it has no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from tongchou.kernel.problems import Problem
from tongchou.rules.algorithm import Note
from tongchou.rules.parameters import Dated
from tongchou.rules.rows import Arranged, numbered
from tongchou.rules.rule import Rule
from tongchou.rules.step import Step
from tongchou.rules.table import Levels, Numbers, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: an input or column of one place in one period."""

    name: str
    place: str
    period: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule gave, in the row order of the table: every column's values (NaN where missing) and statuses.

    A status of 0 stands where there is no value. ``parameters`` holds what was in force in each period, ``replaced``
    the values that a region or a person set aside; ``keys`` the code of every row under each key of the rule, and
    ``notes`` the steps an algorithm recorded.
    """

    rule: Rule
    table: Table
    values: Mapping[str, Numbers]
    status: Mapping[str, Levels]
    parameters: Mapping[str, Mapping[str, Dated]]
    replaced: Mapping[str, tuple[Dated, ...]]
    problems: tuple[Problem, ...]
    keys: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...] = ()

    def why(self, name: str, row: int) -> tuple[Cell, ...]:
        """Return the cells that leave this cell without a value: missing inputs, or columns undefined where they are.

        Empty where the cell has a value.
        """
        return _Causes(self).of(name, row)


class _Causes:
    def __init__(self, result: Result) -> None:
        self.result, self.rule, self.table = result, result.rule, result.table
        self.steps = {step.name: step for step in result.rule.steps}
        self.arranged: Arranged = result.table.arranged()
        self.numbers: dict[str, Numbers] = {}

    def of(self, name: str, row: int) -> tuple[Cell, ...]:
        found: dict[Cell, None] = {}
        waiting, seen = [(name, row)], set()
        while waiting:
            at = waiting.pop()
            if at in seen or not np.isnan(self._column(at[0])[at[1]]):
                continue
            seen.add(at)
            step = self.steps.get(at[0])
            before = self._causes(step, at[1]) if step is not None else self._algorithm_causes(*at)
            if before:
                waiting.extend(before)
            else:
                found[Cell(at[0], self.table.places[at[1]], self.table.periods[at[1]])] = None
        return tuple(sorted(found, key=lambda c: (c.period, c.place, c.name)))

    def _column(self, name: str) -> Numbers:
        if name in self.result.keys:
            if name not in self.numbers:
                self.numbers[name] = numbered(self.result.keys[name])[1].astype(np.float64)
            return self.numbers[name]
        return self.result.values[name] if name in self.result.values else self.table.values[name]

    def _missing(self, names: Iterable[str], rows: Iterable[int]) -> list[tuple[str, int]]:
        each = list(rows)
        return [(name, i) for name in names for i in each if np.isnan(self._column(name)[i])]

    def _algorithm_causes(self, name: str, row: int) -> list[tuple[str, int]]:
        """Return the missing inputs that keep an algorithm from running for this row's period."""
        if self.rule.algorithm is None or name not in self.rule.algorithm.columns:
            return []
        carries = self.rule.declared.missing == "carry"
        taken = self.rule.algorithm.takes & set(self.rule.declared.inputs)
        return self._missing(taken, self._period(row) if carries else [row])

    def _causes(self, step: Step, row: int) -> list[tuple[str, int]]:
        found = self._missing(step.own, [row])
        for name, keys in step.windows:
            if step.leaves_out:
                found += self._missing((name, *keys), [row])
                continue
            period = self._period(row)
            found += self._missing(keys, period)
            alike = np.array(period, dtype=np.intp)
            for key in keys:
                held = self._column(key)
                here = held[alike]
                alike = alike[(here == held[row]) | (np.isnan(here) & np.isnan(held[row]))]
            found += self._missing([name], alike.tolist())
        return found

    def _period(self, row: int) -> list[int]:
        rows: list[int] = self.arranged.of_period(row).tolist()
        return rows
