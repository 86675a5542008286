"""Computing a rule for a table of places and periods, on DuckDB; the order of rows changes nothing, to the bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum

import duckdb
import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.apportion import in_units, settle
from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import factor
from tongchou.rules import codes, fitting, sql
from tongchou.rules import parameters as dated_values
from tongchou.rules.algorithm import Algorithm, Note, Withheld
from tongchou.rules.declaration import Closing
from tongchou.rules.parameters import Dated, Parameters
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
        found: dict[Cell, None] = {}
        steps = {step.name: step for step in self.rule.steps}
        waiting, seen = [(name, row)], set()
        while waiting:
            at = waiting.pop()
            if at in seen or not np.isnan(self._column(at[0])[at[1]]):
                continue
            seen.add(at)
            step = steps.get(at[0])
            before = self._causes(step, at[1]) if step is not None else self._algorithm_causes(*at)
            if before:
                waiting.extend(before)
            else:
                found[Cell(at[0], self.table.places[at[1]], self.table.periods[at[1]])] = None
        return tuple(sorted(found, key=lambda c: (c.period, c.place, c.name)))

    def _column(self, name: str) -> Numbers:
        if name in self.keys:
            return np.unique(np.array(self.keys[name], dtype=object), return_inverse=True)[1].astype(np.float64)
        return self.values[name] if name in self.values else self.table.values[name]

    def _algorithm_causes(self, name: str, row: int) -> list[tuple[str, int]]:
        """Return the missing inputs that keep an algorithm from running for this row's period."""
        if self.rule.algorithm is None or name not in self.rule.algorithm.columns:
            return []
        rows = [row]
        if self.rule.declared.missing == "carry":
            rows = [i for i, period in enumerate(self.table.periods) if period == self.table.periods[row]]
        return [(n, i) for n in self.rule.declared.inputs for i in rows if np.isnan(self.table.values[n][i])]

    def _causes(self, step: Step, row: int) -> list[tuple[str, int]]:
        found = [(name, row) for name in step.own]
        if not step.leaves_out:
            for name, keys in step.windows:
                alike = np.array([p == self.table.periods[row] for p in self.table.periods])
                for key in keys:
                    column = self._column(key)
                    alike &= (column == column[row]) | (np.isnan(column) & np.isnan(column[row]))
                found += [(name, int(i)) for i in np.flatnonzero(alike)]
                period = [i for i, p in enumerate(self.table.periods) if p == self.table.periods[row]]
                found += [(key, i) for key in keys for i in period]
        else:
            found += [(n, row) for name, keys in step.windows for n in (name, *keys)]
        return [(name, i) for name, i in found if np.isnan(self._column(name)[i])]


def evaluate(rule: Rule, table: Table, parameters: Parameters) -> Result:
    """Compute ``rule``; raise :class:`ProblemsError` when inputs or parameters are not there or money cannot close.

    A missing number leaves missing whatever needs it, with a warning for each; it is never taken as zero.
    A parameter counts for a period with the value in force on the period's first day.
    """
    problems: list[Problem] = []
    unknown = sorted(set(parameters.values) - set(rule.declared.parameters))
    known = "、".join(rule.declared.parameters)
    problems += [codes.UNKNOWN_PARAMETER.at(f"${name}", name=name, known=known) for name in unknown]
    keys = fitting.row_keys(rule, table)
    problems += fitting.unfit(rule, table, keys)
    in_force = _in_force(rule, table, parameters, problems)
    if problems:
        raise ProblemsError(problems)
    # One order for every arrangement of the same rows: floating-point sums then add in the same sequence.
    order = np.lexsort((np.array(table.places, dtype=object), np.array(table.periods, dtype=object)))
    work = _Work(rule, table, order, in_force, {key: [held[i] for i in order] for key, held in keys.items()})
    work.run()
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    values = {name: work.values[name][back] for name in rule.declared.columns}
    status = {
        name: np.where(np.isnan(values[name]), np.int8(0), work.status[name][back]).astype(np.int8) for name in values
    }
    result = Result(rule, table, values, status, in_force, parameters.replaced, (), keys, tuple(work.notes))
    undefined = {name: np.sort(order[rows]) for name, rows in work.undefined.items()}
    withheld = [codes.WITHHELD.at(f"{rule.id} {p}", period=p, why=why) for p, why in sorted(work.withheld.items())]
    found = (*table.problems, *_missing(result), *_undefined(result, undefined), *withheld)
    return replace(result, problems=found)


