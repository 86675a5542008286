"""Service coverage: how many people have a facility within the standard, place by place, and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.places import Places
from tongchou.kernel.text import Text
from tongchou.networks.access.served import Served
from tongchou.networks.graph import Ints
from tongchou.networks.package import CityNetwork, Node

#: Kinds of nodes after which a part of a county is named: a village ``t4-v05`` belongs to the town ``t4``.
TOWNS = frozenset(("town", "seat", "street"))


@dataclass(frozen=True, slots=True)
class Group:
    """A town, or where a network has none a county or district: ``id`` of its node or code of its place."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Covered:
    """Points and people of a group, within the standard and beyond; ``greatest`` is infinite where one has no way."""

    group: Group
    points: int
    points_beyond: int
    people: float
    within: float
    greatest: float

    @property
    def beyond(self) -> float:
        """The people for whom no facility is within the standard."""
        return self.people - self.within

    @property
    def share(self) -> float:
        """The people within, of all; NaN where nobody lives."""
        return self.within / self.people if self.people else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Coverage of a service within ``limit``: in all, by group, and the points beyond, the farthest first."""

    limit: float
    whole: Covered
    groups: tuple[Covered, ...]
    of: tuple[Group, ...]  # the group of every point
    beyond: Ints  # numbers of points, sorted


def coverage(served: Served, limit: float, places: Places | None = None) -> Coverage:
    """Return who has a facility within ``limit`` (itself included); ``places`` names counties and districts."""
    of = groups_of(served.network, served.points, places)
    least, people = served.least, served.people
    near = least <= limit
    names = list(dict.fromkeys(of))
    number = {group: i for i, group in enumerate(names)}
    rows = np.array([number[group] for group in of], dtype=np.int64)
    beyond = np.flatnonzero(~near)
    order = np.lexsort((beyond, -people[beyond], -least[beyond]))
    everyone = Group("", Text("合计", "Total"))
    return Coverage(
        limit,
        _covered(everyone, np.ones(len(of), dtype=np.bool_), served, limit),
        tuple(_covered(group, rows == i, served, limit) for i, group in enumerate(names)),
        of,
        beyond[order],
    )


def groups_of(network: CityNetwork, points: Sequence[Node], places: Places | None = None) -> tuple[Group, ...]:
    """Return the group of every point: the town its id begins with, itself where it is one, else its place."""
    towns = {n.id: n for n in network.nodes if n.kind in TOWNS}
    found = []
    for point in points:
        town = towns.get(point.id) or towns.get(point.id.partition("-")[0])
        if town is not None:
            found.append(Group(town.id, town.name))
        elif places is not None and point.place in places:
            place = places[point.place]
            found.append(Group(place.code, Text(place.name, place.name_en)))
        else:
            found.append(Group(point.place, Text(point.place or "—", point.place or "—")))
    return tuple(found)


def _covered(group: Group, rows: NDArray[np.bool_], served: Served, limit: float) -> Covered:
    least, people = served.least[rows], served.people[rows]
    near = least <= limit
    return Covered(
        group,
        int(rows.sum()),
        int((~near).sum()),
        float(people.sum()),
        float(people[near].sum()),
        float(least.max(initial=0.0)),
    )
