"""The Excel templates: what a form must offer, and that a filled one comes back as it was filled."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.region import check, load, read_tables
from tongchou.region.new import new
from tongchou.region.tables import FIGURES, PLACES, STANDARD
from tongchou.surfaces.workbook.region_import import import_workbook
from tongchou.surfaces.workbook.region_templates import sheet_name, write_templates

FILL = {
    "来源": [{"id": "book", "title": "《年鉴》", "publisher": "统计局", "licence": "公开"}],
    "地方": [
        {"code": "990101", "name": "东县", "name_en": "East", "kind": "county", "parent": "990100", "seat_lon": 112.5}
    ],
    "指标": [
        {
            "id": "people",
            "title_zh": "常住人口",
            "title_en": "Residents",
            "unit": "人",
            "theme": "population",
            "definition_zh": "年末",
            "definition_en": "Year end",
        }
    ],
    "数据": [
        {
            "place": "990101",
            "indicator": "people",
            "period": 2021,
            "value": 1.5,
            "unit": "万人",
            "status": "official",
            "source": "book",
        }
    ],
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return new(tmp_path / "jia", today=date(2026, 1, 1), centre="990100", name="甲市")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.xlsx"
    write_templates(path)
    return path


def fill(path: Path, rows: dict[str, list[dict[str, Any]]], first_row: int = 6) -> None:
    """Type rows into the template as a person would, below the example."""
    book = openpyxl.load_workbook(path)
    for title, lines in rows.items():
        sheet = book[title]
        names = {cell.value: cell.column for cell in sheet[4]}
        for offset, line in enumerate(lines):
            for name, value in line.items():
                sheet.cell(first_row + offset, names[name], value)
    book.save(path)


def test_every_table_has_its_sheet_with_headings_names_and_a_marked_example(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == ["填写说明", *(sheet_name(t) for t in STANDARD), "选项"]
    assert book["选项"].sheet_state == "hidden"
    for table in STANDARD:
        sheet = book[sheet_name(table)]
        assert [c.value for c in sheet[4]] == ["mark", *(c.name for c in table.columns)]
        assert [c.value.splitlines()[0] for c in sheet[3]][1:] == [c.title.zh for c in table.columns]
        assert sheet.cell(5, 1).value == "示例"
        for number, column in enumerate(table.columns, start=2):
            assert (sheet.cell(5, number).value or "") == column.example


def test_headings_are_locked_and_cells_below_are_not(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["数据"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["B3"].protection.locked
    assert sheet["B4"].protection.locked
    assert sheet["B5"].protection.locked
    assert not sheet.column_dimensions["B"].protection.locked


def test_lists_are_offered_for_words_references_and_units(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["数据"]
    rules = {str(rule.sqref).split(":")[0][0]: rule for rule in sheet.data_validations.dataValidation}
    letters = {c.name: openpyxl.utils.get_column_letter(n) for n, c in enumerate(FIGURES.columns, start=2)}
    assert rules[letters["status"]].formula1 == '"official,reported,derived,assumed,illustrative"'
    assert rules[letters["place"]].formula1 == "'地方'!$B$6:$B$1005"
    assert rules[letters["unit"]].formula1.startswith("'选项'!$A$1:$A$")
    assert rules[letters["unit"]].errorStyle == "warning"
    assert rules[letters["value"]].formula1 == f'OR(AND(ISNUMBER({letters["value"]}6)),{letters["value"]}6="不适用")'


def test_the_page_is_set_for_print(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)["数据"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes == "D6"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    row = {"code": "990101", "name": "=1+1", "name_en": "+cmd", "kind": "county"}
    write_templates(tmp_path / "t.xlsx", [PLACES], {"places": [row]})
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["地方"]
    assert (sheet["C6"].value, sheet["C6"].data_type) == ("=1+1", "s")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet2.xml")


def test_a_filled_template_comes_back(package: Path, template: Path) -> None:
    fill(template, FILL)
    result = import_workbook(package, template)
    assert result.rows == {"places": (1, 0), "indicators": (1, 0), "figures": (1, 0), "sources": (1, 0)}
    assert check(package) == []
    region = load(package)
    figure = region.figure("990101", "people", "2021")
    assert figure is not None
    assert (figure.value, figure.unit) == (15_000, "人")
    assert region.places["990101"].seat_lon == 112.5


def test_a_package_written_out_and_taken_back_is_unchanged(package: Path, template: Path, tmp_path: Path) -> None:
    fill(template, FILL)
    import_workbook(package, template)
    before = {p.name: p.read_bytes() for p in package.glob("*.csv")}
    again = tmp_path / "again.xlsx"
    write_templates(again, rows={n: [row.cells for row in t.rows.good] for n, t in read_tables(package).items()})
    assert import_workbook(package, again).rows == {}
    assert {p.name: p.read_bytes() for p in package.glob("*.csv")} == before


def test_a_row_whose_key_stands_replaces_it(package: Path, template: Path, tmp_path: Path) -> None:
    fill(template, FILL)
    import_workbook(package, template)
    changed = [FILL["数据"][0] | {"value": 2}]
    second = tmp_path / "second.xlsx"
    write_templates(second)
    fill(second, {"数据": changed})
    assert import_workbook(package, second, dry_run=True).rows == {"figures": (0, 1)}
    assert load(package).figures[0].value == 15_000
    assert import_workbook(package, second).rows == {"figures": (0, 1)}
    assert load(package).figures[0].value == 20_000


def test_a_fault_is_told_at_the_sheet_and_row_and_nothing_is_written(package: Path, template: Path) -> None:
    before = {p.name: p.read_bytes() for p in package.iterdir() if p.is_file()}
    bad = [FILL["数据"][0], FILL["数据"][0] | {"period": "2022", "value": "1,500", "status": "guessed"}]
    fill(template, FILL | {"数据": bad})
    with pytest.raises(ProblemsError) as refused:
        import_workbook(package, template)
    found = sorted((p.code, p.where) for p in refused.value.problems)
    assert found == [("G025", "数据!7 status"), ("G041", "数据!7 value")]
    assert {p.name: p.read_bytes() for p in package.iterdir() if p.is_file()} == before


def test_line_ends_inside_cells_do_not_shift_the_place_of_a_fault(package: Path, template: Path) -> None:
    noted = [FILL["数据"][0] | {"note": "一\n二"}, FILL["数据"][0] | {"period": "2022年"}]
    fill(template, FILL | {"数据": noted})
    with pytest.raises(ProblemsError) as refused:
        import_workbook(package, template)
    assert [(p.code, p.where) for p in refused.value.problems] == [("G051", "数据!7 period")]


def test_examples_left_in_place_are_not_imported(package: Path, template: Path) -> None:
    assert import_workbook(package, template).rows == {}


def test_a_sheet_of_ones_own_is_named_in_a_warning(package: Path, template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book.create_sheet("草稿")
    book.save(template)
    assert [(p.code, p.where) for p in import_workbook(package, template).warnings] == [("G071", "草稿")]


def test_column_names_deleted_are_one_problem(package: Path, template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book["数据"].delete_rows(4)
    book.save(template)
    with pytest.raises(ProblemsError) as refused:
        import_workbook(package, template)
    assert [(p.code, p.where) for p in refused.value.problems] == [("G072", "数据")]


def test_dates_kept_as_dates_are_written_as_text(package: Path, template: Path) -> None:
    dated = [
        FILL["地方"][0] | {"valid_from": date(1997, 5, 8)},
        FILL["地方"][0] | {"code": "990102", "name": "西县", "valid_from": 35558},
    ]
    fill(template, FILL | {"地方": dated})
    import_workbook(package, template)
    assert {load(package).places[code].valid_from for code in ("990101", "990102")} == {date(1997, 5, 8)}


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_one_problem(package: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as refused:
        import_workbook(package, path)
    assert [p.code for p in refused.value.problems] == ["G070"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(package: Path, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ProblemsError, match="unpacks to 30000000"):
        import_workbook(package, path)


def test_a_missing_workbook_is_one_problem(package: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="G070"):
        import_workbook(package, tmp_path / "gone.xlsx")


def test_a_package_already_faulty_is_not_touched(package: Path, template: Path) -> None:
    (package / "places.csv").write_text("code\n1\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="G010"):
        import_workbook(package, template)
