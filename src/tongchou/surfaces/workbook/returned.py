"""The same workbook given back to whoever sent it: wrong cells red, each with its reason and way out as a note."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tongchou.kernel.problems import Problem
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.workbook.received import received_sheets

LIST_SHEET = "需要更正"  # our own sheet in a returned workbook; whoever reads one back leaves it out
_AUTHOR = "统筹"  # by which our notes are known, so that those of an earlier return are taken off
_RED = "FFF4B6B0"
_HEADS = ("工作表", "单元格", "代码", "原因", "办法")
_WIDTHS = (16, 10, 9, 60, 60)
_NOTE_WIDTH, _NOTE_LINE = 300, 20


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem in a cell. Row and column count from 1, as the sheet does; column 0 is the row as a whole."""

    problem: Problem
    sheet: str
    row: int
    column: int = 0


def returned_workbook(name: str, data: bytes, faults: Iterable[Fault]) -> bytes:
    """Return the file as .xlsx with every fault marked, and a sheet that lists them, linked to their cells.

    What an .xlsx holds besides (formats, rules for input, other sheets) stays; .xls and .csv are written anew with
    their values. Marks of an earlier return are taken off. Raises ``ProblemsError`` for what is no table.
    """
    import openpyxl

    by_sheet: dict[str, dict[tuple[int, int], list[Problem]]] = {}
    for fault in faults:
        cell = (max(fault.row, 1), max(fault.column, 1))
        by_sheet.setdefault(fault.sheet, {}).setdefault(cell, []).append(fault.problem)
    sheets = received_sheets(name, data)  # refuses what is dangerous before it is opened for changing
    if name.lower().endswith(".xlsx"):
        book: Any = openpyxl.load_workbook(io.BytesIO(data))
    else:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for one in sheets:
            sheet = book.create_sheet(one.title[:31])
            for values in one.rows:
                sheet.append([neutral(value) for value in values])
    if LIST_SHEET in book.sheetnames:
        book.remove(book[LIST_SHEET])
    for sheet in book.worksheets:
        _take_off(sheet)
    lines: list[tuple[str, str, Problem]] = []
    for title, cells in by_sheet.items():
        held = title[:31] if title[:31] in book.sheetnames else book.sheetnames[0]
        for (row, column), problems in sorted(cells.items()):
            where = _mark(book[held], row, column, problems)
            lines += [(held, where, problem) for problem in problems]
    _list(book, lines)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _take_off(sheet: Any) -> None:
    from openpyxl.styles import PatternFill

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _mark(sheet: Any, row: int, column: int, problems: Sequence[Problem]) -> str:
    """Mark a cell, or the cell whose merged area it lies in; return its address."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
    cell = sheet.cell(row, column)
    cell.fill = PatternFill("solid", fgColor=_RED)
    words = "\n".join(f"{p.code} {p.message.zh}\n办法：{p.hint.zh}" for p in problems)
    if cell.comment is not None and cell.comment.author == _AUTHOR:  # two places of one merged area
        words = f"{cell.comment.text}\n{words}"
    height = _NOTE_LINE * (2 + sum(1 + len(line) // 20 for line in words.split("\n")))
    cell.comment = Comment(words, _AUTHOR, width=_NOTE_WIDTH, height=min(height, 400))
    return str(cell.coordinate)


def _list(book: Any, lines: Sequence[tuple[str, str, Problem]]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(LIST_SHEET, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    sheet.append(_HEADS)
    for i, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDE"[i]].width = width
        sheet.cell(1, i + 1).font = Font(bold=True)
    for title, where, problem in lines:
        sheet.append([neutral(title), where, problem.code, neutral(problem.message.zh), neutral(problem.hint.zh)])
        cell = sheet.cell(sheet.max_row, 2)
        quoted = title.replace("'", "''")
        cell.hyperlink = f"#'{quoted}'!{where}"
        cell.font = Font(color="FF0B4F8A", underline="single")
        for column in (4, 5):
            sheet.cell(sheet.max_row, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
