"""Periods: what a figure is about (a year, quarter, month, day or span), ordered and printed as officials do."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"(\d{4})$")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_QUARTERS = ("一", "二", "三", "四")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included, with the code it was written as (``2021``, ``2021-Q1``, ``2021-03`` …)."""

    start: date
    end: date
    code: str

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read ``2021``, ``2021-Q3``, ``2021-03``, ``2020-11-01`` or a span ``2021-01/2021-08``.

        Raises ``ValueError`` for anything else, impossible dates and spans that end before they begin.
        """
        code = code.strip()
        if "/" in code:
            first, _, last = code.partition("/")
            start, end = cls.parse(first).start, cls.parse(last).end
            if end < start:
                raise ValueError(f"period {code!r} ends before it begins")
            return cls(start, end, code)
        if match := _YEAR.match(code):
            year = int(match[1])
            return cls(date(year, 1, 1), date(year, 12, 31), code)
        if match := _QUARTER.match(code):
            year, last_month = int(match[1]), 3 * int(match[2])
            return cls(date(year, last_month - 2, 1), date(year, last_month, monthrange(year, last_month)[1]), code)
        if match := _MONTH.match(code):
            year, month = int(match[1]), int(match[2])
            return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), code)
        if match := _DAY.match(code):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return cls(day, day, code)
        raise ValueError(f"not a period: {code!r}; write 2021, 2021-Q3, 2021-03, 2021-03-31 or 2021-01/2021-08")

    def label(self, language: str = "zh") -> str:
        """Return the period as an official table prints it: 2021年, 2021年三季度, 2021年3月, 2020年11月1日."""
        if language.startswith("en"):
            return self.code.replace("/", " – ")
        if "/" in self.code:
            first, _, last = self.code.partition("/")
            return f"{Period.parse(first).label()}至{Period.parse(last).label()}"
        if match := _QUARTER.match(self.code):
            return f"{match[1]}年{_QUARTERS[int(match[2]) - 1]}季度"
        day = self.start
        if _YEAR.match(self.code):
            return f"{day.year}年"
        if _MONTH.match(self.code):
            return f"{day.year}年{day.month}月"
        return f"{day.year}年{day.month}月{day.day}日"
