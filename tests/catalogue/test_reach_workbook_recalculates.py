"""The workbook of reach follows its one standard: LibreOffice recomputes what another answer says by itself."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.catalogue.libreoffice import recalculated

from tongchou.kernel.text import Text
from tongchou.networks.package import read
from tongchou.region import load
from tongchou.surfaces.reach.answer import Answer, Asked, Placed, SitingAsked, answered, placed
from tongchou.surfaces.reach.workbook import reach_workbook

FOOT = Text("", "")


def answer(limit: float) -> tuple[Answer, Placed]:
    region = load("taiyuan")
    asked = Asked("loufan_health", "health_beds", (), date(2026, 11, 27), "minutes", limit)
    found = answered(read(region.folder, "loufan_health"), asked, region.places)
    return found, placed(found, SitingAsked("p_median", 2, "people"))


def test_another_standard_in_the_cell_gives_what_another_answer_gives(tmp_path: Path) -> None:
    found, plan = answer(10)
    book = openpyxl.load_workbook(io.BytesIO(reach_workbook(found, FOOT, "zh", plan)))
    sheet = book.worksheets[0]
    (cell,) = [row[1] for row in sheet.iter_rows() if str(row[0].value).startswith("标准（可改")]
    assert cell.value == 10
    cell.value = 20
    changed = io.BytesIO()
    book.save(changed)
    made = recalculated({"changed": changed.getvalue()}, tmp_path)["changed"].worksheets[0]
    wider, _ = answer(20)
    expected = [
        [one.points, one.people, one.within, 100 * one.share, one.beyond, one.points_beyond]
        for one in (*wider.coverage.groups, wider.coverage.whole)
    ]
    rows = [[c.value for c in row[1:7]] for row in made.iter_rows(min_row=4, max_row=3 + len(expected))]
    for row, right in zip(rows, expected, strict=True):
        assert row == pytest.approx(right)
    held = {row[0].value: row[1].value for row in made.iter_rows(min_row=4 + len(expected))}
    within = float(found.served.people[plan.sited.cost <= 20].sum())  # the plan stays, the standard is another
    assert held["布点后标准以内的人"] == pytest.approx(within)
    assert held["布点后覆盖率（%）"] == pytest.approx(100 * within / found.coverage.whole.people)
