"""Many parameter sets or tables at once give the same bits as one after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.catalogue import rules
from tongchou.kernel.problems import ProblemsError
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import loads
from tongchou.rules.stack import Stack, evaluate_many
from tongchou.rules.table import Table, table

NAN = float("nan")
RULE = """\
id: demo.shares
title: {zh: 分配, en: Shares}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{paid}", en: "{paid}"}
inputs:
  need: {unit: 元, label: {zh: 需求, en: Need}}
  kind: {unit: "1", label: {zh: 类, en: Kind}, codes: {1: {zh: 甲, en: a}, 2: {zh: 乙, en: b}}}
parameters:
  pool: {unit: 元, label: {zh: 总额, en: Pool}}
  floor: {unit: 元, label: {zh: 底线, en: Floor}}
  weight: {unit: "1", label: {zh: 系数, en: Weight}, by: kind}
columns:
  usual: {formula: avg(need) over (partition by kind), unit: 元, label: {zh: 均值, en: Mean}}
  lifted: {formula: "greatest(need, $floor)", unit: 元, label: {zh: 提低, en: Lifted}}
  weighted: {formula: lifted * $weight + 0 * usual, unit: 元, label: {zh: 加权, en: Weighted}}
  paid:
    formula: $pool * weighted / sum(weighted) over ()
    unit: 元
    label: {zh: 分得, en: Paid}
    closes: {to: $pool, exactly: true, unit: 分}
  standing: {formula: rank() over (order by paid desc), unit: "1", label: {zh: 位次, en: Rank}}
result: paid
also: [usual, standing]
"""


def rows(need: list[float], kind: list[float]) -> Table:
    count = len(need)
    # Not in order on purpose: two years, the later first.
    return table(
        [f"p{i % 4}" for i in range(count)], [str(2022 - i // 4) for i in range(count)], {"need": need, "kind": kind}
    )


def sets_of(rule_text: str, *values: tuple[float, float, float]) -> list[parameters.Parameters]:
    base = parameters.none(loads(rule_text))
    return [base.given("t", pool=pool, floor=floor, weight={"1": 1.0, "2": two}) for pool, floor, two in values]


def same(stack: Stack, i: int, alone: Table, given_: parameters.Parameters) -> None:
    one = evaluate(stack.rule, alone, given_)
    for name, values in stack.values.items():
        np.testing.assert_array_equal(values[i], one.values[name])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([NAN, 0.0, 1.0, 2.5, 1e7]), min_size=8, max_size=8),
    st.lists(st.sampled_from([NAN, 1.0, 2.0]), min_size=8, max_size=8),
    st.lists(
        st.tuples(st.sampled_from([1.0, 100.01, 1e9]), st.sampled_from([0.5, 3.0]), st.sampled_from([0.1, 7.0])),
        min_size=1,
        max_size=5,
    ),
)
def test_each_set_gives_the_bits_it_gives_alone(
    need: list[float], kind: list[float], values: list[tuple[float, float, float]]
) -> None:
    rule, figures, sets = loads(RULE), rows(need, kind), sets_of(RULE, *values)
    stack = evaluate_many(rule, figures, sets)
    assert len(stack) == len(sets) and not any(stack.problems)
    for i, one in enumerate(sets):
        same(stack, i, figures, one)


def test_tables_and_parameters_side_by_side() -> None:
    rule = loads(RULE)
    first, second = rows([1.0] * 8, [1, 2] * 4), rows([2.0, NAN, 1, 4, 5, 6, 7, 8], [2, 1] * 4)
    third = replace(first, values={**first.values, "need": second.values["need"]})
    sets = sets_of(RULE, (10.0, 0.5, 2.0), (10.0, 0.5, 2.0), (11.0, 0.5, 2.0))
    stack = evaluate_many(rule, [first, second, third], sets, ["paid", "usual", "weighted", "standing"])
    for i, figures in enumerate((first, second, third)):
        same(stack, i, figures, sets[i])
    by_table = evaluate_many(rule, [first, second], sets[0])
    assert by_table.values["paid"].shape == (2, 8)
    same(by_table, 1, second, sets[0])


def test_a_set_whose_money_does_not_close_says_so_and_spoils_no_other() -> None:
    text = RULE.replace("$pool * weighted / sum(weighted) over ()", "weighted")
    rule, figures = loads(text), rows([1.0, 2.0], [1, 1])
    sets = sets_of(text, (3.0, 0.0, 1.0), (4.0, 0.0, 1.0))
    stack = evaluate_many(rule, figures, sets)
    assert stack.values["paid"][0].tolist() == [1.0, 2.0]
    assert np.isnan(stack.values["paid"][1]).all()
    assert [[p.code for p in each] for each in stack.problems] == [[], ["U043"]]


def test_what_does_not_vary_is_held_once() -> None:
    stack = evaluate_many(loads(RULE), rows([1.0] * 8, [1, 2] * 4), sets_of(RULE, (1.0, 1, 1), (2.0, 1, 1)))
    assert stack.values["usual"].strides[0] == 0
    assert stack.values["paid"].strides[0] > 0


def test_sets_that_do_not_match_or_have_no_value_are_refused() -> None:
    rule, figures = loads(RULE), rows([1.0], [1])
    sets = sets_of(RULE, (1.0, 1, 1), (2.0, 1, 1))
    with pytest.raises(ValueError, match="side by side"):
        evaluate_many(rule, [figures] * 3, sets)
    with pytest.raises(ValueError, match="same rows"):
        evaluate_many(rule, [figures, rows([1.0] * 2, [1, 1])], sets)
    with pytest.raises(ProblemsError) as caught:
        evaluate_many(rule, figures, [sets[0], parameters.none(rule)])
    assert {p.code for p in caught.value.problems} == {"U021"}


def test_many_counties_in_the_sweep_settle_as_they_do_alone() -> None:
    draw = np.random.default_rng(3)
    count = 900  # large enough that a period is settled on its own, not with all others at once
    rule = rules()["fiscal.equalisation"]
    figures = table(
        [f"{i:06d}" for i in range(count)] * 2,
        ["2021"] * count + ["2022"] * count,
        {
            "population": draw.integers(10_000, 900_000, 2 * count),
            "per_capita_standard": draw.uniform(5_000, 9_000, 2 * count),
            "cost_factor": draw.uniform(0.8, 1.5, 2 * count),
            "standard_capacity": draw.uniform(10_000, 300_000, 2 * count),
        },
    )
    base = parameters.none(rule)
    sets = [base.given("t", coverage=c, pool=5e6) for c in np.linspace(0.1, 1, 300)]
    stack = evaluate_many(rule, figures, sets)
    for i in (0, 150, 299):
        same(stack, i, figures, sets[i])
    assert np.rint(stack.values["transfer"][299, :count] * 100).sum() == 5e6 * 1e6
