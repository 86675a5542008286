"""The heads of tables as people make them: several rows, merged, with units in brackets, in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from tongchou.kernel.periods import Period
from tongchou.kernel.units import is_unit
from tongchou.region.model import Indicator
from tongchou.surfaces.workbook.received import ReceivedSheet, Value

_HEAD_WITHIN = 20  # rows
_HEAD_DEEP = 3


class Part(StrEnum):
    """What a column holds. ``DATA`` columns belong to one indicator, one period, or both."""

    PLACE = "place"
    INDICATOR = "indicator"
    PERIOD = "period"
    VALUE = "value"
    UNIT = "unit"
    STATUS = "status"
    SOURCE = "source"
    NOTE = "note"
    BASE = "base"
    CODE = "code"
    ABSENT = "absent"  # ticked where 不适用
    DATA = "data"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


_WRITTEN: tuple[tuple[Part, str], ...] = (
    (
        Part.PLACE,
        "地方 地区 县区 区县 县市区 县(市、区) 县(市区) 单位名称 填报单位 行政区 行政区划 地方名称 地区名称 place",
    ),
    (Part.PLACE, "地方代码 行政区划代码"),
    (Part.INDICATOR, "指标 指标名称 项目 指标编号 indicator"),
    (Part.PERIOD, "时期 年份 年度 报告期 期别 period"),
    (Part.VALUE, "数值 本年 本期 本年数 本期数 填报数 填报值 本年实际 实际数 值 value"),
    (Part.UNIT, "单位 计量单位 unit"),
    (Part.STATUS, "状态 可信状态 status"),
    (Part.SOURCE, "来源 数据来源 资料来源 出处 source"),
    (Part.NOTE, "备注 说明 note 注"),
    (Part.BASE, "口径基数 人口口径 base"),
    (Part.CODE, "填报码 编码 code"),
    (Part.ABSENT, "不适用 不适用打√ 是否不适用"),
    (Part.IGNORED, "序号 上年 上年同期 上年数 去年 去年同期 上期 ±% 增长% 同比 位次 口径 增减"),
)
_WORDS: dict[str, Part] = {word: part for part, words in _WRITTEN for word in words.split()}
_WHEN = r"\d{4}年(?:第?[一二三四1-4]季度|\d{1,2}月)?"
_NAMED_PERIOD = re.compile(rf"({_WHEN})(.+)|(.+?)({_WHEN})")
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_SPACES = re.compile(r"[\s\u3000]+")
_RAISED = re.compile("([²³])")
_YEAR = re.compile(r"(\d{4})年?(?:度|实际|数)?")
_QUARTER = re.compile(r"(\d{4})年?第?([一二三四1-4])季度")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_UNIT_LINE = re.compile(r"(?:计量)?单位[:：]\s*([^\s,，、;；)）]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, of which indicator and period where its head says so, and the unit the head states."""

    part: Part
    head: str = ""
    indicator: str = ""
    period: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Heads:
    """The head of a table: its columns and the number (from 0) of the first row below it."""

    columns: tuple[Column, ...]
    first: int
    unit: str  # stated above the table for all of it
    period: str  # the one period named above the table, where exactly one is

    def has(self, part: Part) -> bool:
        """Return whether some column holds this."""
        return any(c.part is part for c in self.columns)


def plain(value: Value) -> str:
    """Return a cell's text without spaces and line breaks, full-width forms as plain ones."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _plain(str(value))


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    # km² is no km2: the raised figures of units stay as they are.
    text = "".join(part if part in "²³" else unicodedata.normalize("NFKC", part) for part in _RAISED.split(text))
    return _SPACES.sub("", text)


def period_in(value: Value) -> Period | None:
    """Return the period a cell names: 2031, 2031年, 2031年三季度, 2031年3月, 2031-03, or a date."""
    if isinstance(value, (date, datetime)):
        return Period.parse(f"{value:%Y-%m-%d}")
    return _period_in(plain(value).strip("()"))


@lru_cache(maxsize=4096)
def _period_in(text: str) -> Period | None:
    for shape, form in ((_DAY, "{}-{:02d}-{:02d}"), (_MONTH, "{}-{:02d}")):
        if match := shape.fullmatch(text):
            return _parsed(form.format(match[1], *(int(g) for g in match.groups()[1:])))
    if match := _QUARTER.fullmatch(text):
        return _parsed(f"{match[1]}-Q{'一二三四'.find(match[2]) + 1 or match[2]}")
    if match := _YEAR.fullmatch(text):
        return _parsed(match[1])
    return _parsed(text)


def _parsed(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ValueError:
        return None


def names_of(indicators: Mapping[str, Indicator]) -> dict[str, str]:
    """Return every way an indicator is written in a table, with its id."""
    found: dict[str, str] = {}
    for id_, indicator in indicators.items():
        for name in (id_, indicator.title.zh, indicator.title.en):
            found.setdefault(plain(name).lower(), id_)
    return found


def heads_of(sheet: ReceivedSheet, indicators: Mapping[str, str]) -> Heads | None:
    """Find the head of a sheet's table; ``None`` where no row looks like one. ``indicators`` is :func:`names_of`."""
    grid = _filled(sheet)
    best, at = 0, -1
    for i, row in enumerate(grid[:_HEAD_WITHIN]):
        parts = [_column(plain(cell), indicators).part for cell in row]
        score = len({(j, p) for j, p in enumerate(parts) if p is not Part.UNKNOWN})
        if score > best and not _is_body(sheet.rows[i], parts):
            best, at = score, i
    if best == 0:
        return None
    start, end = at, at + 1
    # Rows above it that repeat across merged columns, and rows below without a single number, belong to the head.
    while start > 0 and at - start < _HEAD_DEEP - 1 and _several(grid[start - 1]):
        start -= 1
    while end < len(grid) and end - start < _HEAD_DEEP and _goes_on(sheet, end, grid, indicators):
        end += 1
    width = max(len(row) for row in grid[start:end])
    columns = tuple(
        _stacked([row[j] if j < len(row) else None for row in grid[start:end]], indicators) for j in range(width)
    )
    above = [plain(cell) for row in grid[:start] for cell in row if cell is not None]
    unit = next((m[1] for text in above if (m := _UNIT_LINE.search(text)) and is_unit(m[1])), "")
    named = {p.code for text in above for m in [re.match(r"\d{4}年(?!\d)", text)] if m and (p := period_in(m[0]))}
    return Heads(columns, end, unit, named.pop() if len(named) == 1 else "")


