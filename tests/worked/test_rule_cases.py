"""Every worked case of a declared rule, done by the engine and compared with what was done by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.worked.cases import CASES, HERE, RULES, compute, other_figures, other_values

from tongchou.kernel.problems import ProblemsError
from tongchou.rules import worked
from tongchou.rules.evaluate import Result


@pytest.mark.parametrize("name", CASES)
def test_done_by_hand(name: str) -> None:
    case = worked.load(HERE / name, name)
    assert worked.differences(case, RULES[case.rule], name) == []


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_rows_changes_nothing(name: str) -> None:
    case = CASES[name]
    there = compute(case, case["given"])
    back = compute(case, dict(reversed(case["given"].items())))
    for column in there.values:
        np.testing.assert_array_equal(there.values[column], back.values[column][::-1])


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
