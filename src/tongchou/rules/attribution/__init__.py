"""Why it changed (变动归因): each place's change from one result to another, split exactly among what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.attribution.factors import (
    Factor,
    changed,
    factors_of,
    fewer,
    grouped,
    told_together,
    way_of,
)
from tongchou.rules.attribution.game import Way, outcomes
from tongchou.rules.attribution.pair import Pair, pair
from tongchou.rules.attribution.reasons import reasons
from tongchou.rules.attribution.settling import per_whole_unit, settled
from tongchou.rules.attribution.shapley import shapley
from tongchou.rules.evaluate import Result
from tongchou.rules.parameters import Dated
from tongchou.rules.rule import Rule
from tongchou.rules.table import Levels, Numbers

_OUTCOMES = 1 << 21  # held at once


@dataclass(frozen=True, slots=True)
class Change:
    """Every place's result before and after, in ``unit``, and the part each factor has in the change.

    ``parts`` has shape (factors, places); where ``before`` and ``after`` both exist each place's parts sum to
    ``total``, to the whole unit where money is settled. NaN stands where there is no number, and ``reasons`` says why.
    ``status`` is the weaker of the two results. ``figures[name]`` holds an input's numbers before and after.
    """

    rules: tuple[Rule, Rule]
    periods: tuple[str, str]
    unit: str
    factors: tuple[Factor, ...]
    places: tuple[str, ...]
    before: Numbers
    after: Numbers
    total: Numbers
    parts: Numbers
    status: Levels
    reasons: Mapping[str, Text]
    figures: Mapping[str, tuple[Numbers, Numbers]]
    parameters: Mapping[str, tuple[Dated, Dated]]
    way: Way
    notes: tuple[Text, ...]


def attribute(
    a: Result,
    b: Result | None = None,
    *,
    periods: tuple[str, str] | None = None,
    column: str | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, Text] | None = None,
) -> Change:
    """Split the change of the result (or of ``column``) from ``a`` to ``b`` among inputs, parameters, method, others.

    Without ``b`` the last period of ``a`` is compared with the one before; else the last period of each, or the
    ``periods`` named. A part is the factor's Shapley value (1953): its effect averaged over every order in which the
    factors could have changed, so that none comes first. An input counts for a place by the place's own figure; what
    others' figures do to it through sums and ranks is a factor of its own. ``groups`` (label → inputs, ``$parameters``,
    ``#others``, ``#method``) makes several factors one; beyond 12 the smallest are made one, and ``notes`` say so.
    ``names`` (place code → name) are used in reasons.

    Raises :class:`ProblemsError` where the two measure different things or a period is not there.
    """
    other = a if b is None else b
    if column is not None:
        a, other = _about(a, column), _about(other, column)
    before, after = periods or _periods(a, other, alone=b is None)
    _check_there(((a, before), (other, after)))
    both = pair(a, other, before, after)
    notes: list[Text] = []
    factors = factors_of(both)
    way = way_of(both, factors)
    if way == "together":
        factors = told_together(both, factors)
        notes.append(_TOGETHER)
    factors = grouped(factors, groups or {})
    few = fewer(both, factors)
    if len(few) < len(factors):
        rest = (
            "、".join(f.label.zh for f in factors if f not in few),
            ", ".join(f.label.en for f in factors if f not in few),
        )
        notes.append(_GROUPED.format(count=len(factors), names=Text(*rest)))
    return _split(both, (a, other), few, way, tuple(notes), names or {})


def _split(
    both: Pair,
    results: tuple[Result, Result],
    factors: tuple[Factor, ...],
    way: Way,
    notes: tuple[Text, ...],
    names: Mapping[str, Text],
) -> Change:
    held = [_result(both, i, result) for i, result in enumerate(results)]
    rules = (both.sides[0].rule, both.sides[1].rule)
    per_unit = per_whole_unit(rules)
    total = held[1] - held[0]
    if per_unit is not None:
        total = (np.round(held[1] * per_unit) - np.round(held[0] * per_unit)) / per_unit
    parts = np.full((len(factors), len(both.units)), np.nan)
    there = np.flatnonzero(~np.isnan(total))
    if there.size and factors:
        n = len(factors)
        masks = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1 == 1
        step = there.size if way == "together" else max(1, _OUTCOMES >> n)
        for first in range(0, there.size, step):
            some = there[first : first + step]
            values = outcomes(both, changed(factors, masks), way, some)
            moved = np.abs(values - values[0]).max(axis=0)
            parts[:, some] = settled(shapley(values), moved, total[some], per_unit, _last(factors))
    elif there.size:
        total[there] = 0.0
    level = np.minimum(*(_level(both, i, result) for i, result in enumerate(results)))
    return Change(
        rules,
        (both.sides[0].period, both.sides[1].period),
        rules[1].declared.columns[rules[1].declared.result].unit,
        factors,
        both.units,
        held[0],
        held[1],
        total,
        parts,
        level,
        reasons(both, results, held, parts, names),
        {name: _figures(both, name) for name in both.own if len(both.units) == len(both.places)},
        {f"${name}": values for name, values in both.parameters.items() if values[0].value != values[1].value},
        way,
        notes,
    )


def _result(both: Pair, side: int, result: Result) -> Numbers:
    first = both.first_row(side)
    column = result.values[result.rule.declared.result]
    return np.where(first >= 0, column[both.sides[side].rows[first]], np.nan) * both.sides[side].scale


def _level(both: Pair, side: int, result: Result) -> Levels:
    first = both.first_row(side)
    column = result.status[result.rule.declared.result]
    return np.where(first >= 0, column[both.sides[side].rows[first]], 0).astype(np.int8)


def _figures(both: Pair, name: str) -> tuple[Numbers, Numbers]:
    """Return an input before and after for every unit; where a unit is a place both stand in the same order."""
    row = np.full(len(both.units), -1, dtype=np.intp)
    row[both.unit] = np.arange(len(both.places))
    one, other = (np.where(both.present[i], both.inputs[name][i], np.nan)[row] for i in (0, 1))
    return one, other


def _last(factors: Sequence[Factor]) -> int:
    """Return the factor that takes what settling moved where nothing else did: others' claims, the pool, the method."""
    for kind in ("others", "pool", "method"):
        for i, factor in enumerate(factors):
            if factor.kind == kind:
                return i
    return len(factors) - 1


