"""A list as a page shows it, written as CSV, Excel or Word: title, note, columns, rows, a line of totals, a footer."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tongchou.kernel.text import Text
from tongchou.surfaces.cells import neutral

Cell = str | int | float | date | datetime | Text | None
Kind = Literal["text", "centre", "number", "decimal", "date"]


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """One column: its head, its width in characters, and how its cells are set."""

    head: Text
    width: float = 12
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with what a reader of the paper must know: ``note`` says what it is, of what day, from which data.

    A row has a cell for each column; ``None`` is an empty cell, which is not zero. ``foot`` is printed on every page
    and ends with the check code, where there is one.
    """

    title: Text
    note: Text
    columns: tuple[ListingColumn, ...]
    rows: Sequence[Sequence[Cell]]
    foot: Text = field(default_factory=lambda: Text("", ""))


def _said(cell: Cell, language: str) -> str | int | float | date | None:
    if isinstance(cell, Text):
        return cell.in_(language)
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell


def printed(cell: Cell, language: str = "zh") -> str:
    """Return a cell as text: dates as 2019-10-25, numbers with thousands, nothing for an empty one."""
    value = _said(cell, language)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else str(value)


def listing_csv(listing: Listing, language: str = "zh") -> bytes:
    """Return the list as CSV in UTF-8 with a byte order mark: heads and rows only."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(neutral(c.head.in_(language)) for c in listing.columns)
    for row in listing.rows:
        writer.writerow("" if (value := _said(cell, language)) is None else neutral(value) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def listing_workbook(listing: Listing, language: str = "zh") -> bytes:
    """Return the list as a worksheet that prints on A4 landscape, its head repeated on every page."""
    return listings_workbook((listing,), language)


def listings_workbook(listings: Sequence[Listing], language: str = "zh") -> bytes:
    """Return lists as worksheets of one workbook, each named by its title; see :func:`listing_workbook`."""
    import xlsxwriter

    from tongchou.surfaces.workbook.page import Column, Sheet, Styles

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        styles = Styles(book)
        for number, listing in enumerate(listings, start=1):
            columns = [Column(c.head.in_(language), c.width, c.kind) for c in listing.columns]
            name = "".join(c for c in listing.title.in_(language) if c not in "[]:*?/\\'")[:31] or str(number)
            sheet = Sheet(book, styles, name, listing.title.in_(language), columns, listing.note.in_(language))
            sheet.footer(listing.foot.in_(language))
            for row in listing.rows:
                sheet.add([_said(cell, language) for cell in row])
            sheet.filter()
    return out.getvalue()


def listing_document(listing: Listing, language: str = "zh") -> bytes:
    """Return the list as a document in official form, the table on landscape pages where it is wide."""
    from tongchou.surfaces.document.official import OfficialDocument
    from tongchou.surfaces.document.tables import TableForm

    paper = OfficialDocument(listing.title.in_(language))
    wide = sum(c.width for c in listing.columns) > _PORTRAIT_CHARACTERS
    if wide:
        paper.landscape()
    paper.title(listing.title.in_(language))
    paper.body(listing.note.in_(language))
    room = _LANDSCAPE_MM if wide else _PORTRAIT_MM
    total = sum(c.width for c in listing.columns)
    widths = tuple(room * c.width / total for c in listing.columns)
    form = TableForm(tuple(c.head.in_(language) for c in listing.columns), widths)
    paper.table(form, [[printed(cell, language) for cell in row] for row in listing.rows])
    if foot := listing.foot.in_(language):
        paper.note(foot)
    return paper.to_bytes()


_PORTRAIT_CHARACTERS = 75
_PORTRAIT_MM = 156
_LANDSCAPE_MM = 225

WRITERS: dict[str, Callable[[Listing, str], bytes]] = {
    "csv": listing_csv,
    "xlsx": listing_workbook,
    "docx": listing_document,
}
