"""The worked cases of the catalogue's rules, and figures and values near theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tongchou.catalogue import rules
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


def compute(case: dict[str, Any], given: dict[str, dict[str, Any]], rule: Rule | None = None, **values: Any) -> Result:
    """Return what the case's rule gives for figures by place and input, with its parameters or those in ``values``."""
    rule = rule or RULES[case["rule"]]
    figures = table(
        list(given),
        [case["on"]] * len(given),
        {n: [np.nan if row[n] is None else row[n] for row in given.values()] for n in rule.declared.inputs},
    )
    return evaluate(rule, figures, parameters.none(rule).given("case", **{**case.get("parameters", {}), **values}))


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
    for other in (value * 0.9, value * 1.1, value + 1, value - 1, low, high):
        if other is not None and other != value and (low is None or other >= low) and (high is None or other <= high):
            yield other
