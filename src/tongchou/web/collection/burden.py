"""How many minutes filling in takes: by unit and month, who caused them, and the cap, which is a dated parameter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import F, Sum

from tongchou.kernel.text import Text
from tongchou.web.collection.models import Answer
from tongchou.web.collection.states import RoundState
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Cap:
    """Minutes a month that filling in may take: all units together, and one unit."""

    since: date
    assumed: bool
    note: str
    city_minutes: float
    unit_minutes: float


@lru_cache(maxsize=1)
def _caps() -> tuple[Cap, ...]:
    held: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "burden.yaml").read_text("utf-8"))
    return tuple(sorted((Cap(**one) for one in held), key=lambda c: c.since))


def cap(on: date) -> Cap:
    """Return the cap in force on a day; the earliest where the day is before all of them."""
    return next((one for one in reversed(_caps()) if one.since <= on), _caps()[0])


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes one round costs one unit in the month it is due."""

    organisation: str
    unit: Text
    round: int
    title: str
    clause: str
    caused_by: Text
    month: date
    cells: int
    minutes: float


def shares(year: int, organisations: frozenset[str] | None = None) -> list[Share]:
    """Return what every opened round due in a year costs each unit, by month; ``None`` stands for all units."""
    rows = Answer.objects.filter(round__state__in=[RoundState.OPEN, RoundState.CLOSED], round__due__year=year)
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    rows = rows.order_by("round__due", "organisation__order", "round")
    names = (
        "organisation",
        "organisation__name",
        "organisation__name_en",
        "round",
        "round__title",
        "round__clause",
        "round__organisation__name",
        "round__organisation__name_en",
        "round__due",
        "round__minutes",
    )
    found = []
    for id_, zh, en, pk, title, clause, by, by_en, due, minutes, cells in rows.values_list(*names).annotate(
        n=Sum("cells")
    ):
        unit, caused = Text(zh, en or zh), Text(by, by_en or by)
        found.append(Share(id_, unit, pk, title, clause, caused, due.replace(day=1), cells, cells * minutes))
    return found


def minutes_due(month: date, but: int | None = None) -> float:
    """Return the minutes of all units in the opened rounds due in a month."""
    rows = Answer.objects.filter(
        round__state__in=[RoundState.OPEN, RoundState.CLOSED],
        round__due__year=month.year,
        round__due__month=month.month,
    ).exclude(round=but or 0)
    return float(rows.aggregate(all=Sum(F("cells") * F("round__minutes")))["all"] or 0.0)


def months_of(found: list[Share]) -> dict[date, float]:
    """Return the minutes of each month, in order."""
    months: dict[date, float] = {}
    for one in sorted(found, key=lambda s: s.month):
        months[one.month] = months.get(one.month, 0.0) + one.minutes
    return months


def units_of(found: list[Share]) -> dict[str, dict[date, float]]:
    """Return the minutes of each unit by month."""
    units: dict[str, dict[date, float]] = {}
    for one in found:
        by_month = units.setdefault(one.organisation, {})
        by_month[one.month] = by_month.get(one.month, 0.0) + one.minutes
    return units


def names_of(ids: list[str]) -> dict[str, Text]:
    """Return what organisations are called."""
    return {o.pk: o.title for o in Organisation.objects.filter(pk__in=ids)}
