"""The sheet 数据: every figure with its unit, its status and where it is from; a row as in 计算."""

from __future__ import annotations

import math
from typing import Any

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.units import label
from tongchou.rules.declaration import Input
from tongchou.rules.keys import label as key_label
from tongchou.surfaces.workbook.workings_calculation import data_column
from tongchou.surfaces.workbook.workings_cells import RowCell
from tongchou.surfaces.workbook.workings_layout import FIRST
from tongchou.surfaces.workbook.workings_numbers import Held
from tongchou.surfaces.workbook.workings_sheet import Pen, height, text
from tongchou.surfaces.workbook.workings_style import form, width


def data(pen: Pen, held: Held, names: dict[str, str]) -> None:
    """Write 数据: one row as in 计算, the numbers first; where status or source differ by row they stand beside."""
    layout, say, look = pen.layout, pen.say, pen.look
    result, rule = layout.result, layout.result.rule
    order = held.arranged.order.tolist()
    first = data_column(layout, next(iter(rule.declared.inputs)))
    status, sources, beside = _beside(layout, order)
    widths = [10.0] * len(rule.rows) + ([16.0] if layout.named else []) + [10.0]
    for name, item in rule.declared.inputs.items():
        values = result.table.values[name]
        widths.append(width(values, form(values, item.unit, exact=True), 14.0))
    widths += [12.0 if kind == "status" else 30.0 for kind, _ in beside]
    note = say(
        "黄底的数可以改，“计算”随之变动；空格为缺数，不要填零。",
        "Yellow numbers can be changed; the calculation follows. An empty cell is a missing number: do not fill in 0.",
    )
    sheet = pen.sheet("data", note, widths)
    sheet.freeze_panes(FIRST - 1, first)
    sheet.repeat_rows(2, FIRST - 2)
    heads = [say(f"{key_label(k).zh}代码", f"{key_label(k).en}, code") for k in rule.rows]
    heads += [say("名称", "Name")] if layout.named else []
    heads.append(key_label(rule.declared.per[-1]).in_(layout.language))
    for i, words in enumerate(heads):
        sheet.write_string(2, i, text(words), look.head)
        sheet.write_string(3, i, "", look.unit)
        sheet.write_string(4, i, say("状态与来源", "status, source") if i == len(heads) - 1 else "", look.unit)
    tall = []
    for i, (name, item) in enumerate(rule.declared.inputs.items(), first):
        words = item.label.text().in_(layout.language)
        about = _about(pen, item, status.get(name), sources.get(name))
        sheet.write_string(2, i, text(words), look.head)
        sheet.write_string(3, i, text(label(item.unit).in_(layout.language)), look.unit)
        sheet.write_string(4, i, text(about), look.words)
        tall += [(words, 14.0), (about, 15.0)]
    for i, (kind, name) in enumerate(beside, first + len(rule.declared.inputs)):
        words = rule.declared.inputs[name].label.text().in_(layout.language)
        head = say("状态：", "Status: ") if kind == "status" else say("来源：", "Source: ")
        sheet.write_string(2, i, text(head + words), look.part_head)
        sheet.write_string(3, i, "", look.unit)
        sheet.write_string(4, i, "", look.words)
    sheet.set_row(2, height([*tall[::2], *zip(heads, widths, strict=False)]))
    sheet.set_row(4, height(tall[1::2]))
    _rows(pen, sheet, held, names, beside)
    _limits(pen, sheet, first)
    pen.codes_are_text(sheet, len(rule.rows))


def _beside(layout: Any, order: list[int]) -> tuple[dict[str, Status | None], dict[str, str], list[tuple[str, str]]]:
    """Return the one status and source of each input, and which differ from row to row and need a column."""
    table = layout.result.table
    status: dict[str, Status | None] = {}
    sources: dict[str, str] = {}
    beside = []
    for name in layout.result.rule.declared.inputs:
        there = [i for i in order if not math.isnan(table.values[name][i])]
        levels = {int(table.status[name][i]) for i in there}
        if len(levels) <= 1:
            status[name] = Status(levels.pop()) if levels else None
        else:
            beside.append(("status", name))
        given = table.sources.get(name)
        distinct = {given[i] for i in there} if given else {""}
        if len(distinct) <= 1:
            sources[name] = distinct.pop() if distinct else ""
        else:
            beside.append(("source", name))
    return status, sources, beside


