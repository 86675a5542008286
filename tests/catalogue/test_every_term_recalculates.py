"""Every term a formula may hold, over missing and awkward numbers: LibreOffice and the engine agree in every cell."""

from __future__ import annotations

import itertools
import math

import numpy as np
import openpyxl
import pytest
from tests.catalogue.libreoffice import recalculated

from tongchou.formulas.terms import ALLOWED, WINDOWS
from tongchou.rules import parameters
from tongchou.rules import rule as rules
from tongchou.rules.evaluate import evaluate
from tongchou.rules.result import Result
from tongchou.rules.table import table
from tongchou.surfaces.workbook import workings_layout
from tongchou.surfaces.workbook.workings import workings
from tongchou.surfaces.workbook.workings_layout import FIRST, lay_out
from tongchou.surfaces.workbook.workings_numbers import Held

SCALARS = {
    "add": "a + b + a",
    "subtract": "a - (b - a)",
    "multiply": "a * b",
    "divide": "a / b",
    "divide_by_product": "a / (b * a)",
    "negate": "b - -a",
    "abs": "abs(a)",
    "round": "round(a, 1)",
    "round_whole": "round(a)",
    "round_tens": "round(a, -1)",
    "floor": "floor(a)",
    "ceil": "ceil(a)",
    "ln": "ln(a)",
    "exp": "exp(a)",
    "exp_of_much": "exp(a * 1000)",
    "sqrt": "sqrt(a)",
    "power": "power(a, 2)",
    "power_of_three": "power(a, 3)",
    "power_minus": "power(a, -1)",
    "power_none": "power(a, 0)",
    "power_half": "power(a, 0.5)",
    "power_third": "power(a, 1.0 / 3)",
    "power_any": "power(a, b)",
    "coalesce": "coalesce(a, b, 7)",
    "coalesce_of_term": "coalesce(a / b, 7)",
    "nullif": "nullif(a, b)",
    "nullif_number": "nullif(a, 2)",
    "greatest": "greatest(a, b)",
    "greatest_of_more": "greatest(a - b, 0, b)",
    "least": "least(a, b, 1)",
    "equal": "case when a = b then 1 else 0 end",
    "unequal": "case when a <> b then 1 else 0 end",
    "more": "case when a > b then 1 else 0 end",
    "at_least": "case when a >= 0 then a else b end",
    "less": "case when a < b then a when b < 1 then 2 else b end",
    "at_most": "case when a - b <= 0 then 1 else 0 end",
    "and": "case when a > 0 and b > 0 then 1 else 0 end",
    "or": "case when a > 0 or b > 0 then 1 else 0 end",
    "not": "case when not (a > 0) then 1 else 0 end",
    "mixed": "case when not (a > 0 and b > 0) or b = 2 then a else b end",
    "three": "case when a > 0 and b > 0 and c > 1 then 1 else 0 end",
    "case_in_greatest": "greatest(case when b > 0 then a else 1 end, 0)",
    "case_compared": "case when coalesce(a, b) > 1 then 1 else 0 end",
    "parameter": "a * $rate + b * $by_kind",
    "convert": "$share * a",
}
OVER = {
    "sum": "sum({of}) over ({by})",
    "avg": "avg({of}) over ({by})",
    "min": "min({of}) over ({by})",
    "max": "max({of}) over ({by})",
    "count": "count({of}) over ({by})",
    "stddev_pop": "stddev_pop({of}) over ({by})",
    "rank": "rank() over ({by} order by {of} desc)",
    "rank_up": "rank() over ({by} order by {of})",
}
BY = {"all": "", "kind": "partition by kind", "county": "partition by county", "both": "partition by county, kind"}
OF = {"plain": "c", "term": "a * c"}
WINDOWED = {
    f"{op}_{of}_{by}": text.format(of=OF[of], by=BY[by])
    for (op, text), of, by in itertools.product(OVER.items(), OF, BY)
}


def declaration(formulas: dict[str, str], *, leaves_out: bool) -> str:
    missing = ", missing: leave_out" if leaves_out else ""
    columns = "".join(
        f'  {name}: {{formula: "{text}", unit: "1", label: {{zh: {name}, en: {name}}}{missing}}}\n'
        for name, text in formulas.items()
    )
    said = " ".join(f"{{{name}}}" for name in formulas)
    return f"""
id: test.every_term
title: {{zh: 每一种, en: Every term}}
system: S20
clauses: ["3.2"]
method: {{zh: 试, en: test, source: Tongchou}}
per: [county, item, year]
inputs:
  a: {{unit: "1", label: {{zh: 甲, en: A}}}}
  b: {{unit: "1", label: {{zh: 乙, en: B}}}}
  c: {{unit: "1", label: {{zh: 丙, en: C}}}}
  kind: {{unit: "1", label: {{zh: 类, en: Kind}}, codes: {{1: {{zh: 一, en: One}}, 2: {{zh: 二, en: Two}}}}}}
parameters:
  rate: {{unit: "1", label: {{zh: 率, en: Rate}}}}
  share: {{unit: "%", label: {{zh: 份额, en: Share}}}}
  by_kind: {{unit: "1", by: kind, label: {{zh: 按类, en: By kind}}}}
  by_item: {{unit: "1", by: item, label: {{zh: 按项, en: By item}}}}
columns:
{columns}  used:
    formula: a + b + c + kind + $rate + $share + $by_kind + $by_item
    unit: "1"
    label: {{zh: 全, en: All}}
result: used
says: {{zh: "{said}", en: "{said}"}}
"""


