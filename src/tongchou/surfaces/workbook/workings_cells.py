"""A worksheet that takes very many formulas: what XlsxWriter does to each of them is done once for a whole column.

XlsxWriter looks every formula through for thirty functions newer than ours and escapes it anew; over a hundred
thousand cells that is most of the time a workbook takes. The private methods overridden here are those of 3.2.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class Live(NamedTuple):
    """A formula ready to be written: escaped, without its equals sign, and what it gives."""

    formula: str
    format: Any
    value: float | str


class Formulas(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A worksheet for live formulas of functions that every spreadsheet has."""

    def live(self, row: int, column: int, formula: str, style: Any, value: float | str) -> None:
        """Write a formula that :func:`ready` has prepared, in a row and column counted from 0."""
        if not self._check_dimensions(row, column):
            self.table[row][column] = Live(formula, style, value)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if type(cell) is not Live:
            super()._write_cell(row, col, cell)
            return
        value, kind = cell.value, ""
        if isinstance(value, str):
            value, kind = escape(value), ' t="str"'
        place = f'r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        self.fh.write(f"<c {place}{kind}><f>{cell.formula}</f><v>{value}</v></c>")


def ready(formula: str) -> str:
    """Return a formula as it stands in the file."""
    return escape(formula.removeprefix("="))


_LETTERS = [str(xl_col_to_name(i)) for i in range(256)]


def _letters(column: int) -> str:
    return _LETTERS[column] if column < len(_LETTERS) else str(xl_col_to_name(column))
