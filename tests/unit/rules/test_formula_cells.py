"""Formulas as cell formulas. That they compute what the engine does is proved by LibreOffice, in tests/catalogue."""

from __future__ import annotations

import pytest

from tongchou.formulas.reading import parse
from tongchou.formulas.terms import Term
from tongchou.kernel.problems import Problem
from tongchou.rules.cells import ROW, Looked, formula, is_array, over


class Sheet:
    """Inputs in the columns named as they are, parameters on a sheet of their own, windows written out."""

    def here(self, name: str) -> str:
        return f"{name.upper()}{ROW}"

    def parameter(self, name: str) -> str:
        return f"参数!$D${len(name)}"

    def over(self, term: Term) -> str:
        return f"{term.op}!"


def cell(text: str) -> str:
    problems: list[Problem] = []
    term = parse(text, "test", problems)
    assert term is not None, problems
    written = formula(term, Sheet()).replace(ROW, "6")
    assert written.startswith("=IFERROR(")
    assert written.endswith(',"")')
    return written[len("=IFERROR(") : -len(',"")')]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a * b + 1", "A6*B6+1"),
        ("(a + b) * b", "(A6+B6)*B6"),
        ("a - (b - a)", "A6-(B6-A6)"),
        ("a / (b * a)", "A6/(B6*A6)"),
        ("a - -b", "A6-(-B6)"),
        ("a * 0.5", "A6*0.5"),
        ("a * $rate", "A6*参数!$D$4"),
        ("greatest(a - b, 0)", "MAX(A6-B6,0)"),
        ("greatest(a, 0)", "MAX(A6+0,0)"),
        ("case when a > b then a else b end", "IF(A6+0>B6+0,A6,B6)"),
        ("case when a * 2 > 1 then 1 when b = 2 then 3 else 0 end", "IF(A6*2>1,1,IF(B6+0=2,3,0))"),
        (
            "case when a > 0 and b > 0 then 1 else 0 end",
            "IF(IF(AND(IFERROR(A6+0>0,TRUE),IFERROR(B6+0>0,TRUE)),AND(A6+0>0,B6+0>0),FALSE),1,0)",
        ),
        (
            "case when a > 0 or b > 0 then 1 else 0 end",
            "IF(IF(OR(IFERROR(A6+0>0,FALSE),IFERROR(B6+0>0,FALSE)),TRUE,OR(A6+0>0,B6+0>0)),1,0)",
        ),
        ("coalesce(a, 0)", "IF(ISNUMBER(A6),A6,0)"),
        ("coalesce(a / b, 0)", "IFERROR(A6/B6,0)"),
        ("nullif(a, 1)", "IF(A6+0=1,NA(),A6+0)"),
        ("ceil(a)", "-INT(-A6)"),
        ("round(a / 3, 2)", "ROUND(A6/3,2)"),
        ("power(a, 2)", "POWER(A6,2)"),
        ("power(a, 0.5)", "IF(A6+0<0,NA(),POWER(A6,0.5))"),
        ("a / sum(b) over ()", "A6/sum!"),
        ("a * 1e-7", "A6*1E-07"),
    ],
)
def test_a_formula_as_a_cell_formula(text: str, expected: str) -> None:
    assert cell(text) == expected


@pytest.mark.parametrize(
    ("factor", "expected"), [(1e-4, "A6/10000"), (1e4, "A6*10000"), (0.01, "A6/100"), (2 / 3, "A6*0.6666666666666666")]
)
def test_conversions_stand_as_plain_constants(factor: float, expected: str) -> None:
    term = Term("convert", (Term("name", value="a"),), factor)
    assert formula(term, Sheet()).replace(ROW, "6") == f'=IFERROR({expected},"")'


def test_windows_over_everything() -> None:
    looked = Looked("H$6:H$15", "H6")
    assert over("sum", looked, leaves_out=False) == "IF(COUNT(H$6:H$15)<ROWS(H$6:H$15),NA(),SUM(H$6:H$15))"
    assert over("avg", looked, leaves_out=True) == "IF(COUNT(H$6:H$15)=0,NA(),AVERAGE(H$6:H$15))"
    assert over("count", looked, leaves_out=False) == "COUNT(H$6:H$15)"
    assert over("rank", looked, leaves_out=True, descending=True) == "RANK(H6,H$6:H$15,0)"
    assert not is_array("max", parted=False)


def test_windows_over_those_alike() -> None:
    looked = Looked("H$6:H$15", "H6", (("A$6:A$15", "A6"),), (False,))
    alike = 'COUNTIFS(A$6:A$15,A6,H$6:H$15,">-1E+307")<COUNTIFS(A$6:A$15,A6)'
    assert over("sum", looked, leaves_out=False) == f"IF({alike},NA(),SUMIFS(H$6:H$15,A$6:A$15,A6))"
    assert is_array("max", parted=True)
    open_ = Looked("H$6:H$15", "H6", (("B$6:B$15", "B6"),), (True,))
    assert over("count", open_, leaves_out=False).startswith("IF(COUNT(B$6:B$15)=ROWS(B$6:B$15),")
    assert over("count", open_, leaves_out=True).startswith("IF(ISNUMBER(B6),")
