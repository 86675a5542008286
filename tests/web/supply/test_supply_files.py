"""Files of supply: the numbers of the page, what was supposed written on them, workings that hold."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from tests.web.supply.conftest import POWER, WATER

WIDER = f"thing={quote('A|B|small')}&amount=5"


def content(name: str, query: str = "") -> bytes:
    response = Client().get(f"/supply/{name}?{query}")
    assert response.status_code == 200, name
    return response.content


def test_a_table_as_csv(region):
    region(water=WATER)
    rows = list(csv.DictReader(io.StringIO(content("counties.csv").decode("utf-8-sig"))))
    yangqu = next(row for row in rows if row["地方"] == "阳曲县")
    assert (float(yangqu["需水"]), float(yangqu["供水"]), float(yangqu["缺水"])) == (60, 36, 24)
    assert yangqu["状态"] == "假定" and yangqu["生活缺"] == ""  # no people's water was asked for there
    things = list(csv.DictReader(io.StringIO(content("things.csv", "month=07").decode("utf-8-sig"))))
    assert {row["性质"] for row in things} == {"天然来水", "小水网"} and things[0]["来源"]


def test_every_table_is_a_sheet_and_the_workings_have_formulas(region):
    region(water=WATER)
    book = load_workbook(io.BytesIO(content("supply.xlsx", WIDER)))
    assert len(book.sheetnames) == 6
    first = book.worksheets[0]
    assert "甲库 → 乙网由 3 改为 5" in first["A2"].value
    workings = load_workbook(io.BytesIO(content("workings.xlsx")))
    assert any(str(c.value).startswith("=") for sheet in workings for row in sheet.iter_rows() for c in row)


def test_paper_says_what_was_supposed(region):
    region(water=WATER)
    text = "\n".join(p.text for p in Document(io.BytesIO(content("change.docx", WIDER))).paragraphs)
    assert "由 3 改为 5" in text and "核对码" in text


@pytest.mark.parametrize("files", [{"water": WATER}, {"power": POWER}])
def test_geojson(region, files):
    region(**files)
    whole = json.loads(content("supply.geojson"))
    shapes = {one["geometry"]["type"] for one in whole["features"]}
    assert shapes == {"Point", "LineString"}
    links = [one["properties"] for one in whole["features"] if one["properties"]["layer"] == "link"]
    assert {one["status"] for one in links} == {"reported"}
    if "water" in files:
        assert {(one["tail"], one["state"], one["carried"]) for one in links if one["head"] == "B"} == {
            ("A", "binds", 36)
        }
        assert [n["properties"]["id"] for n in whole["features"] if n["properties"].get("attention")] == ["B"]


@pytest.mark.parametrize("name", ["change.csv", "counties.pdf", "supply.csv", "nothing.csv", "workings.docx"])
def test_what_there_is_not(region, name):
    region(water=WATER)
    assert Client().get(f"/supply/{name}").status_code == 404


def test_a_question_that_cannot_be_read_has_no_file(region):
    region(water=WATER)
    assert Client().get("/supply/counties.csv?year=1800").status_code == 404
