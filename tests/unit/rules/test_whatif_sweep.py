"""What if: scenarios are what evaluating each alone gives; ranks and ranges by hand; nothing that is not there."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import Table, table
from tongchou.rules.whatif import record, sweep

NAN = float("nan")
RULE = """\
id: demo.share
title: {zh: 分配, en: Sharing}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: share
inputs:
  people: {unit: 人, label: {zh: 人口, en: population}, at_least: 0}
  kind: {unit: "1", label: {zh: 类别, en: kind}, codes: {1: {zh: 甲, en: A}, 2: {zh: 乙, en: B}}}
parameters:
  pool: {unit: 元, label: {zh: 总额, en: pool}, at_least: 0}
  weight: {unit: "1", label: {zh: 权重, en: weight}, by: kind}
columns:
  counted: {formula: people * $weight, unit: 人, label: {zh: 折算人口, en: counted}}
  share:
    formula: counted * $pool / sum(counted) over ()
    unit: 元
    label: {zh: 补助, en: share}
    closes: {to: $pool, exactly: true, unit: 分}
"""


def given(people: list[float], periods: tuple[str, ...] = ("2021",)) -> tuple[Rule, Table, Parameters]:
    rule = loads(RULE)
    places = list("ABCD"[: len(people)])
    figures = table(
        places * len(periods),
        [p for p in periods for _ in places],
        {"people": people * len(periods), "kind": [1.0] * (len(places) * len(periods))},
    )
    return rule, figures, parameters.none(rule).given("me", pool=100, weight={"1": 1.0, "2": 2.0})


def test_a_grid_is_every_combination_and_each_is_what_evaluating_it_alone_gives() -> None:
    rule, figures, held = given([1, 2, 5])
    found = sweep(rule, figures, held, {"$pool": [100, 200], "people": {"A": [1, 3, 9]}})
    assert [s.id for s in found.settings] == ["$pool", "people.A"]
    assert found.values.tolist() == [[p, a] for p in (100, 200) for a in (1, 3, 9)]
    for (pool, people), amounts in zip(found.values.tolist(), found.amounts, strict=True):
        other = table(["A", "B", "C"], ["2021"] * 3, {"people": [people, 2, 5], "kind": [1.0] * 3})
        alone = evaluate(rule, other, held.given("you", pool=pool)).values["share"]
        assert amounts.tolist() == alone.tolist()
    # A: 1 of 8, 3 of 10, 9 of 16; third, second, first.
    assert found.amounts[:3, 0].tolist() == [12.5, 30, 56.25]
    assert found.ranks[:, 0].tolist() == [3, 2, 1] * 2
    best, worst = found.rank_range()
    assert (best.tolist(), worst.tolist()) == ([1, 2, 1], [3, 3, 2])
    low, high = found.amount_range()
    assert (low[0], high[0]) == (12.5, 112.5)


def test_lists_go_side_by_side() -> None:
    found = sweep(*given([1, 3]), {"$pool": [100, 40], "people": {"B": [1, 3]}}, how="list")
    assert found.values.tolist() == [[100, 1], [40, 3]]
    assert found.amounts.tolist() == [[50, 50], [10, 30]]
    assert found.ranks.tolist() == [[1, 1], [2, 1]]


def test_one_code_of_a_parameter() -> None:
    found = sweep(*given([1, 3]), {"$weight": {"1": [1, 5], "2": [2]}})
    assert [s.id for s in found.settings] == ["$weight.1", "$weight.2"]
    assert found.amounts.tolist() == [[25, 75], [25, 75]]
    assert found.settings[0].label(found.base.rule).zh == "权重（1）"


def test_elasticities_by_hand() -> None:
    # d ln(share)/d ln(pool) = 1; to A's own people 1 − its share; to B's people minus B's share.
    found = sweep(*given([1, 3]), {"$pool": [1], "people": {"A": [1], "B": [3]}})
    np.testing.assert_allclose(found.elasticity, [[1, 1], [0.75, -0.25], [-0.75, 0.25]], atol=1e-5)


def test_what_has_no_elasticity_is_not_zero() -> None:
    found = sweep(*given([0, 3]), {"people": {"A": [1]}, "$pool": [50]})
    assert np.isnan(found.elasticity[0]).all()  # one per cent of nobody
    assert np.isnan(found.elasticity[1, 0])  # of no money
    assert found.elasticity[1, 1] == pytest.approx(1)


def test_a_what_if_is_assumed_and_what_is_illustrative_stays_so() -> None:
    rule, _, held = given([1, 3])
    for status, expected in ((Status.OFFICIAL, Status.ASSUMED), (Status.ILLUSTRATIVE, Status.ILLUSTRATIVE)):
        figures = table(["A", "B"], ["2021"] * 2, {"people": [1, 3], "kind": [1, 1]}, status)
        assert sweep(rule, figures, held, {"people": {"A": [2]}}).status.tolist() == [expected] * 2


def test_the_last_period_is_taken_or_the_one_named() -> None:
    rule, figures, held = given([1, 3], ("2021", "2020"))
    assert set(sweep(rule, figures, held, {"$pool": [1]}).base.table.periods) == {"2021"}
    assert set(sweep(rule, figures, held, {"$pool": [1]}, period="2020").base.table.periods) == {"2020"}
    with pytest.raises(ProblemsError, match="U061"):
        sweep(rule, figures, held, {"$pool": [1]}, period="2019")


def test_a_missing_figure_can_be_tried() -> None:
    found = sweep(*given([NAN, 3]), {"people": {"A": [1]}})
    assert np.isnan(found.base_amounts).all()
    assert found.amounts.tolist() == [[25, 75]]
    assert found.status.tolist() == [Status.ASSUMED] * 2
    assert found.rank_range()[0].tolist() == [2, 1]


def test_a_scenario_that_does_not_close_says_so_and_the_others_stand() -> None:
    found = sweep(*given([1, 3]), {"$pool": [100, 0.005]})
    assert found.amounts[0].tolist() == [25, 75]
    assert np.isnan(found.amounts[1]).all()
    assert [[p.code for p in told] for told in found.problems] == [[], ["U043"]]


@pytest.mark.parametrize(
    ("trials", "how", "found"),
    [
        ({"$nothing": [1]}, "grid", {"U062"}),
        ({"pool": [1]}, "grid", {"U062"}),
        ({"people": {"Z": [1]}, "$weight": [1], "$pool": {"1": [1]}}, "grid", {"U062"}),
        ({"$weight": {"3": [1]}}, "grid", {"U062"}),
        ({"$pool": []}, "grid", {"U063"}),
        ({"$pool": [float("inf")]}, "grid", {"U063"}),
        ({}, "grid", {"U063"}),
        ({"$pool": [1, 2], "people": {"A": [1]}}, "list", {"U063"}),
        ({"$pool": list(range(400)), "people": {"A": list(range(400))}}, "grid", {"U064"}),
        ({"$pool": [-1]}, "grid", {"U029"}),
        ({"people": {"A": [-1]}}, "grid", {"U029"}),
        ({"kind": {"A": [1.5]}}, "grid", {"U028"}),
    ],
)
def test_what_cannot_be_tried_is_refused(trials: dict[str, object], how: str, found: set[str]) -> None:
    with pytest.raises(ProblemsError) as error:
        sweep(*given([1, 3]), trials, how=how)  # type: ignore[arg-type]
    assert {p.code for p in error.value.problems} == found


def test_the_record_holds_the_base_run_and_a_hash() -> None:
    found = record(sweep(*given([1, 3]), {"$pool": [100, 0.005]}))
    assert found["schema"] == "tongchou.whatif/1"
    assert found["what_if"] is True
    assert found["base"]["schema"] == "tongchou.run/1"
    assert found["scenarios"][0]["amounts"] == [25, 75]
    assert found["scenarios"][0]["ranks"] == [2, 1]
    assert found["scenarios"][1]["amounts"] == [None, None]
    assert found["status"] == ["assumed", "assumed"]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert len(found["hash"]) == 64
