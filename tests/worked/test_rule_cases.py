"""Every worked case of a declared rule, done by the engine and compared with what was done by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tongchou.catalogue import rules
from tongchou.rules import parameters
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.table import table

HERE = Path(__file__).parent
CASES = {
    path.relative_to(HERE).as_posix(): case
    for path in sorted(HERE.rglob("*.yaml"))
    if isinstance(case := yaml.safe_load(path.read_text(encoding="utf-8")), dict) and "rule" in case and "given" in case
}
RULES = rules()


def compute(case: dict[str, Any], given: dict[str, dict[str, float]], **values: float) -> Result:
    rule = RULES[case["rule"]]
    figures = table(
        list(given),
        [case["on"]] * len(given),
        {n: [np.nan if row[n] is None else row[n] for row in given.values()] for n in rule.declared.inputs},
    )
    return evaluate(rule, figures, parameters.none(rule).given("case", **{**case["parameters"], **values}))


@pytest.mark.parametrize("name", CASES)
def test_done_by_hand(name: str) -> None:
    case = CASES[name]
    result = compute(case, case["given"])
    for column, by_place in case["expect"].items():
        for place, value in by_place.items():
            found = result.values[column][result.table.places.index(place)]
            expected = np.nan if value is None else value
            assert found == pytest.approx(expected, rel=1e-9, nan_ok=True), (column, place)


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_rows_changes_nothing(name: str) -> None:
    case = CASES[name]
    there = compute(case, case["given"])
    back = compute(case, dict(reversed(case["given"].items())))
    for column in there.values:
        np.testing.assert_array_equal(there.values[column], back.values[column][::-1])


@pytest.mark.parametrize("id_", RULES)
def test_every_rule_has_a_case_and_every_input_and_parameter_changes_one(id_: str) -> None:
    cases = [case for case in CASES.values() if case["rule"] == id_]
    assert cases
    rule = RULES[id_]
    moved: set[str] = set()
    for case in cases:
        before = compute(case, case["given"]).values[rule.declared.result]
        for name in rule.declared.inputs:
            for place, row in case["given"].items():
                if row[name] is not None:
                    given = {**case["given"], place: {**row, name: row[name] * 1.1 + 1}}
                    after = compute(case, given).values[rule.declared.result]
                    if not np.array_equal(before, after, equal_nan=True):
                        moved.add(name)
        for name, value in case["parameters"].items():
            after = compute(case, case["given"], **{name: value * 0.9}).values[rule.declared.result]
            if not np.array_equal(before, after, equal_nan=True):
                moved.add(name)
    assert moved == {*rule.declared.inputs, *rule.declared.parameters}
