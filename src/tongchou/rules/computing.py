"""Computing the columns of a rule for rows in order, for one set of inputs and parameters or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.formulas.arrays import Frame
from tongchou.formulas.windows import Mask, Numbers
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules.algorithm import Algorithm, Note, Withheld
from tongchou.rules.levels import Levels, level, undefined
from tongchou.rules.rows import Arranged
from tongchou.rules.rule import Rule
from tongchou.rules.settling import Closing, Open
from tongchou.rules.step import Step


class Computing:
    """Numbers and statuses by name, rows in order along the last axis, an axis before it for sets where they differ.

    ``values`` and ``status`` hold inputs, parameters (under ``$name``) and row keys that windows use; the columns are
    added to them; ``status`` may be ``None``, and is then not worked out. ``open`` lists what does not close,
    ``undefined`` where a column has no number of itself.
    """

    def __init__(
        self,
        rule: Rule,
        arranged: Arranged,
        values: dict[str, Numbers],
        status: dict[str, Levels] | None,
        keys: Mapping[str, Sequence[str]],
        like: Frame | None = None,
    ) -> None:
        self.rule, self.arranged, self.values, self.status, self.keys = rule, arranged, values, status, keys
        self.frame = Frame(arranged.period, values, like)
        self.open: dict[str, list[Open]] = {}
        self.undefined: dict[str, Mask] = {}
        self.notes: list[Note] = []
        self.withheld: dict[str, Text] = {}

    def algorithm(self) -> None:
        """Compute the columns that come from the rule's function."""
        algorithm = self.rule.algorithm
        if algorithm is None:
            return
        names = _taken(self.rule, algorithm)
        sets = max(self.values[n].shape[0] if self.values[n].ndim > 1 else 1 for n in names)
        each = [_Calls(self, algorithm, i) for i in range(sets)]
        for calls in each:
            calls.run()
        for name in algorithm.columns:
            many = sets > 1
            self.values[name] = np.stack([c.values[name] for c in each]) if many else each[0].values[name]
            gaps = np.stack([c.gaps(name) for c in each]) if many else each[0].gaps(name)
            self.undefined[name] = gaps
            if self.status is not None:
                self.status[name] = np.stack([c.level for c in each]) if many else each[0].level
        if sets == 1:
            self.notes, self.withheld = each[0].notes, each[0].withheld

    def step(self, step: Step) -> None:
        """Compute one column; everything it looks at must be there."""
        found = self.frame.column(step.term, step.leaves_out)
        before = found
        if step.closing is not None:
            closing = Closing.of(self.rule, step)
            pool = None if closing.to == "0" else self.values[closing.to]
            if pool is not None and pool.ndim > found.ndim:
                found = np.broadcast_to(found, (pool.shape[0], found.shape[-1]))
            found, self.open[step.name] = closing.settle(found, pool, self.arranged.period)
        self.values[step.name] = found
        if self.status is not None:
            self.status[step.name] = level(step, self.frame, self.status, found)
            self.undefined[step.name] = undefined(step, self.frame, before)


class _Calls:
    """One set's calls of an algorithm, one for each period, on the rows it may see."""

    def __init__(self, work: Computing, algorithm: Algorithm, at: int) -> None:
        self.work, self.algorithm = work, algorithm
        self.rows = len(work.arranged.period)
        self.held = {name: self._one(work.values, name, at) for name in self._names()}
        self.status = None if work.status is None else {n: self._one(work.status, n, at) for n in self._names()}
        self.values = {name: np.full(self.rows, np.nan) for name in algorithm.columns}
        self.level = np.full(self.rows, np.int8(Status.ASSUMED))
        self.blocked = np.zeros(self.rows, dtype=np.bool_)
        self.notes: list[Note] = []
        self.withheld: dict[str, Text] = {}

    def _names(self) -> list[str]:
        return _taken(self.work.rule, self.algorithm)

    def _one(self, many: Mapping[str, NDArray[Any]], name: str, at: int) -> NDArray[Any]:
        held = many[name]
        return np.broadcast_to(held[at % held.shape[0]] if held.ndim > 1 else held, (self.rows,))

    def gaps(self, name: str) -> Mask:
        """Return where a column has no number though the function ran for it."""
        found: Mask = np.isnan(self.values[name]) & ~self.blocked
        return found

    def run(self) -> None:
        """Call the function for every period; its status is that of the weakest number it was given."""
        declared = self.work.rule.declared
        gaps = np.zeros(self.rows, dtype=np.bool_)
        for name in self.algorithm.takes & set(declared.inputs):
            gaps |= np.isnan(self.held[name])
        self.blocked |= gaps
        for group, code in enumerate(self.work.arranged.codes):
            rows = np.flatnonzero(self.work.arranged.period == group)
            if gaps[rows].any() and declared.missing == "carry":
                self.blocked[rows] = True
                continue
            rows = rows[~gaps[rows]]
            if rows.size:
                self._call(code, rows)

    def _call(self, code: str, rows: NDArray[np.intp]) -> None:
        declared = self.work.rule.declared
        takes = self.algorithm.takes
        arguments: dict[str, object] = {name: self.held[name][rows] for name in declared.inputs if name in takes}
        for name, parameter in declared.parameters.items():
            if name not in takes:
                continue
            held = self.held[f"${name}"][rows]
            arguments[name] = held if parameter.by is not None else float(held[0])
        keys = {key: [self.work.keys[key][i] for i in rows] for key in self.algorithm.keys}
        try:
            found, notes = self.algorithm.call(code, arguments, keys, rows.size)
        except Withheld as answer:
            self.withheld[code] = answer.why
            self.blocked[rows] = True
            return
        self.notes += notes
        for name, values in found.items():
            self.values[name][rows] = values
        if self.status is not None:
            self.level[rows] = min([Status.DERIVED, *(self.status[name][rows].min() for name in self._names())])


def _taken(rule: Rule, algorithm: Algorithm) -> list[str]:
    """Return the inputs and (``$``) parameters that an algorithm is given."""
    parameters = [f"${name}" for name in rule.declared.parameters if name in algorithm.takes]
    return [*(name for name in rule.declared.inputs if name in algorithm.takes), *parameters]
