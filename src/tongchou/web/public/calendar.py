"""The reply clock: working days, from dated parameter files beside this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tongchou.kernel.text import Text

_FOLDER = Path(__file__).parent / "parameters"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in force from a day on, with where it comes from."""

    start: date
    value: int
    source: Text
    assumed: bool


@lru_cache(maxsize=1)
def _settings() -> dict[str, tuple[Setting, ...]]:
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load((_FOLDER / "reply.yaml").read_text("utf-8"))
    return {
        name: tuple(
            Setting(d["from"], int(d["value"]), Text(d["source"]["zh"], d["source"]["en"]), bool(d.get("assumed")))
            for d in sorted(dated, key=lambda d: d["from"])
        )
        for name, dated in read.items()
    }


def setting(name: str, on: date) -> Setting:
    """Return the value in force on a day; before the first the first."""
    dated = _settings()[name]
    return next((s for s in reversed(dated) if s.start <= on), dated[0])


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and days of work that differ from Monday to Friday; ``years`` are those with a notice."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]


@lru_cache(maxsize=1)
def holidays() -> Holidays:
    """Return the days of ``holidays.yaml``."""
    years: dict[int, dict[str, Any]] = yaml.safe_load((_FOLDER / "holidays.yaml").read_text("utf-8"))["years"] or {}
    return Holidays(_days(years.values(), "off"), _days(years.values(), "work"), frozenset(years))


def _days(years: Iterable[dict[str, Any]], name: str) -> frozenset[date]:
    return frozenset(day for year in years for day in year.get(name, ()))


def is_working(day: date, held: Holidays) -> bool:
    """Return whether offices work on a day."""
    return day in held.work or (day.weekday() < 5 and day not in held.off)


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
    return sign * sum(is_working(first + timedelta(days=i), known) for i in range(1, (last - first).days + 1))
