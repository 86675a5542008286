"""Two results side by side: rows matched by place, inputs and parameters matched by name and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.units import factor
from tongchou.rules import codes
from tongchou.rules.evaluate import Result
from tongchou.rules.keys import JOIN
from tongchou.rules.parameters import Dated
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its rule, its period, and what only it has (inputs by name with a number for every row)."""

    rule: Rule
    period: str
    rows: Rows  # of the pair's places, in the result's table; −1 where it has none
    inputs: Mapping[str, Numbers]
    parameters: Mapping[str, Dated]
    scale: float  # of its result, to the unit of the later one


@dataclass(frozen=True, slots=True)
class Pair:
    """Both results over the places of either, in the order of place codes.

    ``unit[row]`` numbers what the result has one value for (a place, or all rows of a county alike), ``units`` names
    them. ``inputs[name]`` has shape (2, places): what is lacking on one side is filled from the other, and counts only
    where the row takes part. ``own[name]`` numbers the rows that share an input within a unit; an input without it is
    common to all units, as a parameter is.
    """

    sides: tuple[Side, Side]
    places: tuple[str, ...]
    keys: Mapping[str, Sequence[str]]
    present: Flags
    unit: Rows
    units: tuple[str, ...]
    inputs: Mapping[str, Numbers]
    parameters: Mapping[str, tuple[Dated, Dated]]
    own: Mapping[str, Rows]

    @property
    def matched(self) -> Flags:
        """Whether each unit stands on both sides."""
        both = np.zeros(len(self.units), dtype=np.bool_)
        both[self.unit[self.present.all(axis=0)]] = True
        return both

    def first_row(self, side: int) -> Rows:
        """Return a row of each unit that the side has, −1 where it has none."""
        found = np.full(len(self.units), -1, dtype=np.intp)
        rows = np.flatnonzero(self.present[side])[::-1]
        found[self.unit[rows]] = rows
        return found


def pair(a: Result, b: Result, period_a: str, period_b: str) -> Pair:
    """Match two results; raise :class:`ProblemsError` when they measure different things or share no input."""
    rules = (a.rule, b.rule)
    units = tuple(rule.declared.columns[rule.declared.result].unit for rule in rules)
    try:
        scale = factor(units[0], units[1])
    except ValueError:
        raise ProblemsError([codes.NOT_COMPARABLE.at(b.rule.id, reason=f"{units[0]} ≠ {units[1]}")]) from None
    keys = tuple(rule.keys(rule.declared.result) for rule in rules)
    if keys[0] != keys[1] or rules[0].rows != rules[1].rows:
        reason = f"{'、'.join(rules[0].declared.per)} ≠ {'、'.join(rules[1].declared.per)}"
        raise ProblemsError([codes.NOT_COMPARABLE.at(b.rule.id, reason=reason)])
    shared = [n for n in rules[0].declared.inputs if n in rules[1].declared.inputs and _same(rules, n)]
    if not shared:
        raise ProblemsError([codes.NOT_COMPARABLE.at(b.rule.id, reason=f"{rules[0].id} ≠ {rules[1].id}")])
    results, periods = (a, b), (period_a, period_b)
    at = [
        {r.table.places[i]: i for i, period in enumerate(r.table.periods) if period == wanted}
        for r, wanted in zip(results, periods, strict=True)
    ]
    places = tuple(sorted(set(at[0]) | set(at[1])))
    rows = [np.array([held.get(place, -1) for place in places], dtype=np.intp) for held in at]
    row_keys = {
        key: [results[p not in at[0]].keys[key][at[p not in at[0]][p]] for p in places] for key in rules[0].rows
    }
    present = np.stack([each >= 0 for each in rows])
    names, unit = _numbered([row_keys[key] for key in keys[0]], len(places))
    parameters = {
        n: _filled(a.parameters[n][period_a], b.parameters[n][period_b])
        for n in rules[0].declared.parameters
        if n in rules[1].declared.parameters and _same_parameter(rules, n)
    }
    sides = tuple(
        Side(
            result.rule,
            period,
            row,
            {n: _taken(result, n, row) for n in result.rule.declared.inputs if n not in shared},
            {n: result.parameters[n][period] for n in result.rule.declared.parameters if n not in parameters},
            size,
        )
        for result, period, row, size in zip(results, periods, rows, (scale, 1.0), strict=True)
    )
    inputs = {}
    for n in shared:
        both = np.stack([_taken(result, n, row) for result, row in zip(results, rows, strict=True)])
        inputs[n] = np.where(present, both, both[::-1])
    own = {}
    for n in shared:
        within = [key for key in rules[1].keys(n) if key in keys[1]]
        if within:
            own[n] = _numbered([row_keys[key] for key in within], len(places))[1]
    return Pair((sides[0], sides[1]), places, row_keys, present, unit, names, inputs, parameters, own)


def _same(rules: tuple[Rule, Rule], name: str) -> bool:
    one, other = (rule.declared.inputs[name] for rule in rules)
    return one.unit == other.unit and rules[0].keys(name) == rules[1].keys(name)


def _same_parameter(rules: tuple[Rule, Rule], name: str) -> bool:
    one, other = (rule.declared.parameters[name] for rule in rules)
    return one.unit == other.unit and one.by == other.by


def _taken(result: Result, name: str, rows: Rows) -> Numbers:
    return np.where(rows >= 0, result.table.values[name][rows], np.nan)


def _filled(one: Dated, other: Dated) -> tuple[Dated, Dated]:
    """Return both values, each with the codes that only the other has: a mixture of both may need them."""
    if isinstance(one.value, Mapping) and isinstance(other.value, Mapping):
        return replace(one, value={**other.value, **one.value}), replace(other, value={**one.value, **other.value})
    return one, other


def _numbered(columns: list[list[str]], rows: int) -> tuple[tuple[str, ...], Rows]:
    """Number the rows by their codes in ``columns``, joined; all alike where there are none."""
    joined = [JOIN.join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * rows
    names, number = np.unique(np.array(joined, dtype=object), return_inverse=True)
    return tuple(names.tolist()), number.astype(np.intp)
