"""The workbook of a change: 变动 with parts that add up by live formulas, 因素 with what changed from what to what."""

from __future__ import annotations

import io
from math import isnan
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label, same_dimension
from tongchou.rules.attribution import Change
from tongchou.rules.attribution.words import sentence
from tongchou.rules.declaration import Input
from tongchou.rules.parameters import Dated, numbers
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.changes import HEADS, Compared, sides, title
from tongchou.surfaces.workbook.page import Column, Sheet, Styles

_FIRST = 2  # columns before the two results
_SUM = Text("因素合计", "Sum of parts")
_CHECK = Text("核对", "Check")
_TOTAL = Text("合计", "Total")
_NOTE = Text(
    "变动 = 后 − 前；各因素之和等于变动，“核对”应为 0。"
    "一个因素的数是它在各种先后次序下影响的平均（沙普利值），与次序无关。"
    "“—”表示没有可比的数，不是零，原因见说明。",
    "Change = after − before; the parts sum to the change and the check is 0. A part is the factor's effect averaged "
    "over all orders of change (Shapley value). — is no number to compare, not zero; the words say why.",
)
_FACTORS = Text("因素", "Factors")
_FACTORS_NOTE = Text(
    "各因素变动前后的数；参数附依据。", "What each factor was and became; parameters with their paper."
)
_RUNS = Text("计算记录 ", "Runs ")
_NO_NUMBER = "—"


def change_workbook(compared: Compared, language: str = "zh") -> bytes:
    """Return the workbook; text that a spreadsheet could take for a formula is neutralised."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title(compared.change).in_(language), "comments": " → ".join(compared.runs)})
    styles = Styles(book)
    if not same_dimension(compared.change.unit, "元"):  # a rate or an index needs its decimals
        styles.decimal = book.add_format({"font_name": "宋体", "font_size": 11, "border": 1, "align": "right"})
    styles.figure = styles.decimal  # a column has one kind of number
    _change(book, styles, compared, language)
    _factors(book, styles, compared, language)
    book.close()
    return out.getvalue()


def _change(book: Any, styles: Styles, compared: Compared, language: str) -> None:
    change = compared.change
    one, other = sides(change)
    heads = [Column(HEADS["code"].in_(language), 10, "centre"), Column(HEADS["place"].in_(language), 14)]
    figures = (one, other, HEADS["change"], *(f.label for f in change.factors), _SUM, _CHECK)
    heads += [Column(str(neutral(head.in_(language))), 15, "figure") for head in figures]
    heads += [Column(HEADS["status"].in_(language), 8, "centre"), Column(HEADS["said"].in_(language), 60)]
    lines = (*((compared.warning,) if compared.warning else ()), _NOTE, *change.notes)
    notes = "\n".join(line.in_(language) for line in lines)
    sheet = Sheet(book, styles, "变动", title(change).in_(language), heads, notes)
    first = sheet.row
    for i, place in enumerate(change.places):
        values = [_shown(change.before[i]), _shown(change.after[i])]
        parts = [_shown(part) for part in change.parts[:, i]]
        level = Status(int(change.status[i])).label.in_(language) if change.status[i] else ""
        said = sentence(change, i, compared.names).in_(language)
        name = compared.names[place].in_(language)
        row = sheet.add([place, name, *values, _shown(change.total[i]), *parts, None, None, level, said])
        if not isnan(change.total[i]):
            _formulas(sheet, row, change, i)
    if same_dimension(change.unit, "元") and len(change.places) > 1:
        _totals(sheet, change, first, language)
    # Words first: a code that begins with a digit would be taken for the size of the footer's letters.
    sheet.footer(_RUNS.in_(language) + " → ".join(run[:12] for run in compared.runs))


def _formulas(sheet: Sheet, row: int, change: Change, i: int) -> None:
    """Write the live formulas of one row, with their values cached for previews that do not compute."""
    before, after, moved = (f"{xl_col_to_name(_FIRST + k)}{row + 1}" for k in range(3))
    style = sheet.styles.decimal
    sheet.sheet.write_formula(row, _FIRST + 2, f"=ROUND({after}-{before},9)", style, float(change.total[i]))
    last = _FIRST + 2 + len(change.factors)
    if not change.factors:
        sheet.sheet.write_number(row, last + 1, 0, style)
        return
    if any(isnan(part) for part in change.parts[:, i]):
        return
    span = f"{xl_col_to_name(_FIRST + 3)}{row + 1}:{xl_col_to_name(last)}{row + 1}"
    total = f"{xl_col_to_name(last + 1)}{row + 1}"
    sheet.sheet.write_formula(row, last + 1, f"=ROUND(SUM({span}),9)", style, float(change.total[i]))
    sheet.sheet.write_formula(row, last + 2, f"=ROUND({moved}-{total},6)", style, 0)


def _totals(sheet: Sheet, change: Change, first: int, language: str) -> None:
    """Write the row of sums; what has no number does not count, as the spreadsheet's own SUM has it."""
    columns = [change.before, change.after, change.total, *change.parts]
    shared = [sum(float(v) for v in column if not isnan(v)) for column in columns]
    width = len(columns)
    row = sheet.add(["", _TOTAL.in_(language), *([None] * (width + 2)), "", ""])
    complete = [not any(isnan(p) for p in change.parts[:, i]) for i in range(len(change.places))]
    sums = sum(float(t) for t, whole in zip(change.total, complete, strict=True) if whole and not isnan(t))
    cached = [*shared, sums if change.factors else 0.0, 0.0]
    for k, value in enumerate(cached):
        letter = xl_col_to_name(_FIRST + k)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})"
        sheet.sheet.write_formula(row, _FIRST + k, formula, sheet.styles.decimal, value)


