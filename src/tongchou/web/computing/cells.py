"""One number of a result as a page shows it: printed, with its status, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.rules import words
from tongchou.rules.declaration import Column, Input
from tongchou.rules.keys import ROWS
from tongchou.rules.result import Result

_MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """Number ``name`` of the row ``place``: its text without unit, its status, or why it is missing."""

    text: Text
    status: Status | None
    why: Text | None
    place: str
    name: str

    @property
    def is_missing(self) -> bool:
        """Whether there is no number."""
        return self.why is not None


def value_of(result: Result, name: str, row: int) -> float:
    """Return an input or column of one row, NaN where it is missing."""
    return float(_held(result, name)[row])


def shown(result: Result, names: Mapping[str, Text], name: str, row: int) -> Shown:
    """Return an input or column of one row as a page shows it; ``names`` gives places their names."""
    value, place = value_of(result, name, row), result.table.places[row]
    if np.isnan(value):
        return Shown(words.NO_NUMBER, None, reason(result, names, name, row), place, name)
    declared = result.rule.declared.quantities()[name]
    text = Text(figure(value, declared.unit), figure(value, declared.unit))
    if isinstance(declared, (Column, Input)) and declared.codes is not None and int(value) in declared.codes:
        text = declared.codes[int(value)].text()
    levels = result.status[name] if name in result.status else result.table.status[name]
    level = int(levels[row])
    return Shown(text, Status(level) if level else None, None, place, name)


def with_unit(text: Text, unit: str) -> Text:
    """Return a printed number with its unit."""
    label = unit_label(unit)
    between = " " if label.en and label.en[0] not in "%‰" else ""
    return Text(text.zh + (f" {label.zh}" if label.zh else ""), text.en + between + label.en)


def unit_of(result: Result, name: str) -> str:
    """Return the unit a column's head bears: none for categories, whose cells are words."""
    declared = result.rule.declared.quantities()[name]
    return "" if isinstance(declared, (Column, Input)) and declared.codes is not None else declared.unit


def reason(result: Result, names: Mapping[str, Text], name: str, row: int) -> Text:
    """Return why a cell has no number: which figures nobody reported, or what could not be worked out."""
    here = result.table.places[row]
    causes = result.why(name, row)
    zh: list[str] = []
    en: list[str] = []
    for cause in causes[:_MOST_REASONS]:
        what = words.called(result.rule, cause.name) if cause.name not in ROWS else Text(cause.name, cause.name)
        place = names.get(cause.place, Text(cause.place, cause.place)) if cause.place != here else Text("", "")
        computed = cause.name in result.values
        zh.append(f"{place.zh}{what.zh}{'无从算出' if computed else '未报'}")
        of = f" of {place.en}" if place.en else ""
        en.append(f"{what.en}{of} {'cannot be worked out' if computed else 'is not reported'}")
    if len(causes) > _MOST_REASONS:
        zh.append(f"共 {len(causes)} 项")
        en.append(f"{len(causes)} in all")
    return Text("，".join(zh), ", ".join(en)) if zh else Text("没有数", "there is no number")


def _held(result: Result, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return result.values[name] if name in result.values else result.table.values[name]