def _about(result: Result, column: str) -> Result:
    """Return a result whose answer is another of its columns."""
    declared = result.rule.declared
    if column not in declared.columns:
        raise ProblemsError([codes.UNDEFINED.at(column, name=column, known="、".join(declared.columns))])
    return replace(result, rule=replace(result.rule, declared=declared.model_copy(update={"result": column})))


def _periods(a: Result, b: Result, *, alone: bool) -> tuple[str, str]:
    held = [sorted(set(result.table.periods), key=Period.parse) for result in (a, b)]
    if alone and len(held[0]) < 2:
        raise ProblemsError([codes.NO_PERIOD.at("period", period=_EARLIER, known="、".join(held[0]))])
    return held[0][-2 if alone else -1], held[1][-1]


def _check_there(wanted: Sequence[tuple[Result, str]]) -> None:
    problems = [
        codes.NO_PERIOD.at("period", period=period, known="、".join(sorted(set(result.table.periods))))
        for result, period in wanted
        if period not in result.table.periods
    ]
    if problems:
        raise ProblemsError(dict.fromkeys(problems))


_EARLIER = Text("（上一期）", "before the last one")
_TOGETHER = Text(
    "单位较多且互相牵连，各单位自身与其他单位的数据变动合并计算",
    "there are many places that depend on each other, so an input counts with its change everywhere, own and others'",
)
_GROUPED = Text(
    "共有 {count} 个因素，超过 12 个，影响最小的几个合并计算：{names}",
    "there are {count} factors, more than 12; the smallest are counted as one: {names}",
)
