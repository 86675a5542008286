"""A rule as its page shows it: steps with formulas, inputs and where they come from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.rules import words
from tongchou.rules.declaration import Column, Input
from tongchou.rules.figures import FOLDER, inputs_file
from tongchou.rules.keys import label as key_label
from tongchou.rules.mathematics import equation, mathml
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule

_MOST_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Formula:
    """A column's formula: in words, as mathematics for each language ("" without one), and as written in the file."""

    words: Text
    math: Text
    text: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the rule's page lists it."""

    name: str
    label: Text
    unit: str
    note: Text | None
    formula: Formula
    keys: Text | None
    codes: tuple[Text, ...]
    is_result: bool


@dataclass(frozen=True, slots=True)
class InputLine:
    """An input with where its figures come from and what is held of it."""

    name: str
    label: Text
    unit: str
    note: Text | None
    indicators: tuple[str, ...]
    where: Text
    codes: tuple[Text, ...]
    statuses: tuple[tuple[Status, int], ...]
    missing: int
    sources: tuple[str, ...]
    more_sources: int


def formula_of(rule: Rule, name: str) -> Formula:
    """Return a column's formula in every form a page shows."""
    column = rule.declared.columns[name]
    said = words.formula(rule, name)
    node = equation(rule, name)
    math = Text("", "") if node is None else Text(mathml(node, "zh"), mathml(node, "en"))
    return Formula(
        Text(said.zh.partition(" = ")[2], said.en.partition(" = ")[2]),
        math,
        column.formula or str(rule.declared.compute),
    )


def steps(rule: Rule) -> list[StepLine]:
    """Return the steps in the order they are computed."""
    declared = rule.declared
    ordered = [*(rule.algorithm.columns if rule.algorithm else ()), *(step.name for step in rule.steps)]
    found = []
    for name in ordered:
        item = declared.columns[name]
        keys = rule.keys(name)
        found.append(
            StepLine(
                name,
                item.label.text(),
                "" if item.codes else item.unit,
                item.note.text() if item.note is not None else None,
                formula_of(rule, name),
                _keys(keys) if keys != rule.rows else None,
                _codes(item),
                name == declared.result,
            )
        )
    return found


def inputs(rule: Rule, region: Region, result: Result | None) -> list[InputLine]:
    """Return the inputs; with a result also how many figures of which status were used, and from which sources."""
    return [_input(rule, region, name, item, result) for name, item in rule.declared.inputs.items()]


def _input(rule: Rule, region: Region, name: str, item: Input, result: Result | None) -> InputLine:
    statuses: tuple[tuple[Status, int], ...] = ()
    missing, sources = 0, list[str]()
    if result is not None:
        there = ~np.isnan(result.table.values[name])
        counted = Counter(int(level) for level in result.table.status[name][there])
        statuses = tuple((Status(level), n) for level, n in sorted(counted.items(), reverse=True))
        missing = int((~there).sum())
        held = result.table.sources.get(name, ())
        sources = list(dict.fromkeys(s for s, ok in zip(held, there, strict=False) if ok and s))
    indicators = (item.indicator,) if item.indicator in region.indicators else ()
    return InputLine(
        name,
        item.label.text(),
        "" if item.codes else item.unit,
        item.note.text() if item.note is not None else None,
        tuple(i for i in indicators if i is not None),
        _where(rule, region, item),
        _codes(item),
        statuses,
        missing,
        tuple(sources[:_MOST_SOURCES]),
        max(0, len(sources) - _MOST_SOURCES),
    )


def _where(rule: Rule, region: Region, item: Input) -> Text:
    """Say where an input's figures come from, the indicator itself being linked."""
    parts: list[Text] = []
    if item.groups is not None:
        parts.append(Text("地区包中的分组", "the place's group in the region package"))
    if item.indicator is not None and "{" in item.indicator:
        parts.append(Text(f"指标 {item.indicator}", f"indicators {item.indicator}"))
    elif item.indicator is not None and item.indicator in region.indicators:
        parts.append(region.indicators[item.indicator].title)
    elif item.indicator is not None:
        parts.append(Text(f"指标 {item.indicator}（地区包没有）", f"indicator {item.indicator} (not held)"))
    elif item.groups is None and inputs_file(rule, region).is_file():
        parts.append(Text(f"{FOLDER}/{rule.id}.csv", f"{FOLDER}/{rule.id}.csv"))
    elif item.groups is None:
        parts.append(Text("须自带数据", "to be given by whoever computes"))
    if item.lag:
        parts.append(Text(f"取 {item.lag} 年前", f"{item.lag} years earlier"))
    if item.when == "latest":
        parts.append(Text("取最近一期", "the latest there is"))
    return Text("，".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def _codes(item: Column | Input) -> tuple[Text, ...]:
    return tuple(Text(f"{code} {w.zh}", f"{code} {w.en}") for code, w in (item.codes or {}).items())


def _keys(keys: tuple[str, ...]) -> Text:
    labels = [key_label(key) for key in keys]
    return Text(" × ".join(k.zh for k in labels) or "全部", " × ".join(k.en for k in labels) or "All")
