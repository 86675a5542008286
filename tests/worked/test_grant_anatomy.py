"""The steps of a grant are written once: rules that use them give what the grant gives on the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.worked.cases import CASES, RULES, compute

from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.table import table
from tongchou.systems import fiscal

MAPPED = {
    "fiscal.equalisation_mof": ("in_need", "claim", "slowest", "fastest", "no_guarantee"),
    "fiscal.hold_harmless": ("covered", "formula_amount", "no_floor", "most_growth", "kept"),
    "fiscal.per_head": ("below", "shortfall", "none_set", "shortfall", "none_set"),
}
INPUTS = ("eligible", "score", "lowest", "highest", "guaranteed")


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["rule"] in MAPPED])
def test_rules_that_use_the_grant_give_what_it_gives(name: str) -> None:
    case = CASES[name]
    there = compute(case, case["given"])
    held = {**{n: there.table.values[n] for n in there.rule.declared.inputs}, **there.values}
    given = {mine: held[theirs] for mine, theirs in zip(INPUTS, MAPPED[case["rule"]], strict=True)}
    if np.isnan(there.values["transfer"]).any():
        return  # what is missing there has no amount to compare
    grant = RULES["fiscal.grant"]
    figures = table(list(there.table.places), [case["on"]] * len(there.table.places), given)
    here = evaluate(grant, figures, parameters.none(grant).given("test", pool=case["parameters"]["pool"]))
    for column in grant.declared.columns:
        np.testing.assert_allclose(here.values[column], there.values[column], rtol=1e-12, err_msg=column)


def test_no_rule_writes_the_closing_steps_again() -> None:
    folder = Path(next(iter(fiscal.__path__)))
    for id_ in MAPPED:
        declared = yaml.safe_load((folder / f"{id_.rpartition('.')[2]}.yaml").read_text(encoding="utf-8"))
        assert declared["uses"]["rule"] == "fiscal.grant"
        assert not set(declared["columns"]) & set(RULES["fiscal.grant"].declared.columns)


def test_standardised_difficulty_adds_up_to_zero() -> None:
    case = CASES["published/A_difficulty_coefficient.yaml"]
    result = compute(case, case["given"])
    for column in ("burden_score", "gap_score", "difficulty"):
        assert abs(result.values[column].sum()) < 1e-12
