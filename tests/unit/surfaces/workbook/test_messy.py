"""Tables as they really come back: a corpus of small messy files, each made here and read to the cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest

from tongchou.region import load
from tongchou.surfaces.typed import Said, typed
from tongchou.surfaces.workbook.messy import Wanted, read_figures
from tongchou.surfaces.workbook.messy_heads import period_in
from tongchou.surfaces.workbook.returned import LIST_SHEET, returned_workbook

REGION = load("taiyuan")
GDP, PEOPLE = "gdp.total", "population.resident"
LOUFAN, QINGXU, YANGQU = "140123", "140121", "140122"
IDS = [GDP, PEOPLE, "land.area"]
WANTED = Wanted(
    indicators={i: REGION.indicators[i] for i in IDS},
    places={c: REGION.places[c] for c in (LOUFAN, QINGXU, YANGQU)},
    periods=frozenset({"2031"}),
    period="2031",
)
G, P = REGION.indicators[GDP].title.zh, REGION.indicators[PEOPLE].title.zh
Rows = list[list[object]]


def book(rows: Rows, merges: tuple[str, ...] = (), title: str = "Sheet1", before: Rows | None = None) -> bytes:
    held = openpyxl.Workbook()
    sheet = held.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    if before is not None:
        other = held.create_sheet("说明", 0)
        for row in before:
            other.append(row)
    out = io.BytesIO()
    held.save(out)
    return out.getvalue()


def text(rows: Rows, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def values(name: str, data: bytes, wanted: Wanted = WANTED) -> dict[tuple[str, str], float | str | None]:
    reading = read_figures(name, data, wanted)
    assert not reading.errors, [f.problem for f in reading.errors]
    return {
        (c.indicator, c.place): c.typed.value if c.typed.said is Said.VALUE else c.typed.said.value
        for c in reading.cells
    }


U = REGION.indicators[GDP].unit  # 亿元
LONG: Rows = [["地方", "指标", "时期", "数值", "单位", "来源"], ["娄烦县", G, "2031年", 123.5, U, "报表"]]
WIDE: Rows = [["县（市、区）", f"{G}（亿元）", f"{P}（人）"], ["清徐县", 200.5, 380000], ["娄烦县", 31.5, 90000]]
BOTH = {(GDP, QINGXU): 200.5, (PEOPLE, QINGXU): 380000.0, (GDP, LOUFAN): 31.5, (PEOPLE, LOUFAN): 90000.0}
MERGED: Rows = [
    ["太原市2031年主要指标表", None, None],
    ["县区", "经济", "人口"],
    [None, f"{G}\n（亿元）", f"{P}（人）"],
    ["清徐县", 200.5, 380000],
    ["娄烦县", 31.5, 90000],
]
CORPUS: dict[str, tuple[str, Callable[[], bytes], dict[tuple[str, str], float | str | None]]] = {
    "long": ("a.xlsx", lambda: book(LONG), {(GDP, LOUFAN): 123.5}),
    "wide": ("a.xlsx", lambda: book(WIDE), BOTH),
    "gbk csv": ("a.csv", lambda: text(WIDE, "gbk"), BOTH),
    "gb18030 csv": ("a.csv", lambda: text([*WIDE, ["注：𠮷", None, None]], "gb18030"), BOTH),
    "utf-8 csv with mark": ("a.csv", lambda: text(WIDE, "utf-8-sig"), BOTH),
    "merged heads of two rows under a title": ("a.xlsx", lambda: book(MERGED, ("A1:C1", "A2:A3")), BOTH),
    "reordered columns": ("a.xlsx", lambda: book([[r[2], r[0], r[1]] for r in WIDE]), BOTH),
    "renamed sheet beside others": (
        "a.xlsx",
        lambda: book(WIDE, title="最终版(2)改", before=[["填报说明"], ["请于月底前报送"]]),
        BOTH,
    ),
    "a line of totals": ("a.xlsx", lambda: book([*WIDE, ["合  计", 232, 470000]]), BOTH),
    "万元 in the head": (
        "a.xlsx",
        lambda: book([["单位名称", f"{G}（万元）"], ["清徐县", 2005000], ["娄烦", "315,000"]]),
        {(GDP, QINGXU): 200.5, (GDP, LOUFAN): 31.5},
    ),
    "a unit above the table": (
        "a.xlsx",
        lambda: book([["2031年生产总值", None], [None, "单位：万元"], ["地区", G], ["清徐县", 2005000]]),
        {(GDP, QINGXU): 200.5},
    ),
    "a unit row of its own": (
        "a.xlsx",
        lambda: book([["地区", G, P], [None, "万元", "万人"], ["清徐县", 2005000, 38]]),
        {(GDP, QINGXU): 200.5, (PEOPLE, QINGXU): 380000.0},
    ),
    "thousands, full-width digits, spaces": (
        "a.csv",
        lambda: text([["地区", f"{P}（人）"], ["清徐县", "３８０，０００"], [" 娄 烦 县 ", " 90,000 "]], "gbk"),
        {(PEOPLE, QINGXU): 380000.0, (PEOPLE, LOUFAN): 90000.0},
    ),
    "dashes, dots, blanks and 不适用 are not zero": (
        "a.xlsx",
        lambda: book([["地区", G, P], ["清徐县", "—", "不适用"], ["娄烦县", "…", 0], ["阳曲县", None, ""]]),
        {
            (GDP, QINGXU): "nothing",
            (PEOPLE, QINGXU): "not_applicable",
            (GDP, LOUFAN): "nothing",
            (PEOPLE, LOUFAN): 0.0,
            (GDP, YANGQU): "nothing",
            (PEOPLE, YANGQU): "nothing",
        },
    ),
    "notes and signatures below": (
        "a.xlsx",
        lambda: book([*WIDE, ["注：本表为快报数", None, None], ["填报人：", None, "审核人："]]),
        BOTH,
    ),
    "an indicator a row, periods as columns": (
        "a.xlsx",
        lambda: book(
            [["序号", "指标名称", "计量单位", "2030年", "2031年"], [1, G, "万元", 1, 315000], [2, P, "人", 1, 90000]]
        ),
        {(GDP, LOUFAN): 31.5, (PEOPLE, LOUFAN): 90000.0},
    ),
    "periods and indicators in one head": (
        "a.xlsx",
        lambda: book([["地区", f"2030年{G}（亿元）", f"2031年{G}（亿元）"], ["清徐县", 1, 200.5]]),
        {(GDP, QINGXU): 200.5},
    ),
    "places in merged cells": (
        "a.xlsx",
        lambda: book([["地方", "指标", "数值"], ["清徐县", G, 200.5], [None, P, 380000]], ("A2:A3",)),
        {(GDP, QINGXU): 200.5, (PEOPLE, QINGXU): 380000.0},
    ),
    "单位 meaning the organisation": (
        "a.xlsx",
        lambda: book([["单位", f"{G}（亿元）"], ["清徐县", 200.5], ["娄烦县", 31.5]]),
        {(GDP, QINGXU): 200.5, (GDP, LOUFAN): 31.5},
    ),
    "a hidden code wins over a changed title": (
        "a.xlsx",
        lambda: book([["指标", "本年", "填报码"], ["生产总值！", 31.5, f"{GDP}|{LOUFAN}|2031"]]),
        {(GDP, LOUFAN): 31.5},
    ),
    "不适用 ticked": (
        "a.xlsx",
        lambda: book([["指标", "时期", "本年", "不适用"], [G, 2031, None, "√"], [P, 2031.0, 90000, None]]),
        {(GDP, LOUFAN): "not_applicable", (PEOPLE, LOUFAN): 90000.0},
    ),
    "a raised figure in a unit": (
        "a.xlsx",
        lambda: book(
            [["地方", "指标", "计量单位", "数值"], ["清徐县", REGION.indicators["land.area"].title.zh, "km²", 607]]
        ),
        {("land.area", QINGXU): 607.0},
    ),
    "a column of one's own": (
        "a.xlsx",
        lambda: book([["地区", "联系人电话", f"{G}（亿元）"], ["清徐县", "0351-0000", 200.5]]),
        {(GDP, QINGXU): 200.5},
    ),
}
ONE_PLACE = Wanted(WANTED.indicators, {LOUFAN: REGION.places[LOUFAN]}, WANTED.periods, LOUFAN, "2031")
OF_ONE = {"an indicator a row, periods as columns", "a hidden code wins over a changed title", "不适用 ticked"}


@pytest.mark.parametrize("case", CORPUS)
def test_each_file_of_the_corpus_is_read_to_the_cell(case):
    name, make, expected = CORPUS[case]
    assert values(name, make(), ONE_PLACE if case in OF_ONE else WANTED) == expected


def test_an_old_xls_is_read():
    import base64
    from pathlib import Path

    data = base64.b64decode((Path(__file__).parent / "old_excel.b64").read_text("ascii"))
    assert values("旧表.xls", data) == BOTH


def codes_of(rows: Rows, wanted: Wanted = WANTED) -> list[tuple[str, int, int]]:
    return [(f.problem.code, f.row, f.column) for f in read_figures("a.xlsx", book(rows), wanted).faults]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["说明"], ["没有表"]], [("O020", 1, 0)]),
        ([["地区", "电话", G], ["清徐县", "1", 2]], [("O021", 1, 2)]),
        ([["地区", G], ["古县", 2]], [("O023", 2, 1)]),
        ([["地方", "指标", "数值"], ["清徐县", None, 2]], [("O024", 2, 0)]),
        ([["地方", "指标", "数值"], ["清徐县", "气温", 2]], [("O025", 2, 2)]),
        ([["地方", "指标", "时期", "数值"], ["清徐县", G, "去年", 2]], [("O026", 2, 3)]),
        ([["地区", f"{G}（人）"], ["清徐县", 2]], [("O028", 2, 2)]),
        ([["地区", G], ["清徐县", "约二百"]], [("O029", 2, 2)]),
        ([["地区", G], ["清徐县", "—"]], [("O030", 2, 2)]),
        ([["地方", "指标", "数值", "不适用"], ["清徐县", G, 2, "√"]], [("O031", 2, 3)]),
        ([["地方", "指标", "数值", "口径基数"], ["清徐县", G, 2, "全国"]], [("O032", 2, 4)]),
        ([["地区", G], ["清徐县", 2], ["清徐", 3]], [("O033", 3, 2)]),
        ([["地区", f"{P}（人）"], ["清徐县", 2], ["娄烦县", 3], ["合计", 6]], [("O034", 4, 2)]),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(rows, faults):
    assert codes_of(rows) == faults


def test_rows_without_a_place_are_told_where_no_place_is_given():
    assert ("O022", 2, 0) in codes_of([["指标", "数值"], [G, 2]])


def test_without_a_period_nothing_is_guessed():
    wanted = Wanted(WANTED.indicators, WANTED.places)
    assert ("O027", 2, 0) in codes_of([["地区", G], ["清徐县", 2]], wanted)


def test_a_total_rounded_as_printed_is_right():
    rows = [["地区", f"{G}（亿元）"], ["清徐县", 1.24], ["娄烦县", 1.23], ["合计", 2.5]]
    assert codes_of(rows) == []


def test_the_same_file_comes_back_with_red_cells_and_is_read_again_without_our_sheet():
    data = book([["地区", f"{G}（亿元）"], ["清徐县", "约二百"], ["娄烦县", 31.5]])
    reading = read_figures("a.xlsx", data, WANTED)
    back = returned_workbook("a.xlsx", data, reading.faults)
    held = openpyxl.load_workbook(io.BytesIO(back))
    assert held["Sheet1"]["B2"].comment is not None
    held["Sheet1"]["B2"] = 200.5
    out = io.BytesIO()
    held.save(out)
    assert LIST_SHEET in held.sheetnames
    assert values("a.xlsx", out.getvalue()) == {(GDP, QINGXU): 200.5, (GDP, LOUFAN): 31.5}


@pytest.mark.parametrize(
    ("cell", "unit", "column", "value"),
    [
        ("1,234.5", "万元", "", 1234.5),
        ("１２３", "人", "", 123.0),
        ("−3.5", "元", "", -3.5),
        ("(12)", "万元", "", -12.0),
        ("12.5%", "%", "", 12.5),
        ("12.5%", "1", "", 0.125),
        ("1.2亿元", "万元", "", 12000.0),
        ("0.1", "元", "万元", 1000.0),
        ("3万", "人", "", 30000.0),
        ("3万", "万元", "", 3.0),
        (0, "人", "", 0.0),
        ("1e3", "人", "", 1000.0),
    ],
)
def test_values_as_typed(cell, unit, column, value):
    assert typed(cell, unit, column).value == value


@pytest.mark.parametrize("cell", ["1,23", "十二", "12人次多", "1.2.3", True, "5 kg", "nan", "inf"])
def test_what_is_no_number_is_not_guessed(cell):
    assert typed(cell, "人").said is Said.UNREADABLE


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2031年", "2031"),
        (2031.0, "2031"),
        ("2031年度", "2031"),
        ("2031年三季度", "2031-Q3"),
        ("2031年3月", "2031-03"),
        ("2031年3月1日", "2031-03-01"),
        ("2031-Q1", "2031-Q1"),
    ],
)
def test_periods_as_written(cell, code):
    assert period_in(cell).code == code


def test_what_names_no_period():
    assert period_in("本年") is None