VALUES = (np.nan, 0.0, 1.0, 2.0, -3.5, 0.25, 12.75, 2.0)


def figures(*, gaps: bool) -> dict[str, list[float]]:
    pairs = list(itertools.product(VALUES, VALUES))
    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    rows = len(pairs)
    c = [float((i * 7) % 11) for i in range(rows)]
    kind = [1.0 + i % 2 for i in range(rows)]
    if gaps:
        c[5], kind[9] = np.nan, np.nan
    return {"a": a, "b": b, "c": c, "kind": kind}


def computed(text: str, *, gaps: bool) -> Result:
    rule = rules.loads(text)
    held = figures(gaps=gaps)
    rows = len(held["a"])
    half = rows // 2
    # Codes that a spreadsheet would take for one another, 1, 01 and 1.0, or for a pattern.
    items = [("1", "01", "1.0")[i % 3] if i < 15 else f"*{i}" for i in range(rows)]
    keys = {"county": [f"{140105 + i % 5}" for i in range(rows)], "item": items}
    periods = ["2021"] * half + ["2022"] * (rows - half)
    by_item = {item: 1.0 + i for i, item in enumerate(sorted(set(items)))}
    given = parameters.none(rule).given("test", rate=0.75, share=12.5, by_kind={1: 3.0, 2: -4.0}, by_item=by_item)
    return evaluate(rule, table([], periods, held, keys=keys), given)


def apart(result: Result, book: openpyxl.Workbook) -> list[str]:
    layout = lay_out(result, "zh", named=False)
    held, found = Held(layout), []
    for number, col in enumerate(layout.columns, 1):
        if col.kind not in ("input", "part", "column"):
            continue
        for at, ours in enumerate(held.column(col).tolist()):
            theirs = book["计算"].cell(FIRST + at, number).value
            missing = theirs in (None, "")
            if missing != math.isnan(ours) or (
                not missing and not math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)
            ):
                formula = result.rule.declared.columns[col.of].formula if col.of in result.values else ""
                at_ = held.arranged.order[at]
                given = {n: float(v[at_]) for n, v in result.table.values.items()}
                found.append(f"{col.of} {col.part} = {formula} with {given}: {ours} ≠ {theirs!r}")
    return found


def test_the_terms_of_the_test_are_all_there_are() -> None:
    assert {*ALLOWED, "parameter", "convert"} <= {*SCALARS} | {"case"}
    assert set(WINDOWS) <= set(OVER)


CASES = {
    "scalars": (SCALARS, False, True),
    "windows": (WINDOWED, False, False),
    "windows over gaps": (WINDOWED, False, True),
    "windows leaving out gaps": (WINDOWED, True, True),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Result, openpyxl.Workbook]]:
    results = {
        name: computed(declaration(formulas, leaves_out=out), gaps=gaps)
        for name, (formulas, out, gaps) in CASES.items()
    }
    written = {name: workings(result) for name, result in results.items()}
    # The same with windows in a sheet of their own, as tables of very many rows have them.
    inline = workings_layout._INLINE
    workings_layout._INLINE = 0
    try:
        written["totals"] = workings(results["windows"])
    finally:
        workings_layout._INLINE = inline
    made = recalculated(written, tmp_path_factory.mktemp("terms"))
    assert "汇总" in made["totals"].sheetnames
    assert "汇总" not in made["windows"].sheetnames
    return {name: (results.get(name, results["windows"]), book) for name, book in made.items()}


@pytest.mark.parametrize("name", CASES)
def test_every_cell_agrees(name: str, books: dict[str, tuple[Result, openpyxl.Workbook]]) -> None:
    found = apart(*books[name])
    assert not found, f"{len(found)} cells apart:\n" + "\n".join(found[:25])


def test_totals_of_their_own_agree(
    books: dict[str, tuple[Result, openpyxl.Workbook]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workings_layout, "_INLINE", 0)
    found = apart(*books["totals"])
    assert not found, f"{len(found)} cells apart:\n" + "\n".join(found[:25])
