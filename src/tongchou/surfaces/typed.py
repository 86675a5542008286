"""What a person typed, or a sheet holds, as a value: a number, 不适用, nothing said, or something nobody can read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from tongchou.kernel.units import factor


class Said(StrEnum):
    """What a cell says. Nothing said is 未报, which is neither zero nor 不适用."""

    VALUE = "value"
    NOTHING = "nothing"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell as read. ``value`` is in ``unit`` (the unit asked for); ``is_dash`` where a dash or dots stood."""

    said: Said
    value: float | None = None
    text: str = ""
    is_dash: bool = False


NOTHING = Typed(Said.NOTHING)
_DASHES = frozenset("—–-－…⋯/／·") | {"——", "--", "...", "……", "〃", "N/A", "NA", "n/a"} | {"暂无", "无数据", "未报"}
_NOT_APPLICABLE = frozenset({"不适用", "not applicable", "不涉及", "无此项"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][+-]?\d+)?|[+-]?\.\d+")
_MAGNITUDES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6}
_UNIT = re.compile(r"^(?P<number>[+-]?[\d.,]+(?:[eE][+-]?\d+)?)(?P<unit>[^\d].*)$")


def typed(cell: object, unit: str, column_unit: str = "") -> Typed:
    """Read a cell as a value in ``unit``. ``column_unit`` is the unit its column's head states, where it states one.

    Taken are thousands separators, full-width digits, a true minus, brackets for negative numbers, a percent sign, and
    a unit behind the number that converts.
    """
    if cell is None:
        return NOTHING
    if isinstance(cell, bool):
        return Typed(Said.UNREADABLE, text=str(cell))
    if isinstance(cell, (int, float)):
        return _valued(float(cell), str(cell), column_unit or unit, unit)
    text = str(cell).strip()
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",").strip(" \u3000\xa0\t'\"“”")
    if not plain:
        return NOTHING
    if text in _DASHES or plain in _DASHES:
        return Typed(Said.NOTHING, text=text, is_dash=True)
    if plain in _NOT_APPLICABLE or plain.lower() in _NOT_APPLICABLE:
        return Typed(Said.NOT_APPLICABLE, text=text)
    plain = plain.replace(" ", "")
    if plain.startswith("(") and plain.endswith(")") and _NUMBER.fullmatch(plain[1:-1]):
        plain = f"-{plain[1:-1]}"
    if _NUMBER.fullmatch(plain):
        return _valued(float(plain.replace(",", "")), text, column_unit or unit, unit)
    match = _UNIT.match(plain)
    if match and _NUMBER.fullmatch(match["number"]):
        return _with_unit(float(match["number"].replace(",", "")), match["unit"], text, column_unit or unit, unit)
    return Typed(Said.UNREADABLE, text=text)


def _with_unit(value: float, written: str, text: str, column_unit: str, unit: str) -> Typed:
    """Read a number that carries a unit, or 万 and 亿 alone before the unit of its column."""
    if written in _MAGNITUDES:
        return _valued(value * _MAGNITUDES[written], text, _smallest(column_unit), unit)
    if written in ("%", "‰") and unit == "1":
        return _valued(value * (0.01 if written == "%" else 0.001), text, unit, unit)
    return _valued(value, text, written, unit)


def _smallest(unit: str) -> str:
    """Return a unit without its own 万 or 亿, where what is left is a unit: 万元 → 元."""
    rest = unit.lstrip("千百万亿")
    try:
        factor(rest, unit)
    except ValueError:
        return unit
    return rest or unit


def _valued(value: float, text: str, source: str, unit: str) -> Typed:
    try:
        held = value * factor(source, unit) if source != unit else value
    except ValueError:
        return Typed(Said.UNREADABLE, text=text)
    # 0.1 万元 is 1000 元, not 1000.0000000000001.
    return Typed(Said.VALUE, float(f"{held:.15g}"), text) if isfinite(held) else Typed(Said.UNREADABLE, text=text)
