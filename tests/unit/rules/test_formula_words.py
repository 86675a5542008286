"""Formulas and results in words, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from tongchou.catalogue import rules
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import parameters, words
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table

HEAD = """\
id: demo.words
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}{period}年 {c}（{g}）", en: "{place} {period}: {c} ({g})"}
result: c
inputs:
  a: {unit: "1", label: {zh: 甲, en: A}}
  b: {unit: "1", label: {zh: "乙（本地）", en: B}}
  g: {unit: "1", label: {zh: 组别, en: Group}, codes: {1: {zh: 城区, en: Town}, 2: {zh: 县, en: Country}}}
parameters:
  cap: {unit: "1", label: {zh: 上限, en: Cap}}
columns:
"""


def rule_of(formula: str) -> Rule:
    return loads(
        HEAD + f'  c: {{formula: "{formula}", unit: "1", label: {{zh: 丙, en: C}}}}\n'
        '  d: {formula: "a + b + g + $cap + c", unit: "1", label: {zh: 丁, en: D}}\nalso: [d]\n'
    )


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        ("a + a - a", "甲加甲减去甲", "A plus A less A"),
        ("a - (a - 1)", "甲减去（甲减去1）", "A less (A less 1)"),
        ("a - a * 2", "甲减去甲乘以2", "A less A times 2"),
        ("(a + 1) * a", "（甲加1）乘以甲", "(A plus 1) times A"),
        ("a / (a * 2)", "甲除以（甲乘以2）", "A divided by (A times 2)"),
        ("a + b", "甲加“乙（本地）”", "A plus B"),
        ("greatest(a - 1, 0)", "甲减去1，不低于零", "A less 1, at least zero"),
        ("least(a, $cap)", "甲，不超过上限", "A, at most Cap"),
        ("greatest(least(a, $cap), -$cap)", "甲，不超过上限，不低于负上限", "A, at most Cap, at least minus Cap"),
        ("greatest(a, a + 1)", "甲与甲加1中较大的", "the larger of A and A plus 1"),
        ("least(a, 1, $cap)", "甲、1与上限中最小的", "the smallest of A, 1 and Cap"),
        ("2 * least(a, 1)", "2乘以（甲，不超过1）", "2 times (A, at most 1)"),
        ("case when a > 1 then 2 else a end", "甲大于1时，为2；其余为甲", "2 where A exceeds 1; otherwise A"),
        (
            "case when g = 2 then 1 else 0 end",
            "组别等于“县”时，为1；其余为零",
            "1 where Group is “Country”; otherwise zero",
        ),
        (
            "case when a > 1 and (a < 3 or a = 5) then 1 else 0 end",
            "甲大于1且（甲小于3或甲等于5）时，为1；其余为零",
            "1 where A exceeds 1 and (A is below 3 or A is 5); otherwise zero",
        ),
        ("coalesce(a, 0)", "甲（缺数时取零）", "A (where missing, zero)"),
        ("nullif(a, 1)", "甲（等于1时作缺数）", "A (none where it is 1)"),
        ("round(a + 1, 2)", "（甲加1）四舍五入到2位小数", "(A plus 1) rounded to 2 decimals"),
        ("power(a, 2)", "甲的平方", "A squared"),
        ("sqrt(a)", "甲的平方根", "the square root of A"),
        ("sum(a) over ()", "全部县（市、区）甲的合计", "the sum of A over every county-level unit"),
        (
            "avg(a) over (partition by g)",
            "同一组别内各县（市、区）甲的平均数",
            "the mean of A over every county-level unit of the same group",
        ),
        (
            "rank() over (order by a desc)",
            "甲在全部县（市、区）中从大到小的位次",
            "the rank of A among every county-level unit, counted from the largest",
        ),
    ],
)
def test_a_formula_reads_as_a_sentence(formula: str, zh: str, en: str) -> None:
    found = words.formula(rule_of(formula), "c")
    assert (found.zh, found.en) == (f"丙 = {zh}", f"C = {en}")


def test_settling_is_said() -> None:
    found = words.formula(rules()["fiscal.equalisation"], "transfer")
    assert found.zh.endswith("，按最大余数法取整到分，合计不超过转移支付总额")
    assert found.en.endswith(", settled in whole fen by largest remainder, adding up to at most Pool")


def test_every_rule_of_the_catalogue_can_be_said() -> None:
    for rule in rules().values():
        for name in rule.declared.columns:
            found = words.formula(rule, name)
            assert found.zh.startswith(rule.declared.columns[name].label.zh)
            assert "None" not in found.zh + found.en


def computed(a: list[float], status: Status = Status.OFFICIAL, assumed: float | None = 10) -> Result:
    rule = rule_of("a * 2 + sum(a) over ()")
    rows = len(a)
    figures = table(
        [f"P{i}" for i in range(rows)],
        ["2021"] * rows,
        {"a": a, "b": [1.0] * rows, "g": [1.0 + i % 2 for i in range(rows)]},
        status,
    )
    return evaluate(rule, figures, parameters.none(rule).given("me", cap=assumed))


def test_a_row_is_said_with_its_numbers_and_categories() -> None:
    said = words.says(computed([1234.5, 1.0]), 0, Text("清徐县", "Qingxu"))
    assert said.zh == "清徐县2021年 3,704.5（城区）"
    assert said.en == "Qingxu 2021: 3,704.5 (Town)"


def test_a_weak_standing_is_said_once_for_all_numbers() -> None:
    said = words.says(computed([1.0, 2.0], Status.ILLUSTRATIVE), 1)
    assert said.zh == "P12021年 7（县）（均为示例）"
    assert said.en.endswith("(all illustrative)")


def test_a_missing_number_names_what_it_is_missing_for() -> None:
    result = computed([1.0, np.nan])
    assert words.cell(result, "c", 1).zh == "缺数（甲未报）"
    assert words.cell(result, "c", 0).en == "no figure (A of P1 not reported)"
    assert words.bare(result, "c", 0) == words.NO_NUMBER


def test_names_of_joined_codes_are_taken_apart() -> None:
    rule = rules()["compensation.netting"]
    figures = table(
        [], ["2021"], {"payment": [5.0], "side": [1.0], "share": [0.0]}, keys={"county": ["A"], "section": ["S"]}
    )
    result = evaluate(rule, figures, parameters.none(rule))
    place = Text("小店区 · 汾河桥", "Xiaodian · Bridge")
    assert words.key_name(result, 0, "section", place) == Text("汾河桥", "Bridge")
    assert words.key_name(result, 0, "section") == Text("S", "S")
