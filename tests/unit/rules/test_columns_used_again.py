"""``uses``: columns and parameters of one rule copied into another under its own names."""

from __future__ import annotations

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table

HEAD = """
system: S20
clauses: ["3.2"]
title: {zh: 试, en: test}
method: {zh: 试, en: test, source: test}
per: [county, year]
"""
SHARED = (
    "id: test.shared"
    + HEAD
    + """
inputs:
  score: {unit: 万元, label: {zh: 分, en: Score}}
parameters:
  pool: {unit: 万元, label: {zh: 总额, en: Pool}}
columns:
  part: {formula: score / sum(score) over (), unit: "1", label: {zh: 份额, en: Part}}
  grant: {formula: $pool * part, unit: 元, label: {zh: 补助, en: Grant}, closes: {to: $pool, exactly: true, unit: 分}}
result: grant
says: {zh: "{grant}", en: "{grant}"}
"""
)
USING = (
    "id: test.using"
    + HEAD
    + """
uses: {rule: test.shared, inputs: {score: need}}
inputs:
  people: {unit: 人, label: {zh: 人, en: People}}
parameters:
  rate: {unit: 元/人, label: {zh: 标准, en: Rate}}
columns:
  need: {formula: people * $rate, unit: 万元, label: {zh: 需要, en: Need}}
result: grant
says: {zh: "{grant}", en: "{grant}"}
"""
)


def find(id_: str) -> tuple[str, str] | None:
    return {"test.shared": (SHARED, "shared.yaml"), "test.using": (USING, "using.yaml")}.get(id_)


def using(text: str = USING) -> Rule:
    return loads(text, "using.yaml", find)


def test_the_columns_come_along_with_their_parameters_under_the_names_here() -> None:
    rule = using()
    assert list(rule.declared.columns) == ["need", "part", "grant"]
    assert rule.declared.columns["part"].formula == "need / sum(need) over ()"
    given = parameters.none(rule).given("test", rate=100.0, pool=9.0)
    result = evaluate(rule, table(["A", "B"], ["2020", "2020"], {"people": [100, 200]}), given)
    assert result.values["grant"].tolist() == [30000.0, 60000.0]


def codes_of(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        using(text)
    return [p.code for p in caught.value.problems]


def test_a_name_declared_in_both_an_input_left_out_and_an_unknown_rule_are_told() -> None:
    assert codes_of(USING.replace("  need: {", "  part: {")) == ["U008"]
    assert codes_of(USING.replace("inputs: {score: need}}", "inputs: {}}")) == ["U010"]
    assert codes_of(USING.replace("rule: test.shared", "rule: test.nothing"))[0] == "U055"
    assert codes_of(USING.replace("uses: {rule: test.shared, inputs: {score: need}}", "uses: test.shared")) == ["U004"]


def test_rules_that_use_each_other_come_to_an_end() -> None:
    looping = SHARED.replace("inputs:\n", "uses: {rule: test.using, inputs: {people: score}}\ninputs:\n", 1)
    with pytest.raises(ProblemsError) as caught:
        loads(looping, "shared.yaml", find)
    assert {p.code for p in caught.value.problems} == {"U008"}
