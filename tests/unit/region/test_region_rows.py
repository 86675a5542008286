"""Reading one CSV: whatever stands in it, the answer is rows and problems, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.region import check
from tongchou.region.rows import decode, number_fault, parse_table, read_table, split_list
from tongchou.region.tables import FIGURES, STANDARD, Column, Table, standard

NUMBER = Column("value", Text("数值", "Value"), "number", required=True)


def parse(text: str, table: Table = FIGURES) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    problems: list[Problem] = []
    rows = parse_table(text, "t.csv", table, problems)
    return [r.cells for r in rows.good], [(p.code, p.where) for p in problems]


def test_lines_are_counted_through_quoted_line_ends() -> None:
    table = Table("t", Text("", ""), (Column("a", Text("", "")), Column("b", Text("", ""), required=True)))
    rows, problems = parse('a,b\n"one\ntwo",1\nthree,\n', table)
    assert rows == [{"a": "one\ntwo", "b": "1"}]
    assert problems == [("G014", "t.csv:4 b")]


def test_blank_lines_and_rows_of_empty_cells_are_skipped() -> None:
    table = Table("t", Text("", ""), (Column("a", Text("", "")), Column("b", Text("", ""))))
    assert parse("\n\na,b\n\n , \n1,2\n", table) == ([{"a": "1", "b": "2"}], [])


def test_an_empty_file_lacks_every_column() -> None:
    _, problems = parse("")
    assert {code for code, _ in problems} == {"G010"}
    assert len(problems) == len(FIGURES.columns)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *((cell, None) for cell in ("0", "-1.5", "+.5", "12.", "1e3", "不适用")),
        *((cell, "G041") for cell in ("1,234", "12,345.6", "1，234", "1 234")),
        *((cell, "G042") for cell in ("3.5万", "12%", "1,234元", "12 人", "5亿元")),
        *((cell, "G043") for cell in ("-", "—", "——", "…", "/", "N/A", "无", "－")),
        *((cell, "G040") for cell in ("abc", "1.2.3", "0x10", "1_000", "１２", "约12", "1,23")),
        ("1e999", "G044"),
    ],
)
def test_how_a_number_may_be_written(cell: str, code: str | None) -> None:
    fault = number_fault(cell, NUMBER, "t.csv:2 value")
    assert (fault and fault.code) == code


def test_the_way_out_of_a_thousand_separator_is_the_number_itself() -> None:
    fault = number_fault("１，２３４.５", NUMBER, "t.csv:2 value")
    assert fault is not None
    assert (fault.code, fault.hint.en) == ("G041", "write 1234.5")


def test_a_list_cell_is_split_and_trimmed() -> None:
    assert split_list(" 甲 | 乙||") == ("甲", "乙")
    assert split_list("") == ()


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        ("数".encode(), "数", None),
        ("数".encode("gb18030"), "数", "G004"),
        ("数".encode("utf-8-sig"), "数", "G005"),
        ("数".encode("utf-16"), None, "G006"),
        (b"\xff\xff\xff", None, "G006"),
        (b"a\x00b", None, "G006"),
    ],
)
def test_how_a_file_is_decoded(data: bytes, text: str | None, code: str | None) -> None:
    problems: list[Problem] = []
    assert decode(data, "f", problems) == text
    assert [p.code for p in problems] == ([code] if code else [])


def test_a_file_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongchou.region.rows.MAX_BYTES", 3)
    problems: list[Problem] = []
    assert decode(b"abcd", "f", problems) is None
    assert [p.code for p in problems] == ["G006"]


def test_a_directory_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert not read_table(tmp_path, "t.csv", FIGURES, problems).readable
    assert [p.code for p in problems] == ["G006"]


def test_only_names_of_the_form_figures_underscore_follow_figures() -> None:
    assert standard("figures_illustrative") is FIGURES
    assert standard("figuresque") is None


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_decode_or_are_a_problem(data: bytes) -> None:
    problems: list[Problem] = []
    text = decode(data, "f", problems)
    assert text is not None or [p.code for p in problems][-1:] == ["G006"]


CELL = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["990101", "people", "output", "2020", "2021-13", "人", "万元", "book", "apart", "official", "1,0", "—"]
    ),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
)


@given(st.sampled_from(STANDARD), st.lists(st.lists(CELL, min_size=1, max_size=15), max_size=6), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_rows_give_rows_and_problems(table: Table, rows: list[list[str]], headed: bool) -> None:
    header = ",".join(c.name for c in table.columns) if headed else ""
    text = header + "\n" + "\n".join(",".join(row) for row in rows)
    problems: list[Problem] = []
    read = parse_table(text, "t.csv", table, problems)
    assert len(read.good) <= len(read.all)
    assert all(p.where.startswith("t.csv") for p in problems)
    assert len(read.good) == len(read.all) or problems


@given(
    st.sampled_from(["places", "parties", "indicators", "figures", "sources"]), st.lists(CELL, min_size=3, max_size=14)
)
@settings(max_examples=120, deadline=None)
def test_any_row_added_to_a_package_leaves_problems_and_no_exception(
    whole_package: Path, name: str, cells: list[str]
) -> None:
    path = whole_package / f"{name}.csv"
    before = path.read_bytes()
    try:
        path.write_bytes(before + (",".join(cells) + "\n").encode("utf-8", "replace"))
        for problem in check(whole_package):
            assert problem.code.startswith("G")
            assert problem.message.zh
            assert problem.hint.en
    finally:
        path.write_bytes(before)
