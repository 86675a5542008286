"""An answer as a workbook with live formulas: change the standard in one cell, and coverage follows."""

from __future__ import annotations

import io
from typing import Any

from tongchou.kernel.text import Text
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.listing import Cell, Listing
from tongchou.surfaces.reach import listings
from tongchou.surfaces.reach.answer import Answer, Placed
from tongchou.surfaces.reach.words import MEASURES
from tongchou.surfaces.workbook.page import Column, Sheet, Styles

_COVERAGE, _POINTS = Text("覆盖", "Coverage"), Text("各点", "Points")
_GAPS, _PLAN = Text("缺口", "Gaps"), Text("布点", "Plan")
_STANDARD = Text("标准（可改，下表随之重算）", "Standard (change it; the table follows)")
_AFTER = Text("布点后标准以内的人", "People within after the plan")
_SHARE_AFTER = Text("布点后覆盖率（%）", "Share after the plan (%)")
_WAY_OUT = 1e9  # stands for no way, so that a formula may compare it


def reach_workbook(answer: Answer, foot: Text, language: str = "zh", plan: Placed | None = None) -> bytes:
    """Return the workbook: coverage by place in formulas over all points, the gaps, and the plan where there is one."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        styles = Styles(book)
        _coverage(book, styles, answer, foot, language, plan)
        _points(book, styles, answer, foot, language, plan)
        _plain(book, styles, _GAPS, listings.gap_listing(answer, foot), language)
        if plan is not None:
            _plain(book, styles, _PLAN, listings.plan_listing(answer, plan, foot), language)
    return out.getvalue()


def _coverage(book: Any, styles: Styles, answer: Answer, foot: Text, language: str, plan: Placed | None) -> None:
    listing = listings.coverage_listing(answer, foot)
    sheet = _sheet(book, styles, _COVERAGE, listing, language)
    # The standard stands below the table, where no row of it can be in the way.
    groups = answer.coverage.groups
    standard = f"$B${sheet.row + len(groups) + 3}"
    points = f"'{_POINTS.in_(language)}'!"
    last = max(4, 3 + len(answer.served.points))
    at = {c: f"{points}${c}$4:${c}${last}" for c in "CDEH"}
    for i, one in enumerate((*groups, answer.coverage.whole)):
        row = sheet.add(_said(listing.rows[i], language))
        n, whole = row + 1, i == len(groups)
        mine = "" if whole else f",{at['C']},$A{n}"
        write = sheet.sheet.write_formula
        counted = f'=COUNTIFS({at["D"]},">=0"{mine})'
        write(row, 1, counted, styles.number, one.points)
        write(row, 2, f'=SUMIFS({at["D"]},{at["D"]},">=0"{mine})', styles.number, round(one.people))
        near = f'=SUMIFS({at["D"]},{at["E"]},"<="&{standard}{mine})'
        write(row, 3, near, styles.number, round(one.within))
        share = 100 * one.share if one.people else 0
        write(row, 4, f"=IF(C{n}=0,0,100*D{n}/C{n})", styles.decimal, share)
        write(row, 5, f"=C{n}-D{n}", styles.number, round(one.beyond))
        far = f'=COUNTIFS({at["E"]},">"&{standard}{mine})'
        write(row, 6, far, styles.number, one.points_beyond)
    sheet.row += 1
    unit = MEASURES[answer.served.measure].in_(language)
    total = sheet.row - 1  # the row of the whole, counted from one
    _below(sheet, f"{_STANDARD.in_(language)} {unit}", answer.asked.limit, None)
    if plan is not None:
        near, after = f'=SUMIFS({at["D"]},{at["H"]},"<="&{standard})', plan.sited.after.within
        _below(sheet, _AFTER.in_(language), round(after), near)
        share = 100 * after / answer.coverage.whole.people if answer.coverage.whole.people else 0
        _below(sheet, _SHARE_AFTER.in_(language), share, f"=100*B{sheet.row}/C{total}")


def _below(sheet: Sheet, label: str, value: float, formula: str | None) -> None:
    """Write one labelled number under a table."""
    sheet.sheet.set_row(sheet.row, 34)
    sheet.sheet.write_string(sheet.row, 0, label, sheet.styles.head)
    style = sheet.styles.of("figure", float(value))
    if formula is None:
        sheet.sheet.write_number(sheet.row, 1, value, style)
    else:
        sheet.sheet.write_formula(sheet.row, 1, formula, style, value)
    sheet.row += 1


def _points(book: Any, styles: Styles, answer: Answer, foot: Text, language: str, plan: Placed | None) -> None:
    listing = listings.point_listing(answer, foot)
    columns = [Column(c.head.in_(language), c.width, c.kind) for c in listing.columns[:7]]
    after = Text("布点后（同单位）", "After the plan (same unit)") if plan is not None else Text("—", "—")
    columns += [Column(after.in_(language), 12, "decimal"), Column(listing.columns[8].head.in_(language), 9, "centre")]
    sheet = Sheet(book, styles, _POINTS.in_(language), listing.title.in_(language), columns, _no_way(listing, language))
    sheet.footer(listing.foot.in_(language))
    for i, row in enumerate(listing.rows):
        cells = _said(row, language)
        cells[4] = _finite(float(answer.served.least[i]))
        new = _finite(float(plan.sited.cost[i])) if plan is not None else None
        sheet.add([*cells[:7], new, cells[8]])
    sheet.filter()


def _no_way(listing: Listing, language: str) -> str:
    told = Text(f"{_WAY_OUT:.0f} 表示没有路可到。", f"{_WAY_OUT:.0f} says that there is no way.")
    return f"{listing.note.in_(language)} {told.in_(language)}"


def _finite(value: float) -> float:
    return min(value, _WAY_OUT)


def _plain(book: Any, styles: Styles, name: Text, listing: Listing, language: str) -> None:
    sheet = _sheet(book, styles, name, listing, language)
    for row in listing.rows:
        sheet.add(_said(row, language))
    sheet.filter()


def _sheet(book: Any, styles: Styles, name: Text, listing: Listing, language: str) -> Sheet:
    columns = [Column(c.head.in_(language), c.width, c.kind) for c in listing.columns]
    note = listing.note.in_(language)
    sheet = Sheet(book, styles, name.in_(language), listing.title.in_(language), columns, note)
    sheet.footer(listing.foot.in_(language))
    return sheet


def _said(row: Any, language: str) -> list[object]:
    def one(cell: Cell) -> object:
        return neutral(cell.in_(language) if isinstance(cell, Text) else cell)

    return [one(cell) for cell in row]
