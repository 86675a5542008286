"""The workings of a computation as a workbook, opened again. That its formulas compute is proved in tests/catalogue."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import openpyxl
import pytest

from tongchou.catalogue import rules
from tongchou.kernel.declared import Words
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import parameters
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.rule import loads
from tongchou.rules.table import table
from tongchou.surfaces.workbook.workings import workings

NAMES = {"140121": Text("清徐县", "Qingxu"), "140122": Text("=阳曲县", "Yangqu")}


def equalisation(population: list[float], *, periods: tuple[str, ...] = ("2021",)) -> Result:
    rule = rules()["fiscal.equalisation"]
    rows = 2 * len(periods)
    figures = table(
        ["140122", "140121"] * len(periods),
        [period for period in periods for _ in range(2)],
        {
            "population": population,
            "per_capita_standard": [1000.0] * rows,
            "cost_factor": [1.0] * rows,
            "standard_capacity": [0.0] * rows,
        },
        {
            "population": [Status.OFFICIAL, Status.REPORTED] * len(periods),
            "per_capita_standard": Status.ILLUSTRATIVE,
            "cost_factor": Status.ASSUMED,
            "standard_capacity": Status.OFFICIAL,
        },
        {"population": ["=公报", "普查"] * len(periods)},
    )
    source = Words(zh="某办法", en="a paper")
    before = Dated(date(2020, 1, 1), 0.5, source, "〔2020〕1号", False, "file")
    after = Dated(date(2022, 1, 1), 0.25, source, "〔2021〕9号", False, "file")
    held = Parameters(rule.id, {"coverage": (before, after)}, {})
    replaced = parameters.none(rule).given("file", pool=1)
    return evaluate(rule, figures, replaced.overridden_by(held).given("me", pool=100))


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@pytest.fixture(scope="module")
def result() -> Result:
    return equalisation([2000.0, 1000.0])


def row_of(sheet: openpyxl.worksheet.worksheet.Worksheet, number: int) -> list[object]:
    return [cell.value for cell in sheet[number]]


def test_the_calculation_is_live_and_holds_what_it_gives(result: Result) -> None:
    data = workings(result, names=NAMES)
    live, held = opened(data)["计算"], opened(data, values=True)["计算"]
    assert row_of(live, 3)[:8] == [
        "县（市、区）代码",
        "名称",
        "年度",
        "常住人口",
        "人均支出标准",
        "成本差异系数",
        "标准财政收入",
        "标准财政支出",
    ]
    assert row_of(live, 4)[3:8] == ["人", "元/人", "", "万元", "万元"]
    assert live["H5"].value == "常住人口乘以人均支出标准乘以成本差异系数"
    # In the order of place codes, whatever the order of the rows given.
    assert row_of(live, 6)[:3] == ["140121", "清徐县", "2021年"]
    assert live["D6"].value == '=IF(ISNUMBER(数据!D6),数据!D6,"")'
    assert live["H6"].value == '=IFERROR(D6*E6*F6/10000,"")'
    assert live["I6"].value == '=IFERROR(MAX(H6-G6,0),"")'
    assert live["J6"].value == '=IFERROR(I6*参数!$D$6,"")'
    assert live["K6"].value == '=IFERROR(IF(COUNT(J$6:J$7)<ROWS(J$6:J$7),NA(),SUM(J$6:J$7)),"")'
    assert [held[f"{c}6"].value for c in "DHIJK"] == [1000, 100, 100, 50, 150]
    # 100 万元 for claims of 50 and 100: a third and two thirds, the last fen to the larger remainder.
    assert [held[f"P{row}"].value for row in (6, 7)] == [333333.33, 666666.67]


def test_a_missing_number_is_an_empty_cell_everywhere() -> None:
    data = workings(equalisation([np.nan, 1000.0]))
    held = opened(data, values=True)
    assert held["数据"]["C7"].value is None
    assert [held["计算"][f"{c}7"].value for c in "CGIO"] == [None] * 4
    assert held["计算"]["G6"].value == 100
    live = opened(data)["计算"]
    assert live["G7"].value == '=IFERROR(C7*D7*E7/10000,"")'
    assert held["结果"]["C6"].value is None or held["结果"]["C6"].value == ""


def test_a_parameter_counts_as_it_is_in_force_for_each_period() -> None:
    data = workings(equalisation([2000.0, 1000.0] * 2, periods=("2021", "2022")))
    live, values = opened(data)["计算"], opened(data)["参数"]
    assert [live[f"I{row}"].value for row in (6, 8)] == [
        '=IFERROR(H6*参数!$D$6,"")',
        '=IFERROR(H8*参数!$D$7,"")',
    ]
    rows = {(values.cell(r, 1).value, values.cell(r, 4).value): row_of(values, r) for r in range(6, 9)}
    assert rows["补助系数", 0.5][5:9] == ["2020-01-01", "2021年", "某办法", "〔2020〕1号"]
    assert rows["补助系数", 0.25][6] == "2022年"
    assert rows["转移支付总额", 100][9] == "假定，由 me 设定"
    # What was set aside stays visible, below.
    assert row_of(values, 11)[0] == "转移支付总额"
    assert row_of(values, 11)[3] == 1
    assert live["J6"].value.count("H$6:H$7") == 0
    assert "I$6:I$7" in live["J6"].value
    assert "I$8:I$9" in live["J8"].value


def test_text_that_looks_like_a_formula_is_text(result: Result) -> None:
    book = opened(workings(result, names=NAMES))
    assert (book["计算"]["B7"].data_type, book["计算"]["B7"].value) == ("s", "'=阳曲县")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert not [cell.coordinate for cell in cells if str(cell.value).startswith(("=", "+", "@"))]
    assert any(cell.value == "'=公报" for cell in cells)


def test_standing_and_sources_are_said(result: Result) -> None:
    book = opened(workings(result))
    for sheet in book:
        assert str(sheet["A2"].value).startswith("【示例】含演示用的虚构数据，不得作为依据。")
    data = book["数据"]
    assert data["D5"].value == "示例"
    # Where they differ from row to row they stand beside.
    assert row_of(data, 3)[6:8] == ["状态：常住人口", "来源：常住人口"]
    assert row_of(data, 6)[6:8] == ["转引", "普查"]
    said = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=4, max_col=2)}
    assert said["对应条款"].startswith("3.2、3.4")
    assert "人均支出标准" in said["可信程度"]


def test_results_link_to_the_calculation_and_checks_agree(result: Result) -> None:
    data = workings(result, names=NAMES)
    live, held = opened(data), opened(data, values=True)
    assert row_of(live["结果"], 4)[:3] == ["清徐县", "2021年", "=计算!P6"]
    assert held["结果"]["C4"].value == 333333.33
    assert held["结果"]["E4"].value.startswith("清徐县2021年标准支出 100万元")
    assert held["核对"]["A3"].value == "全部核对相符"
    assert held["核对"]["C6"].value == 1_000_000
    assert live["核对"]["C6"].value == "=ROUND(SUM(计算!P$6:P$7),4)"
    assert {held["核对"].cell(r, 5).value for r in range(6, 7)} == {0}


def test_sheets_print_and_stay_in_sight(result: Result) -> None:
    book = opened(workings(result))
    assert book.sheetnames == ["说明", "参数", "数据", "计算", "结算", "结果", "核对"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
    assert book["计算"].freeze_panes == "C6"
    assert book["计算"].print_title_rows == "$3:$5"
    assert book["数据"].freeze_panes == "C6"


def test_in_english(result: Result) -> None:
    book = opened(workings(result, "en", title="Transfers"))
    assert book.sheetnames == ["About", "Parameters", "Data", "Calculation", "Settlement", "Result", "Check"]
    assert book["About"]["A1"].value == "Transfers　About"
    assert book["Calculation"]["G6"].value == '=IFERROR(C6*D6*E6/10000,"")'
    assert book["Calculation"]["C6"].value == '=IF(ISNUMBER(Data!C6),Data!C6,"")'
    chinese = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str) and any("\u4e00" <= c <= "\u9fff" for c in cell.value)
    ]
    # The papers and sources are quoted as they are.
    assert {value for _, _, value in chinese} <= {"〔2020〕1号", "'=公报", "普查"}


RULE = """
id: test.kinds
title: {zh: 分级, en: Grades}
system: S20
clauses: ["3.2"]
method: {zh: 试, en: test, source: Tongchou}
per: [county, item, year]
names: {item: {a: {zh: 甲项, en: Item A}, b: {zh: 乙项, en: Item B}}}
inputs:
  score: {unit: "1", at_least: 0, at_most: 10, label: {zh: 得分, en: Score}}
  kind: {unit: "1", codes: {1: {zh: 城区, en: Town}, 2: {zh: 县, en: Country}}, label: {zh: 类别, en: Kind}}
