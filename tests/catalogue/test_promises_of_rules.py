"""What every rule promises, tried on figures drawn at random around its worked cases."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.worked.cases import CASES, RULES, compute

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.units import factor, unit
from tongchou.rules.evaluate import Result
from tongchou.rules.rule import Rule, loads

BY_RULE = {id_: [case for case in CASES.values() if case["rule"] == id_] for id_ in RULES}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CENT = 0.011  # 元: a settled amount may move by one fen when another place's does

Figures = dict[str, dict[str, Any]]


@st.composite
def figures_near(draw: st.DrawFn, rule: Rule) -> tuple[dict[str, Any], Figures]:
    """Draw a worked case of the rule and figures around its own, within their bounds, alike where they must be."""
    case = draw(st.sampled_from(BY_RULE[rule.id]))
    given_rows: Figures = {place: dict(row) for place, row in case["given"].items()}
    for name, declared in rule.declared.inputs.items():
        at = [rule.rows.index(key) for key in rule.keys(name)]
        drawn: dict[tuple[str, ...], Any] = {}
        for place, row in given_rows.items():
            group = tuple(place.split("|")[i] for i in at)
            if group not in drawn:
                held = row[name]
                if declared.codes is not None:
                    drawn[group] = draw(st.sampled_from([*declared.codes]))
                elif held is None:
                    drawn[group] = None
                else:
                    value = held * draw(st.sampled_from([0.5, 0.9, 1.0, 1.0, 1.25, 3.0]))
                    low, high = declared.at_least, declared.at_most
                    drawn[group] = min(
                        max(value, low if low is not None else value), high if high is not None else value
                    )
            row[name] = drawn[group]
    return case, given_rows


def computed(case: dict[str, Any], rows: Figures, **values: Any) -> Result:
    try:
        return compute(case, rows, **values)
    except ProblemsError:  # money that cannot close with such figures is refused, which is its own promise
        assume(False)
        raise


def raised(rule: Rule, rows: Figures, place: str, name: str) -> Figures | None:
    """Return the figures with one number of a place raised (a tenth, a category), ``None`` where it has no room."""
    held = rows[place][name]
    declared = rule.declared.inputs[name]
    if held is None:
        return None
    if declared.codes is not None:
        more = min((float(code) for code in declared.codes if code > held), default=held)
    else:
        more = held + abs(held) * 0.1 + (1 if held == 0 else 0)
    if more == held:
        return None
    if declared.at_most is not None and more > declared.at_most:
        return None
    at = [rule.rows.index(key) for key in rule.keys(name)]
    group = [place.split("|")[i] for i in at]
    return {p: {**row, name: more} if [p.split("|")[i] for i in at] == group else row for p, row in rows.items()}


def slack(rule: Rule, column: str, before: float) -> float:
    declared = rule.declared.columns[column]
    cent = CENT * factor("元", declared.unit) if is_money(declared.unit) else 0.0
    return cent + 1e-9 * abs(before)


def is_money(text: str) -> bool:
    return dict(unit(text).dimensionality) == dict(unit("元").dimensionality)


PROMISING = [id_ for id_, rule in RULES.items() if rule.declared.promises.never_negative]


@pytest.mark.parametrize("id_", PROMISING)
def test_never_negative(id_: str) -> None:
    rule = RULES[id_]

    @QUICK
    @given(figures_near(rule))
    def check(drawn: tuple[dict[str, Any], Figures]) -> None:
        result = computed(*drawn)
        for column in rule.declared.promises.never_negative:
            values = result.values[column]
            assert not (values < 0).any(), (column, values)

    check()


MOVING = [
    (id_, column, name, sign)
    for id_, rule in RULES.items()
    for promised, sign in ((rule.declared.promises.rises_with, 1), (rule.declared.promises.falls_with, -1))
    for column, names in promised.items()
    for name in names
]


@pytest.mark.parametrize(("id_", "column", "name", "sign"), MOVING)
def test_moves_one_way(id_: str, column: str, name: str, sign: int) -> None:
    rule = RULES[id_]

    @QUICK
    @given(figures_near(rule), st.integers(0, 1000))
    def check(drawn: tuple[dict[str, Any], Figures], pick: int) -> None:
        case, rows = drawn
        place = list(rows)[pick % len(rows)]
        more = raised(rule, rows, place, name)
        assume(more is not None)
        assert more is not None
        before, after = computed(case, rows), computed(case, more)
        row = before.table.places.index(place)
        there, then = before.values[column][row], after.values[column][row]
        if not (np.isnan(there) or np.isnan(then)):
            assert sign * (then - there) >= -slack(rule, column, there), (place, there, then)

    check()


def money_power(text: str) -> float:
    return float(dict(unit(text).dimensionality).get("[money]", 0.0))


@pytest.mark.parametrize("id_", [i for i, r in RULES.items() if r.declared.promises.scales_with_money])
def test_scales_with_money(id_: str) -> None:
    rule = RULES[id_]

    def doubled(value: Any, text: str) -> Any:
        by = 2.0 ** money_power(text)
        if isinstance(value, dict):
            return {code: one * by for code, one in value.items()}
        return None if value is None else value * by

    @QUICK
    @given(figures_near(rule))
    def check(drawn: tuple[dict[str, Any], Figures]) -> None:
        case, rows = drawn
        inputs, parameters = rule.declared.inputs, rule.declared.parameters
        twice = {p: {n: doubled(v, inputs[n].unit) for n, v in row.items() if n in inputs} for p, row in rows.items()}
        values = {n: doubled(v, parameters[n].unit) for n, v in case.get("parameters", {}).items()}
        before, after = computed(case, rows), computed(case, twice, **values)
        for name, column in rule.declared.columns.items():
            expected = before.values[name] * 2.0 ** money_power(column.unit)
            near = 2 * CENT * factor("元", column.unit) if is_money(column.unit) else 1e-12
            np.testing.assert_allclose(after.values[name], expected, rtol=1e-9, atol=near, err_msg=name)

    check()


OTHER_UNITS = {
    "万元": "元",
    "元": "万元",
    "亿元": "万元",
    "人": "万人",
    "万人": "人",
    "km²": "公顷",
    "公顷": "km²",
    "%": "1",
    "元/人": "万元/人",
    "万元/人": "元/人",
}


CONVERTIBLE = [
    id_
    for id_, rule in RULES.items()
    if rule.algorithm is None and any(i.codes is None and i.unit in OTHER_UNITS for i in rule.declared.inputs.values())
]
SETTLED = [id_ for id_, rule in RULES.items() if any(c.closes is not None for c in rule.declared.columns.values())]


@pytest.mark.parametrize("id_", CONVERTIBLE)
def test_the_unit_a_figure_is_given_in_changes_nothing(id_: str) -> None:
    rule = RULES[id_]
    declared = rule.declared.model_dump(mode="json")
    by: dict[str, float] = {}
    for name, item in rule.declared.inputs.items():
        if item.codes is None and item.unit in OTHER_UNITS:
            by[name] = factor(item.unit, OTHER_UNITS[item.unit])
            declared["inputs"][name]["unit"] = OTHER_UNITS[item.unit]
            for bound in ("at_least", "at_most"):
                if declared["inputs"][name][bound] is not None:
                    declared["inputs"][name][bound] *= by[name]
    other = loads(json.dumps(declared, ensure_ascii=False))
    for case in BY_RULE[id_]:
        before = compute(case, case["given"])
        rows = {
            p: {n: v if v is None else v * by.get(n, 1.0) for n, v in row.items()} for p, row in case["given"].items()
        }
        after = compute(case, rows, rule=other)
        for name, column in rule.declared.columns.items():
            near = CENT * factor("元", column.unit) if is_money(column.unit) else 1e-12
            np.testing.assert_allclose(after.values[name], before.values[name], rtol=1e-9, atol=near, err_msg=name)


@pytest.mark.parametrize("id_", SETTLED)
def test_settled_money_adds_up_to_the_fen(id_: str) -> None:
    rule = RULES[id_]
    closings = {name: c.closes for name, c in rule.declared.columns.items() if c.closes is not None}
    for case in BY_RULE[id_]:
        result = compute(case, case["given"])
        for name, closing in closings.items():
            values = result.values[name]
            if np.isnan(values).all():
                continue
            fen = np.round(values * factor(rule.declared.columns[name].unit, closing.unit))
            np.testing.assert_allclose(values * factor(rule.declared.columns[name].unit, closing.unit), fen, atol=1e-4)
            total = int(np.nansum(fen))
            if closing.to == "0":
                assert total == 0
                continue
            if closing.to.startswith("$"):
                pool = case["parameters"][closing.to[1:]]
            else:
                held = result.values[closing.to] if closing.to in result.values else result.table.values[closing.to]
                pool = float(held[0])
            whole = round(pool * factor(rule.units()[closing.to], closing.unit))
            assert total <= whole
            if closing.exactly:
                assert total == whole
