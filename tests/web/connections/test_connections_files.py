"""The comparison as files says what the page says; savings in the workbook are formulas over the cells beside them."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

DAYS = "before=2020-12-31&on=2021-01-01"


def file(suffix: str, language: str = "zh") -> bytes:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(f"/connections/table.{suffix}?{DAYS}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    return response.content


def test_the_table(three):
    rows = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig"))))
    assert rows[0][:2] == ["从", "到"]
    assert ["乙县", "市中心（甲区）", "300", "60.0", "20.0", "40.0", "假定"] in rows
    assert len(rows) == 1 + 3 * 2 - 1


def test_the_workbook_computes(three, language):
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", language)))
    sheet = book.worksheets[0]
    formulas = [(r[3].row, r[5].value, r[6].value) for r in sheet.iter_rows(min_row=4) if r[1].value]
    assert formulas
    for row, saved, people in formulas:
        assert saved == f"=D{row}-E{row}"
        assert people == f"=C{row}*F{row}"
    assert any(str(c.value).startswith("=SUM(G4:") for r in sheet.iter_rows() for c in r)
    assert len(book.sheetnames) == 5
    legs = book.worksheets[1]
    assert legs.max_row > 3 + 10


def test_the_document(three):
    assert file("docx")[:2] == b"PK"


@pytest.mark.parametrize("address", ["table.pdf", "table.xlsx?on=x", "table.csv?network=nowhere"])
def test_files_there_are_not(three, address):
    assert Client().get(f"/connections/{address}").status_code == 404
