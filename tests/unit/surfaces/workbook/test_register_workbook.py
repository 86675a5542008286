"""A register out to Excel and back: the same rows, every fault at its cell, nothing of personal data."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tongchou.catalogue import registers
from tongchou.region import load
from tongchou.registers.references import of_region
from tongchou.registers.seeds import seeds
from tongchou.surfaces.workbook.register_sheet import read_register
from tongchou.surfaces.workbook.register_template import GivenRow, register_workbook
from tongchou.surfaces.workbook.returned import returned_workbook

REGION = load("taiyuan")
REFERENCES = of_region(REGION)


def workbook(id_: str, rows=()) -> bytes:
    return register_workbook(registers()[id_], REFERENCES, rows)


@pytest.mark.parametrize("id_", list(registers()))
def test_every_register_goes_out_and_comes_back_the_same(id_):
    register = registers()[id_]
    found, _ = seeds(register, REGION, REFERENCES)
    rows = [GivenRow(s.row.values, s.row.place, "", "在建", 3) for s in found]
    read = read_register(register, "x.xlsx", workbook(id_, rows), REFERENCES)
    assert read.problems == ([] if rows else read.problems)
    assert [r.accepted.values for r in read.rows] == [dict(s.row.values) for s in found]
    assert {r.version for r in read.rows} <= {3}
    book = openpyxl.load_workbook(io.BytesIO(workbook(id_, rows)))
    assert book["登记"].row_dimensions[4].hidden
    assert book["登记"].column_dimensions["A"].hidden
    assert book["登记"].protection.sheet


SUBSIDENCE = {
    "values": {"code": "GJ01", "name": "甲片", "strand": "relocation", "households_target": 100.0},
    "place": "140181",
    "geometry": '{"type": "Polygon", "coordinates": [[[112, 37], [113, 37], [113, 38], [112, 37]]]}',
    "years": {2020: {"households": 30.0}, 2021: {"households": 20.0, "central": "不适用"}},
}


def test_yearly_values_and_positions_come_back():
    register = registers()["territory.subsidence"]
    read = read_register(register, "x.xlsx", workbook(register.id, [GivenRow(**SUBSIDENCE)]), REFERENCES)
    assert read.problems == []
    (row,) = read.rows
    assert row.accepted.key == "GJ01|relocation"
    assert row.accepted.geometry is not None
    assert read.years == {"GJ01|relocation": {2020: {"households": 30}, 2021: {"households": 20, "central": "不适用"}}}


def test_personal_data_never_go_out():
    values = {"code": "A1", "village": "甲村", "head": "某某某", "phone": "13800000000", "people": 3.0}
    data = workbook("services.four_not_removed", [GivenRow(values, "140123")])
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]
    assert "甲村" in cells
    assert not any("某某某" in c or "13800000000" in c for c in cells)


def test_long_lists_stand_on_a_hidden_sheet():
    book = openpyxl.load_workbook(io.BytesIO(workbook("duties.mechanisms")))
    assert book["选项"].sheet_state == "hidden"
    formulas = [v.formula1 for v in book["登记"].data_validations.dataValidation]
    assert any("选项" in str(f) for f in formulas)


CSV = """\
重大项目
编号,项目名称,类别,经过县（市、区）,投资（亿元）,额外
a-1,甲桥,国省道,小店、迎泽,"1,234",x
a-1,重复,国省道,,,
b 2,乙桥,火箭,火星,很多,
合计,,,,1234,
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_of_their_own_is_read_with_every_fault_at_its_cell(encoding):
    register = registers()["infrastructure.projects"]
    data = CSV.encode(encoding)
    read = read_register(register, "项目.csv", data, REFERENCES)
    assert read.unread == ["额外"]
    assert read.rows[0].accepted.values["investment"] == 1234.0
    assert read.rows[0].accepted.values["places"] == ["140105", "140106"]
    found = {(f.problem.code, f.row, f.column) for f in read.faults}
    assert found == {("D033", 4, 0), ("D027", 5, 1), ("D023", 5, 3), ("D025", 5, 4), ("D021", 5, 5)}
    book = openpyxl.load_workbook(io.BytesIO(returned_workbook("项目.csv", data, read.faults)))
    assert book.worksheets[1]["E5"].fill.fgColor.rgb == "FFF4B6B0"
    assert read.problems[0].where.endswith("!A4")


def test_faults_of_yearly_values():
    register = registers()["territory.subsidence"]
    book = openpyxl.load_workbook(io.BytesIO(workbook(register.id, [GivenRow(**SUBSIDENCE)])))
    sheet = book["分年数"]
    names = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(6, names["year"]).value = 2020  # as the row above
    sheet.cell(5, names["households"]).value = -1
    for column, value in (("code", "NO"), ("strand", "搬迁安置"), ("year", "去年")):
        sheet.cell(7, names[column]).value = value
    out = io.BytesIO()
    book.save(out)
    found = [(f.problem.code, f.row) for f in read_register(register, "x.xlsx", out.getvalue(), REFERENCES).faults]
    assert found == [("D022", 5), ("D033", 6), ("D024", 7), ("D036", 7)]


def test_a_file_without_the_columns_is_told_so():
    register = registers()["infrastructure.projects"]
    read = read_register(register, "x.csv", "甲,乙\n1,2\n".encode(), REFERENCES)
    assert [f.problem.code for f in read.faults] == ["D034"]
