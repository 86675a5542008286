from __future__ import annotations

import numpy as np
import pytest

from tongchou.kernel.status import Status
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import loads
from tongchou.rules.table import table

D, A, M = Status.DERIVED, Status.ASSUMED, Status.ILLUSTRATIVE
RULE = """\
id: demo.branches
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: c
inputs:
  a: {unit: "1", label: {zh: 甲, en: A}}
  b: {unit: "1", label: {zh: 乙, en: B}}
  t: {unit: "1", label: {zh: 条件, en: Test}}
columns:
"""


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # a is official, b illustrative, t official; of the third row a is missing, of the fourth t is illustrative.
        ("case when t > 0 then a else b end", [D, M, 0, M]),
        ("case when t > 0 then 1 when b > 0 then a else a end", [D, M, D, M]),
        ("coalesce(a, b) + 0 * t", [D, D, M, M]),
        ("coalesce(a, 0) + 0 * b + 0 * t", [M, M, M, M]),
        ("coalesce(a, 0) + 0 * t", [D, D, A, M]),
        ("sum(case when t > 0 then 1 else b end) over ()", [M] * 4),
        ("a + b + t", [M, M, 0, M]),
    ],
)
def test_only_what_was_asked_and_taken_weakens_a_result(formula: str, expected: list[int]) -> None:
    # Every input takes part somewhere, in a column nothing builds on.
    text = f"  c: {{formula: '{formula}', unit: '1', label: {{zh: 丙, en: C}}}}\n"
    text += "  d: {formula: a + b + t, unit: '1', label: {zh: 丁, en: D}}\n"
    rule = loads(RULE.replace('"{place}", en', '"{d}", en') + text)
    figures = table(
        list("wxyz"),
        ["2021"] * 4,
        {"a": [1, 1, np.nan, 1], "b": [2, 2, 2, 2], "t": [1, 0, 1, 1]},
        {
            "a": [Status.OFFICIAL] * 4,
            "b": [Status.ILLUSTRATIVE] * 4,
            "t": [Status.OFFICIAL] * 3 + [Status.ILLUSTRATIVE],
        },
    )
    assert evaluate(rule, figures, parameters.none(rule)).status["c"].tolist() == expected
