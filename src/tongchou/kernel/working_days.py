"""Working days: Monday to Friday, changed by the State Council's yearly notices, which stand in ``holidays.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that sets days off: its number, the day of its issue and where it stands."""

    number: str
    issued: date
    address: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and days of work that differ from Monday to Friday; ``notices`` by the year they are for."""

    off: frozenset[date]
    work: frozenset[date]
    notices: Mapping[int, tuple[Notice, ...]]

    def cover(self, first: date, last: date) -> bool:
        """Return whether every year from ``first`` to ``last`` has a notice."""
        return all(year in self.notices for year in range(first.year, last.year + 1))


@lru_cache(maxsize=1)
def holidays() -> Holidays:
    """Return the days of ``holidays.yaml``."""
    text = files(__package__).joinpath("holidays.yaml").read_text("utf-8")
    years: dict[int, dict[str, Any]] = yaml.safe_load(text)["years"]
    return Holidays(
        frozenset(day for year in years.values() for span in year["rest"].values() for day in _days(span)),
        frozenset(day for year in years.values() for day in year["work"]),
        {year: tuple(Notice(**n) for n in held["notices"]) for year, held in years.items()},
    )


def _days(span: date | str) -> Iterable[date]:
    """Return the days of a day or of ``first/last``."""
    if isinstance(span, date):
        return (span,)
    first, last = map(date.fromisoformat, span.split("/"))
    return _after(first - timedelta(days=1), (last - first).days + 1)


def _after(day: date, number: int) -> Iterator[date]:
    return (day + timedelta(days=i) for i in range(1, number + 1))


def is_working(day: date, held: Holidays) -> bool:
    """Return whether offices work on a day; in a year without a notice only weekends are off."""
    return day in held.work or (day.weekday() < _SATURDAY and day not in held.off)


def after_working_days(start: date, days: int, held: Holidays | None = None) -> date:
    """Return the last day of a term: ``days`` working days after ``start``, which itself is not counted."""
    known, day = held if held is not None else holidays(), start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day, known)
    return day


def working_days_left(on: date, due: date, held: Holidays | None = None) -> int:
    """Return how many working days are left after ``on`` up to ``due``; negative when that many have gone by."""
    known = held if held is not None else holidays()
    first, last, sign = (on, due, 1) if on <= due else (due, on, -1)
    return sign * sum(is_working(day, known) for day in _after(first, (last - first).days))
