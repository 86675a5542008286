"""The sheet 说明: whose rule this is, which clauses it serves, what its numbers rest on, and how to read the rest."""

from __future__ import annotations

from typing import Any

from tongchou import __version__
from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.surfaces.standing import standing
from tongchou.surfaces.workbook.workings_sheet import Pen, height, text

_FIELD, _WIDTH = 16.0, 104.0
_MOST_PROBLEMS = 200
_NOTES = 400


def about(pen: Pen) -> None:
    """Write the sheet."""
    layout, say = pen.layout, pen.say
    result, declared = layout.result, layout.result.rule.declared
    language = layout.language
    sheet = pen.sheet("about", say("本表由规则文件生成。", "Written from the rule's declaration."), [_FIELD, _WIDTH])
    rows = [
        (say("规则", "Rule"), f"{declared.title.text().in_(language)}　{declared.id}"),
        (say("对应条款", "Clauses"), say("、", ", ").join(declared.clauses) + f"　（{declared.system}）"),
        (say("办法", "Method"), Text(declared.method.zh, declared.method.en).in_(language)),
        (say("办法来源", "Source"), declared.method.source),
        (say("每行", "A row is"), say(" × ", " × ").join(key_label(k).in_(language) for k in declared.per)),
        (say("时期", "Periods"), _periods(pen)),
        (say("可信程度", "Standing"), standing(result).in_(language)),
        (say("引擎", "Engine"), f"Tongchou {__version__}　{say('规则指纹', 'rule digest')} {result.rule.digest[:16]}"),
    ]
    row = 3
    for field, value in rows:
        row = _line(pen, sheet, row, field, value)
    row = _section(pen, sheet, row, say("怎样算", "How it is computed"))
    for name in declared.columns:
        said = words.formula(result.rule, name).in_(language)
        left, _, right = said.partition(" = ")
        row = _line(pen, sheet, row, left, right)
    if declared.caveats:
        row = _section(pen, sheet, row, say("不能说明的", "What it cannot decide"))
        for i, caveat in enumerate(declared.caveats, 1):
            row = _line(pen, sheet, row, str(i), caveat.text().in_(language))
    row = _section(pen, sheet, row, say("怎样读", "How to read this"))
    for field, value in _reading(pen):
        row = _line(pen, sheet, row, field, value)
    row = _notes(pen, sheet, row)
    if result.problems:
        row = _section(pen, sheet, row, say("计算时的提示", "Told while computing"))
        for problem in result.problems[:_MOST_PROBLEMS]:
            row = _line(pen, sheet, row, problem.code, problem.message.in_(language))
        if (more := len(result.problems) - _MOST_PROBLEMS) > 0:
            row = _line(pen, sheet, row, "…", say(f"另有 {more} 条，见 .json", f"{more} more, see .json"))


def _line(pen: Pen, sheet: Any, row: int, field: str, value: str) -> int:
    sheet.write_string(row, 0, text(field), pen.look.field)
    sheet.write_string(row, 1, text(value), pen.look.text)
    sheet.set_row(row, height([(field, _FIELD), (value, _WIDTH)]))
    return row + 1


def _section(pen: Pen, sheet: Any, row: int, title: str) -> int:
    sheet.write_string(row + 1, 0, title, pen.look.section)
    sheet.write_blank(row + 1, 1, None, pen.look.section)
    sheet.set_row(row + 1, 20)
    return row + 2


def _periods(pen: Pen) -> str:
    shown = [Period.parse(block.period).label(pen.layout.language) for block in pen.layout.blocks]
    if len(shown) > 6:
        return pen.say(
            f"{shown[0]}至{shown[-1]}，共 {len(shown)} 期", f"{shown[0]} to {shown[-1]}, {len(shown)} periods"
        )
    return pen.say("、", ", ").join(shown)


def _reading(pen: Pen) -> list[tuple[str, str]]:
    layout, say = pen.layout, pen.say
    lines = [
        (
            layout.sheet("parameters"),
            say("参数及其文号；黄底的数可以改", "parameters and their papers; change yellow ones"),
        ),
        (
            layout.sheet("data"),
            say(
                "数据及其状态、来源；黄底的数可以改，粉底为缺数",
                "figures with status and source; change yellow ones, pink is missing",
            ),
        ),
        (
            layout.sheet("calculation"),
            say(
                "每一步都是活公式，改数即重算；空格是缺数，不是零",
                "every step is a live formula; an empty cell is missing, not zero",
            ),
        ),
    ]
    if layout.settlements:
        lines.append(
            (
                layout.sheet("settlement"),
                say(
                    "金额按最大余数法结算到最小单位的过程",
                    "how amounts are settled in whole units by largest remainder",
                ),
            )
        )
    if layout.totals:
        lines.append((layout.sheet("totals"), say("全时期的汇总数，每期一行", "what is taken over whole periods")))
    lines += [
        (layout.sheet("result"), say("结果和说明文字", "results, and in words")),
        (layout.sheet("check"), say("合计、合拢和差额；差额应为零", "sums, closing and differences, which are zero")),
    ]
    return lines


def _notes(pen: Pen, sheet: Any, row: int) -> int:
    result = pen.layout.result
    if result.rule.algorithm is None:
        return row
    row = _section(pen, sheet, row, pen.say("算法的步骤", "Steps of the algorithm"))
    row = _line(pen, sheet, row, pen.say("函数", "Function"), result.rule.algorithm.name)
    for note in result.notes[:_NOTES]:
        period = Period.parse(note.period).label(pen.layout.language)
        shown = note.value if isinstance(note.value, tuple) else (note.value,)
        numbers = "，".join("—" if v != v else figure(v) for v in shown[:40]) + (" …" if len(shown) > 40 else "")
        row = _line(pen, sheet, row, f"{period} {note.name}", f"{note.words.in_(pen.layout.language)}：{numbers}")
    if (more := len(result.notes) - _NOTES) > 0:
        row = _line(pen, sheet, row, "…", pen.say(f"另有 {more} 步，见 .json", f"{more} more, see .json"))
    return row
