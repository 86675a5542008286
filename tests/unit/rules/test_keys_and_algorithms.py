"""Rules with several row keys, coded inputs, parameters by code, and columns that a Python function computes."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import algorithm, parameters
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.run import record, replay
from tongchou.rules.table import table

HEAD = """
id: test.rule
title: {zh: 试, en: test}
system: S33
clauses: ["2.3"]
method: {zh: 试, en: test, source: test}
"""
QUOTIENT = (
    HEAD
    + """
per: [county, industry, year]
inputs:
  jobs: {unit: 人, label: {zh: 从业, en: Jobs}, at_least: 0}
  area: {unit: km², label: {zh: 面积, en: Area}, per: [county, year]}
columns:
  in_county: {formula: sum(jobs) over (partition by county), unit: 人, label: {zh: 县, en: c}, per: [county, year]}
  in_trade: {formula: sum(jobs) over (partition by industry), unit: 人, label: {zh: 业, en: i}, per: [industry, year]}
  total: {formula: sum(jobs) over (), unit: 人, label: {zh: 总, en: t}, per: [year]}
  quotient: {formula: (jobs / in_county) / (in_trade / total), unit: "1", label: {zh: 商, en: q}}
  density: {formula: in_county / area, unit: 人/km², label: {zh: 密, en: d}, per: [county, year]}
result: quotient
also: [density]
says: {zh: "{county}", en: "{industry}"}
"""
)
FIGURES: dict[str, list[float]] = {"jobs": [10, 30, 30, 10], "area": [2, 2, 4, 4]}
KEYS = {"county": ["A", "A", "B", "B"], "industry": ["x", "y", "x", "y"]}


def compute(rule: Rule, values: dict[str, list[float]], keys: dict[str, list[str]], **given: Any) -> Result:
    rows = len(next(iter(keys.values())))
    return evaluate(rule, table([], ["2020"] * rows, values, keys=keys), parameters.none(rule).given("test", **given))


def codes_of(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        loads(text)
    return [p.code for p in caught.value.problems]


def test_sums_by_key_and_numbers_alike_in_some_keys() -> None:
    result = compute(loads(QUOTIENT), FIGURES, KEYS)
    assert result.values["quotient"].tolist() == [0.5, 1.5, 1.5, 0.5]
    assert result.values["density"].tolist() == [20.0, 20.0, 10.0, 10.0]
    assert result.rule.keys("density") == ("county",)
    assert result.table.places[1] == "A|y"
    run = record(result)
    assert replay(json.loads(json.dumps(run)))["hash"] == run["hash"]


def test_a_figure_that_should_be_one_number_must_be_one() -> None:
    with pytest.raises(ProblemsError) as caught:
        compute(loads(QUOTIENT), {**FIGURES, "area": [2, 3, 4, 4]}, KEYS)
    assert [p.code for p in caught.value.problems] == ["U033"]


def test_joined_codes_need_all_their_parts() -> None:
    rule = loads(QUOTIENT)
    with pytest.raises(ProblemsError) as caught:
        evaluate(rule, table(["A", "B|x"], ["2020", "2020"], {"jobs": [1, 2], "area": [1, 1]}), parameters.none(rule))
    assert [(p.code, p.where) for p in caught.value.problems] == [("U035", "A")]


def test_counting_a_number_twice_and_differing_within_its_keys_are_refused_at_load() -> None:
    twice = QUOTIENT.replace("formula: in_county / area", "formula: sum(in_county) over () / area")
    assert codes_of(twice) == ["U018"]
    differing = QUOTIENT.replace("formula: sum(jobs) over (), unit", "formula: jobs, unit")
    assert codes_of(differing) == ["U019"]
    assert codes_of(QUOTIENT.replace("per: [industry, year]}\n  total", "per: [city, year]}\n  total")) == ["U017"]


def test_a_bound_names_the_cell() -> None:
    with pytest.raises(ProblemsError) as caught:
        compute(loads(QUOTIENT), {**FIGURES, "jobs": [10, -1, 30, 10]}, KEYS)
    assert [(p.code, p.where) for p in caught.value.problems] == [("U029", "jobs A|y 2020")]


RATES = (
    HEAD
    + """
