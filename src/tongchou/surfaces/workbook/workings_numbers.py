"""What every formula of a workbook gives, so that a viewer that computes nothing shows it: rows as the engine's."""

from __future__ import annotations

from typing import Any

import numpy as np

from tongchou.formulas.arrays import Frame
from tongchou.formulas.terms import Term
from tongchou.rules import given
from tongchou.rules.rows import numbered
from tongchou.rules.settling import Closing
from tongchou.rules.step import Step
from tongchou.rules.table import Numbers
from tongchou.surfaces.workbook.workings_layout import Col, Layout

_ROUNDINGS = 8  # as kernel/apportion.py has it, which settles; here its steps are shown
_EQUAL = 1e-6


class Held:
    """Numbers of a result in the order of period and place code, and of the help columns beside them."""

    def __init__(self, layout: Layout) -> None:
        result = layout.result
        self.layout, self.rule = layout, result.rule
        self.arranged = result.table.arranged()
        order = self.arranged.order
        codes = {key: [held[i] for i in order.tolist()] for key, held in result.keys.items()}
        self.codes = codes
        needed = {key: codes[key] for key in given.needed(self.rule, result.keys)}
        values, _ = given.numbers(self.rule, result.table, self.arranged, dict(_plain(result.parameters)), needed)
        for name in self.rule.declared.columns:
            values[name] = result.values[name][order]
        self.frame = Frame(self.arranged.period, values)
        self.steps = {step.name: step for step in self.rule.steps}
        self._settling: dict[str, dict[str, Numbers]] = {}

    def column(self, col: Col) -> Numbers:
        """Return the numbers of one column of the calculation, NaN where a cell is empty."""
        if col.kind == "number":
            return numbered(self.codes[col.of])[1].astype(np.float64) + 1
        if col.kind != "part":
            return self.frame.values[col.of]
        step = self.steps[col.of]
        if col.term is not None:
            return self.frame.column(col.term, step.leaves_out)
        return self.settling(step)[col.part]

    def total(self, step: str, term: Term) -> list[float]:
        """Return a window over everything, one number for each period."""
        of_row = self.frame.column(term, self.steps[step].leaves_out)
        return [float(of_row[block.first - self.layout.blocks[0].first]) for block in self.layout.blocks]

    def settling(self, step: Step) -> dict[str, Numbers]:
        """Return the help columns of a column that closes, and ``pool`` in settlement units."""
        if step.name not in self._settling:
            closing = Closing.of(self.rule, step)
            units = self.frame.column(step.term, step.leaves_out) * closing.per_unit
            pool = np.zeros(units.size)
            if closing.to != "0":
                pool = np.broadcast_to(self.frame.values[closing.to] * closing.pool_unit, units.shape)
            units = np.where(np.isnan(pool), np.nan, units)
            found = {name: np.full(units.size, np.nan) for name in ("floor", "remainder", "before")}
            for at in range(len(self.layout.blocks)):
                rows = np.flatnonzero((self.arranged.period == at) & ~np.isnan(units))
                if rows.size:
                    _period(units, found, rows)
            self._settling[step.name] = {"units": units, "pool": np.asarray(pool), **found}
        return self._settling[step.name]


def known(units: Numbers) -> float:
    """Return what the largest amount of a period is known to, in units."""
    return max(_EQUAL, _ROUNDINGS * float(np.spacing(np.abs(units).max(initial=0.0))))


def _period(units: Numbers, found: dict[str, Numbers], rows: Any) -> None:
    here = units[rows]
    grid = known(here)
    floor = np.floor(here + grid)
    remainder = np.floor(np.maximum(here - floor, 0.0) / (2 * grid) + 0.5)
    served = np.lexsort((-here, -remainder))
    before = np.empty(rows.size)
    before[served] = np.arange(rows.size)
    found["floor"][rows], found["remainder"][rows], found["before"][rows] = floor, remainder, before


def _plain(parameters: Any) -> Any:
    return {name: dict(by_period) for name, by_period in parameters.items()}