def _filled(sheet: ReceivedSheet) -> list[list[Value]]:
    """Return the first rows with what a merged area says in each of its cells."""
    grid = [list(row) for row in sheet.rows[: _HEAD_WITHIN + _HEAD_DEEP]]
    for top, left, bottom, right in sheet.merged:
        if top >= len(grid) or (top == bottom and right - left > 1 and top == 0):
            continue  # a title across the table is no head of each column
        for i in range(top, min(bottom + 1, len(grid))):
            for j in range(left, min(right + 1, len(grid[i]))):
                grid[i][j] = sheet.rows[top][left]
    return grid


def _is_body(row: Sequence[Value], parts: Sequence[Part]) -> bool:
    """Return whether a row holds figures: more numbers that name no period than parts of a head."""
    numbers = sum(isinstance(v, (int, float)) and not isinstance(v, bool) and not 1900 <= v <= 2100 for v in row)
    return numbers > sum(p is not Part.UNKNOWN for p in parts)


def _several(row: Sequence[Value]) -> bool:
    return len({plain(v) for v in row if v is not None}) > 1


def _goes_on(sheet: ReceivedSheet, i: int, grid: Sequence[Sequence[Value]], indicators: Mapping[str, str]) -> bool:
    """Return whether a row below the head's first is still of the head: under merged cells, and naming columns."""
    covered = any(top < i <= bottom for top, _, bottom, _ in sheet.merged) or any(
        top == i - 1 and right > left for top, left, _, right in sheet.merged
    )
    known = [
        c for cell in grid[i] if cell is not None and (c := _column(plain(cell), indicators)).part is not Part.UNKNOWN
    ]
    units = [cell for cell in grid[i] if cell is not None and is_unit(plain(cell).strip("()"))]
    filled = sum(cell is not None for cell in grid[i])
    return (covered and len(known) + len(units) > 0 and not _is_body(sheet.rows[i], [c.part for c in known])) or (
        filled > 1 and len(units) == filled
    )


def _stacked(cells: Sequence[Value], indicators: Mapping[str, str]) -> Column:
    """Return the column that a stack of head cells describes, the lowest saying most."""
    texts = list(dict.fromkeys(t for t in (plain(c) for c in cells) if t))
    found = [_column(text, indicators) for text in texts]
    whole = _column("".join(texts), indicators)
    if whole.part is not Part.UNKNOWN and len(texts) > 1:
        found.append(whole)
    indicator = next((c.indicator for c in reversed(found) if c.indicator), "")
    period = next((c.period for c in reversed(found) if c.period), "")
    unit = next((c.unit for c in reversed(found) if c.unit), "")
    if not unit:
        unit = next((t.strip("()") for t in reversed(texts) if len(texts) > 1 and is_unit(t.strip("()"))), "")
    plain_parts = [c.part for c in found if c.part not in (Part.UNKNOWN, Part.DATA)]
    head = "/".join(texts)
    if Part.IGNORED in plain_parts:
        return Column(Part.IGNORED, head)
    if indicator or (period and not plain_parts):
        return Column(Part.DATA, head, indicator, period, unit)
    if plain_parts:
        return Column(plain_parts[-1], head, "", period, unit)
    return Column(Part.UNKNOWN if head else Part.IGNORED, head)


def _column(text: str, indicators: Mapping[str, str]) -> Column:
    """Return what one head says by itself."""
    if not text:
        return Column(Part.UNKNOWN)
    inside = [m.strip() for m in _BRACKETS.findall(text)]
    bare = _BRACKETS.sub("", text).strip(":：*")
    unit = next((i for i in inside if i and is_unit(i)), "")
    if text.lower() in _WORDS or bare.lower() in _WORDS:
        return Column(_WORDS.get(text.lower()) or _WORDS[bare.lower()], text, unit=unit)
    for name in (text, bare):
        if name.lower() in indicators:
            return Column(Part.DATA, text, indicators[name.lower()], unit=unit)
    period = period_in(bare)
    if period is not None:
        return Column(Part.DATA, text, "", period.code, unit)
    # 2031年常住人口（万人）, 常住人口2031年
    match = re.fullmatch(
        r"(\d{4}年(?:第?[一二三四1-4]季度|\d{1,2}月)?)(.+)|(.+?)(\d{4}年(?:第?[一二三四1-4]季度|\d{1,2}月)?)", bare
    )
    if match:
        when, name = period_in(match[1] or match[4]), (match[2] or match[3]).strip("-_·").lower()
        if when is not None and name in indicators:
            return Column(Part.DATA, text, indicators[name], when.code, unit)
        if when is not None and name in _WORDS:
            return Column(_WORDS[name], text, "", when.code, unit)
    return Column(Part.UNKNOWN, text)
