"""Tables as units really send them: .xlsx, .xls and .csv (UTF-8 or GBK), each cell at the place where it stood."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tongchou.kernel.problems import ProblemsError
from tongchou.surfaces import codes
from tongchou.surfaces.workbook.reading import guard_archive

Value = str | int | float | bool | date | datetime | time | timedelta | None
_MOST_CELLS = 4_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class ReceivedSheet:
    """A sheet's values: ``rows[r][c]`` stands in row ``r + 1`` and column ``c + 1``; an empty cell is ``None``.

    ``merged`` are the merged areas as first row, first column, last row, last column, counted from zero, inclusive;
    only their first cell has a value.
    """

    title: str
    rows: Sequence[Sequence[Value]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def received_sheets(name: str, data: bytes) -> list[ReceivedSheet]:
    """Return every sheet of a table file, told by its ending; formulas stand with the values last computed.

    Raises :class:`ProblemsError` (O008) for what is damaged, unpacks to far more than it weighs, or is no table.
    """
    ending = name.lower().rpartition(".")[2]
    try:
        if ending == "csv":
            return [ReceivedSheet(name, _csv_rows(data))]
        if ending in ("xlsx", "xls", "xlsm", "et"):
            return _calamine_sheets(data)
    except Exception as error:
        # Every reader of such files has error classes of its own.
        raise ProblemsError([codes.BAD_TABLE_FILE.at(name, reason=str(error) or type(error).__name__)]) from error
    raise ProblemsError([codes.BAD_TABLE_FILE.at(name, reason=f".{ending}")])


def _csv_rows(data: bytes) -> list[list[Value]]:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [[cell.strip() or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    raise ValueError("UTF-8, GB18030?")


def _calamine_sheets(data: bytes) -> list[ReceivedSheet]:
    from python_calamine import CalamineWorkbook

    if data.startswith(b"PK"):
        guard_archive(io.BytesIO(data), len(data))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    cells = 0
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        cells += (sheet.total_height or 0) * (sheet.total_width or 0)
        if cells > _MOST_CELLS:
            raise ValueError(f"> {_MOST_CELLS} cells")
        rows = [[None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
        sheets.append(ReceivedSheet(title, rows, merged))
    return sheets
