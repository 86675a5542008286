"""A list as a page shows it comes out the same as CSV, Excel and Word, in both languages."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import openpyxl
import pytest

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import WRITERS, Listing, ListingColumn, printed


@pytest.fixture
def listing() -> Listing:
    columns = (
        ListingColumn(Text("单位", "Unit"), 20),
        ListingColumn(Text("金额（万元）", "Amount"), 12, "decimal"),
        ListingColumn(Text("日期", "Date"), 12, "date"),
    )
    rows = [
        (Text("市财政局", "Finance"), 1234.5, date(2026, 11, 27)),
        ("=HYPERLINK()", None, None),
        ("零", 0, None),
    ]
    return Listing(
        Text("清单", "List"), Text("截至今日", "As of today"), columns, rows, Text("核对码 abc", "check abc")
    )


def test_csv(listing):
    rows = list(csv.reader(io.StringIO(WRITERS["csv"](listing, "zh").decode("utf-8-sig"))))
    assert rows[0] == ["单位", "金额（万元）", "日期"]
    assert rows[1] == ["市财政局", "1234.5", "2026-11-27"]
    assert rows[2] == ["'=HYPERLINK()", "", ""], "text that could be a formula is quoted, nothing is not zero"
    assert rows[3][1] == "0"
    assert WRITERS["csv"](listing, "en").decode("utf-8-sig").startswith("Unit,Amount,Date")


def test_workbook(listing):
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](listing, "zh"))).active
    assert sheet.title == "清单"
    assert [c.value for c in sheet[4]][:2] == ["市财政局", 1234.5]
    assert sheet["A5"].value == "'=HYPERLINK()"
    assert sheet["B5"].value is None
    assert sheet["B6"].value == 0
    assert "核对码 abc" in sheet.oddFooter.left.text


@pytest.mark.parametrize("wide", [False, True])
def test_document(listing, wide):
    if wide:
        columns = (*listing.columns[:2], ListingColumn(Text("日期", "Date"), 90, "date"))
        listing = Listing(listing.title, listing.note, columns, listing.rows, listing.foot)
    paper = docx.Document(io.BytesIO(WRITERS["docx"](listing, "zh")))
    cells = [[c.text for c in row.cells] for row in paper.tables[0].rows]
    assert cells[1] == ["市财政局", "1,234.5", "2026-11-27"]
    section = paper.sections[0]
    assert (section.page_width > section.page_height) == wide


def test_numbers_as_printed():
    assert [printed(v) for v in (None, 0, 1234, -2.5, 3.0, "−")] == ["", "0", "1,234", "−2.5", "3", "−"]
