"""A rule in words: a formula as a sentence, and what a rule says of one row with its numbers filled in."""

from __future__ import annotations

import re

import numpy as np

from tongchou.kernel.numbers import figure, measured
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.rules.declaration import Closing, Column, Input
from tongchou.rules.keys import ROWS, label
from tongchou.rules.phrases import called, phrase
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule

__all__ = ["BETWEEN", "NO_NUMBER", "bare", "called", "cell", "formula", "key_name", "phrase", "says", "settled"]

BETWEEN = " · "  # parts of the name of a row that has several keys
NO_NUMBER = Text("缺数", "no figure")
_FIELD = re.compile(r"\{(\w+)\}")
_MOST_REASONS = 3  # named in a sentence; the workings list them all


def formula(rule: Rule, name: str) -> Text:
    """Return what a column is, in words and without a full stop.

    For example 收支缺口 = 标准财政支出减去标准财政收入，不低于零.
    """
    column = rule.declared.columns[name]
    step = next((step for step in rule.steps if step.name == name), None)
    if step is None:
        how = Text("由算法给出", "given by the algorithm")
    else:
        how = phrase(rule, step.term)
        if column.missing == "leave_out" and step.windows:
            how = Text(f"{how.zh}，缺数的不计", f"{how.en}, leaving out those without a figure")
    if column.closes is not None:
        closing = settled(rule, column.closes)
        how = Text(f"{how.zh}，{closing.zh}", f"{how.en}, {closing.en}")
    return Text(f"{column.label.zh} = {how.zh}", f"{column.label.en} = {how.en}")


def settled(rule: Rule, closing: Closing) -> Text:
    """Return how a column is settled in whole units."""
    to = called(rule, closing.to) if closing.to != "0" else Text("零", "zero")
    most = Text("不超过", "at most") if closing.at_most else Text("等于", "exactly")
    return Text(
        f"按最大余数法取整到{closing.unit}，合计{most.zh}{to.zh}",
        f"settled in whole {unit_label(closing.unit).en} by largest remainder, adding up to {most.en} {to.en}",
    )


def says(result: Result, row: int, place: Text | None = None) -> Text:
    """Return the rule's sentence about one row, numbers with units; a missing one says what it is missing for.

    A number weaker than derived says so. ``place`` is what the row is called, its code without it.
    """
    words = result.rule.declared.says
    fields: dict[str, Text] = {key: key_name(result, row, key, place) for key in result.rule.rows}
    numbers: list[str] = []
    fields["place"] = place or Text(result.table.places[row], result.table.places[row])
    for template in (words.zh, words.en):
        for name in _FIELD.findall(template):
            if name not in fields:
                fields[name] = Text("", "")
                numbers.append(name)
    levels = {_level(result, name, row) for name in numbers if name != "period"} - {0}
    # One word at the end where it holds for every number of the sentence, else one behind each.
    together = len(levels) == 1
    for name in numbers:
        shown = _period(result, row, words.zh) if name == "period" else cell(result, name, row, status=not together)
        fields[name] = shown
    said = words.text().format(**fields)
    if not together or (level := levels.pop()) >= Status.DERIVED:
        return said
    word = Status(level).label
    return Text(f"{said.zh}（均为{word.zh}）", f"{said.en} (all {word.en})")


def _level(result: Result, name: str, row: int) -> int:
    return int((result.status[name] if name in result.status else result.table.status[name])[row])


def key_name(result: Result, row: int, key: str, place: Text | None = None) -> Text:
    """Return what a row is called under one of its keys: by its part of the joined name, by the rule, else its code."""
    rows = result.rule.rows
    if place is not None:
        zh, en = place.zh.split(BETWEEN), place.en.split(BETWEEN)
        if len(zh) == len(en) == len(rows):
            return Text(zh[rows.index(key)], en[rows.index(key)])
    code = result.keys[key][row]
    named = result.rule.declared.names.get(key, {}).get(code)
    return named.text() if named is not None else Text(code, code)


def _period(result: Result, row: int, template: str) -> Text:
    code = result.table.periods[row]
    shown = Period.parse(code).label()
    # A template that writes 年 itself wants the bare year.
    if "{period}年" in template:
        shown = shown.removesuffix("年")
    return Text(shown, code)


def bare(result: Result, name: str, row: int) -> Text:
    """Return a column of one row without unit or status: its number, what it stands for, or that there is none."""
    value, declared = float(result.values[name][row]), result.rule.declared.columns[name]
    if np.isnan(value):
        return NO_NUMBER
    if declared.codes is not None and int(value) in declared.codes:
        return declared.codes[int(value)].text()
    shown = figure(value, declared.unit, aligned=True)
    return Text(shown, shown)


def cell(result: Result, name: str, row: int, *, status: bool = True) -> Text:
    """Return an input or column of one row: its number with unit, or the category it stands for, or why it is missing.

    With ``status`` that is added where it is weaker than derived.
    """
    values = result.values[name] if name in result.values else result.table.values[name]
    value, declared = float(values[row]), result.rule.declared.quantities()[name]
    if np.isnan(value):
        return _missing(result, name, row)
    shown = measured(value, declared.unit)
    if isinstance(declared, (Column, Input)) and declared.codes is not None and int(value) in declared.codes:
        shown = declared.codes[int(value)].text()
    level = _level(result, name, row)
    if status and 0 < level < Status.DERIVED:
        word = Status(level).label
        shown = Text(f"{shown.zh}（{word.zh}）", f"{shown.en} ({word.en})")
    return shown


def _missing(result: Result, name: str, row: int) -> Text:
    here = result.table.places[row]
    zh, en = [], []
    causes = result.why(name, row)
    for cause in causes[:_MOST_REASONS]:
        what = called(result.rule, cause.name) if cause.name not in ROWS else label(cause.name)
        elsewhere = "" if cause.place == here else cause.place
        undefined = cause.name in result.values
        zh.append(f"{elsewhere}{what.zh}{'无从算出' if undefined else '未报'}")
        en.append(f"{what.en}{f' of {elsewhere}' if elsewhere else ''} {'undefined' if undefined else 'not reported'}")
    if len(causes) > _MOST_REASONS:
        zh.append(f"等{len(causes)}项")
        en.append(f"{len(causes)} in all")
    if not zh:
        return NO_NUMBER
    return Text(f"{NO_NUMBER.zh}（{'，'.join(zh)}）", f"{NO_NUMBER.en} ({', '.join(en)})")
