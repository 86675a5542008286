"""A workbook of 2,800 rows and 40 columns of live formulas, ours and the same formulas written with openpyxl.

Ours holds more: the value of every formula, the sheets 数据, 参数, 结果 and 核对, formats and print set-up.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from benchmarks._rivals import load, rival, seconds
from tongchou.rules import parameters
from tongchou.rules import rule as rules
from tongchou.rules.evaluate import evaluate
from tongchou.rules.result import Result
from tongchou.rules.table import table
from tongchou.surfaces.workbook.workings import workings

ROWS, COLUMNS, REPEATS = 2800, 40, 3


def declaration() -> str:
    """Return a rule of 40 formulas: need, gap, shares of the whole, and steps that build on them."""
    formulas = {
        "need": "population * standard",
        "gap": "greatest(need - capacity, 0)",
        "all_gaps": "sum(gap) over ()",
        "share": "gap / all_gaps",
        "position": "rank() over (order by gap desc)",
    }
    formulas |= {
        f"step_{i}": f"case when gap > {i} * capacity then gap * $coverage + {i} * share * $pool else gap / {i} end"
        for i in range(1, COLUMNS - len(formulas) + 1)
    }
    units = {"share": "1", "position": "1"}
    columns = "".join(
        f"""  {name}: {{formula: "{text}", unit: "{units.get(name, "元")}", label: {{zh: 列{i}, en: Column {i}}}}}\n"""
        for i, (name, text) in enumerate(formulas.items(), 1)
    )
    said = "".join(f"{{{name}}}" for name in formulas)
    return f"""
id: benchmark.forty
title: {{zh: 四十列, en: Forty columns}}
system: S20
clauses: ["3.2"]
method: {{zh: 测速, en: speed, source: Tongchou}}
per: [county, year]
inputs:
  population: {{unit: 人, label: {{zh: 人口, en: Population}}}}
  standard: {{unit: 元/人, label: {{zh: 标准, en: Standard}}}}
  capacity: {{unit: 元, label: {{zh: 财力, en: Capacity}}}}
parameters:
  coverage: {{unit: "1", label: {{zh: 系数, en: Share}}}}
  pool: {{unit: 元, label: {{zh: 总额, en: Pool}}}}
columns:
{columns}result: position
says: {{zh: "{said}", en: "{said}"}}
"""


def made_up() -> Result:
    draw = np.random.default_rng(7)
    rule = rules.loads(declaration())
    figures = table(
        [f"{i:06d}" for i in range(ROWS)],
        ["2021"] * ROWS,
        {
            "population": draw.integers(20_000, 1_000_000, ROWS).astype(float),
            "standard": draw.uniform(5_000, 9_000, ROWS),
            "capacity": draw.uniform(1e8, 5e9, ROWS),
        },
    )
    return evaluate(rule, figures, parameters.none(rule).given("benchmark", coverage=0.8, pool=1e10))


def with_openpyxl(openpyxl: Any, formulas: list[list[Any]], *, formats: bool) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("计算")
    for row in formulas:
        if formats:
            cells = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in row]
            for cell in cells:
                cell.number_format = "#,##0.00"
            sheet.append(cells)
        else:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> None:
    result = made_up()
    data = workings(result)
    ours = seconds(lambda: workings(result), REPEATS)
    print(f"{ROWS:,} rows × {COLUMNS} columns of live formulas, medians of {REPEATS}; {load()}")
    print(f"  ours, whole workbook, values kept          {ours:7.3f} s   {len(data) / 1e6:.1f} MB")
    openpyxl = rival("openpyxl", "openpyxl")
    if openpyxl is None:
        return
    held = openpyxl.load_workbook(io.BytesIO(data), read_only=True)["计算"]
    formulas = [list(row) for row in held.iter_rows(values_only=True)]
    for formats in (False, True):
        theirs = seconds(lambda formats=formats: with_openpyxl(openpyxl, formulas, formats=formats), REPEATS)
        what = "number formats" if formats else "no formats"
        print(f"  openpyxl, 计算 alone, no values, {what:<15} {theirs:7.3f} s   {theirs / ours:.1f} times ours")


if __name__ == "__main__":
    main()
