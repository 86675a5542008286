"""Dates and terms as officials print them (2020年底前, 今年6月底, “十四五”末, 3个月内) and the last day they mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from tongchou.kernel.working_days import after_working_days
from tongchou.policy.numbering import count

_HAN = "一二两三四五六七八九十"
_YEAR = rf"(?:(?:20|21)\d\d年(?!度)|[今本当明次]年|“?十[{_HAN}]五”?(?:规划)?)"
_PART = r"(?:年)?(?:\d{1,2}月份?(?:\d{1,2}[日号])?|第?[一二三四1-4]季度|[上下]半年)"
_EDGE = r"(?:[上中下]旬|年?[底末初中](?![小央等学部]))"
_BEFORE = r"(?:以前|之前|前|以内|之内|期间|时期末?|期内|期末|末)"
_TERM = rf"(?:\d{{1,3}}|[{_HAN}]{{1,3}})(?:[至—到-](?:\d{{1,3}}|[{_HAN}]{{1,3}}))?"
_COUNTED = r"(?:个(?:月|季度|工作日)|年|周|[日天])(?:左右)?的?(?:时间)?(?:以内|之内|内)"
# A year with its parts; a month or the end of the year alone, if a limit is set to it; a term counted from the issue.
# Every alternative begins with a character of its own, so that a search passes other text quickly.
DATE = (
    rf"(?:(?:20|21)\d\d年(?!度)(?:{_PART})?{_EDGE}?{_BEFORE}?"
    rf"|[今本当明次]年(?:{_PART})?{_EDGE}?{_BEFORE}?"
    rf"|(?:“十|十)[{_HAN}]五”?(?:规划)?(?:{_PART})?{_EDGE}?{_BEFORE}?"
    rf"|\d{{1,2}}月份?(?:\d{{1,2}}[日号])?(?:{_EDGE}?{_BEFORE}|[底末])"
    rf"|[一二三四1-4]季度(?:{_EDGE}?{_BEFORE}|[底末])|[上下]半年(?:{_EDGE}?{_BEFORE}|[底末])"
    rf"|年[底末内](?:以?前|之前)?|本世纪中叶"
    rf"|{_TERM}{_COUNTED})"
)
_TERM_ONLY = re.compile(f"{_TERM}{_COUNTED}")
_SIZES = ("至", "到", "为", "过", "控制在", "缩短", "压缩")
_PATTERN = re.compile(DATE)
_FULL = re.compile(
    rf"(?P<n>\d{{1,3}}|[{_HAN}]{{1,3}})(?P<unit>个月|个季度|个?工作日|年|周|[日天])(?=左右|的?时间|以?内|之内)"
    rf"|(?P<year>(?:20|21)\d\d)年|(?P<rel>[今本当明次])年|十(?P<plan>[{_HAN}])五|(?P<month>\d{{1,2}})月|(?P<day>\d{{1,2}})[日号](?!起)"
    rf"|(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<edge>[上中下]旬|月初|月中|年中|年初|[初中](?=[前]|$))"
    rf"|(?P<end>年[底末内])|(?P<mid>本世纪中叶)"
)


def find_date(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first date or term in ``text[start:end]``."""
    return _PATTERN.search(text, start, end)


def is_size(text: str, start: int, end: int) -> bool:
    """Return whether the term at ``text[start:end]`` is a size (压缩至3个工作日以内), not a date."""
    return text.endswith(_SIZES, 0, start) and _TERM_ONLY.fullmatch(text, start, end) is not None


@lru_cache(maxsize=4096)
def last_day(printed: str, issued: date | None) -> date | None:
    """Return the last day of the printed period, or ``None`` where it cannot be told (a term without an issue date)."""
    year = month = day = None
    quarter = half = edge = None
    for match in _FULL.finditer(printed):
        kind = match.lastgroup
        if kind == "unit":
            return _after(issued, count(match["n"]), match["unit"])
        if kind == "year":
            year = int(match["year"])
        elif kind == "rel":
            if issued is None:
                return None
            year = issued.year + (match["rel"] in "明次")
        elif kind == "plan":
            year = 2020 + 5 * (count(match["plan"]) - 3)
        elif kind == "month":
            month = int(match["month"])
        elif kind == "day":
            day = int(match["day"])
        elif kind == "quarter":
            quarter = int(match["quarter"]) if match["quarter"].isdecimal() else count(match["quarter"])
        elif kind == "half":
            half = match["half"]
        elif kind == "edge":
            edge = match["edge"]
        elif kind == "mid":
            year = 2050
    if quarter:
        month = 3 * quarter
    elif half:
        month = 6 if half == "上" else 12
    if year is None:
        if issued is None:
            return None
        year = issued.year
        if month is not None and month < issued.month:
            year += 1
    return _date(year, month, day, edge)


def _date(year: int, month: int | None, day: int | None, edge: str | None) -> date | None:
    if month is None:
        month = 6 if edge == "年中" else 3 if edge == "年初" else 12
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        day = {"上旬": 10, "中旬": 20, "月初": 10, "月中": 20, "初": 10, "中": 20}.get(edge or "", last)
    return date(year, month, day) if 1 <= day <= last else None


def _after(issued: date | None, number: int, unit: str) -> date | None:
    """Return ``issued`` plus a term; working days are those of ``kernel.working_days``."""
    if issued is None or number == 0:
        return None
    if unit == "年" or unit in ("个月", "个季度"):
        months = number * {"年": 12, "个月": 1, "个季度": 3}[unit]
        year, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
        month += 1
        return date(year, month, min(issued.day, monthrange(year, month)[1]))
    if unit.endswith("工作日"):
        return after_working_days(issued, number)
    return issued + timedelta(days=number * (7 if unit == "周" else 1))
