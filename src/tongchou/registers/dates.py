"""Days as people write them: 2020-12-26, 2020年12月26日, 2020/3, 2020年底, a day number of a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from tongchou.kernel.periods import Period

_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 date system as every spreadsheet program counts it
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?$")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?$")
_YEAR = re.compile(r"(\d{4})年?底?末?$")
START = date(1970, 1, 1)


def read_day(value: object) -> str:
    """Return a day as 2020-12-26; raise ``ValueError`` for anything that is not one."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 20_000 <= value < 80_000:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    match = _DAY.match(str(value).strip())
    if match is None:
        raise ValueError(str(value))
    return date(int(match[1]), int(match[2]), int(match[3])).isoformat()


def read_month(value: object) -> str:
    """Return a month as 2020-03; raise ``ValueError``."""
    if isinstance(value, date):
        return value.isoformat()[:7]
    match = _MONTH.match(str(value).strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise ValueError(str(value))
    return f"{match[1]}-{int(match[2]):02d}"


def read_year(value: object) -> int:
    """Return a year between 1900 and 2200; raise ``ValueError``."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    match = _YEAR.match(str(value).strip())
    if match is None or isinstance(value, bool) or not 1900 <= int(match[1]) <= 2200:
        raise ValueError(str(value))
    return int(match[1])


def read_partial(value: object) -> str:
    """Return a day, month or year as 2020-12-26, 2020-12 or 2020; raise ``ValueError``."""
    for read in (read_day, read_month):
        try:
            return read(value)
        except ValueError:
            continue
    return str(read_year(value))


@lru_cache(maxsize=8192)
def last_day(code: str) -> date:
    """Return the last day of 2020, 2020-03 or 2020-03-31."""
    return Period.parse(code).end


@lru_cache(maxsize=8192)
def day_number(code: str) -> float:
    """Return the last day of a date as the number of days since 1970-01-01, as formulas count it."""
    return float((last_day(code) - START).days)
