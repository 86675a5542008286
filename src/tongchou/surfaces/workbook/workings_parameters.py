"""The sheet 参数: every value in force with its paper, which formulas look at, and what an override set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.units import label
from tongchou.rules.parameters import Dated
from tongchou.surfaces.workbook.workings_layout import FIRST
from tongchou.surfaces.workbook.workings_sheet import Pen, height, text
from tongchou.surfaces.workbook.workings_style import form

_SHOWN_PERIODS = 4  # named in a cell; more are given from the first to the last


def parameters(pen: Pen) -> None:
    """Write 参数: every value in force, which formulas look at, and below what an override set aside."""
    layout, say = pen.layout, pen.say
    heads = (
        say("参数", "Parameter"),
        say("代码", "Code"),
        say("代码名称", "Code means"),
        say("数值", "Value"),
        say("单位", "Unit"),
        say("自…起", "From"),
        say("用于时期", "Used for"),
        say("依据", "Source"),
        say("文号", "Paper"),
        say("性质", "Standing"),
    )
    widths = [24.0, 8, 14, 14, 10, 11, 14, 34, 18, 22]
    note = say("黄底的数可以改，“计算”随之变动。", "Yellow numbers can be changed; the calculation follows.")
    sheet = pen.sheet("parameters", note, widths)
    for i, words in enumerate(heads):
        sheet.write_string(FIRST - 2, i, words, pen.look.head)
    sheet.freeze_panes(FIRST - 1, 1)
    sheet.repeat_rows(FIRST - 2)
    row = FIRST
    if not layout.values:
        sheet.write_string(row - 1, 0, say("（本规则没有参数）", "(the rule has no parameters)"), pen.look.note)
    for name, dated, periods in layout.values:
        row = _value(pen, sheet, row, name, dated, _periods(pen, periods), widths)
    replaced = [(name, dated) for name, values in layout.result.replaced.items() for dated in values]
    if replaced:
        row += 1
        sheet.write_string(row - 1, 0, say("被替换、未采用的数值", "Values set aside"), pen.look.section)
        row += 1
        for name, dated in replaced:
            row = _value(pen, sheet, row, name, dated, "", widths, used=False)


def _value(
    pen: Pen, sheet: Any, row: int, name: str, dated: Dated, used_for: str, widths: list[float], used: bool = True
) -> int:
    look, layout = pen.look, pen.layout
    declared = layout.result.rule.declared.parameters[name]
    called = declared.label.text().in_(layout.language)
    if declared.note is not None:
        called += f"（{declared.note.text().in_(layout.language)}）"
    start = "" if dated.start.year == 1 else dated.start.isoformat()
    source = dated.source.text().in_(layout.language)
    standing = pen.say("假定，", "assumed, ") if dated.assumed else ""
    standing += pen.say(f"由 {dated.set_by} 设定", f"set by {dated.set_by}")
    items = dated.value.items() if isinstance(dated.value, Mapping) else [("", dated.value)]
    for code, value in items:
        sheet.write_string(row - 1, 0, text(called), look.text)
        if declared.by is None or not used:
            sheet.write_string(row - 1, 1, text(code), look.code)
        elif declared.by in layout.numbered:
            codes = sorted(set(layout.result.keys[declared.by]))
            sheet.write_number(row - 1, 1, codes.index(code) + 1 if code in codes else 0, look.centre)
        elif declared.by in layout.result.rule.rows:
            sheet.write_string(row - 1, 1, text(code), look.code)
        else:
            sheet.write_number(row - 1, 1, float(code), look.centre)
        meaning = _meaning(pen, declared.by, code) if declared.by else ""
        sheet.write_string(row - 1, 2, text(meaning), look.text)
        shape = form(np.array([value]), exact=True)
        sheet.write_number(row - 1, 3, value, look.number(shape, "input" if used else "plain"))
        others = (label(declared.unit).in_(layout.language), start, used_for, source, dated.paper, standing)
        for i, words in enumerate(others, 4):
            sheet.write_string(row - 1, i, text(words), look.text if i > 6 else look.centre)
        cells = zip((called, meaning, source, dated.paper, standing), (0, 2, 7, 8, 9), strict=True)
        sheet.set_row(row - 1, height([(words, widths[i]) for words, i in cells]))
        row += 1
    return row


def _meaning(pen: Pen, by: str, code: str) -> str:
    """Return what a code of a table stands for."""
    declared, language = pen.layout.result.rule.declared, pen.layout.language
    if (named := declared.names.get(by, {}).get(code)) is not None:
        return named.text().in_(language)
    held = declared.inputs.get(by) or declared.columns.get(by)
    if held is not None and held.codes is not None and int(float(code)) in held.codes:
        return held.codes[int(float(code))].text().in_(language)
    return code if by in pen.layout.numbered else ""


def _periods(pen: Pen, codes: list[str]) -> str:
    shown = [Period.parse(code).label(pen.layout.language) for code in codes]
    if len(shown) > _SHOWN_PERIODS:
        return pen.say(f"{shown[0]}至{shown[-1]}", f"{shown[0]} to {shown[-1]}")
    return pen.say("、", ", ").join(shown)