parameters:
  weight: {unit: "1", by: item, label: {zh: 权重, en: Weight}}
columns:
  part: {formula: score * $weight, unit: "1", label: {zh: 分项, en: Part}}
  total: {formula: sum(part) over (partition by county), unit: "1", per: [county, year], label: {zh: 总分, en: Total}}
  best: {formula: max(part + 0) over (partition by kind), unit: "1", label: {zh: 同类最高, en: Best}}
  grade:
    formula: case when total >= 5 then 1 else 2 end
    unit: "1"
    per: [county, year]
    codes: {1: {zh: 好, en: Good}, 2: {zh: 一般, en: Fair}}
    label: {zh: 等级, en: Grade}
result: grade
also: [part, best]
says: {zh: "{county}{item}：{grade}", en: "{county} {item}: {grade}"}
"""


@pytest.fixture(scope="module")
def kinds() -> openpyxl.Workbook:
    rule = loads(RULE)
    keys = {"county": ["A", "A", "B", "B"], "item": ["a", "b", "a", "b"]}
    figures = table([], ["2021"] * 4, {"score": [1.0, 2.0, 3.0, 4.0], "kind": [1.0, 1.0, 2.0, 2.0]}, keys=keys)
    result = evaluate(rule, figures, parameters.none(rule).given("me", weight={"a": 1, "b": 2}))
    return opened(workings(result))


def test_tables_of_parameters_are_looked_up_by_code(kinds: openpyxl.Workbook) -> None:
    assert kinds["计算"]["F6"].value == '=IFERROR(D6*INDEX(参数!$D$6:$D$7,MATCH(B6,参数!$B$6:$B$7,0)),"")'
    assert row_of(kinds["参数"], 7)[:4] == ["权重", "b", "乙项", 2]


def test_partitions_are_sums_by_code_and_arrays_where_there_is_no_function(kinds: openpyxl.Workbook) -> None:
    sheet = kinds["计算"]
    assert "SUMIFS(F$6:F$9,A$6:A$9,A6)" in sheet["G6"].value
    array = sheet["I6"].value
    assert array.ref == "I6"
    assert 'MAX(IF(E$6:E$9=E6,IF(ISNUMBER(H$6:H$9),H$6:H$9,""),""))' in array.text
    assert sheet["J6"].value == '=IFERROR((I6+0),"")'


def test_numbers_alike_are_shown_once_and_categories_by_name(kinds: openpyxl.Workbook) -> None:
    rows = [row_of(kinds["结果"], r) for r in range(3, 12)]
    assert [row[0] for row in rows if row[1] == "2021年"] == ["A", "B"]
    assert rows[1][2] == '=IF(计算!K6="","",IF(计算!K6=1,"好",IF(计算!K6=2,"一般",计算!K6)))'
    assert rows[2][2].startswith('=IF(计算!K8="",')
    assert [row[1] for row in rows if row[2] == "2021年"] == ["甲项", "乙项", "甲项", "乙项"]


def test_cells_take_only_what_the_rule_allows(kinds: openpyxl.Workbook) -> None:
    allowed = {str(v.sqref): (v.type, v.formula1, v.formula2) for v in kinds["数据"].data_validations.dataValidation}
    assert allowed["D6:D9"] == ("decimal", "0.0", "10.0")
    assert allowed["E6:E9"] == ("list", '"1,2"', None)
