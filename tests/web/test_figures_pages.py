"""Figures carry source and status everywhere, and what is missing says so."""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape

import docx
import openpyxl
import pytest
from django.test import Client

from tongchou.kernel.numbers import number
from tongchou.region import load
from tongchou.region.crosstab import city_cell, column_cells, columns_of, coverage, fullest_column


@pytest.fixture(scope="module")
def region():
    return load("taiyuan")


def test_every_indicators_page_opens(builtin, region):
    client = Client()
    for one in region.indicators:
        response = client.get(f"/figures/{one}/")
        assert response.status_code == 200, one
        assert "来源" in response.content.decode()


def test_two_population_bases_stand_in_two_columns(region):
    columns = [c for c in columns_of(region, "population.resident") if c.period.code == "2020-11-01"]
    assert {c.base for c in columns} >= {"ten_units", "zone_distributed"}
    values = {
        c.base: column_cells(region, "population.resident", c)[0].figure.value for c in columns if c.base != "undivided"
    }
    assert values["ten_units"] == 1_139_798
    assert values["zone_distributed"] == 1_357_200


def test_units_keep_the_official_order_and_ranks_follow_better(region):
    column = columns_of(region, "gdp.per_head")[-1]
    cells = column_cells(region, "gdp.per_head", column)
    assert [c.place.name for c in cells][:3] == ["小店区", "迎泽区", "杏花岭区"]
    best = max(cells, key=lambda c: c.figure.value)
    assert best.rank == 1
    assert sorted(c.rank for c in cells) == list(range(1, 11))


def test_the_city_is_never_summed(region):
    column = next(c for c in columns_of(region, "gdp.total") if c.period.code == "2021")
    units = sum(c.figure.value for c in column_cells(region, "gdp.total", column) if c.figure)
    assert city_cell(region, "gdp.total", column).figure.value != pytest.approx(units)


def test_a_unit_without_a_figure_says_not_reported(region):
    partial = next(c for c in coverage(region) if 0 < c.units_covered < 10)
    states = {c.state for column in partial.columns for c in column_cells(region, partial.indicator.id, column)}
    assert "missing" in states


def test_csv_has_source_and_status_on_every_row(builtin, region):
    response = Client().get("/figures/population.resident.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == sum(f.indicator == "population.resident" for f in region.figures)
    assert all(r["来源"] and r["状态"] for r in rows)


def test_search_finds_by_name(builtin):
    html = Client().get("/figures/", {"words": "城镇化率"}).content.decode()
    assert "常住人口城镇化率" in html
    assert "地区生产总值" not in html


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567, "1,234,567"), (-3.5, "−3.50"), (0.126, "0.13"), (1234.5, "1,234"), (177500.0, "177,500")],
)
def test_numbers_as_printed(value, text):
    assert number(value) == text


def test_an_indicator_is_exported_as_workbook_and_page(builtin, region):
    client = Client()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/figures/gdp.per_head.xlsx").content))
    assert book.sheetnames == ["数据", "明细", "来源"]
    sheet = book["数据"]
    column = next(c for c in range(2, sheet.max_column) if sheet.cell(3, c).value == "2021年（含示范区口径）")
    assert (sheet["A5"].value, sheet.cell(5, column).value) == ("迎泽区", 177500)
    assert book["明细"].max_row - 3 == sum(f.indicator == "gdp.per_head" for f in region.figures)
    paper = docx.Document(io.BytesIO(client.get("/figures/gdp.per_head.docx?period=2021~zone_distributed").content))
    rows = [[c.text for c in r.cells] for r in paper.tables[0].rows]
    assert rows[2] == ["2", "迎泽区", "177,500", "1", "转引"]
    assert "含示范区口径" in "".join(p.text for p in paper.paragraphs)


@pytest.mark.parametrize(
    "address", ["/figures/gdp.per_head.exe", "/figures/nothing.xlsx", "/figures/gdp.per_head.json"]
)
def test_other_exports_are_not_there(builtin, address):
    assert Client().get(address).status_code == 404


def test_every_indicator_is_exported(builtin, region):
    from tongchou.surfaces.workbook.indicator import indicator_workbook

    for one in list(region.indicators)[::12]:
        assert indicator_workbook(region, one).startswith(b"PK")


def test_every_indicator_with_a_figure_is_listed(builtin, region):
    html = Client().get("/figures/").content.decode()
    for id_ in {f.indicator for f in region.figures}:
        assert f'href="/figures/{id_}/"' in html
    assert region.indicators["gdp.per_head"].definition.zh in html


def test_the_chart_draws_the_fullest_period_and_states_its_base(builtin, region):
    """The newest census-like column of residents holds three units; a chart of it would say that seven have nobody."""
    newest = columns_of(region, "population.resident")[-1]
    column = fullest_column(region, "population.resident")
    assert sum(c.figure is not None for c in column_cells(region, "population.resident", newest)) < 10
    assert sum(c.figure is not None for c in column_cells(region, "population.resident", column)) == 10
    html = Client().get("/figures/population.resident/").content.decode()
    board = json.loads(re.search(r'id="board-data" type="application/json">(.*?)</script>', html)[1])
    assert board["period"] == column.label.zh
    assert "口径" in board["period"]
    asked = Client().get("/figures/population.resident/", {"period": newest.key}).content.decode()
    assert json.loads(re.search(r'type="application/json">(.*?)</script>', asked)[1])["period"] == newest.label.zh


def test_notes_and_every_source_are_shown_without_pointing(builtin, region):
    html = Client().get("/figures/population.resident/").content.decode()
    for figure in region.figures:
        if figure.indicator == "population.resident":
            assert escape(region.sources[figure.source].title) in html
            assert not figure.note or f'<span lang="zh-Hans">{escape(figure.note)}</span>' in html


def test_what_registers_add_up_to_is_shown_as_figures_are(builtin):
    from tongchou.web.figures.rollups import rollup_indicators

    client = Client()
    html = client.get("/figures/").content.decode()
    rollups = rollup_indicators()
    assert len(rollups) > 5
    for id_ in list(rollups)[::8]:
        assert f'href="/figures/{id_}/"' in html
        assert client.get(f"/figures/{id_}/").status_code == 200
        assert client.get(f"/figures/{id_}.csv").status_code == 200


def test_a_roll_up_with_rows_has_a_table(builtin, now, organisations):
    from tongchou.web.figures.rollups import rolled_up, rollup_indicators
    from tongchou.web.people.demo import prepare as people
    from tongchou.web.registers.demo import prepare

    people(now)
    prepare(now)
    found = [rolled_up(id_, now)[0] for id_ in rollup_indicators()]
    filled = [region for region in found if region.figures]
    assert filled
    id_ = next(iter(filled[0].indicators))
    html = Client().get(f"/figures/{id_}/").content.decode()
    assert "登记簿" in html
