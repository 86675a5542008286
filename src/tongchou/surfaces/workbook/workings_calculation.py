"""The sheet 计算: every step in live formulas, with the numbers they gave."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from tongchou.kernel.periods import Period
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.cells import ROW, Shares, expression, formula, shares
from tongchou.rules.keys import label as key_label
from tongchou.rules.settling import Closing
from tongchou.rules.step import Step
from tongchou.surfaces.workbook.workings_cells import RowCell, ready
from tongchou.surfaces.workbook.workings_layout import FIRST, SETTLING, Block, Col, Layout
from tongchou.surfaces.workbook.workings_numbers import Held
from tongchou.surfaces.workbook.workings_place import FromRow
from tongchou.surfaces.workbook.workings_sheet import Pen, height, text
from tongchou.surfaces.workbook.workings_style import form, width


def calculation(pen: Pen, held: Held, names: dict[str, str]) -> Any:
    """Write the sheet; ``names`` says what place codes are called."""
    layout = pen.layout
    note = pen.say(
        "每格都是公式：改“数据”或“参数”里的数，这里随之变动。空格为缺数，不是零；公式里的 +0 使缺数不被当作零，"
        "IFERROR 使缺数和无从算出的数（如除以零）留空。灰底是过程数，绿底是结果。",
        "Every cell is a formula: change a number in Data or Parameters and this follows. An empty cell is a missing "
        "number, not zero; + 0 keeps a missing number from passing as zero, IFERROR leaves empty what is missing or "
        "undefined (such as a division by zero). Steps on the way are grey, results green.",
    )
    if layout.result.rule.algorithm is not None:
        note += pen.say(
            "写明“由算法给出”的列是数值，改了数据要用统筹重新计算。",
            " Columns given by the algorithm are numbers: after a change of Data they have to be computed by Tongchou.",
        )
    columns = [_Column(pen, held, col, names) for col in layout.columns]
    widths = [column.width for column in columns]
    sheet = pen.sheet("calculation", note, widths)
    for at, col in enumerate(layout.columns):
        if col.kind in ("part", "number"):  # one click folds the help columns away
            sheet.set_column(at, at, widths[at], None, {"level": 1})
    frozen = layout.at["#period", ""] + 1
    _heads(pen, sheet, widths)
    sheet.freeze_panes(FIRST - 1, frozen)
    sheet.repeat_rows(2, FIRST - 2)
    sheet.repeat_columns(0, frozen - 1)
    for block in layout.blocks:
        offset = layout.blocks[0].first
        rows = range(block.first, block.last + 1)
        writers = [column.cells(block, rows, offset) for column in columns]
        for row, cells in zip(rows, zip(*writers, strict=True), strict=True):
            sheet.whole_row(row - 1, cells)
    pen.codes_are_text(sheet, layout.at["#period", ""])
    return sheet


def _heads(pen: Pen, sheet: Any, widths: list[float]) -> None:
    layout = pen.layout
    heads = [head(layout, col) for col in layout.columns]
    units = [_unit(layout, col) for col in layout.columns]
    said = [_said(layout, col) for col in layout.columns]
    results = {layout.result.rule.declared.result, *layout.result.rule.declared.also}
    for i, col in enumerate(layout.columns):
        style = pen.look.part_head if col.kind in ("part", "number") else pen.look.head
        if col.kind in ("column", "given") and col.of in results:
            style = pen.look.result_head
        sheet.write_string(2, i, text(heads[i]), style)
        sheet.write_string(3, i, text(units[i]), pen.look.unit)
        sheet.write_string(4, i, text(said[i]), pen.look.words)
    sheet.set_row(2, height(list(zip(heads, widths, strict=True))))
    sheet.set_row(4, height([(s, w * 1.15) for s, w in zip(said, widths, strict=True)]))


def head(layout: Layout, col: Col) -> str:
    """Return the head of a column of the calculation."""
    say, rule = layout.say, layout.result.rule
    if col.kind == "key":
        words_ = key_label(col.of)
        return say(f"{words_.zh}代码", f"{words_.en}, code")
    if col.kind == "number":
        return say("代码的序号", "number of the code")
    if col.kind == "name":
        return say("名称", "Name")
    if col.kind == "period":
        return key_label(rule.declared.per[-1]).in_(layout.language)
    called = words.called(rule, col.of).in_(layout.language)
    if col.kind != "part":
        return called
    if col.term is None:
        return say("〔过程〕", "[step] ") + called + say("：", ": ") + SETTLING[col.part].in_(layout.language)
    return say("〔过程〕", "[step] ") + words.phrase(rule, col.term).in_(layout.language)


def _unit(layout: Layout, col: Col) -> str:
    if col.kind in ("input", "given", "column"):
        return str(label(layout.result.rule.declared.quantities()[col.of].unit).in_(layout.language))
    if col.kind == "part" and col.part in ("units", "floor"):
        step = next(s for s in layout.result.rule.steps if s.name == col.of)
        assert step.closing is not None  # noqa: S101 - only columns that close have these parts
        return str(label(step.closing.unit).in_(layout.language))
    return ""


def _said(layout: Layout, col: Col) -> str:
    if col.kind == "column":
        return words.formula(layout.result.rule, col.of).in_(layout.language).partition(" = ")[2]
    if col.kind == "given":
        return layout.say("由算法给出，为数值", "given by the algorithm, as numbers")
    if col.kind == "input":
        return layout.say("取自“数据”", "from Data")
    return ""


def _least_width(layout: Layout, col: Col) -> float:
    if col.kind == "name":
        return 16.0
    if col.kind in ("key", "number", "period"):
        return 10.0
    # A long formula in words gets a wider column rather than a tall head.
    return 12.0 if col.kind in ("input", "part") else min(30.0, max(14.0, len(_said(layout, col)) / 4))


class _Column:
    """One column: its cells period by period, as (kind, content, format, value)."""

    def __init__(self, pen: Pen, held: Held, col: Col, names: dict[str, str]) -> None:
        self.pen, self.layout, self.col, self.names = pen, pen.layout, col, names
        self.places = [held.arranged.places[i] for i in held.arranged.order.tolist()]
        self.codes = held.codes.get(col.of)
        self.values: list[float] = []
        self.style: Any = pen.look.code
        self.width = _least_width(pen.layout, col)
        self.step: Step | None = held.steps.get(col.of)
        if col.kind in ("number", "input", "given", "part", "column"):
            numbers = held.column(col)
            self.values = numbers.tolist()
            declared = self.layout.result.rule.declared
            unit = declared.units()[col.of] if col.kind in ("input", "given", "column") else "1"
            results = {declared.result, *declared.also}
            fill = {"part": "part", "number": "part"}.get(col.kind, "result" if col.of in results else "plain")
            shape = form(numbers, unit, exact=col.kind == "input")
            self.style = pen.look.number(shape, fill)
            self.width = width(numbers, shape, self.width)

    def cells(self, block: Block, rows: range, offset: int) -> Iterator[RowCell]:
        kind, style = self.col.kind, self.style
        if kind == "key":
            codes = self.codes or []
            return (("s", text(codes[row - offset]), style, None) for row in rows)
        if kind == "name":
            look = self.pen.look.one_line
            return (("s", text(self.names.get(self.places[r - offset], "")), look, None) for r in rows)
        if kind == "period":
            shown = text(Period.parse(block.period).label(self.layout.language))
            return (("s", shown, style, None) for _ in rows)
        values = self.values
        if kind == "number":
            return (("n", values[row - offset], style, None) for row in rows)
        if kind == "given":
            # An empty text, not an empty cell, which a formula would take for zero.
            return (
                ("f", '""', style, "") if math.isnan(v := values[row - offset]) else ("n", v, style, None)
                for row in rows
            )
        content, written = self._formula(block)
        pieces = ready(content).split(ROW)
        return (
            (written, str(row).join(pieces), style, "" if math.isnan(v := values[row - offset]) else v) for row in rows
        )

    def _formula(self, block: Block) -> tuple[str, str]:
        col, layout = self.col, self.layout
        if col.kind == "input":
            source = f"{layout.sheet('data')}!{xl_col_to_name(data_column(layout, col.of))}{ROW}"
            return f'=IF(ISNUMBER({source}),{source},"")', "f"
        step = self.step
        assert step is not None  # noqa: S101 - columns and their parts have a formula
        place = FromRow(layout, step, block)
        if col.part in SETTLING or (step.closing is not None and col.kind == "column"):
            made = _shares(layout, step, block)
            return getattr(made, col.part or "settled"), "f"
        if col.term is None:
            return formula(step.term, place), "f"
        if col.part.startswith("over "):
            return f'=IFERROR({place.window(col.term)},"")', "a"
        return formula(col.term, place), "f"


def _shares(layout: Layout, step: Step, block: Block) -> Shares:
    closing = Closing.of(layout.result.rule, step)
    parts = (*SETTLING, "")
    here = Shares(*(layout.cell(step.name, part) for part in parts))
    ranges = Shares(*(layout.range(block, step.name, part) for part in parts))
    pool = None if closing.to.startswith("$") or closing.to == "0" else layout.cell(closing.to)
    amount = expression(step.term, FromRow(layout, step, block))
    return shares(closing, amount, pool, here, ranges, layout.settlement(step.name, block.period), layout.language)


def data_column(layout: Layout, name: str) -> int:
    """Return the column of an input on the data sheet: after the keys, the name and the period."""
    keys = len(layout.result.rule.rows) + (1 if layout.named else 0) + 1
    return keys + list(layout.result.rule.declared.inputs).index(name)
