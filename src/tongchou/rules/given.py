"""What a computation starts from: the inputs in order, and the parameters in force, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes
from tongchou.rules import parameters as dated_values
from tongchou.rules.levels import ASSUMED, OFFICIAL, Levels
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.rows import Arranged, numbered
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table

InForce = dict[str, dict[str, Dated]]


def unknown(rule: Rule, parameters: Parameters) -> list[Problem]:
    """Return a problem for every parameter given that the rule does not have."""
    names = sorted(set(parameters.values) - set(rule.declared.parameters))
    known = "、".join(rule.declared.parameters)
    return [codes.UNKNOWN_PARAMETER.at(f"${name}", name=name, known=known) for name in names]


def in_force(rule: Rule, periods: Sequence[str], parameters: Parameters, problems: list[Problem]) -> InForce:
    """Return what each parameter is in each period; problems are added where there is nothing in force or unfit."""
    found: InForce = {}
    days = {code: Period.parse(code).start for code in periods}
    for name, declared in rule.declared.parameters.items():
        found[name] = {}
        checked = None
        for code, day in days.items():
            try:
                held = parameters.at(name, day)
            except ProblemsError as error:
                problems += [p for p in error.problems if p not in problems]
                continue
            found[name][code] = held
            if held is not checked:
                checked = held
                unfit = dated_values.unfit(name, declared, held.value, f"${name}")
                problems += [p for p in unfit if p not in problems]
    return found


def needed(rule: Rule, keys: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the row keys that the computation looks at: in windows, by parameters, or given to the algorithm."""
    names = {key for step in rule.steps for _, by in step.windows for key in by}
    names |= {key for step in rule.steps for part in step.term.walk() for key in part.keys}
    names |= {p.by for p in rule.declared.parameters.values() if p.by is not None}
    if rule.algorithm is not None:
        names |= set(rule.algorithm.keys)
    return {key: held for key, held in keys.items() if key in names}


def numbers(
    rule: Rule, table: Table, arranged: Arranged, held: InForce, keys: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Numbers], dict[str, Levels]]:
    """Return numbers and statuses by name, one a row in order: inputs, row keys, parameters under ``$name``.

    ``keys`` are the codes of the rows in order. Raises :class:`ProblemsError` where a parameter lacks a row's code.
    """
    values: dict[str, Numbers] = {}
    status: dict[str, Levels] = {}
    for name in rule.declared.inputs:
        values[name] = arranged.in_order(table.values[name])
        status[name] = arranged.in_order(table.status[name]).copy()
        gaps = np.isnan(values[name])
        if gaps.any():
            # A missing number that a formula fills in is an assumption; where it is not filled there is no result.
            status[name][gaps] = ASSUMED
    for key, codes_ in keys.items():
        values[key] = numbered(codes_)[1].astype(np.float64)
        status[key] = np.full(len(codes_), OFFICIAL)
    for name, by_period in held.items():
        dated = [by_period[code] for code in arranged.codes]
        values[f"${name}"] = parameter(rule, name, dated, arranged, values, keys)
        levels = np.array([ASSUMED if d.assumed else OFFICIAL for d in dated], dtype=np.int8)
        status[f"${name}"] = levels[arranged.period]
    return values, status


def parameter(
    rule: Rule,
    name: str,
    dated: Sequence[Dated],
    arranged: Arranged,
    values: Mapping[str, Numbers],
    keys: Mapping[str, Sequence[str]],
) -> Numbers:
    """Return a parameter row by row: its value in the row's period, for the row's code where it goes by codes.

    ``dated`` holds its value in each period. Raises :class:`ProblemsError` where it has none for a row's code.
    """
    by = rule.declared.parameters[name].by
    if by is None:
        return np.array([d.value for d in dated], dtype=np.float64)[arranged.period]
    if by in keys:
        words, at = numbered(keys[by])
    else:
        distinct, at = np.unique(values[by], return_inverse=True)
        words = tuple("" if np.isnan(n) else str(int(n)) for n in distinct)
    tables = [d.value if isinstance(d.value, Mapping) else {} for d in dated]
    problems = []
    for period, table in enumerate(tables):
        here = {words[i] for i in np.unique(at[arranged.period == period])}
        known = "、".join(table)
        problems += [
            codes.NO_PARAMETER_CODE.at(f"${name}", name=name, value=code, known=known)
            for code in sorted(here - {"", *table})
        ]
    if problems:
        raise ProblemsError(dict.fromkeys(problems))
    grid = np.array([[table.get(code, np.nan) for code in words] for table in tables], dtype=np.float64)
    return np.asarray(grid[arranged.period, at], dtype=np.float64)
