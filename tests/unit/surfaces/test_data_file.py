"""Figures a person hands over for one run: workbooks and CSV, and what is no honest file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.surfaces.data_file import read_data

RULE = built_in().rules["fiscal.equalisation"]


def test_a_workbook_with_labels_units_and_gaps(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["县（市、区）", "年度", "常住人口（人）", "标准财政收入（万元）"])
    book.active.append([140123, 2021, 90000, "1,234.5"])
    book.active.append(["140122", "2021", None, 7])
    path = tmp_path / "mine.xlsx"
    book.save(path)
    held = read_data(path, RULE)
    assert held.cells[("140123",), "2021", "population"].value == 90000
    assert held.cells[("140123",), "2021", "standard_capacity"].value == 1234.5
    assert held.cells[("140122",), "2021", "population"].value is None
    assert list(held.rows) == [(("140123",), "2021"), (("140122",), "2021")]


def test_what_is_no_honest_file_is_refused(tmp_path: Path) -> None:
    bomb, damaged, other = tmp_path / "bomb.xlsx", tmp_path / "damaged.xlsx", tmp_path / "notes.txt"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    damaged.write_bytes(b"PK\x03\x04 not a workbook")
    other.write_text("x", encoding="utf-8")
    for path, code in ((bomb, "G070"), (damaged, "G070"), (other, "O003"), (tmp_path / "none.csv", "O001")):
        with pytest.raises(ProblemsError) as caught:
            read_data(path, RULE)
        assert [p.code for p in caught.value.problems] == [code], path.name
