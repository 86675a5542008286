"""Every published case of a declared rule: its own figures and papers, and what was printed, within its tolerance.

A file of ``published/`` that holds a list is taken here, its cases with ``rule``. ``parameters`` are given for the
case, all others are those of the parameter files in force in the period ``on``. ``tolerance`` is absolute.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tongchou.catalogue import built_in
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.table import table

FOLDER = Path(__file__).parent / "published"
ORIGINS = {"published", "official-table", "statute", "analytic", "package", "recalled"}


def _cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in loaded if isinstance(loaded, list) else []:  # single cases are run with the worked ones
            if isinstance(case, dict) and "rule" in case:
                yield f"{path.stem}: {case['title']['en']}", case


CASES = list(_cases())


def compute(case: dict[str, Any]) -> Result:
    catalogue = built_in()
    rule = catalogue.rules[case["rule"]]
    given = case["given"]
    figures = table(
        list(given),
        [case["on"]] * len(given),
        {n: [np.nan if row[n] is None else row[n] for row in given.values()] for n in rule.declared.inputs},
    )
    held = catalogue.parameters[case["rule"]]
    return evaluate(rule, figures, held.given("case", **case["parameters"]) if case.get("parameters") else held)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[name for name, _ in CASES])
def test_what_was_printed_comes_out(name: str, case: dict[str, Any]) -> None:
    result = compute(case)
    for column, by_place in case["expect"].items():
        for place, printed in by_place.items():
            found = result.values[column][result.table.places.index(place)]
            expected = np.nan if printed is None else printed
            assert found == pytest.approx(expected, rel=1e-12, abs=case["tolerance"], nan_ok=True), (column, place)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[name for name, _ in CASES])
def test_a_case_says_where_it_comes_from(name: str, case: dict[str, Any]) -> None:
    assert case["source"]
    assert case["origin"] in ORIGINS
    assert set(case["title"]) == {"zh", "en"}
    assert case["expect"] and case["tolerance"] >= 0
