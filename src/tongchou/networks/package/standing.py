"""A network as it stands on a day: its graph in minutes, and the weakest thing it rests on.

Nodes keep their numbers on every day and whatever is left out, so graphs of two days can be compared; platforms of
lines that do not run yet are islands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status, weakest
from tongchou.kernel.text import Text
from tongchou.networks import codes
from tongchou.networks.edges import DECIMALS
from tongchou.networks.graph import Graph, Ints, graph
from tongchou.networks.package.checking import PLATFORM_WALK, speed_name
from tongchou.networks.package.model import Assumption, CityNetwork, Facility, Line, Link, holds
from tongchou.networks.transit.lines import Line as Service
from tongchou.networks.transit.lines import line_edges

if TYPE_CHECKING:
    from tongchou.networks.edges import Edges


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a standing network rests on: how far it can be trusted, where it is told, what it is."""

    status: Status
    where: str
    what: Text


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A network on ``day`` left without some projects. Costs of ``graph`` are minutes, to a thousandth.

    ``nodes`` are the ids in the order of the graph's numbers: those of ``nodes.csv``, then the platforms of lines.
    """

    network: CityNetwork
    day: date
    without: tuple[str, ...]
    graph: Graph
    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    lines: tuple[Line, ...]

    @property
    def status(self) -> Status:
        """The weakest status of what has an effect; :attr:`reasons` names each."""
        own = (*(k.status for k in self.links), *(k.status for k in self.lines))
        return weakest((*(a.status for a in _used(self)), *own))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Everything that has an effect, the weakest first: told when asked, for a map of streets has many."""
        return _reasons(self)

    @property
    def facilities(self) -> tuple[Facility, ...]:
        """The facilities open on the day."""
        return self.network.facilities_on(self.day)

    def number(self, id: str) -> int:
        """Return the number of a node; raise :class:`ProblemsError` (N003) where there is none."""
        return int(self.graph.numbers([id])[0])

    def numbers(self, ids: ArrayLike) -> Ints:
        """Return the numbers of nodes, in the order given."""
        return self.graph.numbers(ids)

    def weakest(self) -> tuple[Reason, ...]:
        """Return the reasons of the weakest status."""
        least = self.status
        return tuple(r for r in self.reasons if r.status is least)


def minutes_of(network: CityNetwork, link: Link) -> float:
    """Return the minutes of a link: as told, else its km at the assumed speed of its mode.

    Networks that nobody travels (water, energy, information) have km instead, 0 where nobody told them.
    """
    if link.minutes is not None:
        return link.minutes
    if network.kind != "travel":
        return link.km or 0.0
    return 60.0 * (link.km or 0.0) / network.assumed[speed_name(link.mode)].value


def standing(network: CityNetwork, day: date, without: tuple[str, ...]) -> Standing:
    """Return ``network`` on a day; see :meth:`CityNetwork.on`."""
    known = network.projects()
    unknown = [p for p in dict.fromkeys(without) if p not in known]
    if unknown:
        raise ProblemsError(codes.NO_PROJECT.at("without", project=p, names="、".join(known) or "—") for p in unknown)
    out = set(without)
    replaced = {(_ends(k), k.opens) for k in network.links if k.project in out and k.opens is not None}
    links = tuple(
        k
        for k in network.links
        if k.project not in out
        and (holds(k.opens, k.closes, day) or (holds(k.opens, None, day) and (_ends(k), k.closes) in replaced))
    )
    lines = tuple(k for k in network.lines if k.project not in out and holds(k.opens, None, day))
    rides = _rides(network, lines, day)
    platforms = [f"{s.node}@{s.line}{sign}" for sign in "><" for s in network.stops]
    nodes = (*(n.id for n in network.nodes), *platforms)
    tails = [k.tail for k in links] + [str(t) for t in rides.tails] if rides else [k.tail for k in links]
    heads = [k.head for k in links] + [str(h) for h in rides.heads] if rides else [k.head for k in links]
    minutes = [minutes_of(network, k) for k in links] + (list(rides.minutes) if rides else [])
    one_way = [k.one_way for k in links] + (list(rides.one_way) if rides else [])
    made = graph(
        np.array(tails, dtype=np.str_),
        np.array(heads, dtype=np.str_),
        minutes,
        one_way=one_way,
        nodes=np.array(nodes, dtype=np.str_),
        decimals=DECIMALS,
    )
    return Standing(network, day, without, made, nodes, links, lines)


def _rides(network: CityNetwork, lines: Sequence[Line], day: date) -> Edges | None:
    services = []
    for line in lines:
        stops = network.stops_of(line.id)
        served = [s for s in stops if holds(s.opens, None, day)]
        if len(served) < 2:
            continue
        km = np.concatenate([[0.0], np.cumsum([s.km_to_next for s in stops])[:-1]])
        at = dict(zip((s.position for s in stops), km.tolist(), strict=True))
        along = [at[s.position] for s in served]
        minutes = tuple(60.0 * (b - a) / line.kmh for a, b in pairwise(along))
        services.append(Service(line.id, tuple(s.node for s in served), minutes, line.headway))
    walk = network.assumed.get(PLATFORM_WALK)
    return line_edges(services, default_walk=walk.value if walk else 0.0) if services else None


def _used(stands: Standing) -> list[Assumption]:
    """Return the assumptions that some standing link or line makes use of."""
    used = {speed_name(mode) for mode in {k.mode for k in stands.links if k.minutes is None}}
    if stands.lines:
        used.add(PLATFORM_WALK)
    return [a for a in stands.network.assumed.values() if a.name in used]


def _reasons(stands: Standing) -> tuple[Reason, ...]:
    network = stands.network
    found = [
        Reason(
            a.status,
            f"assumed.{a.name}",
            Text(f"{a.label.zh} {a.value:g} {a.unit}", f"{a.label.en} {a.value:g} {a.unit}"),
        )
        for a in _used(stands)
    ]
    names = {n.id: n.name for n in network.nodes}
    for link in stands.links:
        a, b = names[link.tail], names[link.head]
        found.append(Reason(link.status, f"links.csv:{link.row}", Text(f"{a.zh}—{b.zh}", f"{a.en}–{b.en}")))
    found += [Reason(k.status, f"lines.csv:{k.row}", k.name) for k in stands.lines]
    return tuple(sorted(found, key=lambda r: r.status))


def _ends(link: Link) -> tuple[str, str]:
    """Return both ends in order: a street one way that a project opens both ways was replaced all the same."""
    return min(link.tail, link.head), max(link.tail, link.head)
