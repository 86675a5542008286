"""One rule for many parameter sets or tables at once: what does not depend on what varies is computed once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import fitting, given
from tongchou.rules.computing import Computing
from tongchou.rules.evaluate import does_not_close
from tongchou.rules.parameters import Parameters
from tongchou.rules.rows import Arranged
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table

# Cells of a column computed in one go: so few that they stay in the cache of a core, so many that calls cost nothing.
_CELLS = 240_000
# Having freed one block of this size, glibc keeps freed memory for the next array instead of handing it back each time.
_KEPT = 31 << 20


@dataclass(frozen=True, slots=True)
class Stack:
    """What a rule gave for every set: ``values[name]`` has shape (sets, rows), rows as in the table.

    NaN stands where there is no value. ``problems`` holds for each set what does not close there; its column is then
    missing in that period. A column that is the same in all sets is held once (and cannot be written to).
    """

    rule: Rule
    table: Table
    values: Mapping[str, Numbers]
    problems: tuple[tuple[Problem, ...], ...]

    def __len__(self) -> int:
        return len(self.problems)


def evaluate_many(
    rule: Rule,
    tables: Table | Sequence[Table],
    parameters: Parameters | Sequence[Parameters],
    columns: Sequence[str] | None = None,
) -> Stack:
    """Compute ``rule`` for sets of parameters, of tables with the same rows, or of both side by side.

    Each set gives the same bits as :func:`~tongchou.rules.evaluate.evaluate` does alone. ``columns`` are those to
    return (without it the results); statuses and workings are those of ``evaluate``. Raises :class:`ProblemsError`
    with the problems of all sets when inputs or parameters are not there, ``ValueError`` for sets that do not match.
    """
    each = [parameters] if isinstance(parameters, Parameters) else list(parameters)
    held = [tables] if isinstance(tables, Table) else list(tables)
    sets = max(len(each), len(held))
    if not each or not held or {len(each), len(held)} - {1, sets}:
        raise ValueError(f"{len(held)} tables and {len(each)} sets of parameters cannot be put side by side")
    first = held[0]
    if any((t.places, t.periods, t.keys) != (first.places, first.periods, first.keys) for t in held[1:]):
        raise ValueError("the tables do not have the same rows")
    wanted = list(columns) if columns is not None else [rule.declared.result, *rule.declared.also]
    common, varying = _given(rule, held, each)
    values, problems = _Sets(rule, first.arranged(), common, varying, sets, wanted).run()
    return Stack(rule, first, values, problems)


@dataclass(frozen=True, slots=True)
class _Common:
    values: dict[str, Numbers]
    keys: Mapping[str, Sequence[str]]


def _given(rule: Rule, tables: list[Table], each: list[Parameters]) -> tuple[_Common, dict[str, Numbers]]:
    """Return the numbers all sets share, and those that vary, shape (sets, rows) or (sets, 1)."""
    first, arranged = tables[0], tables[0].arranged()
    codes = fitting.row_keys(rule, first)
    found: dict[Problem, None] = {}
    for table in tables:
        found |= dict.fromkeys(fitting.unfit(rule, table, codes))
    forces = []
    for one in each:
        problems = given.unknown(rule, one)
        forces.append(given.in_force(rule, arranged.codes, one, problems))
        found |= dict.fromkeys(problems)
    if found:
        raise ProblemsError(found)
    keys = {key: [held[i] for i in arranged.order.tolist()] for key, held in given.needed(rule, codes).items()}
    common, _ = given.numbers(rule, first, arranged, forces[0], keys)
    varying: dict[str, Numbers] = {}
    for name in rule.declared.inputs:
        if any(t.values[name] is not first.values[name] for t in tables[1:]):
            stacked = np.stack([arranged.in_order(t.values[name]) for t in tables])
            if not np.array_equal(stacked[1:], np.broadcast_to(stacked[0], stacked[1:].shape), equal_nan=True):
                varying[name] = stacked
    for name, declared in rule.declared.parameters.items():
        series = [[force[name][code] for code in arranged.codes] for force in forces]
        if all([d.value for d in dated] == [d.value for d in series[0]] for dated in series[1:]):
            if declared.by not in varying:
                continue
        elif declared.by is None:
            whole = np.array([[d.value for d in dated] for dated in series], dtype=np.float64)
            steady = bool((whole == whole[:, :1]).all())  # over the periods: one number a set will do
            varying[f"${name}"] = whole[:, :1] if steady else whole[:, arranged.period]
            continue
        sets = max(len(series), varying[declared.by].shape[0] if declared.by in varying else 1)
        rows = []
        for i in range(sets):
            own = {n: v[i] for n, v in varying.items() if n == declared.by}
            rows.append(given.parameter(rule, name, series[i % len(series)], arranged, {**common, **own}, keys))
        varying[f"${name}"] = np.stack(rows)
    return _Common(common, keys), varying


class _Sets:
    def __init__(
        self,
        rule: Rule,
        arranged: Arranged,
        common: _Common,
        varying: dict[str, Numbers],
        sets: int,
        wanted: list[str],
    ) -> None:
        self.rule, self.arranged, self.varying, self.sets, self.wanted = rule, arranged, varying, sets, wanted
        self.common = common
        self.steady = Computing(rule, arranged, dict(common.values), None, common.keys)
        self.problems: list[list[Problem]] = [[] for _ in range(sets)]
        rows = len(arranged.period)
        moves = self._moving()
        if rule.algorithm is not None and not moves & set(rule.algorithm.columns):
            self.steady.algorithm()
        self.late = [step for step in rule.steps if step.name in moves]
        for step in rule.steps:
            if step.name not in moves:
                self.steady.step(step)
                self._note(self.steady, step.name, range(sets))
        self.found = {name: np.empty((sets, rows)) for name in wanted if name in moves}
        self.moves = moves

    def _moving(self) -> set[str]:
        """Return the columns that depend on what varies."""
        moving = set(self.varying)
        if self.rule.algorithm is not None and moving:
            moving |= set(self.rule.algorithm.columns)
        for step in self.rule.steps:
            if moving & (step.names | {f"${name}" for name in step.parameters}):
                moving.add(step.name)
        return moving - set(self.varying)

    def run(self) -> tuple[dict[str, Numbers], tuple[tuple[Problem, ...], ...]]:
        rows = len(self.arranged.period)
        step = max(1, _CELLS // max(1, rows))
        parts = [slice(first, min(first + step, self.sets)) for first in range(0, self.sets, step)]
        if self.moves:
            np.empty(_KEPT, dtype=np.uint8)
            # NumPy lets go of the interpreter in its loops; every part writes to rows of its own.
            with ThreadPoolExecutor(max_workers=min(len(parts), os.cpu_count() or 1)) as pool:
                for _ in pool.map(self._part, parts):
                    pass
        shown: dict[str, Numbers] = dict(self.found)
        for name in self.wanted:
            if name not in shown:
                once = self.arranged.in_table(self.steady.values[name])
                shown[name] = np.broadcast_to(once, (self.sets, rows))
        return shown, tuple(tuple(each) for each in self.problems)

    def _part(self, part: slice) -> None:
        few = {name: values[part] for name, values in self.varying.items()}
        values = {**self.steady.values, **few}
        work = Computing(self.rule, self.arranged, values, None, self.common.keys, self.steady.frame)
        if self.rule.algorithm is not None and self.moves & set(self.rule.algorithm.columns):
            work.algorithm()
        for step in self.late:
            work.step(step)
            self._note(work, step.name, range(part.start, part.stop))
        for name, found in self.found.items():
            found[part] = self.arranged.in_table(work.values[name])

    def _note(self, work: Computing, name: str, sets: range) -> None:
        for open_ in work.open.get(name, ()):
            problem = does_not_close(self.rule, name, self.arranged, open_)
            several = work is not self.steady and work.values[name].ndim > 1
            for i in [sets[open_.set]] if several else sets:
                self.problems[i].append(problem)
