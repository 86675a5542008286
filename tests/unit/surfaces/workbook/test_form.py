"""A form goes out with hidden names and keys and is read back by them, whatever was moved around."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from tongchou.kernel.text import Text
from tongchou.surfaces.workbook.form import FormColumn, read_form, write_form
from tongchou.surfaces.workbook.received import received_sheets

COLUMNS = (
    FormColumn("code", Text("键", "Key"), key=True),
    FormColumn("name", Text("名称", "Name")),
    FormColumn("day", Text("日期", "Day"), kind="date", open=True),
    FormColumn("unit", Text("单位", "Unit"), kind="choice", open=True, choices=tuple(f"单位{n}号" for n in range(90))),
    FormColumn("words", Text("说明", "Words"), open=True, about=Text("不超过两千字", "up to 2000")),
)
ROWS = [
    {"code": "1-1", "name": "甲", "day": date(2020, 12, 31), "words": "=1+1"},
    {"code": "1-2", "name": "乙"},
]


def form() -> bytes:
    return write_form("表", "题目", "说明", COLUMNS, ROWS)


def test_what_went_out_is_read_back():
    rows = read_form(received_sheets("表.xlsx", form()), COLUMNS)
    assert [r.text("code") for r in rows] == ["1-1", "1-2"]
    assert rows[0].day("day") == date(2020, 12, 31)
    assert rows[0].text("words") == "=1+1", "the apostrophe that made it harmless is ours"
    assert (rows[0].number, rows[0].columns["day"]) == (5, 3)


def test_heads_and_keys_are_locked_and_lists_stand_on_a_hidden_sheet():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    sheet = book["表"]
    assert sheet.protection.sheet
    assert sheet["B5"].protection.locked
    assert not sheet["C5"].protection.locked
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[3].hidden
    assert book["选项"].sheet_state == "hidden"
    assert sheet["E4"].comment is not None


def test_moved_columns_added_rows_and_other_sheets_do_not_matter():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    sheet = book["表"]
    sheet.insert_cols(2)
    sheet.insert_rows(1)
    book.create_sheet("草稿", 0)["A1"] = "别的"
    out = io.BytesIO()
    book.save(out)
    rows = read_form(received_sheets("表.xlsx", out.getvalue()), COLUMNS)
    assert [(r.text("code"), r.number, r.columns["day"]) for r in rows] == [("1-1", 6, 4), ("1-2", 7, 4)]


def test_a_sheet_without_the_names_is_no_form():
    assert read_form(received_sheets("表.csv", "键,日期\n1-1,2020\n".encode()), COLUMNS) is None
