"""Figures that a person hands over for one run: a CSV file or a workbook, one row for each place and period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.rows_given import Book, read_wide, wide
from tongchou.surfaces import codes
from tongchou.surfaces.workbook.reading import opened

if TYPE_CHECKING:
    from tongchou.rules.rule import Rule

SUFFIXES = (".csv", ".xlsx")
_MAX_ROWS = 200_000


def read_data(path: Path, rule: Rule) -> Book:
    """Return what a file gives for a rule; raise :class:`ProblemsError` with everything wrong with it."""
    if not path.is_file():
        raise ProblemsError([codes.NO_SUCH_FILE.at(str(path))])
    if path.suffix.lower() not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise ProblemsError([codes.UNKNOWN_SUFFIX.at(str(path), suffix=path.suffix, known=known)])
    if path.suffix.lower() == ".csv":
        return read_wide(path, rule, path.name)
    return _workbook(path, rule)


def _workbook(path: Path, rule: Rule) -> Book:
    with opened(path) as book:
        sheet = book.worksheets[0]
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True, max_row=_MAX_ROWS)]
    header = rows[0] if rows else []
    records = ((line, record) for line, record in enumerate(rows[1:], start=2))
    return wide(rule, header, records, f"{path.name}[{sheet.title}]")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
