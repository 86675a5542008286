"""Rules of other countries, in packages under ``examples``: well formed, computable, and true to what is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.worked.cases import compute as compute_case
from tests.worked.cases import other_figures, other_values

from tongchou.catalogue import built_in, of_package
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.units import same_dimension
from tongchou.region import load
from tongchou.rules.evaluate import Result
from tongchou.surfaces.computing import Asked, compute
from tongchou.surfaces.rule_check import check_files

EXAMPLES = Path(__file__).parents[2] / "examples"
PACKAGES = [folder.name for folder in sorted(EXAMPLES.iterdir()) if folder.is_dir()]
OWN = [
    (package, id_)
    for package in PACKAGES
    for id_ in of_package(EXAMPLES / package).rules
    if id_ not in built_in().rules
]


def cases_of(package: str, id_: str) -> list[dict[str, Any]]:
    found = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted((EXAMPLES / package / "cases").glob("*"))]
    return [case for case in found if case["rule"] == id_]


def test_the_four_countries_are_there() -> None:
    assert PACKAGES == ["australia", "canada", "france", "germany"]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_its_rules_and_its_cases_have_no_problems(package: str) -> None:
    load(EXAMPLES / package)  # raises with every problem
    found = check_files([EXAMPLES / package])
    assert found.problems == []
    assert found.rules == found.parameters
    assert found.cases >= 2


@pytest.mark.parametrize(("package", "id_"), OWN)
def test_it_computes_from_its_package(package: str, id_: str) -> None:
    result = compute(Asked(id_, load(EXAMPLES / package))).result
    assert not np.isnan(result.values[result.rule.declared.result]).any()


@pytest.mark.parametrize(("package", "id_"), OWN)
def test_every_input_and_parameter_changes_a_case(package: str, id_: str) -> None:
    rule = of_package(EXAMPLES / package).rules[id_]

    def differs(before: Result, case: dict[str, Any], given: dict[str, Any], **values: Any) -> bool:
        try:
            after = compute_case(case, given, rule, **values)
        except ProblemsError:
            return True
        return any(not np.array_equal(before.values[c], after.values[c], equal_nan=True) for c in before.values)

    moved: set[str] = set()
    for case in cases_of(package, id_):
        before = compute_case(case, case["given"], rule)
        for name in rule.declared.inputs:
            if any(differs(before, case, given) for given in other_figures(rule, name, case["given"])):
                moved.add(name)
        for name, declared in rule.declared.parameters.items():
            held = case["parameters"][name]
            if any(differs(before, case, case["given"], **{name: v}) for v in other_values(declared, held)):
                moved.add(f"${name}")
    assert moved == {*rule.declared.inputs, *(f"${name}" for name in rule.declared.parameters)}


@pytest.mark.parametrize("package", PACKAGES)
def test_published_numbers_say_where_they_are_printed(package: str) -> None:
    published = sorted((EXAMPLES / package / "cases").glob("published_*.yaml"))
    assert published
    for path in published:
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert case["source"] and case["origin"] in {"official-table", "statute", "package-test"}


def test_shares_of_gst_add_up_and_german_transfers_cancel() -> None:
    shares = compute(Asked("australia.gst", load(EXAMPLES / "australia"))).result.values["share"]
    assert shares.sum() == pytest.approx(100)
    transfers = compute(Asked("germany.fag", load(EXAMPLES / "germany"))).result.values["transfer"]
    assert round(transfers.sum() * 100) == 0
    assert transfers.any()


def test_currencies_do_not_mix() -> None:
    assert not same_dimension("加元", "元")
    assert not same_dimension("欧元/人", "澳元/人")
    assert same_dimension("欧元", "欧分")
