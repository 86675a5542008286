"""Every worked case of a declared rule, done by the engine and compared with what was done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tongchou.catalogue import rules
from tongchou.kernel.problems import ProblemsError
from tongchou.rules import parameters
from tongchou.rules.declaration import Parameter
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule
from tongchou.rules.table import table

HERE = Path(__file__).parent
CASES = {
    path.relative_to(HERE).as_posix(): case
    for path in sorted(HERE.rglob("*.yaml"))
    if isinstance(case := yaml.safe_load(path.read_text(encoding="utf-8")), dict) and "rule" in case and "given" in case
}
RULES = rules()


def compute(case: dict[str, Any], given: dict[str, dict[str, float]], **values: Any) -> Result:
    rule = RULES[case["rule"]]
    figures = table(
        list(given),
        [case["on"]] * len(given),
        {n: [np.nan if row[n] is None else row[n] for row in given.values()] for n in rule.declared.inputs},
    )
    return evaluate(rule, figures, parameters.none(rule).given("case", **{**case.get("parameters", {}), **values}))


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


def other_figures(rule: Rule, name: str, given: dict[str, dict[str, Any]]) -> Iterator[dict[str, dict[str, Any]]]:
    """Return the given figures with one number of an input changed, alike in the rows that its keys tell alike."""
    declared = rule.declared.inputs[name]
    at = [rule.rows.index(key) for key in rule.keys(name)]
    for group in {tuple(place.split("|")[i] for i in at) for place in given}:
        rows = [place for place in given if tuple(place.split("|")[i] for i in at) == group]
        held = given[rows[0]][name]
        if held is None:
            continue
        others = [held * 1.1 + 1, held * 0.9, held - 1] if declared.codes is None else [*declared.codes]
        low, high = declared.at_least, declared.at_most
        for other in others:
            if other != held and (low is None or other >= low) and (high is None or other <= high):
                yield {p: {**row, name: other} if p in rows else row for p, row in given.items()}


def other_values(declared: Parameter, value: Any) -> Iterator[Any]:
    """Return values near that of a parameter, one code of a table at a time."""
    if isinstance(value, dict):
        for code, held in value.items():
            yield from ({**value, code: other} for other in other_values(declared, held))
        return
    low, high = declared.at_least, declared.at_most
    for other in (value * 0.9, value * 1.1, value + 1, value - 1):
        if other != value and (low is None or other >= low) and (high is None or other <= high):
            yield other


def differs(before: Result, case: dict[str, Any], given: dict[str, Any], **values: Any) -> bool:
    try:
        after = compute(case, given, **values)
    except ProblemsError:  # such as money that no longer closes: it mattered
        return True
    return any(not np.array_equal(before.values[c], after.values[c], equal_nan=True) for c in before.values)


@pytest.mark.parametrize("id_", RULES)
def test_every_rule_has_a_case_and_every_input_and_parameter_changes_one(id_: str) -> None:
    cases = [case for case in CASES.values() if case["rule"] == id_]
    assert cases
    rule = RULES[id_]
    moved: set[str] = set()
    for case in cases:
        before = compute(case, case["given"])
        for name in rule.declared.inputs:
            if name not in moved and any(
                differs(before, case, given) for given in other_figures(rule, name, case["given"])
            ):
                moved.add(name)
        for name, value in case.get("parameters", {}).items():
            others = other_values(rule.declared.parameters[name], value)
            if name not in moved and any(differs(before, case, case["given"], **{name: other}) for other in others):
                moved.add(name)
    assert moved == {*rule.declared.inputs, *rule.declared.parameters}
