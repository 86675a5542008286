"""The sheets 结果 and 核对: what comes out, linked to the calculation, and the proof that it adds up, live."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.cells import CLOSED
from tongchou.rules.keys import label as key_label
from tongchou.surfaces.run_rows import tables
from tongchou.surfaces.workbook.workings_cells import ready
from tongchou.surfaces.workbook.workings_layout import FIRST, Layout
from tongchou.surfaces.workbook.workings_numbers import Held
from tongchou.surfaces.workbook.workings_sheet import LINE, Pen, height, text
from tongchou.surfaces.workbook.workings_style import form

_MOST_SENTENCES = 500  # rows; more are not read one by one
_SENTENCE_WIDTH = 60.0
_MOST_CODES = 40  # a spreadsheet nests 64 calls at most
_ADDS_UP = Text("相符", "agrees")
_DIFFERS = Text("有出入", "differs")


def rows_of(layout: Layout, held: Held, keys: tuple[str, ...]) -> list[int]:
    """Return the rows, counted from 0 in the order of the calculation, that stand for each combination of ``keys``."""
    codes = [held.codes[key] for key in keys]
    seen: dict[tuple[object, ...], int] = {}
    for row, period in enumerate(held.arranged.period.tolist()):
        seen.setdefault((period, *(c[row] for c in codes)), row)
    return list(seen.values())


def answer(pen: Pen, held: Held, names: dict[str, str]) -> None:
    """Write 结果: a table for the rows the result stands for, and one for every other kind of row."""
    layout, say, look = pen.layout, pen.say, pen.look
    parts = tables(layout.result)
    most = max(len(keys) + len(columns) for keys, columns in parts)
    full = layout.result.rule.rows
    sentences = len(held.arranged.order) <= _MOST_SENTENCES
    widths = [16.0] * (most + 2)
    for keys, columns in parts:
        if sentences and keys == full:
            at = len(keys) + len(columns) + 2
            widths[at:] = [*widths[at:at], _SENTENCE_WIDTH, *widths[at + 1 :]]
    note = say(
        "数字取自“计算”，随之变动。状态和说明是出表时的。",
        "Numbers are taken from the calculation and follow it. Status and sentences are as of writing.",
    )
    sheet = pen.sheet("result", note, widths)
    sheet.freeze_panes(3, 0)
    row = 2
    for keys, columns in parts:
        heads = [key_label(key).in_(layout.language) for key in keys] or [say("全部", "All")]
        heads.append(key_label(layout.result.rule.declared.per[-1]).in_(layout.language))
        units = [""] * len(heads)
        for name in columns:
            heads.append(words.called(layout.result.rule, name).in_(layout.language))
            units.append(str(label(layout.result.rule.units()[name]).in_(layout.language)))
        heads.append(say("状态", "Status"))
        says = sentences and keys == full
        heads += [say("说明", "In words")] if says else []
        for i, head in enumerate(heads):
            unit = f"\n（{units[i]}）" if i < len(units) and units[i] else ""
            sheet.write_string(row, i, text(head + unit), look.result_head if i >= len(keys) + 1 else look.head)
        sheet.set_row(row, height([(h, 16.0) for h in heads]) + LINE)
        row = _table(pen, sheet, held, names, keys, columns, row + 1, says=says) + 1


def _table(
    pen: Pen,
    sheet: Any,
    held: Held,
    names: dict[str, str],
    keys: tuple[str, ...],
    columns: list[str],
    row: int,
    *,
    says: bool,
) -> int:
    layout, look, result = pen.layout, pen.look, pen.layout.result
    order = held.arranged.order.tolist()
    units, letters = result.rule.units(), {name: layout.letter(name) for name in columns}
    styles = {name: look.number(form(held.frame.values[name], units[name])) for name in columns}
    numbers = {name: held.frame.values[name].tolist() for name in columns}
    calculation = layout.sheet("calculation")
    for at in rows_of(layout, held, keys):
        here = order[at]
        for i, key in enumerate(keys):
            sheet.write_string(row, i, text(_named(pen, names, here, key)), look.one_line)
        if not keys:
            sheet.write_string(row, 0, pen.say("全部", "All"), look.one_line)
        column = max(1, len(keys))
        period = Period.parse(result.table.periods[here]).label(layout.language)
        sheet.write_string(row, column, text(period), look.code)
        weakest = []
        for i, name in enumerate(columns, column + 1):
            value = numbers[name][at]
            source, shown_ = f"{calculation}!{letters[name]}{FIRST + at}", "" if math.isnan(value) else value
            codes = result.rule.declared.columns[name].codes
            if codes is not None and len(codes) <= _MOST_CODES:
                source, shown_ = _category(layout, name, source, value)
                sheet.live(row, i, ready(source), look.centre, shown_)
            else:
                sheet.live(row, i, source, styles[name], shown_)
            weakest.append(int(result.status[name][here]))
        level = min((w for w in weakest if w), default=0)
        status = Status(level).label if level else words.NO_NUMBER
        sheet.write_string(row, column + 1 + len(columns), status.in_(layout.language), look.centre)
        if says:
            place = names.get(result.table.places[here])
            said = words.says(result, here, Text(place, place) if place else None).in_(layout.language)
            sheet.write_string(row, column + 2 + len(columns), text(said), look.text)
            sheet.set_row(row, height([(said, _SENTENCE_WIDTH)]))
        row += 1
    return row


def _named(pen: Pen, names: dict[str, str], here: int, key: str) -> str:
    place = names.get(pen.layout.result.table.places[here])
    named = words.key_name(pen.layout.result, here, key, Text(place, place) if place else None)
    return named.in_(pen.layout.language)


def _category(layout: Layout, name: str, source: str, value: float) -> tuple[str, str]:
    """Return the formula that says what a code stands for, and what it says now."""
    codes = layout.result.rule.declared.columns[name].codes or {}
    said = {code: w.text().in_(layout.language).replace('"', "'") for code, w in codes.items()}
    content = source
    for code, label_ in reversed(said.items()):
        content = f'IF({source}={code},"{label_}",{content})'
    content = f'IF({source}="","",{content})'
    known = "" if math.isnan(value) else said.get(int(value), "")
    return content, known


def check(pen: Pen, held: Held) -> None:
    """Write 核对: what closes, and every column's sum against the engine's; all differences are zero as delivered."""
    layout, say, look = pen.layout, pen.say, pen.look
    widths = [34.0, 12, 20, 20, 16, 12]
    note = say(
        "差额应为零。改动“数据”或“参数”以后，第二表的差额就是改动的影响；第一表仍须合拢。",
        "Differences are zero. After a change of Data or Parameters those of the second table show what it does; the "
        "first still has to close.",
    )
    sheet = pen.sheet("check", note, widths)
    row = 3
    begins = row
    beside = (say("差额", "Difference"), say("核对", "Check"))
    if layout.settlements:
        sums = (say("结算后合计", "Sum as settled"), say("结算到", "Settled to"), *beside)
        first = (say("结算的列", "Settled column"), say("时期", "Period"), *sums)
        row = _heads(pen, sheet, row, say("一、合计相符", "1. What closes"), first)
        begins = row
        for name, period in layout.settlements:
            row = _closes(pen, sheet, held, name, period, row)
        row += 1
    sums = (say("现在的合计", "Sum now"), say("出表时的合计", "Sum as delivered"), *beside)
    second = (say("列", "Column"), say("时期", "Period"), *sums)
    row = _heads(pen, sheet, row, say("二、与出表时相符", "2. As delivered"), second)
    for col in layout.columns:
        if col.kind == "column":
            for block in layout.blocks:
                values = held.frame.values[col.of][block.first - FIRST : block.last + 1 - FIRST]
                there = values[~np.isnan(values)]
                ranged = layout.range(block, col.of, sheet=True)
                # Money that cancels is nothing, not a last digit below it.
                cents = layout.result.rule.units()[col.of] in ("元", "CNY")
                content = f"ROUND(SUM({ranged}),4)" if cents else f"SUM({ranged})"
                total = round(math.fsum(there), 4) + 0.0 if cents else math.fsum(there)
                _compare(pen, sheet, row, col.of, block.period, content, total, there)
                row += 1
    _verdict(pen, sheet, begins, row)
    sheet.freeze_panes(3, 0)
    good = {"type": "cell", "criteria": "==", "value": f'"{_ADDS_UP.in_(layout.language)}"', "format": look.good}
    bad = {"type": "cell", "criteria": "==", "value": f'"{_DIFFERS.in_(layout.language)}"', "format": look.bad}
    sheet.conditional_format(begins, 5, row, 5, good)
    sheet.conditional_format(begins, 5, row, 5, bad)


def _heads(pen: Pen, sheet: Any, row: int, title: str, heads: tuple[str, ...]) -> int:
    sheet.write_string(row, 0, title, pen.look.section)
    for i, head in enumerate(heads):
        sheet.write_string(row + 1, i, head, pen.look.head)
    return row + 2


def _label(pen: Pen, sheet: Any, row: int, name: str, period: str) -> None:
    called = words.called(pen.layout.result.rule, name).in_(pen.layout.language)
    sheet.write_string(row, 0, text(called), pen.look.text)
    sheet.write_string(row, 1, text(Period.parse(period).label(pen.layout.language)), pen.look.centre)
    sheet.set_row(row, height([(called, 34.0)]))


def _agrees(pen: Pen, condition: str) -> str:
    language = pen.layout.language
    return f'=IF({condition},"{_ADDS_UP.in_(language)}","{_DIFFERS.in_(language)}")'


def _closes(pen: Pen, sheet: Any, held: Held, name: str, period: str, row: int) -> int:
    layout, look = pen.layout, pen.look
    block = next(b for b in layout.blocks if b.period == period)
    step = held.steps[name]
    assert step.closing is not None  # noqa: S101 - only columns that close are settled
    at = layout.settlement(name, period)
    values = held.frame.values[name][block.first - FIRST : block.last + 1 - FIRST]
    total = math.fsum(values[~np.isnan(values)])
    from tongchou.kernel.units import factor

    per_unit = factor(layout.result.rule.units()[name], step.closing.unit)
    _label(pen, sheet, row, name, period)
    money = look.number("#,##0.00;−#,##0.00")
    sheet.live(row, 2, ready(f"ROUND(SUM({layout.range(block, name, sheet=True)}),4)"), money, round(total, 4) + 0.0)
    sheet.live(row, 3, ready(f"{at.aim}/{per_unit!r}"), money, round(total * per_unit) / per_unit)
    difference = f"ROUND({xl_rowcol_to_cell(row, 2)}-{xl_rowcol_to_cell(row, 3)},4)"
    sheet.live(row, 4, ready(f"{difference}"), money, 0)
    condition = f'AND({xl_rowcol_to_cell(row, 4)}=0,{at.closed}="{CLOSED.in_(layout.language)}")'
    sheet.live(row, 5, ready(_agrees(pen, condition)), look.centre, _ADDS_UP.in_(layout.language))
    return row + 1


def _compare(pen: Pen, sheet: Any, row: int, name: str, period: str, content: str, total: float, there: Any) -> None:
    look = pen.look
    unit = pen.layout.result.rule.units()[name]
    style = look.number(form(np.array([total]), unit))
    _label(pen, sheet, row, name, period)
    sheet.live(row, 2, ready(content), style, total)
    sheet.write_number(row, 3, total, style)
    now, then = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, 3)
    # What adding in another order may leave in the last digits is no difference.
    least = max(1e-12, 1e-9 * float(np.abs(there).sum()))
    sheet.live(row, 4, ready(f"IF(ABS({now}-{then})<={least:.3E},0,{now}-{then})"), style, 0)
    condition = f"{xl_rowcol_to_cell(row, 4)}=0"
    sheet.live(row, 5, ready(_agrees(pen, condition)), look.centre, _ADDS_UP.in_(pen.layout.language))


def _verdict(pen: Pen, sheet: Any, begins: int, row: int) -> None:
    language = pen.layout.language
    cells = f"{xl_rowcol_to_cell(begins, 5, True, True)}:{xl_rowcol_to_cell(row, 5, True, True)}"
    differs, all_good = _DIFFERS.in_(language), pen.say("全部核对相符", "Everything agrees")
    some = pen.say('"有 "&COUNTIF({0},"{1}")&" 项有出入"', 'COUNTIF({0},"{1}")&" differ"').format(cells, differs)
    verdict = f'IF(COUNTIF({cells},"{differs}")=0,"{all_good}",{some})'
    sheet.live(2, 0, ready(verdict), pen.look.total, all_good)