per: [county, land, year]
inputs:
  area: {unit: km², label: {zh: 面积, en: Area}}
  kind: {unit: "1", label: {zh: 类, en: Kind}, codes: {1: {zh: 甲, en: a}, 2: {zh: 乙, en: b}}, per: [county, year]}
parameters:
  rate: {unit: 元/km², label: {zh: 标准, en: Rate}, by: land, at_least: 0}
  weight: {unit: "1", label: {zh: 系数, en: Weight}, by: kind}
columns:
  value: {formula: area * $rate * $weight, unit: 元, label: {zh: 价值, en: Value}}
  whole: {formula: sum(value) over (partition by county), unit: 元, label: {zh: 合计, en: Sum}, per: [county, year]}
result: whole
says: {zh: "{whole}", en: "{whole}"}
"""
)
LAND = {"county": ["A", "A", "B"], "land": ["wood", "farm", "wood"]}


def test_a_parameter_by_key_and_by_coded_input() -> None:
    rule = loads(RATES)
    values: dict[str, list[float]] = {"area": [1, 2, 3], "kind": [1, 1, 2]}
    result = compute(rule, values, LAND, rate={"wood": 10, "farm": 5}, weight={1: 1, 2: 2})
    assert result.values["whole"].tolist() == [20.0, 20.0, 60.0]
    with pytest.raises(ProblemsError) as caught:
        compute(rule, values, LAND, rate={"wood": 10}, weight={1: 1, 2: 2})
    assert [p.code for p in caught.value.problems] == ["U034"]
    with pytest.raises(ProblemsError) as caught:
        compute(rule, {**values, "kind": [1, 1, 3]}, LAND, rate={"wood": 10, "farm": -5}, weight={1: 1, 2: 2})
    assert sorted(p.code for p in caught.value.problems) == ["U028", "U029"]
    with pytest.raises(ProblemsError) as caught:
        compute(rule, values, LAND, rate=3.0, weight={1: 1, 2: 2})
    assert [p.code for p in caught.value.problems] == ["U004"]


def test_a_table_of_values_in_a_parameter_file(tmp_path: Any) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "rule: test.rule\nvalues:\n"
        "  rate: [{start: 2020-01-01, value: {wood: 10, farm: 5}, source: {zh: 试, en: t}, assumed: true}]\n"
        "  weight: [{start: 2020-01-01, value: {1: 1, 2: 2}, source: {zh: 试, en: t}, assumed: true}]\n"
    )
    held = parameters.load(path, loads(RATES))
    assert held.values["weight"][0].value == {"1": 1.0, "2": 2.0}


SHARED = (
    HEAD
    + """
per: [party, year]
inputs:
  cost: {unit: 万元, label: {zh: 费用, en: Cost}}
parameters:
  part: {unit: "1", label: {zh: 份额, en: Share}}
compute: MODULE:share
columns:
  pays: {unit: 元, label: {zh: 承担, en: Pays}, closes: {to: whole, exactly: true, unit: 分}}
  whole: {unit: 元, label: {zh: 合计, en: Sum}, per: [year]}
  twice: {formula: 2 * pays, unit: 元, label: {zh: 两倍, en: Twice}}
