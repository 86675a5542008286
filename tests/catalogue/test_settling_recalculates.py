"""Amounts settled by largest remainder in live formulas: to the fen as the engine, and so after a change."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import openpyxl
import pytest
from tests.catalogue.libreoffice import recalculated

from tongchou.rules import parameters
from tongchou.rules import rule as rules
from tongchou.rules.evaluate import evaluate
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule
from tongchou.rules.table import Table, table
from tongchou.surfaces.workbook.workings import workings
from tongchou.surfaces.workbook.workings_layout import FIRST, lay_out
from tongchou.surfaces.workbook.workings_numbers import Held

RULE = """
id: test.settling
title: {zh: 分摊, en: Shares}
system: S20
clauses: ["3.2"]
method: {zh: 试, en: test, source: Tongchou}
per: [county, year]
inputs:
  weight: {unit: "1", label: {zh: 权重, en: Weight}}
  whole: {unit: 万元, per: [year], label: {zh: 总额, en: Whole}}
parameters:
  pool: {unit: 万元, label: {zh: 资金, en: Pool}}
  cover: {unit: "1", label: {zh: 系数, en: Cover}}
columns:
  share: {formula: weight / sum(weight) over (), unit: "1", missing: leave_out, label: {zh: 份额, en: Share}}
  all_of_it:
    formula: share * $pool
    unit: 元
    closes: {to: $pool, exactly: true, unit: 分}
    label: {zh: 分完, en: All of it}
  at_most:
    formula: share * whole * $cover
    unit: 万元
    closes: {to: whole, at_most: true, unit: 元}
    label: {zh: 不超过, en: At most}
  cancels:
    formula: all_of_it - $pool / count(share) over ()
    unit: 元
    closes: {to: 0, exactly: true, unit: 分}
    label: {zh: 抵消, en: Cancels}
result: all_of_it
also: [at_most, cancels]
says: {zh: "{all_of_it}{at_most}{cancels}", en: "{all_of_it}{at_most}{cancels}"}
"""
PERIODS = [str(2001 + i) for i in range(24)]


def drawn(seed: int, size: int) -> Table:
    """Weights with many ties and zeros, some missing; whole amounts small and large."""
    draw = np.random.default_rng(seed)
    weights = draw.integers(0, 5, (len(PERIODS), size)).astype(float)
    weights[::2] = np.round(draw.uniform(0, 1, (len(PERIODS) // 2, size)), 3)
    weights[:, 0] = 1.0
    weights[5, 3] = weights[6, 1] = np.nan
    whole = np.repeat(10.0 ** (np.arange(len(PERIODS)) % 8) * 7, size)
    return table(
        [f"1401{i:02d}" for i in range(size)] * len(PERIODS),
        [period for period in PERIODS for _ in range(size)],
        {"weight": weights.ravel(), "whole": whole},
    )


def computed(rule: Rule, figures: Table, pool: float, cover: float) -> Result:
    return evaluate(rule, figures, parameters.none(rule).given("test", pool=pool, cover=cover))


CASES = {"few": (1, 7, 100.0, 0.9), "many": (2, 40, 123456.7891, 1.0), "large": (3, 11, 9876543.21, 0.333)}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Result, openpyxl.Workbook]]:
    rule = rules.loads(RULE)
    results = {
        name: computed(rule, drawn(seed, size), pool, cover) for name, (seed, size, pool, cover) in CASES.items()
    }
    written = {name: workings(result) for name, result in results.items()}
    # The same workbook, in which somebody changed a weight and the pool.
    book = openpyxl.load_workbook(io.BytesIO(written["few"]))
    layout = lay_out(results["few"], "zh", named=False)
    book["数据"].cell(FIRST + 2, 3).value = 17
    book["参数"].cell(layout.parameters["pool", "2001"][0], 4).value = 333.33
    out = io.BytesIO()
    book.save(out)
    written["changed"] = out.getvalue()
    figures = drawn(1, 7)
    changed = dict(figures.values)
    changed["weight"] = changed["weight"].copy()
    changed["weight"][2] = 17
    again = table(figures.places, figures.periods, changed)
    results["changed"] = computed(rule, again, 333.33, 0.9)
    made = recalculated(written, tmp_path_factory.mktemp("settling"))
    return {name: (results[name], made[name]) for name in written}


def apart(result: Result, book: openpyxl.Workbook) -> Iterator[str]:
    layout = lay_out(result, "zh", named=False)
    held = Held(layout)
    for name, column in result.rule.declared.columns.items():
        if column.closes is None:
            continue
        units = 100 if column.unit == "元" else 10_000
        for at, ours in enumerate(held.frame.values[name].tolist()):
            theirs = book["计算"].cell(FIRST + at, layout.at[name, ""] + 1).value
            if (theirs in (None, "")) != np.isnan(ours) or (
                theirs not in (None, "") and round(ours * units) != round(float(theirs) * units)
            ):
                yield f"{name} {held.arranged.codes[held.arranged.period[at]]} row {at}: {ours} ≠ {theirs!r}"


@pytest.mark.parametrize("name", [*CASES, "changed"])
def test_every_amount_agrees_to_the_unit(name: str, settled: dict[str, tuple[Result, openpyxl.Workbook]]) -> None:
    found = list(apart(*settled[name]))
    assert not found, "\n".join(found[:20])


def test_a_change_is_shown_and_still_closes(settled: dict[str, tuple[Result, openpyxl.Workbook]]) -> None:
    before, after = settled["few"][1]["核对"], settled["changed"][1]["核对"]
    assert before["A3"].value == "全部核对相符"
    assert str(after["A3"].value).startswith("有 ")
    rows = [[cell.value for cell in row] for row in after.iter_rows(min_row=6, max_row=5 + 3 * len(PERIODS))]
    assert {row[5] for row in rows} == {"相符"}
    assert rows[0][2] == pytest.approx(3_333_300)