def _in_force(rule: Rule, table: Table, parameters: Parameters, problems: list[Problem]) -> dict[str, dict[str, Dated]]:
    found: dict[str, dict[str, Dated]] = {}
    for name in rule.declared.parameters:
        found[name] = {}
        for code in sorted(set(table.periods)):
            try:
                held = parameters.at(name, Period.parse(code).start)
            except ProblemsError as error:
                problems += [p for p in error.problems if p not in problems]
                continue
            found[name][code] = held
            declared = rule.declared.parameters[name]
            problems += [p for p in dated_values.unfit(name, declared, held.value, f"${name}") if p not in problems]
    return found


class _Work:
    def __init__(
        self,
        rule: Rule,
        table: Table,
        order: NDArray[np.intp],
        in_force: Mapping[str, Mapping[str, Dated]],
        keys: Mapping[str, list[str]],
    ) -> None:
        self.rule = rule
        self.places = [table.places[i] for i in order]
        self.periods = [table.periods[i] for i in order]
        self.codes, self.period = np.unique(np.array(self.periods, dtype=str), return_inverse=True)
        self.values: dict[str, Numbers] = {name: table.values[name][order] for name in rule.declared.inputs}
        self.status: dict[str, Levels] = {}
        self.undefined: dict[str, NDArray[np.intp]] = {}
        self.keys = keys
        self.notes: list[Note] = []
        self.withheld: dict[str, Text] = {}
        for name in rule.declared.inputs:
            # A missing number that a formula fills in is an assumption; where it is not filled there is no result.
            self.status[name] = np.where(
                np.isnan(self.values[name]), np.int8(Status.ASSUMED), table.status[name][order]
            ).astype(np.int8)
        windowed = {key for step in rule.steps for _, names in step.windows for key in names}
        for key in windowed & set(keys):
            self.values[key] = np.unique(np.array(keys[key], dtype=object), return_inverse=True)[1].astype(np.float64)
            self.status[key] = np.full(len(self.places), np.int8(Status.OFFICIAL))
        for name, by_period in in_force.items():
            held = [by_period[str(code)] for code in self.codes]
            by = rule.declared.parameters[name].by
            self.values[f"${name}"] = self._looked_up(name, by, held)
            levels = [Status.ASSUMED if d.assumed else Status.OFFICIAL for d in held]
            self.status[f"${name}"] = np.array(levels, dtype=np.int8)[self.period]

    def _looked_up(self, name: str, by: str | None, held: list[Dated]) -> Numbers:
        """Return a parameter row by row: its value in the row's period, for the row's code where it goes by codes."""
        if by is None:
            return np.array([d.value for d in held], dtype=np.float64)[self.period]
        if by in self.keys:
            codes_, at = np.unique(np.array(self.keys[by], dtype=object), return_inverse=True)
        else:
            numbers, at = np.unique(self.values[by], return_inverse=True)
            codes_ = np.array(["" if np.isnan(n) else str(int(n)) for n in numbers], dtype=object)
        tables = [d.value if isinstance(d.value, Mapping) else {} for d in held]
        problems = []
        for table, period in zip(tables, range(len(tables)), strict=True):
            for code in sorted({str(codes_[i]) for i in at[self.period == period]} - {"", *table}):
                known = "、".join(table)
                problems.append(codes.NO_PARAMETER_CODE.at(f"${name}", name=name, value=code, known=known))
        if problems:
            raise ProblemsError(dict.fromkeys(problems))
        grid = np.array([[table.get(str(code), np.nan) for code in codes_] for table in tables], dtype=np.float64)
        return np.asarray(grid[self.period, at], dtype=np.float64)

    def run(self) -> None:
        """Compute every column: as few queries as settling allows, for what builds on settled money waits for it."""
        if self.rule.algorithm is not None:
            self._compute(self.rule.algorithm)
        pending = list(self.rule.steps)
        if not pending:
            return
        with duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": False}) as connection:
            while pending:
                batch: list[Step] = []
                held: set[str] = set()
                for step in pending:
                    if step.names & held:
                        held.add(step.name)
                        continue
                    batch.append(step)
                    if step.closing is not None:
                        held.add(step.name)
                self._query(connection, batch)
                for step in batch:
                    if step.closing is not None:
                        self._settle(step.name, step.closing)
                done = {step.name for step in batch}
                pending = [step for step in pending if step.name not in done]
        for step in self.rule.steps:
            self._level(step)

    def _compute(self, algorithm: Algorithm) -> None:
        """Call the rule's function once for each period, on the rows it may see; its status is that of the weakest."""
        rule = self.rule.declared
        for name in algorithm.columns:
            self.values[name] = np.full(len(self.places), np.nan)
            self.status[name] = np.full(len(self.places), np.int8(Status.ASSUMED))
        used = [*rule.inputs, *(f"${name}" for name in rule.parameters)]
        gaps = np.zeros(len(self.places), dtype=np.bool_)
        for name in rule.inputs:
            gaps |= np.isnan(self.values[name])
        blocked = gaps.copy()
        for at, code in enumerate(self.codes):
            rows = np.flatnonzero(self.period == at)
            if gaps[rows].any() and rule.missing == "carry":
                blocked[rows] = True
                continue
            rows = rows[~gaps[rows]]
            if not rows.size:
                continue
            arguments: dict[str, object] = {name: self.values[name][rows] for name in rule.inputs}
            for name, parameter in rule.parameters.items():
                held = self.values[f"${name}"][rows]
                arguments[name] = held if parameter.by is not None else float(held[0])
            keys = {key: [held[i] for i in rows] for key, held in self.keys.items()}
            try:
                found, notes = algorithm.call(str(code), arguments, keys, rows.size)
            except Withheld as answer:
                self.withheld[str(code)] = answer.why
                blocked[rows] = True
                continue
            self.notes += notes
            weakest = min([Status.DERIVED, *(self.status[name][rows].min() for name in used)])
            for name, values in found.items():
                self.values[name][rows] = values
                self.status[name][rows] = np.int8(weakest)
        for name in algorithm.columns:
            self.undefined[name] = np.flatnonzero(np.isnan(self.values[name]) & ~blocked)

    def _query(self, connection: duckdb.DuckDBPyConnection, batch: list[Step]) -> None:
        # No declared name can hold a #, so these two never stand in a column's place.
        rows = {sql.ROW: np.arange(len(self.places)), sql.PERIOD: self.period.astype(np.int64), **self.values}
        connection.register("figures", rows)
        filled = ", ".join(
            f"CASE WHEN isnan({sql.column(n)}) THEN NULL ELSE {sql.column(n)} END AS {sql.column(n)}"
            for n in self.values
        )
        kept = f"{sql.column(sql.ROW)}, {sql.column(sql.PERIOD)}"
        text = f"SELECT {kept}, {filled} FROM figures"  # noqa: S608 - names are checked identifiers
        depth: dict[str, int] = {}
        for step in batch:
            depth[step.name] = 1 + max((depth.get(name, 0) for name in step.names), default=0)
        for level in range(1, max(depth.values()) + 1):
            columns = []
            for step in batch:
                if depth[step.name] == level:
                    name, raw = sql.column(step.name), sql.expression(step.term, step.leaves_out)
                    columns.append(f"{raw} AS {name}")
            text = f"SELECT *, {', '.join(columns)} FROM ({text})"  # noqa: S608
            names = [sql.column(s.name) for s in batch if depth[s.name] == level]
            finite = ", ".join(f"CASE WHEN isfinite({n}) THEN {n} END AS {n}" for n in names)
            text = f"SELECT * REPLACE ({finite}) FROM ({text})"  # noqa: S608
        wanted = ", ".join(f"CAST({sql.column(s.name)} AS DOUBLE) AS {sql.column(s.name)}" for s in batch)
        ordered = f"SELECT {wanted} FROM ({text}) ORDER BY {sql.column(sql.ROW)}"  # noqa: S608
        found = connection.execute(ordered).fetchnumpy()
        for step in batch:
            self.values[step.name] = np.ma.filled(np.ma.asarray(found[step.name], dtype=np.float64), np.nan)

    def _settle(self, name: str, closing: Closing) -> None:
        unit = self.rule.declared.columns[name].unit
        per_unit = factor(unit, closing.unit)
        zero = closing.to == "0"
        pool_unit = 1.0 if zero else factor(self.rule.units()[closing.to], closing.unit)
        values, problems = self.values[name].copy(), []
        for code in range(len(self.codes)):
            rows = np.flatnonzero((self.period == code) & ~np.isnan(values))
            if not rows.size:
                continue
            if not zero and np.isnan(self.values[closing.to][rows[0]]):
                values[rows] = np.nan
                continue
            amounts = values[rows] * per_unit
            pool = 0.0 if zero else float(self.values[closing.to][rows[0]]) * pool_unit
            total = fsum(amounts.tolist())
            try:
                whole = in_units(pool, 1.0)
                goal = whole if abs(total - whole) < 1 else round(total)
                if goal > whole or (closing.exactly and goal != whole):
                    raise ValueError
                claim_order = np.lexsort((rows, -amounts))  # rows stand in the order of place codes
                priority = np.empty_like(claim_order)
                priority[claim_order] = np.arange(claim_order.size)
                values[rows] = settle(amounts, goal, [int(p) for p in priority]) / per_unit
            except ValueError:
                label = self.rule.declared.columns[name].label.text()
                period = str(self.codes[code])
                problems.append(
                    codes.DOES_NOT_CLOSE.at(
                        f"{name} {period}",
                        what=label,
                        period=period,
                        sum=f"{number(total / per_unit)} {unit}",
                        pool=f"{number(pool / per_unit)} {unit}",
                    )
                )
        if problems:
            raise ProblemsError(problems)
        self.values[name] = values

    def _level(self, step: Step) -> None:
        """Set the status of a column's cells: no better than derived, as weak as the weakest they look at.

        Also notes the cells that have no value though nothing they look at is missing: they are undefined.
        """
        level = np.full(len(self.places), np.int8(Status.DERIVED), dtype=np.int8)
        blocked = np.zeros(len(self.places), dtype=np.bool_)
        for name in step.own:
            blocked |= np.isnan(self.values[name])
        for name in (*step.own, *(f"${p}" for p in step.parameters)):
            level = np.minimum(level, self.status[name])
        for name, keys in step.windows:
            for key in keys:
                # Which group another place belongs to decides what is summed here, so its status counts here too.
                of_period = np.full(len(self.codes), np.int8(Status.OFFICIAL), dtype=np.int8)
                np.minimum.at(of_period, self.period, self.status[key])
                level = np.minimum(level, of_period[self.period])
                unknown = np.isnan(self.values[key])
                blocked |= unknown if step.leaves_out else np.isin(self.period, self.period[unknown])
            group = self._group(keys)
            weakest = np.full(group.max(initial=-1) + 1, np.int8(Status.OFFICIAL), dtype=np.int8)
            np.minimum.at(weakest, group, self.status[name])
            level = np.minimum(level, weakest[group])
            gap = np.isnan(self.values[name])
            if step.leaves_out:
                blocked |= gap
            else:
                blocked |= np.isin(group, group[gap])
        # What later fills a gap (coalesce) assumes something.
        gaps = np.isnan(self.values[step.name])
        self.status[step.name] = np.where(gaps, np.minimum(level, np.int8(Status.ASSUMED)), level).astype(np.int8)
        self.undefined[step.name] = np.flatnonzero(gaps & ~blocked)

    def _group(self, keys: tuple[str, ...]) -> NDArray[np.intp]:
        """Number the windows: rows of one period alike in ``keys``; missing keys are alike, as SQL has it."""
        group: NDArray[np.intp] = self.period
        for key in keys:
            within = np.unique(self.values[key], return_inverse=True, equal_nan=True)[1]
            group = np.unique(np.column_stack([group, within]), axis=0, return_inverse=True)[1].ravel()
        return group


def _missing(result: Result) -> list[Problem]:
    table = result.table
    told = {p.where for p in table.problems}
    found = []
    for name, declared in result.rule.declared.inputs.items():
        for row in np.flatnonzero(np.isnan(table.values[name])):
            place, period = table.places[row], table.periods[row]
            if (where := f"{name} {place} {period}") not in told:
                found.append(codes.MISSING.at(where, what=declared.label.text(), place=place, period=period))
    return sorted(found, key=lambda p: p.where)


def _undefined(result: Result, rows: Mapping[str, NDArray[np.intp]]) -> list[Problem]:
    found: list[Problem] = []
    for name, column in result.rule.declared.columns.items():
        kind = codes.NOTHING_COMPUTED if column.formula is None else codes.UNDEFINED_RESULT
        for row in rows[name]:
            place, period = result.table.places[row], result.table.periods[row]
            found.append(kind.at(f"{name} {place} {period}", what=column.label.text(), place=place, period=period))
    return sorted(found, key=lambda p: p.where)
