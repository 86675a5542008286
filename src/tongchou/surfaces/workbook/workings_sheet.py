"""A worksheet of the workings: title and note above, heads, then rows; printed on A4 or A3, landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from tongchou.surfaces.cells import neutral
from tongchou.surfaces.workbook.page import fitting
from tongchou.surfaces.workbook.workings_cells import Formulas
from tongchou.surfaces.workbook.workings_layout import Layout
from tongchou.surfaces.workbook.workings_style import Look
from tongchou.surfaces.wrapping import lines_of

LINE = 15.0  # points a line of text takes
_MOST = 300.0
_WIDEST_A4 = 190.0  # characters
_WIDEST_A3 = 340.0
_NOTE_WIDTH = 110  # characters a note may be wide before it is wrapped


@dataclass(frozen=True, slots=True)
class Pen:
    """What every sheet is written with: the workbook, its formats, the layout, and the warning every sheet bears."""

    book: Any
    look: Look
    layout: Layout
    title: str
    warning: str

    def say(self, zh: str, en: str) -> str:
        """Return the words in the language of the workbook."""
        return self.layout.say(zh, en)

    def sheet(self, name: str, note: str, widths: Sequence[float]) -> Any:
        """Return a new worksheet with its title, note and print set-up."""
        sheet = self.book.add_worksheet(self.layout.sheet(name), Formulas)
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, text(f"{self.title}　{self.layout.sheet(name)}"), self.look.title)
        # A note is merged over the first columns only: over a wide table it would run out of sight.
        last, wide = 0, 0.0
        for last, one in enumerate(widths):  # noqa: B007 - the last column looked at is used below
            wide += one
            if wide >= _NOTE_WIDTH:
                break
        self._note(sheet, last, wide, note)
        # What does not fit A4 at a size that can be read is printed on A3, on several pages side by side if need be.
        sheet.set_paper(8 if sum(widths) > _WIDEST_A4 else 9)
        sheet.set_landscape()
        sheet.fit_to_pages(ceil(sum(widths) / _WIDEST_A3), 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.hide_gridlines(2)
        pages = self.say("第 &P 页 共 &N 页", "page &P of &N")
        sheet.set_footer("&L&9" + self.title[:80].replace("&", "&&") + f"&R&9{pages}")
        return sheet

    def codes_are_text(self, sheet: Any, columns: int) -> None:
        """Say that codes in the first columns are text on purpose, or Excel marks every one of them."""
        blocks = self.layout.blocks
        if blocks and columns:
            last = xl_rowcol_to_cell(blocks[-1].last - 1, columns - 1)
            sheet.ignore_errors({"number_stored_as_text": f"A{blocks[0].first}:{last}"})

    def _note(self, sheet: Any, last: int, wide: float, note: str) -> None:
        look = self.look
        if last:
            sheet.merge_range(1, 0, 1, last, "", look.note)
        if self.warning:
            sheet.write_rich_string(1, 0, look.warning, text(self.warning), look.plain, note, look.note)
        else:
            sheet.write_string(1, 0, text(note), look.note)
        sheet.set_row(1, min(_MOST, LINE * lines_of(self.warning + note, wide) + 3))


def text(value: str) -> str:
    """Return text that no spreadsheet takes for a formula and that fits a cell."""
    return fitting(str(neutral(value)))


def height(texts: Sequence[tuple[str, float]]) -> float:
    """Return the height of a row that holds these texts in columns of these widths, in points."""
    return min(_MOST, LINE * max((lines_of(words, width) for words, width in texts), default=1) + 3)
