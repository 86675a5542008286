"""Formulas as mathematics, in three notations."""

from __future__ import annotations

import pytest
from lxml import etree

from tongchou.catalogue import rules
from tongchou.rules.mathematics import breadth, equation, latex, legend, lines, mathml, omml
from tongchou.rules.rule import Rule, loads

HEAD = """\
id: demo.mathematics
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: c
inputs:
  a: {unit: "1", label: {zh: 甲, en: "A & <B>"}}
  g: {unit: "%", label: {zh: 组_别, en: Group}}
columns:
"""


def rule_of(formula: str) -> Rule:
    return loads(
        HEAD + f'  c: {{formula: "{formula}", unit: "1", label: {{zh: 丙, en: C}}}}\n'
        '  d: {formula: "a + g + c", unit: "1", label: {zh: 丁, en: D}}\nalso: [d]\n'
    )


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + 1.5", "x_{1} + 1.5"),
        ("a - (a - 1)", r"x_{1} - \left( x_{1} - 1 \right)"),
        ("a * (a + 1)", r"x_{1} \times \left( x_{1} + 1 \right)"),
        ("a / (a + 1)", r"\frac{x_{1}}{x_{1} + 1}"),
        ("-a", "- x_{1}"),
        ("a - -a", r"x_{1} - \left( - x_{1} \right)"),
        ("power(a, 2)", "{x_{1}}^{2}"),
        ("power(a + 1, 2)", r"{\left( x_{1} + 1 \right)}^{2}"),
        ("sqrt(a)", r"\sqrt{x_{1}}"),
        ("exp(a)", "{e}^{x_{1}}"),
        ("abs(a)", r"\left| x_{1} \right|"),
        ("floor(a)", r"\left\lfloor x_{1} \right\rfloor"),
        ("greatest(a, 0)", r"\max\left( x_{1}, 0 \right)"),
        ("ln(a)", r"\ln\left( x_{1} \right)"),
        ("sum(a) over ()", r"\sum_{\text{县（市、区）}} x_{1}"),
        ("sum(a + 1) over ()", r"\sum_{\text{县（市、区）}} \left( x_{1} + 1 \right)"),
        ("max(a) over (partition by g)", r"\max_{\text{同一组\_别的县（市、区）}}\left( x_{1} \right)"),
        ("1.0 * g", r"1 \times x_{2} \times {10}^{-2}"),
        (
            "case when a >= 1 and a <> 2 then a else 0 end",
            r"\begin{cases} x_{1} & \text{若 } x_{1} \ge 1 \text{ 且 } x_{1} \ne 2 \\ 0 & \text{其余} \end{cases}",
        ),
    ],
)
def test_latex(formula: str, expected: str) -> None:
    node = equation(rule_of(formula), "c", "letters")
    assert node is not None
    assert latex(node) == f"y_{{1}} = {expected}"


def test_labels_and_the_legend() -> None:
    rule = rule_of("a * 2")
    node = equation(rule, "c")
    assert node is not None
    assert latex(node) == r"\text{丙} = \text{甲} \times 2"
    assert latex(node, "en") == r"\text{C} = \text{A \& <B>} \times 2"
    assert {name: latex(letter) for name, letter in legend(rule).items()} == {
        "a": "x_{1}",
        "g": "x_{2}",
        "c": "y_{1}",
        "d": "y_{2}",
    }


def test_a_settled_column_says_what_it_adds_up_to() -> None:
    node = equation(rules()["fiscal.equalisation"], "transfer", "letters")
    assert node is not None
    assert latex(node).endswith(r"\times {10}^{4} ,\quad \sum_{\text{县（市、区）}} y_{5} \le p_{2}")


def test_markup_is_well_formed_and_escaped() -> None:
    node = equation(rule_of("case when a < 1 then a else 2 end"), "c")
    assert node is not None
    page = etree.fromstring(mathml(node, "en"))
    assert page.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert [t.text for t in page.iter("{*}mtext")][:2] == ["C", "A & <B>"]
    word = etree.fromstring(omml(node, "en"))
    assert word.tag.endswith("}oMathPara")
    assert len(word.findall(".//{*}eqArr/{*}e")) == 2
    assert "A & <B>" in [t.text for t in word.iter("{*}t")]


def test_every_formula_of_the_catalogue_has_all_three_notations() -> None:
    written = 0
    for rule in rules().values():
        for name in rule.declared.columns:
            for symbols in ("labels", "letters"):
                node = equation(rule, name, symbols)
                assert (node is None) == (rule.declared.columns[name].formula is None)
                if node is None:
                    continue
                for language in ("zh", "en"):
                    text = latex(node, language)
                    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
                    etree.fromstring(mathml(node, language))
                    etree.fromstring(omml(node, language, size=14))
                    written += 1
    assert written > 100


def test_wide_equations_are_broken_before_their_signs() -> None:
    node = equation(rule_of("a * 100 + a * 200 + a * 300 + a * 400"), "c", "letters")
    assert node is not None
    broken = lines(node, 24)
    assert len(broken) == 3
    assert [latex(line)[0] for line in broken[1:]] == ["+", "+"]
    assert all(breadth(line) <= 24 for line in broken)
    assert " ".join(latex(line) for line in broken) == latex(node)
