"""A place that changes alone: taking its number out of each window and putting it back in is computing all anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.rules import parameters
from tongchou.rules.attribution import Change, attribute
from tongchou.rules.attribution import game as attribution_game
from tongchou.rules.attribution.outside import shallow
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table

NAN = float("nan")


def rule_of(formula: str, missing: str = "carry", more: str = "") -> Rule:
    return loads(f"""\
id: demo.windows
title: {{zh: 窗, en: Windows}}
system: S20
clauses: ["3.2"]
method: {{zh: 办法, en: Method, source: us}}
per: [county, year]
says: {{zh: "{{place}}", en: "{{place}}"}}
result: c
inputs:
  a: {{unit: "1", label: {{zh: 甲, en: A}}}}
  b: {{unit: "1", label: {{zh: 乙, en: B}}}}
  g: {{unit: "1", label: {{zh: 组, en: Group}}}}
parameters:
  k: {{unit: "1", label: {{zh: 系数, en: Factor}}}}
columns:
{more}
  c: {{formula: '{formula} + $k * b + 0 * g', unit: '1', missing: {missing}, label: {{zh: 丙, en: C}}}}
""")


def run(rule: Rule, a: list[float], b: list[float], g: list[float], k: float, period: str) -> Result:
    figures = table([f"p{i}" for i in range(len(a))], [period] * len(a), {"a": a, "b": b, "g": g})
    return evaluate(rule, figures, parameters.none(rule).given("me", k=k))


def computed_anew(monkeypatch: pytest.MonkeyPatch, one: Result, other: Result) -> Change:
    with monkeypatch.context() as patch:
        patch.setattr(attribution_game, "is_shallow", lambda pair: False)
        return attribute(one, other)


FORMULAS = [
    "sum(a * b) over ()",
    "avg(a + $k) over (partition by g)",
    "min(a) over (partition by g)",
    "max(a - b) over ()",
    "count(nullif(a, 3)) over ()",
    "count(1) over (partition by g) * a",
    "stddev_pop(a * $k) over ()",
    "rank() over (order by a desc)",
    "rank() over (partition by g order by a * b)",
    "a / sum(a) over (partition by g) + coalesce(max(b) over (), $k)",
    "case when a > avg(a) over () then sum(b) over (partition by g) else min(a) over () end",
]
number = st.integers(-3, 5).map(float)
maybe = st.one_of(number, st.just(NAN))


@pytest.mark.parametrize("missing", ["carry", "leave_out"])
@pytest.mark.parametrize("formula", FORMULAS)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_both_ways_agree(formula: str, missing: str, data: st.DataObject) -> None:
    rule = rule_of(formula, missing)
    n = data.draw(st.integers(1, 6))
    column = st.lists(maybe if missing == "leave_out" else number, min_size=n, max_size=n)
    groups = data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n))
    before, after = (
        run(rule, data.draw(column), data.draw(column), groups, data.draw(number), period)
        for period in ("2020", "2021")
    )
    change = attribute(before, after)
    with pytest.MonkeyPatch.context() as patch:
        anew = computed_anew(patch, before, after)
    assert change.reasons == anew.reasons
    # A root near 0 makes of the last bit of a variance some 1e-8 of a deviation.
    np.testing.assert_allclose(change.parts, anew.parts, rtol=1e-9, atol=1e-7 if "stddev" in formula else 1e-9)


def test_one_step_builds_on_another_and_places_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rule_of(
        "share * sum(d) over () + share",
        more="""\
  d: {formula: a * b, unit: '1', label: {zh: 丁, en: D}}
  total: {formula: sum(d) over (), unit: '1', label: {zh: 计, en: Total}}
  share: {formula: d / total, unit: '1', label: {zh: 占, en: Share}}
""",
    )
    assert shallow(rule, frozenset(("county",)))
    before = run(rule, [1, 2, 3], [4, 5, 6], [0, 0, 0], 2, "2020")
    after = run(rule, [2, 2, 5, 1], [4, 6, 6, 3], [0, 0, 0, 0], 3, "2021")
    change, anew = attribute(before, after), computed_anew(monkeypatch, before, after)
    assert change.reasons.keys() == {"p3"}
    np.testing.assert_allclose(change.parts, anew.parts, rtol=1e-12)


def test_a_window_over_what_a_window_gave_is_computed_anew() -> None:
    twice = rule_of("sum(d) over ()", more="  d: {formula: a / sum(a) over (), unit: '1', label: {zh: 丁, en: D}}\n")
    assert not shallow(twice, frozenset(("county",)))
    assert not shallow(rule_of("sum(a) over (partition by g)"), frozenset(("county",)))
    assert shallow(rule_of("sum(a) over (partition by g)"), frozenset(("county", "g")))


def test_a_group_that_changes_is_computed_anew_and_still_right() -> None:
    # p0 moves from the group of p1 (1 + 2) to its own (1): what it sees falls by 2, what p1 sees by 1.
    rule = rule_of("sum(a) over (partition by g)")
    change = attribute(run(rule, [1, 2], [0, 0], [0, 0], 0, "2020"), run(rule, [1, 2], [0, 0], [1, 0], 0, "2021"))
    assert {f.members[0]: p.tolist() for f, p in zip(change.factors, change.parts, strict=True)} == {
        "g": [-2, 0],
        "#others": [0, -1],
    }
