"""Rows of the tables of reach, as printed: coverage of a place, one point."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.access.coverage import Covered
from tongchou.surfaces.reach.answer import Answer
from tongchou.surfaces.reach.words import level_words, people_words, share_words, shown_cost


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Coverage of one place, as printed; ``group`` is its id, "" for all of them."""

    group: str
    name: Text
    points: int
    people: str
    within: str
    share: str
    beyond: str
    points_beyond: int
    greatest: str
    bar: float  # share as a number from 0 to 100, for the bar


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point, as printed: ``number`` is that on the map (0 where it has none)."""

    number: int
    id: str
    name: Text
    group: Text
    people: str
    cost: str  # "" where there is no way
    facility: Text | None
    level: Text | None
    is_within: bool
    status: Status
    access: str


def place_row(one: Covered, answer: Answer) -> PlaceRow:
    """Return coverage of a place as printed."""
    far = "" if one.greatest == float("inf") else shown_cost(one.greatest, answer.served.measure)
    share = 0.0 if one.share != one.share else 100 * one.share
    return PlaceRow(
        one.group.id,
        one.group.name,
        one.points,
        people_words(one.people),
        people_words(one.within),
        share_words(one.share),
        people_words(one.beyond),
        one.points_beyond,
        far,
        round(share, 1),
    )


def point_row(answer: Answer, i: int, number: int = 0) -> PointRow:
    """Return point ``i`` as printed."""
    served = answer.served
    point, cost, which = served.points[i], float(served.least[i]), int(served.nearest[i])
    facility = served.facilities[which] if which >= 0 else None
    access = per_head(answer, float(answer.spread.access[i])) if answer.spread is not None else ""
    return PointRow(
        number,
        point.id,
        point.name,
        answer.coverage.of[i].name,
        people_words(float(served.people[i])),
        "" if cost == float("inf") else shown_cost(cost, served.measure),
        facility.name if facility is not None else None,
        level_words(facility.level) if facility is not None and facility.level else None,
        cost <= answer.asked.limit,
        point.status,
        access,
    )


def per_head(answer: Answer, access: float) -> str:
    """Return access for as many people as it is told for, to three digits or so."""
    value = access * answer.per
    return figure(float(f"{value:.3g}") if abs(value) < 100 else round(value))
