"""Who a service serves: the people of a package network, its facilities of some levels, and what each way costs.

Minutes are those of the network as it stands on a day, lines with their waiting included. Metres go along the links
that have a length, whatever their mode; lines are not walked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status, weakest
from tongchou.networks.access import codes
from tongchou.networks.graph import Floats, Graph, Ints, graph
from tongchou.networks.package import CityNetwork, Facility, Node, Standing
from tongchou.networks.package.served import homes
from tongchou.networks.search import cost_table

Measure = Literal["minutes", "metres"]
MEASURES: tuple[Measure, ...] = ("minutes", "metres")


@dataclass(frozen=True, eq=False)
class Served:
    """People and facilities of one service: ``points`` are the nodes where people live, ``cost`` has a row for each.

    Shapes: people (points), cost (points, facilities) in the ``measure``, infinite where there is no way.
    """

    standing: Standing
    graph: Graph
    measure: Measure
    service: str
    levels: tuple[str, ...]
    points: tuple[Node, ...]
    people: Floats
    facilities: tuple[Facility, ...]
    cost: Floats

    @property
    def network(self) -> CityNetwork:
        """The network of the package."""
        return self.standing.network

    @cached_property
    def nearest(self) -> Ints:
        """The facility every point reaches at least cost, −1 where it reaches none; of equal ones the first."""
        if not self.facilities:
            return np.full(len(self.points), -1, dtype=np.int64)
        best = self.cost.argmin(axis=1)
        return np.where(np.isfinite(self.cost[np.arange(best.size), best]), best, -1)

    @cached_property
    def least(self) -> Floats:
        """What the nearest facility costs (points), infinite where there is none."""
        return np.asarray(self.cost.min(axis=1, initial=np.inf))

    @cached_property
    def status(self) -> Status:
        """The weakest status of links, lines, assumptions, points and facilities; they all have an effect."""
        told = [r.status for r in self.standing.reasons]
        return weakest([*told, *(n.status for n in self.points), *(f.status for f in self.facilities)])

    @cached_property
    def made_up(self) -> dict[str, tuple[int, int]]:
        """How many of the points, facilities and links are illustrative, of how many."""
        links = self.standing.links
        return {
            name: (sum(one.status is Status.ILLUSTRATIVE for one in held), len(held))
            for name, held in (("points", self.points), ("facilities", self.facilities), ("links", links))
        }


def services(network: CityNetwork) -> dict[str, tuple[str, ...]]:
    """Return the services that have facilities in a network, each with its levels, in the order of the file."""
    found: dict[str, dict[str, None]] = {}
    for facility in network.facilities:
        found.setdefault(facility.service, {})[facility.level] = None
    return {service: tuple(levels) for service, levels in found.items()}


def measures(network: CityNetwork) -> tuple[Measure, ...]:
    """Return what a network can be measured in: metres only where every link has its length and no line runs."""
    whole = bool(network.links) and not network.lines and all(link.km is not None for link in network.links)
    return MEASURES if whole else MEASURES[:1]


def served(
    network: CityNetwork,
    service: str,
    day: date,
    levels: Sequence[str] = (),
    measure: Measure = "minutes",
    without: Sequence[str] = (),
) -> Served:
    """Return who is served on a day by the facilities of a service, of some levels or of all.

    Raises :class:`ProblemsError` where the network has no such service or level, or cannot be measured so. A service
    with no facility open that day serves nobody, which is no error.
    """
    held = services(network)
    problems: list[Problem] = []
    if service not in held:
        problems.append(codes.NO_SERVICE.at("service", service=service, names="、".join(held) or "—"))
    else:
        unknown = [level for level in dict.fromkeys(levels) if level not in held[service]]
        known = "、".join(one or "—" for one in held[service])
        problems += [codes.NO_LEVEL.at("level", level=one, service=service, names=known) for one in unknown]
    if measure not in measures(network):
        problems.append(codes.NO_METRES.at("measure", network=network.title))
    if problems:
        raise ProblemsError(problems)
    wanted = tuple(one for one in held[service] if one in levels) or held[service]
    standing = network.on(day, without)
    points = homes(standing)
    facilities = tuple(f for f in standing.facilities if f.service == service and f.level in wanted)
    ways = standing.graph if measure == "minutes" else _in_metres(standing)
    return Served(
        standing,
        ways,
        measure,
        service,
        wanted,
        points,
        np.array([n.people for n in points], dtype=np.float64),
        facilities,
        costs(ways, [n.id for n in points], [f.node for f in facilities]),
    )


def costs(ways: Graph, tails: Sequence[str], heads: Sequence[str]) -> Floats:
    """Return the least cost from every tail to every head (ids of nodes), shape (tails, heads)."""
    if not tails or not heads:
        return np.empty((len(tails), len(heads)))
    # Several facilities may stand at one node; the search is for nodes.
    ends, of = np.unique(ways.numbers(heads), return_inverse=True)
    return np.asarray(cost_table(ways, ways.numbers(tails), ends)[:, of])


def _in_metres(standing: Standing) -> Graph:
    links = [link for link in standing.links if link.km is not None]
    return graph(
        np.array([k.tail for k in links], dtype=np.str_),
        np.array([k.head for k in links], dtype=np.str_),
        [1000.0 * (k.km or 0.0) for k in links],
        one_way=[k.one_way for k in links],
        nodes=standing.graph.nodes,
        decimals=0,
    )
