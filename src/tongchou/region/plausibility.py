"""Whether a figure that comes in can be right: errors that refuse it, warnings that ask for an explanation.

The limits are dated values in ``plausibility.yaml`` beside this file; they are assumed until a city settles its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from statistics import median

import yaml

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem
from tongchou.region import plausibility_codes as codes
from tongchou.region.model import Figure, Indicator, Region

_COUNTED = frozenset({"人", "户", "个", "项", "处", "座", "张", "所", "家", "辆", "站"})
_SHARES = {"%": 1.0, "‰": 0.1}


@dataclass(frozen=True, slots=True)
class Limits:
    """When a figure is doubted, in force from ``since``; see the file for what each means."""

    since: date
    assumed: bool
    note: str
    jump: float
    range: float
    outlier: float
    least_units: int
    total: float
    parts: float
    wholes: Mapping[str, tuple[str, ...]]
    share_words: tuple[str, ...]
    not_share_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value is held against. ``parts`` is the sum of its parts where all are known."""

    before: float | None = None  # the same place a year earlier
    series: tuple[float, ...] = ()  # the same place in other periods
    others: tuple[float, ...] = ()  # the other units in the same period
    parts: float | None = None


@lru_cache(maxsize=1)
def _all_limits() -> tuple[Limits, ...]:
    held = yaml.safe_load((files("tongchou.region") / "plausibility.yaml").read_text("utf-8"))
    return tuple(
        Limits(
            **{
                **one,
                "wholes": {k: tuple(v) for k, v in one["wholes"].items()},
                "share_words": tuple(one["share_words"]),
                "not_share_words": tuple(one["not_share_words"]),
            }
        )
        for one in held
    )


def limits(on: date) -> Limits:
    """Return the limits in force on a day; the earliest where the day is before all of them."""
    held = sorted(_all_limits(), key=lambda one: one.since)
    return next((one for one in reversed(held) if one.since <= on), held[0])


def doubts(indicator: Indicator, value: float, evidence: Evidence, of: Limits, where: str) -> list[Problem]:
    """Return what is wrong with a value (errors) and what about it must be explained (warnings)."""
    shown = number(value)
    if indicator.unit in _COUNTED and value < 0:
        return [codes.NEGATIVE.at(where, value=shown)]
    if indicator.unit in _COUNTED and value != int(value):
        return [codes.NOT_WHOLE.at(where, value=shown, unit=indicator.unit)]
    if is_share(indicator, of):
        if value < 0:
            return [codes.NEGATIVE.at(where, value=shown)]
        if value * _SHARES[indicator.unit] > 100:
            return [codes.SHARE_OVER.at(where, value=number(value * _SHARES[indicator.unit]))]
    return [*_against_itself(value, evidence, of, where), *_against_others(value, evidence, of, where)]


def is_share(indicator: Indicator, of: Limits) -> bool:
    """Return whether an indicator is a share of a whole, by its unit and the words of its title."""
    title = indicator.title.zh
    named = any(word in title for word in of.share_words) and not any(word in title for word in of.not_share_words)
    return indicator.unit in _SHARES and named


def _against_itself(value: float, evidence: Evidence, of: Limits, where: str) -> list[Problem]:
    found = []
    if evidence.before:
        change = (value - evidence.before) / abs(evidence.before)
        if abs(change) > of.jump:
            said = {
                "before": number(evidence.before),
                "change": f"{change * 100:+.0f}",
                "limit": f"{of.jump * 100:.0f}",
            }
            found.append(codes.JUMP.at(where, **said))
    if not found and len(evidence.series) > 1:
        low, high = min(evidence.series), max(evidence.series)
        room = of.range * (high - low)
        if room and not low - room <= value <= high + room:
            found.append(codes.OUT_OF_RANGE.at(where, low=number(low), high=number(high)))
    return found


def _against_others(value: float, evidence: Evidence, of: Limits, where: str) -> list[Problem]:
    found = []
    if len(evidence.others) >= of.least_units and not evidence.before:
        # Units differ in size for good reason; only where nothing is known of the place itself are they a measure.
        middle = median(evidence.others)
        spread = median(abs(v - middle) for v in evidence.others)
        if spread and abs(value - middle) > of.outlier * spread:
            found.append(codes.OUTLIER.at(where, median=number(middle), value=number(value)))
    if evidence.parts is not None and abs(evidence.parts - value) > of.parts * abs(value):
        found.append(codes.PARTS_DIFFER.at(where, parts=number(evidence.parts), value=number(value)))
    return found


def evidence_for(
    region: Region,
    indicator: str,
    place: str,
    period: str,
    base: str,
    coming: Mapping[tuple[str, str, str], float],
    of: Limits,
) -> Evidence:
    """Gather what a value is held against: figures of the region, and those coming in with it.

    ``coming`` is (indicator, place, period) → value.
    """
    held = [f for f in region.of_indicator(indicator) if f.value is not None and f.base == base]
    series = {f.period.code: f.value for f in held if f.place == place and f.period.code != period}
    for (i, p, code), value in coming.items():
        if (i, p) == (indicator, place) and code != period:
            series[code] = value
    others = {f.place: f.value for f in held if f.period.code == period}
    others |= {p: value for (i, p, code), value in coming.items() if (i, code) == (indicator, period)}
    units = set(region.county_level())
    parts = of.wholes.get(indicator, ())
    found = [_value(region, part, place, period, base, coming) for part in parts]
    known = [v for v in found if v is not None]
    return Evidence(
        before=series.get(earlier(period)),
        series=tuple(v for v in series.values() if v is not None),
        others=tuple(v for p, v in others.items() if p != place and p in units and v is not None)
        if place in units
        else (),
        parts=sum(known) if parts and len(known) == len(parts) else None,
    )


def total_doubts(
    indicator: Indicator, values: Mapping[str, float], city: Figure | None, units: Sequence[str], of: Limits, where: str
) -> list[Problem]:
    """Hold the sum of all units against the city's own figure, where they should add up and none is missing."""
    if indicator.total != "sum" or city is None or not city.value or not set(units) <= set(values):
        return []
    summed = sum(values[unit] for unit in units)
    apart = abs(summed - city.value) / abs(city.value)
    if apart <= of.total:
        return []
    said = {"units": number(summed), "city": number(city.value), "share": f"{apart * 100:.1f}"}
    return [codes.TOTAL_DIFFERS.at(where, **said)]


def earlier(period: str) -> str:
    """Return the code of the same period a year earlier."""
    return "/".join(f"{int(part[:4]) - 1:04d}{part[4:]}" for part in Period.parse(period).code.split("/"))


def _value(
    region: Region, indicator: str, place: str, period: str, base: str, coming: Mapping[tuple[str, str, str], float]
) -> float | None:
    if (indicator, place, period) in coming:
        return coming[indicator, place, period]
    return next((f.value for f in region.held(place, indicator, period) if f.base == base), None)