def _about(pen: Pen, item: Input, status: Status | None, source: str | None) -> str:
    parts = []
    if status is not None:
        parts.append(status.label.in_(pen.layout.language))
    if source:
        parts.append(source)
    if item.note is not None:
        parts.append(item.note.text().in_(pen.layout.language))
    if item.codes is not None:
        codes = (f"{code} {words.text().in_(pen.layout.language)}" for code, words in item.codes.items())
        parts.append(pen.say("，", ", ").join(codes))
    return pen.say("；", "; ").join(parts)


def _rows(pen: Pen, sheet: Any, held: Held, names: dict[str, str], beside: list[tuple[str, str]]) -> None:
    layout, look, rule = pen.layout, pen.look, pen.layout.result.rule
    table, offset = layout.result.table, layout.blocks[0].first if layout.blocks else FIRST
    inputs = {name: table.values[name][held.arranged.order] for name in rule.declared.inputs}
    styles = {
        name: look.number(form(values, rule.declared.inputs[name].unit, exact=True), "input")
        for name, values in inputs.items()
    }
    gap = look.number("General", "gap")
    columns = [(inputs[name].tolist(), styles[name]) for name in inputs]
    order = held.arranged.order.tolist()
    for block in layout.blocks:
        period = text(Period.parse(block.period).label(layout.language))
        for row in range(block.first, block.last + 1):
            at = order[row - offset]
            cells: list[RowCell] = [("s", text(layout.result.keys[key][at]), look.code, None) for key in rule.rows]
            if layout.named:
                cells.append(("s", text(names.get(table.places[at], "")), look.one_line, None))
            cells.append(("s", period, look.code, None))
            for values, style in columns:
                value = values[row - offset]
                cells.append(("b", None, gap, None) if value != value else ("n", value, style, None))
            for kind, name in beside:
                missing = math.isnan(table.values[name][at])
                if kind == "status":
                    words = "" if missing else Status(int(table.status[name][at])).label.in_(layout.language)
                else:
                    words = table.sources[name][at]
                cells.append(("s", text(words), look.one_line, None))
            sheet.whole_row(row - 1, cells)


def _limits(pen: Pen, sheet: Any, first: int) -> None:
    """Let a cell take only numbers within the declared bounds, or one of the declared codes."""
    blocks = pen.layout.blocks
    if not blocks:
        return
    rows = (blocks[0].first - 1, blocks[-1].last - 1)
    for i, item in enumerate(pen.layout.result.rule.declared.inputs.values(), first):
        rule: dict[str, Any] | None = None
        if item.codes is not None:
            rule = {"validate": "list", "source": [str(code) for code in item.codes]}
        elif item.at_least is not None and item.at_most is not None:
            rule = {"validate": "decimal", "criteria": "between", "minimum": item.at_least, "maximum": item.at_most}
        elif item.at_least is not None:
            rule = {"validate": "decimal", "criteria": ">=", "value": item.at_least}
        elif item.at_most is not None:
            rule = {"validate": "decimal", "criteria": "<=", "value": item.at_most}
        if rule is None:
            continue
        if "source" in rule and len(",".join(rule["source"])) > 255:  # a list Excel does not take
            continue
        low = "" if item.at_least is None else figure(item.at_least)
        high = "" if item.at_most is None else figure(item.at_most)
        told = pen.say("应为所列代码之一", "one of the codes") if item.codes else f"[{low}, {high}]"
        rule |= {"error_title": pen.say("不合规则", "Not allowed"), "error_message": told}
        sheet.data_validation(rows[0], i, rows[1], i, rule)
