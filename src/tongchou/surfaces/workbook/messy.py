"""Tables of figures as they really come back: what each cell says of which indicator, place and period, and what is
wrong with it. Nothing is stored here; totals are checked and left out; what cannot be read is told at its cell."""

from __future__ import annotations

from tongchou.surfaces import messy_codes as codes
from tongchou.surfaces.workbook.messy_heads import Part, heads_of, names_of
from tongchou.surfaces.workbook.messy_reading import Found, Reading, Wanted, fault_at
from tongchou.surfaces.workbook.messy_rows import Rows
from tongchou.surfaces.workbook.received import received_sheets
from tongchou.surfaces.workbook.returned import LIST_SHEET, Fault

__all__ = ["Found", "Reading", "Wanted", "read_figures"]


def read_figures(name: str, data: bytes, wanted: Wanted) -> Reading:
    """Read every sheet of a table file (.xls, .xlsx, .csv in UTF-8 or GB 18030).

    Raises ``ProblemsError`` for what is no table; what is wrong inside it is among the faults, each at its cell.
    """
    reading = Reading()
    known = names_of(wanted.indicators)
    found_head = False
    for sheet in received_sheets(name, data):
        if sheet.title == LIST_SHEET:
            continue
        heads = heads_of(sheet, known)
        if heads is None or not (heads.has(Part.VALUE) or heads.has(Part.DATA)):
            continue
        found_head = True
        Rows(sheet, heads, wanted, known, reading).read()
    if not found_head:
        reading.faults.append(Fault(codes.NO_HEAD.at(name), "", 1))
    seen: dict[tuple[str, str, str, str], Found] = {}
    for cell in reading.cells:
        first = seen.setdefault(cell.key, cell)
        if first is not cell and first.typed.value != cell.typed.value:
            where = f"{first.sheet} {first.row}"
            reading.faults.append(fault_at(codes.CELL_TWICE, cell.sheet, cell.row, cell.column, other=where))
    reading.cells = list(seen.values())
    return reading
