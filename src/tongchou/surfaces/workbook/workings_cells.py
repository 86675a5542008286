"""A worksheet that takes very many formulas: what XlsxWriter does to each of them is done once for a whole column.

XlsxWriter looks every formula through for thirty functions newer than ours and escapes it anew, and keeps every cell
as an object until the end; over a hundred thousand cells that is most of the time and memory a workbook takes. Here
a row is written as soon as it is known. The private methods used and overridden are those of XlsxWriter 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: A cell of a whole row: its kind (formula, array, string, number, blank), content, format, and what a formula gives.
RowCell = tuple[str, Any, Any, Any]


class Live(NamedTuple):
    """A formula ready to be written: escaped, without its equals sign, and what it gives."""

    formula: str
    format: Any
    value: float | str


class _Whole(NamedTuple):
    """A row as it stands in the file; it is kept in the row's first column, and nothing in its last."""

    text: str


class Formulas(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A worksheet for live formulas of functions that every spreadsheet has."""

    def live(self, row: int, column: int, formula: str, style: Any, value: float | str) -> None:
        """Write a formula that :func:`ready` has prepared, in a row and column counted from 0."""
        if not self._check_dimensions(row, column):
            self.table[row][column] = Live(formula, style, value)

    def whole_row(self, row: int, cells: Iterable[RowCell]) -> None:
        """Write a row from its first column on; formulas are :func:`ready`, strings neutral and short enough."""
        parts = []
        for column, (kind, content, style, value) in enumerate(cells):
            place = f'<c r="{_letters(column)}{row + 1}" s="{style._get_xf_index()}"'
            if kind == "n":
                parts.append(f"{place}><v>{content!r}</v></c>")
            elif kind == "s" and content:
                parts.append(f'{place} t="s"><v>{self.str_table._get_shared_string_index(content)}</v></c>')
            elif kind == "b" or content == "":
                parts.append(f"{place}/>")
            else:
                text = ' t="str"' if isinstance(value, str) else ""
                array = f' t="array" ref="{_letters(column)}{row + 1}"' if kind == "a" else ""
                parts.append(f"{place}{text}><f{array}>{content}</f><v>{value}</v></c>")
        last = len(parts) - 1
        if last >= 0 and not self._check_dimensions(row, last):
            self._check_dimensions(row, 0)
            self.table[row][last] = _Whole("")
            self.table[row][0] = _Whole("".join(parts))

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if type(cell) is _Whole:
            self.fh.write(cell.text)
        elif type(cell) is Live:
            value, kind = cell.value, ""
            if isinstance(value, str):
                value, kind = escape(value), ' t="str"'
            place = f'r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
            self.fh.write(f"<c {place}{kind}><f>{cell.formula}</f><v>{value}</v></c>")
        else:
            super()._write_cell(row, col, cell)


def ready(formula: str) -> str:
    """Return a formula as it stands in the file."""
    return escape(formula.removeprefix("="))


_LETTERS = [str(xl_col_to_name(i)) for i in range(256)]


def _letters(column: int) -> str:
    return _LETTERS[column] if column < len(_LETTERS) else str(xl_col_to_name(column))