def _factors(book: Any, styles: Styles, compared: Compared, language: str) -> None:
    change = compared.change
    one, other = sides(change)
    heads = (
        Column(_FACTORS.in_(language), 24),
        Column(HEADS["place"].in_(language), 16),
        Column(one.in_(language), 18, "text"),
        Column(other.in_(language), 18, "text"),
        Column(Text("计量单位", "Unit").in_(language), 10, "centre"),
        Column(Text("依据", "Paper").in_(language), 40),
    )
    sheet = Sheet(book, styles, "因素", _FACTORS.in_(language), heads, _FACTORS_NOTE.in_(language))
    declared = change.rules[1].declared
    for name, both in change.parameters.items():
        quantity = declared.parameters[name[1:]]
        unit = label(quantity.unit).in_(language)
        papers = " → ".join(d.paper or Text("假定", "assumed").in_(language) for d in both)
        for code in _codes(both):
            named = quantity.label.text().in_(language) + (f" {code}" if code else "")
            sheet.add((named, "", *(_value(d, code) for d in both), unit, papers))
    changed = {member for factor in change.factors for member in factor.members}
    for name, figures in change.figures.items():
        if name in changed:
            item = declared.inputs[name]
            words, unit = item.label.text().in_(language), label(item.unit).in_(language)
            for i, place in enumerate(change.places):
                before, after = (_category(item, float(side[i]), language) for side in figures)
                if before != after:
                    sheet.add((words, compared.names[place].in_(language), before, after, unit, ""))
    sheet.filter()


def _category(item: Input, value: float, language: str) -> float | str:
    """Return a figure as it is shown: the name of the category where it is one."""
    if isnan(value) or item.codes is None:
        return _shown(value)
    held = item.codes.get(int(value))
    return _shown(value) if held is None else held.text().in_(language)


def _codes(both: tuple[Dated, Dated]) -> list[str]:
    """Return the codes whose values differ, or one empty code for a plain number."""
    one, other = (d.value for d in both)
    if isinstance(one, float | int) or isinstance(other, float | int):
        return [""]
    return [code for code in sorted({*one, *other}) if one.get(code) != other.get(code)]


def _value(dated: Dated, code: str) -> float | str:
    if not code:
        return numbers(dated.value)[0]
    return dated.value.get(code, _NO_NUMBER) if not isinstance(dated.value, float | int) else dated.value


def _shown(value: float) -> float | str:
    return _NO_NUMBER if isnan(value) else float(value)
