"""One question about reach and its answer: coverage, evenness, and a plan of next sites; page and command ask alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal

import numpy as np

from tongchou.kernel.places import Places
from tongchou.kernel.problems import ProblemsError
from tongchou.networks.access import codes
from tongchou.networks.access.coverage import Coverage, coverage
from tongchou.networks.access.served import Measure, Served, costs, served
from tongchou.networks.access.siting import Method, Sited, sited
from tongchou.networks.access.spread import Method as SpreadMethod
from tongchou.networks.access.spread import Spread, spread
from tongchou.networks.graph import Floats
from tongchou.networks.package import CityNetwork, Facility, Node

Candidates = Literal["sites", "people"]
_AREAS = frozenset(("m²", "m2", "平方米", "公顷", "亩"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: facilities of a service and levels on a day, within ``limit`` of the measure.

    ``least`` is the access below which somebody counts as badly served, per head where supply is an area and per
    thousand people elsewhere; half the mean where ``None``.
    """

    network: str
    service: str
    levels: tuple[str, ...]
    day: date
    measure: Measure
    limit: float
    method: SpreadMethod = "two_step"
    least: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Who is within reach, and how evenly; ``spread`` is ``None`` where no facility stands or nobody lives.

    ``is_counted``: facilities have no capacities in one unit, so that each counts as one.
    """

    asked: Asked
    served: Served
    coverage: Coverage
    spread: Spread | None
    unit: str
    is_counted: bool

    @property
    def per(self) -> int:
        """For how many people access is said."""
        return per(self.unit)


@dataclass(frozen=True, slots=True)
class SitingAsked:
    """Where ``count`` next facilities would go, among which candidates, with room for how many people each."""

    method: Method
    count: int
    candidates: Candidates
    room: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A plan with the nodes its candidates are."""

    asked: SitingAsked
    candidates: tuple[Node, ...]
    sited: Sited

    @property
    def chosen(self) -> tuple[Node, ...]:
        """The nodes where new facilities would stand, those that serve most people first."""
        return tuple(self.candidates[i] for i in self.sited.chosen)


def answered(network: CityNetwork, asked: Asked, places: Places | None = None) -> Answer:
    """Return the answer; raise :class:`ProblemsError` with everything the network does not hold."""
    found = served(network, asked.service, asked.day, asked.levels, asked.measure)
    cover = coverage(found, asked.limit, places)
    unit, supply = _supply(found)
    even = None
    if found.facilities and found.points:
        groups = [group.id for group in cover.of]
        least = asked.least / per(unit) if asked.least is not None else None
        even = spread(found.cost, found.people, supply, groups, asked.method, asked.limit, least)
    return Answer(asked, found, cover, even, unit, is_counted=not unit)


def candidates(network: CityNetwork, which: Candidates, taken: Collection[str] = ()) -> tuple[Node, ...]:
    """Return the nodes new facilities may stand at: not where one stands already (ids in ``taken``)."""
    held = network.of_kind("site") if which == "sites" else network.nodes
    inhabited = which == "people"
    return tuple(n for n in held if n.id not in taken and (not inhabited or (n.people is not None and n.people > 0)))


def placed(answer: Answer, asked: SitingAsked, *, seconds: float = 60.0) -> Placed:
    """Return where the next facilities would go.

    Raises :class:`ProblemsError` where there are no candidates, nothing fits, or no plan is found in ``seconds``.
    """
    held = candidates(answer.served.network, asked.candidates, {f.node for f in answer.served.facilities})
    if not held:
        raise ProblemsError([codes.NO_CANDIDATES.at("from")])
    table = costs(answer.served.graph, [n.id for n in answer.served.points], [n.id for n in held])
    plan = sited(
        answer.served.least,
        table,
        answer.served.people,
        asked.method,
        answer.asked.limit,
        asked.count,
        room=asked.room or inf,
        seconds=seconds,
    )
    return Placed(asked, held, plan)


def per(unit: str) -> int:
    """Return for how many people access is said: one where supply is an area, else a thousand."""
    return 1 if unit in _AREAS else 1000


def unit_of(facilities: Sequence[Facility]) -> str:
    """Return the one unit of all capacities, "" where some facility has none or units differ."""
    units = {f.unit for f in facilities if f.capacity is not None}
    whole = all(f.capacity is not None for f in facilities) and len(units) == 1
    return next(iter(units)) if whole and sum(f.capacity or 0 for f in facilities) > 0 else ""


def _supply(found: Served) -> tuple[str, Floats]:
    """Return the capacities and their unit; one each where they have no unit in common."""
    unit = unit_of(found.facilities)
    return unit, np.array([(f.capacity if unit and f.capacity is not None else 1.0) for f in found.facilities])
