"""Tables as received, and the same workbook given back with its faults marked."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from tongchou.kernel.problems import ProblemKind, ProblemsError
from tongchou.kernel.text import Text
from tongchou.surfaces.workbook.received import received_sheets
from tongchou.surfaces.workbook.returned import LIST_SHEET, Fault, returned_workbook

KIND = ProblemKind("T001", Text("“{text}”不是数", "“{text}” is no number"), Text("只写数字", "write digits only"))


def book() -> bytes:
    held = openpyxl.Workbook()
    sheet = held.active
    sheet.title = "数据"
    sheet.append(["单位", "数值"])
    sheet.append(["清徐县", "十二"])
    sheet.append([None, 3])
    sheet.merge_cells("A2:A3")
    sheet["A1"].font = Font(bold=True)
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("B2:B9")
    sheet.add_data_validation(rule)
    out = io.BytesIO()
    held.save(out)
    return out.getvalue()


def test_cells_stand_where_they_stood():
    (sheet,) = received_sheets("来表.xlsx", book())
    assert sheet.title == "数据"
    assert [list(row) for row in sheet.rows] == [["单位", "数值"], ["清徐县", "十二"], [None, 3.0]]
    assert sheet.merged == ((1, 0, 2, 0),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-8"])
def test_csv_of_either_encoding_is_read(encoding):
    (sheet,) = received_sheets("来表.csv", "单位,数值\r\n清徐县, 12 \r\n".encode(encoding))
    assert [list(row) for row in sheet.rows] == [["单位", "数值"], ["清徐县", "12"]]


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", b"PK\x03\x04 broken"), ("a.xls", b"none"), ("a.pdf", b"%PDF-")])
def test_what_is_no_table_is_refused(name, data):
    with pytest.raises(ProblemsError) as caught:
        received_sheets(name, data)
    assert [p.code for p in caught.value.problems] == ["O008"]


def test_the_same_workbook_comes_back_with_red_cells_and_reasons():
    faults = [Fault(KIND.at("数据!B2", text="十二"), "数据", 2, 2), Fault(KIND.at("数据!3", text="?"), "数据", 3)]
    held = openpyxl.load_workbook(io.BytesIO(returned_workbook("来表.xlsx", book(), faults)))
    sheet = held["数据"]
    assert sheet["B2"].fill.fgColor.rgb == "FFF4B6B0"
    assert "“十二”不是数" in sheet["B2"].comment.text
    assert "只写数字" in sheet["B2"].comment.text
    assert sheet["A2"].comment is not None, "the first cell of the merged area stands for it"
    assert sheet["B3"].comment is None
    assert sheet["B2"].value == "十二"
    assert sheet["A1"].font.bold, "formats stay"
    assert sheet.data_validations.dataValidation, "rules for input stay"
    assert [row[1].value for row in held[LIST_SHEET].iter_rows(min_row=2)] == ["B2", "A2"]
    assert held[LIST_SHEET]["B2"].hyperlink is not None


def test_marks_of_an_earlier_return_are_taken_off():
    first = returned_workbook("来表.xlsx", book(), [Fault(KIND.at("数据!B2", text="十二"), "数据", 2, 2)])
    second = returned_workbook("来表.xlsx", first, [Fault(KIND.at("数据!B3", text="3"), "数据", 3, 2)])
    held = openpyxl.load_workbook(io.BytesIO(second))
    assert held["数据"]["B2"].comment is None
    assert held["数据"]["B2"].fill.fill_type is None
    assert held["数据"]["B3"].comment is not None
    assert held.sheetnames == [LIST_SHEET, "数据"]


def test_a_csv_comes_back_as_a_workbook():
    data = "单位,数值\n清徐县,十二\n".encode("gbk")
    held = openpyxl.load_workbook(
        io.BytesIO(returned_workbook("来表.csv", data, [Fault(KIND.at("B2", text="十二"), "来表.csv", 2, 2)]))
    )
    assert held["来表.csv"]["B2"].comment is not None
    assert held["来表.csv"]["A2"].value == "清徐县"


def test_what_begins_like_a_formula_is_written_as_text():
    held = openpyxl.load_workbook(
        io.BytesIO(returned_workbook("来表.csv", "=1+1,数值\n".encode(), [Fault(KIND.at("A1", text="x"), "", 1, 1)]))
    )
    assert held.worksheets[1]["A1"].data_type == "s"
