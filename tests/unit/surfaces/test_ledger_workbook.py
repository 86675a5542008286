"""The ledger workbook, opened again: what it says, how it prints, and that its formulas are live and safe."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest

from tongchou.surfaces.workbook import ledger, page
from tongchou.surfaces.workbook.ledger import ledger_workbook
from tongchou.surfaces.wrapping import lines_of


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@pytest.fixture
def region(parties):
    return SimpleNamespace(parties=parties)


def test_sheets_and_print_setup(policy, region):
    book = opened(ledger_workbook(policy, region))
    assert book.sheetnames == ["台账", "按单位", "目标", "缺项", "校勘"]
    for sheet in book:
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "A4"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (
            1,
            0,
        )  # one page wide is the default
        assert "abababababab" in sheet.oddFooter.left.text
        assert sheet.auto_filter.ref.startswith("A3:")


def test_a_commitment_row(policy, region):
    sheet = opened(ledger_workbook(policy, region))["台账"]
    row = [c.value for c in sheet[4]]
    assert row[:5] == [1, "2.1", "力争2026年底新建3座泵站", "市水务局、市财政局、各县人民政府", "市水务局"]
    assert row[5].date().isoformat() == "2026-12-31"
    assert row[6:11] == ["力争2026年底", "力争", "甲县", "3座", "是"]


def test_text_that_looks_like_a_formula_is_text(policy, region):
    cell = opened(ledger_workbook(policy, region))["台账"]["C5"]
    assert (cell.data_type, cell.value) == ("s", "'=1+1是公式")


def test_parties_stand_in_the_regions_order_with_groups_expanded(policy, region):
    sheet = opened(ledger_workbook(policy, region))["按单位"]
    names = [sheet.cell(r, 2).value for r in range(4, 8)]
    assert names == ["市财政局", "市水务局", "乙县人民政府", "甲县人民政府"]
    assert sheet["F6"].value == "各县人民政府"
    without = opened(ledger_workbook(policy, None))["按单位"]
    assert without["B4"].value == "市水务局"


def test_counts_are_live_formulas_with_cached_values(policy, region):
    data = ledger_workbook(policy, region)
    formula, value = opened(data)["按单位"]["G4"].value, opened(data, values=True)["按单位"]["G4"].value
    assert formula == "=SUMPRODUCT(--(台账!$B$4:$B$5=C4))"
    assert value == 2
    assert opened(data, values=True)["按单位"]["G8"].value == 8


def test_findings_repairs_targets(policy, region):
    book = opened(ledger_workbook(policy, region))
    assert [c.value for c in book["缺项"][4]][1:6] == ["F010", "2.1", "缺少主管单位", "请核对", "市住建局"]
    assert book["校勘"]["E4"].value == "已改"
    assert book["校勘"]["E5"].value == "待核定"
    assert [c.value for c in book["目标"][4]][1:4] == ["1.1", 2030, "水质全面改善"]


def test_a_policy_with_nothing_in_it_still_prints(policy, region):
    empty = replace(policy, clauses=(), repairs=(), findings=())
    assert opened(ledger_workbook(empty, region)).sheetnames[0] == "台账"


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("一二三四五", 11.5, 1), ("一二三四五六", 11.5, 2), ("a\nb", 9, 2)]
)
def test_wrapped_lines(text, width, lines):
    assert lines_of(text, width) == lines


def test_counts_stay_right_where_clause_numbers_look_like_equal_numbers(policy, region):
    # COUNTIF would count 2.1 and 2.10 together.
    both = replace(policy, clauses=(*policy.clauses, replace(policy.clauses[3], id="2.10")))
    sheet = opened(ledger_workbook(both, region))["按单位"]
    assert [sheet.cell(r, 3).value for r in (4, 5)] == ["2.1", "2.10"]
    assert all("COUNTIF" not in sheet.cell(r, 7).value for r in (4, 5))


def test_counts_of_a_vast_ledger_are_numbers(policy, region, monkeypatch):
    monkeypatch.setattr(ledger, "_MOST_COMPARISONS", 3)
    assert opened(ledger_workbook(policy, region))["按单位"]["G4"].value == 2


def test_very_long_names_and_texts_are_kept_within_the_formats_limits(policy, region):
    long = replace(policy.commitments[0], text="长" * 40_000)
    clause = replace(policy.clauses[3], commitments=(long,))
    source = replace(policy.source, name="名" * 300)
    changed = replace(policy, title="题" * 400, source=source, clauses=(*policy.clauses[:3], clause))
    sheet = opened(ledger_workbook(changed, region))["台账"]
    assert sheet["C4"].value.startswith("长长")
    assert sheet["C4"].value.endswith("…")
    assert "abababababab" in sheet.oddFooter.left.text


def test_doubted_words_are_marked_beside_the_row(policy, region):
    sheet = opened(ledger_workbook(policy, region))["台账"]
    assert sheet["M3"].value == "备注"
    assert [sheet["M4"].value, sheet["M5"].value] == ["“泵站”疑为衍文，待核定", None]
    doubt = replace(policy.repairs[1], span=policy.clauses[3].heading_span, before="建设管网")
    marked = opened(ledger_workbook(replace(policy, repairs=(doubt,)), region))
    assert marked["按单位"]["H4"].value == "“建设管网”疑为衍文，待核定"
    assert marked["台账"]["M4"].value is None


def test_rows_a_worksheet_cannot_hold_are_counted_never_lost_in_silence(policy, region, monkeypatch):
    monkeypatch.setattr(page, "_LAST_ROW", 5)
    data = ledger_workbook(policy, region)
    sheet = opened(data)["按单位"]
    assert sheet["A5"].value == 2
    assert sheet["A6"].value == "另有 2 行工作表容纳不下，见 .json。"
    assert sheet["G7"].value == "=SUM(G4:G5)"
    assert opened(data, values=True)["按单位"]["G7"].value == 4
    assert sheet.auto_filter.ref == "A3:H5"


def test_a_vast_ledger_written_row_by_row_is_the_same_workbook(policy, region, monkeypatch):
    def everything(data: bytes):
        return [
            (
                [[(c.value, c.number_format, c.font.name, c.border.left.style) for c in row] for row in sheet],
                sorted(map(str, sheet.merged_cells.ranges)),
                {i: d.height for i, d in sheet.row_dimensions.items()},
                (sheet.auto_filter.ref, sheet.print_title_rows, sheet.freeze_panes, sheet.oddFooter.left.text),
            )
            for values in (False, True)
            for sheet in opened(data, values=values)
        ]

    whole = everything(ledger_workbook(policy, region))
    monkeypatch.setattr(ledger, "_MOST_IN_MEMORY", 0)
    data = ledger_workbook(policy, region)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"inlineStr" in parts.read("xl/worksheets/sheet1.xml")  # it was indeed written the other way
    assert everything(data) == whole
