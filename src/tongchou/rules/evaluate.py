"""Computing a rule for a table of places and periods; the order of rows changes nothing, to the bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.numbers import number
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes, fitting, given
from tongchou.rules.computing import Computing
from tongchou.rules.parameters import Parameters
from tongchou.rules.result import Cell, Result
from tongchou.rules.rows import Arranged
from tongchou.rules.rule import Rule
from tongchou.rules.settling import Open
from tongchou.rules.table import Table

__all__ = ["Cell", "Result", "evaluate"]


def evaluate(rule: Rule, table: Table, parameters: Parameters) -> Result:
    """Compute ``rule``; raise :class:`ProblemsError` when inputs or parameters are not there or money cannot close.

    A missing number leaves missing whatever needs it, with a warning for each; it is never taken as zero.
    A parameter counts for a period with the value in force on the period's first day.
    """
    arranged = table.arranged()
    problems = given.unknown(rule, parameters)
    keys = fitting.row_keys(rule, table)
    problems += fitting.unfit(rule, table, keys)
    in_force = given.in_force(rule, arranged.codes, parameters, problems)
    if problems:
        raise ProblemsError(problems)
    ordered = {key: [held[i] for i in arranged.order.tolist()] for key, held in given.needed(rule, keys).items()}
    values, status = given.numbers(rule, table, arranged, in_force, ordered)
    work = Computing(rule, arranged, values, status, ordered)
    work.algorithm()
    for step in rule.steps:
        work.step(step)
        if open_ := work.open.get(step.name):
            raise ProblemsError(does_not_close(rule, step.name, arranged, one) for one in open_)
    found, levels = {}, {}
    for name in rule.declared.columns:
        found[name] = work.values[name][arranged.back]
        gaps = np.isnan(found[name])
        levels[name] = status[name][arranged.back]
        if gaps.any():
            levels[name][gaps] = 0
    result = Result(rule, table, found, levels, in_force, parameters.replaced, (), keys, tuple(work.notes))
    blank = {name: np.sort(arranged.order[rows]) for name, rows in work.undefined.items()}
    withheld = [codes.WITHHELD.at(f"{rule.id} {p}", period=p, why=why) for p, why in sorted(work.withheld.items())]
    return replace(result, problems=(*table.problems, *_missing(result), *_undefined(result, blank), *withheld))


def does_not_close(rule: Rule, name: str, arranged: Arranged, open_: Open) -> Problem:
    """Return the problem of a period whose amounts do not add up to what they should."""
    column = rule.declared.columns[name]
    period = arranged.codes[open_.period]
    return codes.DOES_NOT_CLOSE.at(
        f"{name} {period}",
        what=column.label.text(),
        period=period,
        sum=f"{number(open_.total)} {column.unit}",
        pool=f"{number(open_.pool)} {column.unit}",
    )


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