result: pays
also: [twice]
says: {zh: "{pays}", en: "{pays}"}
"""
)


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> Any:
    module: Any = ModuleType("tongchou_test_sharing")

    def share(cost: Any, part: float, party: list[str], note: Any) -> dict[str, Any]:
        if cost.size < 2:
            raise algorithm.Withheld(Text("只有一方", "one party only"))
        note("order", np.arange(cost.size), Text("次序", "order"))
        assert party == sorted(party)
        return {"pays": cost * part * 1e4, "whole": cost.sum() * part * 1e4}

    module.share = share
    monkeypatch.setitem(sys.modules, "tongchou_test_sharing", module)
    monkeypatch.setattr(algorithm, "TRUSTED", ("tongchou_test_sharing.",))
    return module


def shared() -> str:
    # Settling belongs to formulas: what the function gives is closed in a column of its own.
    text = SHARED.replace("MODULE", "tongchou_test_sharing").replace(
        ", closes: {to: whole, exactly: true, unit: 分}", ""
    )
    return text.replace(
        "  twice:",
        "  due: {formula: pays, unit: 元, label: {zh: 应付, en: Due}, closes: {to: whole, exactly: true, unit: 分}}\n"
        "  twice:",
    ).replace("also: [twice]", "also: [twice, due]")


def test_a_function_gives_columns_and_formulas_build_on_them(sharing: Any) -> None:
    rule = loads(shared())
    figures = table(["B", "A", "A"], ["2020", "2020", "2021"], {"cost": [2, 1, 5]}, {"cost": [Status.REPORTED] * 3})
    result = evaluate(rule, figures, parameters.none(rule).given("test", part=1 / 3))
    assert result.values["due"].tolist()[:2] == [6666.67, 3333.33]
    assert result.values["twice"][1] == pytest.approx(6666.6667)
    assert np.isnan(result.values["pays"][2])
    assert [(p.code, p.where) for p in result.problems] == [("U044", "test.rule 2021")]
    assert [(n.period, n.value) for n in result.notes] == [("2020", (0.0, 1.0))]  # in order of place code
    assert result.status["pays"].tolist() == [Status.ASSUMED, Status.ASSUMED, 0]
    run = record(result)
    assert run["notes"][0]["zh"] == "次序"
    assert replay(run)["hash"] == run["hash"]


def test_a_missing_input_keeps_the_function_from_running_or_leaves_its_row_out(sharing: Any) -> None:
    rule = loads(shared())
    figures = table(["A", "B", "C"], ["2020"] * 3, {"cost": [2, None, 1]})
    given = parameters.none(rule).given("test", part=1.0)
    result = evaluate(rule, figures, given)
    assert np.isnan(result.values["pays"]).all()
    assert [c.place for c in result.why("pays", 0)] == ["B"]
    assert [p.code for p in result.problems] == ["U040"]
    leaving = loads(shared().replace("compute:", "missing: leave_out\ncompute:"))
    found = evaluate(leaving, figures, given).values["pays"]
    assert found[[0, 2]].tolist() == [20000.0, 10000.0]
    assert np.isnan(found[1])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("compute: tongchou_test_sharing:share", "compute: os:system", "U025"),
        ("tongchou_test_sharing:share", "tongchou_test_sharing:nothing", "U025"),
        ("  part: {", "  other: {", "U026"),
        ("compute: tongchou_test_sharing:share\n", "", "U006"),
    ],
)
def test_only_known_functions_with_the_declared_names_are_called(sharing: Any, old: str, new: str, code: str) -> None:
    assert code in codes_of(shared().replace(old, new))


def test_what_a_function_returns_is_checked(sharing: Any) -> None:
    sharing.share = lambda cost, part: {"pays": cost[:1], "whole": 1.0}
    rule = loads(shared())
    with pytest.raises(ProblemsError) as caught:
        evaluate(rule, table(["A", "B"], ["2020"] * 2, {"cost": [1, 2]}), parameters.none(rule).given("t", part=1.0))
    assert [p.code for p in caught.value.problems] == ["U027"]


def test_what_a_function_cannot_take_is_told_with_its_period(sharing: Any) -> None:
    def share(cost: Any, part: float) -> dict[str, Any]:
        raise ValueError("no such thing")

    sharing.share = share
    rule = loads(shared())
    with pytest.raises(ProblemsError) as caught:
        evaluate(rule, table(["A", "B"], ["2020"] * 2, {"cost": [1, 2]}), parameters.none(rule).given("t", part=1.0))
    assert [(p.code, p.where.endswith(":share 2020")) for p in caught.value.problems] == [("U027", True)]
    assert "no such thing" in caught.value.problems[0].message.en


NETTING = (
    HEAD
    + """
per: [county, year]
inputs:
  due: {unit: 元, label: {zh: 应付, en: Due}}
columns:
  net: {formula: due - avg(due) over (), unit: 元, label: {zh: 净额, en: Net}, closes: {to: 0, exactly: true, unit: 分}}
result: net
says: {zh: "{net}", en: "{net}"}
"""
)


def test_payments_that_cancel_close_to_zero() -> None:
    rule = loads(NETTING)
    result = evaluate(rule, table(["A", "B", "C"], ["2020"] * 3, {"due": [1.0, 0.0, 0.0]}), parameters.none(rule))
    assert sorted(result.values["net"].tolist()) == [-0.34, -0.33, 0.67]
    assert codes_of(NETTING.replace("exactly: true", "at_most: true")) == ["U015"]
