"""The Excel template of one unit for one round: heads and names locked, last year's value beside, codes hidden."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from tongchou.surfaces.cells import neutral
from tongchou.surfaces.workbook.page import fitting

_HEADS = ("序号", "地方", "指标", "计量单位", "时期", "上年", "本年", "不适用", "来源", "备注", "口径", "填报码")
_WIDTHS = (5, 12, 26, 9, 12, 13, 15, 7, 24, 24, 46, 10)
_SIGNATURES = (
    "填报人：　　　　　审核人：　　　　　单位负责人（签字）：　　　　　联系电话：　　　　　填报日期：　　年　月　日"
)
_NOT_APPLICABLE = "√"
_FIRST_ROW = 3


@dataclass(frozen=True, slots=True)
class AskedCell:
    """One cell to fill, with what is in it already. ``value`` is ``None`` where empty or 不适用."""

    indicator: str
    title: str
    unit: str
    definition: str
    place: str
    place_name: str
    period: str
    period_label: str
    before: float | None = None
    value: float | None = None
    not_applicable: bool = False
    source: str = ""
    note: str = ""
    whole: bool = False  # a count, which has no decimals

    @property
    def code(self) -> str:
        """By which the cell is found again, whatever happened to the table around it."""
        return f"{self.indicator}|{self.place}|{self.period}"


def collection_template(title: str, note: str, cells: Sequence[AskedCell]) -> bytes:
    """Return the template. The sheet is protected without a password: it guards against slips, not against people."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
        locked = book.add_format(base | {"bg_color": "#F3F5F6"})
        last = book.add_format(base | {"bg_color": "#F3F5F6", "num_format": "#,##0.########", "align": "right"})
        head = book.add_format(base | {"font_name": "黑体", "align": "center", "bg_color": "#E8EDF1"})
        number = book.add_format(base | {"num_format": "#,##0.########", "align": "right", "locked": False})
        free = book.add_format(base | {"locked": False})
        tick = book.add_format(base | {"locked": False, "align": "center"})
        sheet = book.add_worksheet("填报")
        plain = book.add_format({"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"})
        big = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        sheet.merge_range(0, 0, 0, len(_HEADS) - 2, fitting(str(neutral(title))), big)
        sheet.merge_range(1, 0, 1, len(_HEADS) - 2, fitting(str(neutral(note))), plain)
        sheet.set_row(0, 30)
        sheet.set_row(1, 50)
        for j, (words, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            sheet.set_column(j, j, width, None, {"hidden": words == "填报码"})
            sheet.write_string(2, j, words, head)
        for n, cell in enumerate(cells):
            i = _FIRST_ROW + n
            sheet.write_number(i, 0, n + 1, locked)
            names = (cell.place_name, cell.title, cell.unit, cell.period_label)
            for j, words in enumerate(names, 1):
                sheet.write_string(i, j, str(neutral(words)), locked)
            _value(sheet, i, 5, cell.before, last)
            _value(sheet, i, 6, cell.value, number)
            sheet.write(i, 7, _NOT_APPLICABLE if cell.not_applicable else None, tick)
            sheet.write_string(i, 8, str(neutral(cell.source)), free)
            sheet.write_string(i, 9, str(neutral(cell.note)), free)
            sheet.write_string(i, 10, fitting(str(neutral(cell.definition))), locked)
            sheet.write_string(i, 11, cell.code, locked)
            _rule(sheet, i, cell)
        if cells:
            end = _FIRST_ROW + len(cells) - 1
            sheet.data_validation(_FIRST_ROW, 7, end, 7, {"validate": "list", "source": [_NOT_APPLICABLE]})
            sheet.write_string(end + 2, 1, _SIGNATURES, plain)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        sheet.freeze_panes(3, 3)
        sheet.repeat_rows(0, 2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&9第 &P 页 共 &N 页")
    return out.getvalue()


def _value(sheet: xlsxwriter.worksheet.Worksheet, i: int, j: int, value: float | None, style: object) -> None:
    if value is None:
        sheet.write_blank(i, j, None, style)
    else:
        sheet.write_number(i, j, value, style)


def _rule(sheet: xlsxwriter.worksheet.Worksheet, i: int, cell: AskedCell) -> None:
    """Let the spreadsheet say at once that a value is no number; it warns, for 不适用 and dashes are taken too."""
    sheet.data_validation(
        i,
        6,
        i,
        6,
        {
            "validate": "integer" if cell.whole else "decimal",
            "criteria": ">=" if cell.whole else "between",
            **({"value": 0} if cell.whole else {"minimum": -1e15, "maximum": 1e15}),
            "input_title": cell.title[:32],
            "input_message": f"单位：{cell.unit}。没有发生填 0；没有这项在“不适用”打√；还不知道就留空。"[:255],
            "error_title": "请核对",
            "error_message": "这里填数。",
            "error_type": "warning",
        },
    )
