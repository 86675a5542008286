"""计算底稿: a computation as a workbook with live formulas, which anyone can recompute, change and contest."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter

from tongchou.kernel.text import Text
from tongchou.rules.result import Result
from tongchou.surfaces.standing import warning
from tongchou.surfaces.workbook.workings_about import about
from tongchou.surfaces.workbook.workings_answer import answer, check
from tongchou.surfaces.workbook.workings_calculation import calculation
from tongchou.surfaces.workbook.workings_data import data
from tongchou.surfaces.workbook.workings_layout import lay_out
from tongchou.surfaces.workbook.workings_numbers import Held
from tongchou.surfaces.workbook.workings_parameters import parameters
from tongchou.surfaces.workbook.workings_settlement import settlements, totals
from tongchou.surfaces.workbook.workings_sheet import Pen
from tongchou.surfaces.workbook.workings_style import Look

_MOST_IN_MEMORY = 200_000  # cells; the text of more goes through temporary files


def workings(
    result: Result, language: str = "zh", title: str | None = None, names: Mapping[str, Text] | None = None
) -> bytes:
    """Return the workbook of a result: 说明, 参数, 数据, 计算 (live formulas), 结果, 核对.

    ``names`` says what place codes are called; ``title`` stands at the head of every sheet, the rule's own without it.
    """
    out = io.BytesIO()
    layout = lay_out(result, language, named=bool(names))
    small = len(result.table) * len(layout.columns) <= _MOST_IN_MEMORY
    book = xlsxwriter.Workbook(out, {"in_memory": small, "strings_to_formulas": False, "strings_to_urls": False})
    called = {place: words.in_(language) for place, words in (names or {}).items()}
    title = title or result.rule.declared.title.text().in_(language)
    book.set_properties({"title": title[:255], "subject": result.rule.id, "author": "统筹 Tongchou"})
    pen, held = Pen(book, Look(book), layout, title, warning(result).in_(language)), Held(layout)
    about(pen)
    parameters(pen)
    data(pen, held, called)
    calculation(pen, held, called)
    settlements(pen, held)
    totals(pen, held)
    answer(pen, held, called)
    check(pen, held)
    book.close()
    return out.getvalue()
