"""Before and after: minutes pair by pair, and the few numbers that sum a network up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.status import Status, weakest
from tongchou.networks.catchments import efficiency
from tongchou.networks.changes import Comparison
from tongchou.networks.package import Node
from tongchou.web.connections.asking import Question
from tongchou.web.connections.held import Held, Table, held, standing, table
from tongchou.web.connections.legs import Way, ways_from

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Both tables and what was saved, shape as in :class:`Table`; ``ways`` (before, after) by rows, not of streets."""

    before: Table
    after: Table
    out: Comparison
    between: Comparison
    ways: tuple[list[list[Way]], list[list[Way]]] | None


def compared(region: str, asked: Question) -> Compared:
    """Return the network before and after; kept while the same is asked."""
    return _compared(region, asked.network, asked.before, asked.on, asked.without)


@lru_cache(maxsize=64)
def _compared(region: str, id_: str, before: date, on: date, without: tuple[str, ...]) -> Compared:
    one, two = table(region, id_, before, without), table(region, id_, on, without)
    told = None
    if not held(region, id_).is_streets:
        told = _ways(region, id_, before, without), _ways(region, id_, on, without)
    return Compared(one, two, Comparison(one.out, two.out), Comparison(one.between, two.between), told)


@lru_cache(maxsize=32)
def _ways(region: str, id_: str, day: date, without: tuple[str, ...]) -> list[list[Way]]:
    whole, stands = held(region, id_), standing(region, id_, day, without)
    return [ways_from(whole, stands, place, (*whole.ends, *whole.places)) for place in whole.places]


@dataclass(frozen=True, slots=True)
class Sums:
    """What sums a network up on a day; NaN where it cannot be told.

    ``to_centre`` and ``between`` are means in minutes weighted by people (by those of both ends), over pairs with a
    way; ``near`` counts people within so many minutes of the centre; ``efficiency`` is the mean of 1/hours over pairs
    of places (Latora & Marchiori 2001); ``apart`` counts pairs of places without a way.
    """

    to_centre: float
    between: float
    near: float
    everyone: float
    efficiency: float
    apart: int

    @property
    def near_share(self) -> float:
        """The share of people who are near."""
        return self.near / self.everyone if self.everyone > 0 else float("nan")


def sums(whole: Held, minutes: Table, within: float) -> Sums:
    """Return what sums a network up."""
    people, nan = whole.counted, float("nan")
    has_centre = whole.centre is not None and bool(minutes.out.size)
    centre: Floats = minutes.out[:, 0] if has_centre else np.full(len(people), np.inf)
    both = np.outer(people, people)
    np.fill_diagonal(both, 0.0)
    pairs = minutes.between[~np.eye(len(people), dtype=np.bool_)]
    comparable = len(people) > 1 and (pairs > 0).all()
    return Sums(
        _mean(centre, people) if has_centre else nan,
        _mean(minutes.between, both),
        float(people[centre <= within].sum()) if has_centre else nan,
        float(people.sum()),
        60.0 * efficiency(minutes.between) if comparable else nan,
        int((~np.isfinite(pairs)).sum()),
    )


def _mean(values: Floats, weights: Floats) -> float:
    there = np.isfinite(values) & (weights > 0)
    total = float(weights[there].sum())
    return float((values[there] * weights[there]).sum()) / total if total > 0 else float("nan")


def people_minutes(trips: Floats, before: Table, after: Table) -> float:
    """Return the minutes a day that ``trips`` (places × targets) save; a way on one side only is left out."""
    saved = Comparison(before.every, after.every).saved
    return float((np.where(np.isfinite(saved), saved, 0.0) * trips).sum())


def row_status(found: Compared, row: int, ends: int) -> Status | None:
    """Return the weakest status of a row's ways, before and after; ``None`` where none is told."""
    if found.ways is None:
        return None
    statuses = [w.status for side in found.ways for w in side[row][:ends] if w.status is not None]
    return weakest(statuses) if statuses else None


def without_people(whole: Held) -> tuple[Node, ...]:
    """Return the places whose people nobody counted: they weigh nothing in any mean."""
    return tuple(n for n, people in zip(whole.places, whole.people, strict=True) if np.isnan(people))
