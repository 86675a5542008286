"""The sheets 结算 and 汇总 beside the calculation: how amounts are settled, and what is taken over whole periods."""

from __future__ import annotations

import math
from typing import Any

from tongchou.kernel.periods import Period
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.cells import CLOSED, settlement
from tongchou.rules.settling import Closing
from tongchou.rules.step import Step
from tongchou.surfaces.workbook.workings_cells import ready
from tongchou.surfaces.workbook.workings_layout import FIRST, Block
from tongchou.surfaces.workbook.workings_numbers import Held, known
from tongchou.surfaces.workbook.workings_place import FromRow
from tongchou.surfaces.workbook.workings_sheet import Pen, text


def settlements(pen: Pen, held: Held) -> None:
    """Write the sheet 结算: for every column that closes and every period what is shared out and what is left over."""
    layout = pen.layout
    if not layout.settlements:
        return
    say = pen.say
    heads = (
        say("列", "Column"),
        say("时期", "Period"),
        say("单位", "Unit"),
        say("个数", "Rows"),
        say("合计", "Sum"),
        say("应合计数", "To add up to"),
        say("同尾数的容差", "Equal within"),
        say("结算到", "Settled to"),
        say("取整合计", "Sum rounded down"),
        say("余下单位数", "Units left over"),
        say("是否合拢", "Closes"),
    )
    note = say(
        "最大余数法：先向下取整，余下的单位给尾数最大的；尾数相同的，先给金额大的，再给代码在前的。",
        "Largest remainder: rounded down first; units left over go to the largest remainders, of equal ones to the "
        "larger amount, then to the lower code.",
    )
    widths = [26.0, 12, 8, 8, 18, 18, 14, 18, 18, 12, 12]
    sheet = pen.sheet("settlement", note, widths)
    for i, words_ in enumerate(heads):
        sheet.write_string(FIRST - 2, i, words_, pen.look.head)
    sheet.freeze_panes(FIRST - 1, 2)
    steps = {step.name: step for step in layout.result.rule.steps}
    for (name, period), row in layout.settlements.items():
        step, block = steps[name], next(b for b in layout.blocks if b.period == period)
        _settlement(pen, held, sheet, step, block, row)


def _settlement(pen: Pen, held: Held, sheet: Any, step: Step, block: Block, row: int) -> None:
    layout, rule = pen.layout, pen.layout.result.rule
    closing = Closing.of(rule, step)
    assert step.closing is not None  # noqa: S101 - the caller asks for closing steps only
    pool = None
    if closing.to.startswith("$"):
        pool = layout.parameter(closing.to[1:], block.period)
    elif closing.to != "0":
        pool = f"MAX({layout.range(block, closing.to, sheet=True)})"
    units, floors = (layout.range(block, step.name, part, sheet=True) for part in ("units", "floor"))
    made = settlement(closing, units, floors, pool, layout.settlement(step.name, block.period), layout.language)
    offset = layout.blocks[0].first
    rows = slice(block.first - offset, block.last + 1 - offset)
    steps = held.settling(step)
    amounts = steps["units"][rows]
    amounts = amounts[amounts == amounts]
    goals = steps["pool"][rows]
    goals = goals[goals == goals]
    goal = float(goals[0]) if goals.size else 0.0
    floors_ = steps["floor"][rows]
    total, floor = float(amounts.sum()), float(floors_[floors_ == floors_].sum())
    aim = float(round(goal)) if abs(total - round(goal)) < 1 else float(round(total))
    values = (amounts.size, total, goal, known(amounts), aim, floor, aim - floor, CLOSED.in_(layout.language))
    look = pen.look
    sheet.write_string(row - 1, 0, text(words.called(rule, step.name).in_(layout.language)), look.text)
    sheet.write_string(row - 1, 1, text(Period.parse(block.period).label(layout.language)), look.centre)
    sheet.write_string(row - 1, 2, text(label(step.closing.unit).in_(layout.language)), look.centre)
    fields = ("count", "total", "pool", "known", "aim", "floors", "left", "closed")
    for i, (field_, value) in enumerate(zip(fields, values, strict=True), 3):
        style = look.centre if field_ == "closed" else look.number("General" if field_ == "known" else "#,##0.00")
        if field_ in ("count", "aim", "floors", "left"):
            style = look.number("#,##0;−#,##0")
        sheet.live(row - 1, i, ready(getattr(made, field_)), style, value)


def totals(pen: Pen, held: Held) -> None:
    """Write the sheet 汇总: what looks at all rows of a period, once for each, where there are many rows."""
    layout = pen.layout
    if not layout.totals:
        return
    note = pen.say("“计算”引用的全时期汇总数，每期一行。", "What the calculation takes over whole periods, a row each.")
    sheet = pen.sheet("totals", note, [12.0, *([20.0] * len(layout.totals))])
    sheet.write_string(FIRST - 2, 0, pen.say("时期", "Period"), pen.look.head)
    sheet.freeze_panes(FIRST - 1, 1)
    for block in layout.blocks:
        sheet.write_string(FIRST - 1 + block.at, 0, Period.parse(block.period).label(layout.language), pen.look.centre)
    for (name, term), column in layout.totals.items():
        said = words.phrase(layout.result.rule, term).in_(layout.language)
        sheet.write_string(FIRST - 2, column, text(said), pen.look.head)
        for block, value in zip(layout.blocks, held.total(name, term), strict=True):
            content = FromRow(layout, held.steps[name], block).window(term, sheet=True)
            row, shown = FIRST - 1 + block.at, "" if math.isnan(value) else value
            sheet.live(row, column, ready(f'IFERROR({content},"")'), pen.look.number("#,##0.0000"), shown)
