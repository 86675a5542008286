from __future__ import annotations

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.rule import loads

GOOD = """\
id: demo.rule
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
inputs:
  a: {unit: 万元, label: {zh: 甲, en: A}}
  b: {unit: 人, label: {zh: 乙, en: B}}
parameters:
  rate: {unit: "%", label: {zh: 率, en: Rate}}
columns:
  c:
    formula: FORMULA
    unit: 元/人
    label: {zh: 丙, en: C}
result: c
says: {zh: "{place} {c}", en: "{place} {c}"}
"""


def text(formula: str = "a / b * $rate") -> str:
    return GOOD.replace("FORMULA", formula)


def found(source: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as error:
        loads(source, "f.yaml")
    return [(p.code, p.where) for p in error.value.problems]


def test_a_conversion_is_put_in_where_units_differ() -> None:
    (step,) = loads(text()).steps
    assert step.term.op == "convert"
    assert step.term.value == pytest.approx(100.0)  # 万元 to 元, % to 1


def test_everything_wrong_is_told_at_once_with_its_line() -> None:
    source = (
        text("a / z")
        .replace("unit: 人", "unit: 人头")
        .replace("result: c", "result: q")
        .replace('"{place} {c}"', '"{nobody}"', 1)
    )
    assert found(source) == [("U007", "f.yaml:9"), ("U010", "f.yaml:14"), ("U010", "f.yaml:17"), ("U016", "f.yaml:18")]


def test_unknown_and_missing_keys_are_told_with_their_line() -> None:
    source = text().replace("system: S20", "sistem: S20").replace("unit: 元/人\n    label", "label")
    assert sorted(found(source)) == [("U005", "f.yaml:3"), ("U006", "f.yaml:1"), ("U006", "f.yaml:13")]


def test_repeated_keys_and_aliases_are_refused() -> None:
    assert found(text() + "result: c\n") == [("U002", "f.yaml:19")]
    assert found("a: &x [1]\nb: *x\n") == [("U003", "f.yaml:1")]
    assert found("a: [")[0][0] == "U001"


def test_what_is_declared_must_be_used() -> None:
    assert found(text("a / 2").replace("元/人", "元")) == [("U009", "f.yaml:9"), ("U009", "f.yaml:11")]


def test_columns_may_not_refer_to_each_other_in_a_circle() -> None:
    source = text("a / b * $rate + d").replace(
        "result:", "  d: {formula: c * 2, unit: 元/人, label: {zh: 丁, en: D}}\nresult:"
    )
    assert found(source) == [("U011", "f.yaml:14")]


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        ("a / b * $rate + b", "b"),
        ("ln(a) / b * $rate", "a"),
        ("case when a then 1 else 2 end * b * $rate", "a"),
        ("a * b * $rate", "a * b * $rate"),
        ("greatest(a, b) * $rate / b", "b"),
        ("power(a, $rate) / b", "$rate"),
        ("sum(a) over () + b * $rate", "b * $rate"),
    ],
)
def test_units_that_do_not_fit_name_the_part(formula: str, part: str) -> None:
    with pytest.raises(ProblemsError) as error:
        loads(text(formula))
    (problem,) = error.value.problems
    assert problem.code == "U014"
    assert f": {part} is in" in problem.message.en


@pytest.mark.parametrize(
    "formula",
    ["greatest(a / b * $rate, 0)", "case when a > 0 then a / b * $rate else 0 end", "sqrt(a * a) / b * (1 + $rate)",
     "power(a, 2) / a / b * $rate", "a / sum(b) over () * exp($rate)", "coalesce(a, 0) / b * $rate",
     "a / b * $rate * rank() over (order by a desc)", "stddev_pop(a) over () / avg(b) over (partition by b) * $rate"],
)  # fmt: skip
def test_units_follow_powers_ratios_and_groups(formula: str) -> None:
    assert loads(text(formula)).steps[0].name == "c"


@pytest.mark.parametrize(
    "formula",
    ["(select a)", "a; drop table x", "read_text('x')", "a || 'b'", "sum(a)", "sum(sum(a) over ()) over ()", "t.a / b",
     "case when a > 0 then a end", "sum(a) over (order by b)", "a % 2", "count(*) over ()", "getenv(a)", "a::int",
     "sum(distinct a) over ()", "a / b * $rate + " * 200 + "a", "(" * 900 + "a" + ")" * 900],
)  # fmt: skip
def test_anything_outside_the_subset_is_refused(formula: str) -> None:
    with pytest.raises(ProblemsError) as error:
        loads(text(formula))
    for problem in error.value.problems:
        assert problem.code in ("U012", "U013")
        assert problem.hint.zh != problem.hint.en


def test_closing_needs_a_pool_in_money_and_one_of_two_ways() -> None:
    closes = "label: {zh: 丙, en: C}\n    closes: "
    for wrong in ("{to: $rate, at_most: true, unit: 分}", "{to: $none, exactly: true, unit: 分}",
                  "{to: $rate, at_most: true, exactly: true, unit: 分}"):  # fmt: skip
        codes = [code for code, _ in found(text().replace("label: {zh: 丙, en: C}", closes + wrong))]
        assert codes == ["U015"]
