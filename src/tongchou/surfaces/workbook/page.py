"""A worksheet as an officer prints it: A4 landscape, title, repeated head, widths, row heights, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tongchou.surfaces.cells import neutral
from tongchou.surfaces.wrapping import lines_of

_LINE = 16.5  # points a line of 11 point text takes
_MAX_HEIGHT = 400.0  # Excel allows 409
_MOST_CHARACTERS = 32_767  # in a cell; a longer text would be left out of the file altogether
_LAST_ROW = 1_048_000  # of 1,048,576; what stands below the table needs a few
_MOST_IN_FOOTER = 200  # of 255 with the page numbers


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in characters, and how its cells are set: text, centre, number or date."""

    head: str
    width: float
    kind: str = "text"


class Styles:
    """The cell formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
        self.title = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        self.note = book.add_format({"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"})
        self.sign = book.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter"})
        self.head = book.add_format(
            base | {"font_name": "黑体", "bold": False, "align": "center", "bg_color": "#E8EDF1"}
        )
        self.text = book.add_format(base)
        self.centre = book.add_format(base | {"align": "center"})
        self.number = book.add_format(base | {"align": "right", "num_format": "#,##0;−#,##0"})
        self.figure = self.number
        self.decimal = book.add_format(base | {"align": "right", "num_format": "#,##0.00;−#,##0.00"})
        self.share = book.add_format(base | {"align": "right", "num_format": "0.00"})
        self.date = book.add_format(base | {"align": "center", "num_format": 'yyyy"年"m"月"d"日"'})
        self.total = book.add_format(base | {"align": "right", "num_format": "#,##0", "bold": True})
        self.total_head = book.add_format(base | {"bold": True, "align": "center"})

    def of(self, kind: str, value: object = None) -> Any:
        """Return the format of a kind of cell; a figure that is not whole has decimals."""
        if kind == "figure" and isinstance(value, float) and not value.is_integer():
            return self.decimal
        return getattr(self, kind)


def fitting(text: str) -> str:
    """Return ``text``, cut with … where a cell could not hold it."""
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


class Sheet:
    """Writes one titled table onto a worksheet and remembers the row it has reached."""

    def __init__(self, book: Any, styles: Styles, name: str, title: str, columns: Sequence[Column], note: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.styles = styles
        self.columns = columns
        last = len(columns) - 1
        for i, column in enumerate(columns):
            self.sheet.set_column(i, i, column.width)
        self.sheet.merge_range(0, 0, 0, last, title, styles.title)
        self.sheet.set_row(0, 30)
        self.sheet.merge_range(1, 0, 1, last, note, styles.note)
        self.sheet.set_row(1, _LINE * lines_of(note, sum(c.width for c in columns)))
        for i, column in enumerate(columns):
            self.sheet.write_string(2, i, column.head, styles.head)
        self.sheet.set_row(2, _LINE * max(lines_of(c.head, c.width) for c in columns) + 4)
        self.sheet.freeze_panes(3, 0)
        self.sheet.repeat_rows(0, 2)
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.center_horizontally()
        self.row = 3
        self.left_out = 0

    def footer(self, line: str) -> None:
        """Print ``line`` at the foot of every page, with the page and the number of pages."""
        # In a footer & begins a code; a doubled one is the character itself.
        if len(line) > _MOST_IN_FOOTER:  # the check code stands at the end
            line = "…" + line[1 - _MOST_IN_FOOTER :]
        self.sheet.set_footer("&L&9" + line.replace("&", "&&") + "&R&9第 &P 页 共 &N 页")

    def add(self, values: Sequence[object]) -> int:
        """Write one row and return its number, counted from 0; ``None`` is an empty cell.

        Where a worksheet can hold no more the row is left out and counted, and :meth:`filter` says so.
        """
        if self.row >= _LAST_ROW:
            self.left_out += 1
            return self.row
        height = 1
        for i, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            style = self.styles.of(column.kind, value)
            if value is None or value == "":
                self.sheet.write_blank(self.row, i, None, style)
            elif isinstance(value, str):
                text = fitting(str(neutral(value)))
                self.sheet.write_string(self.row, i, text, style)
                height = max(height, lines_of(text, column.width))
            else:
                self.sheet.write(self.row, i, value, style)
        self.sheet.set_row(self.row, min(_MAX_HEIGHT, _LINE * height + 4))
        self.row += 1
        return self.row - 1

    def filter(self) -> None:
        """End the table: let the reader filter its rows, and say below how many had no room."""
        self.sheet.autofilter(2, 0, max(2, self.row - 1), len(self.columns) - 1)
        if self.left_out:
            self.sheet.write_string(self.row, 0, f"另有 {self.left_out} 行工作表容纳不下，见 .json。", self.styles.sign)
            self.row += 1
