"""How a number of minutes came about: the way it was found on, leg by leg, with km, speed, status and source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status, weakest
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork, Line, Link, Node, Standing
from tongchou.networks.package.checking import PLATFORM_WALK, speed_name
from tongchou.networks.package.standing import minutes_of
from tongchou.networks.ways import ways
from tongchou.web.connections.held import Held
from tongchou.web.connections.words import mode_word

MOST_LEGS = 40  # told one by one
_ALIKE = ("mode", "called", "status", "source", "note", "project")
_GIVEN = Text("来源所载的时间", "time as the source gives it")


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a way: by what, from where to where, how long and why, and what that rests on."""

    mode: str
    called: Text
    tail: Text
    head: Text
    km: float | None
    minutes: float
    how: Text
    status: Status
    source: str
    note: str
    project: str
    opens: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a place to an end on a day; no legs where there is none, or where both are one."""

    legs: tuple[Leg, ...]
    minutes: float

    @property
    def status(self) -> Status | None:
        """The weakest status of its legs."""
        return weakest(leg.status for leg in self.legs) if self.legs else None

    @property
    def projects(self) -> frozenset[str]:
        """The projects it makes use of."""
        return frozenset(leg.project for leg in self.legs if leg.project)


def merged(legs: tuple[Leg, ...], most: int = MOST_LEGS) -> tuple[Leg, ...]:
    """Return legs as they are, or, of more than ``most``, those in a row that are alike as one."""
    if len(legs) <= most:
        return legs
    found: list[tuple[Leg, int]] = []
    for leg in legs:
        last, count = found[-1] if found else (None, 0)
        alike = last is not None and all(getattr(last, name) == getattr(leg, name) for name in _ALIKE)
        if last is None or not alike:
            found.append((leg, 1))
            continue
        km = None if last.km is None or leg.km is None else last.km + leg.km
        said = Text(f"{count + 1} 段相加", f"{count + 1} stretches added up")
        found[-1] = (replace(last, head=leg.head, km=km, minutes=last.minutes + leg.minutes, how=said), count + 1)
    return tuple(leg if leg.km is None else replace(leg, km=round(leg.km, 3)) for leg, _ in found)


def ways_from(whole: Held, stands: Standing, origin: Node, ends: tuple[Node, ...]) -> list[Way]:
    """Return the quickest way from a node to each of ``ends``."""
    found = ways(stands.graph, whole.number[origin.id], [whole.number[n.id] for n in ends])
    told = []
    for nodes, end in zip(found, ends, strict=True):
        legs = tuple(_legs(stands, [stands.nodes[n] for n in nodes.tolist()]))
        none = not len(nodes) and origin is not end
        told.append(Way(legs, float("inf") if none else sum(leg.minutes for leg in legs)))
    return told


def _legs(stands: Standing, nodes: list[str]) -> list[Leg]:
    network, index = stands.network, _index(stands)
    found: list[Leg] = []
    ride: list[str] = []
    for tail, head in pairwise(nodes):
        if "@" in tail or "@" in head:
            ride.append(tail)
            if "@" not in head:
                found.append(_ride(network, index, [*ride, head]))
                ride = []
            continue
        found.append(_link(network, index, index.links[tail, head], tail, head))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """The quickest link between two nodes that stands, lines by id, names and kilometres along lines."""

    links: dict[tuple[str, str], Link]
    lines: dict[str, Line]
    names: dict[str, Text]
    along: dict[tuple[str, str], tuple[int, float]]  # (line, node) → position, km from the first stop


@lru_cache(maxsize=16)
def _index(stands: Standing) -> _Index:
    network = stands.network
    links: dict[tuple[str, str], Link] = {}
    for link in stands.links:
        both = ((link.tail, link.head), (link.head, link.tail))
        for ends in both[: 1 if link.one_way else 2]:
            held = links.get(ends)
            if held is None or minutes_of(network, link) < minutes_of(network, held):
                links[ends] = link
    along: dict[tuple[str, str], tuple[int, float]] = {}
    for line in network.lines:
        km = 0.0
        for stop in network.stops_of(line.id):
            along[line.id, stop.node] = stop.position, km
            km += stop.km_to_next
    return _Index(links, {k.id: k for k in stands.lines}, {n.id: n.name for n in network.nodes}, along)


def _link(network: CityNetwork, index: _Index, link: Link, tail: str, head: str) -> Leg:
    status, how = link.status, _GIVEN
    if link.minutes is None:
        speed = network.assumed[speed_name(link.mode)]
        status = min(status, speed.status)
        told = f"{figure(link.km or 0.0)} km ÷ {figure(speed.value)} km/h"
        how = Text(f"{told}（速度{speed.status.label.zh}）", f"{told} (speed {speed.status.label.en})")
    return Leg(
        link.mode,
        mode_word(link.mode),
        index.names[tail],
        index.names[head],
        link.km,
        minutes_of(network, link),
        how,
        status,
        link.source,
        link.note,
        link.project,
        link.opens,
    )


def _ride(network: CityNetwork, index: _Index, nodes: list[str]) -> Leg:
    """Return the leg from the street of one station to that of another: walk, wait, ride, walk."""
    line = index.lines[nodes[1].rpartition("@")[2][:-1]]
    first, last = index.along[line.id, nodes[0]], index.along[line.id, nodes[-1]]
    km = abs(last[1] - first[1])
    walk = network.assumed.get(PLATFORM_WALK)
    aside = walk.value if walk else 0.0
    wait, ride = line.headway / 2, 60.0 * km / line.kmh
    stops = abs(last[0] - first[0])
    parts = f"{figure(km)} km ÷ {figure(line.kmh)} km/h"
    return Leg(
        "metro",
        line.name,
        index.names[nodes[0]],
        index.names[nodes[-1]],
        km,
        2 * aside + wait + ride,
        Text(
            f"候车{figure(wait)}（间隔{figure(line.headway)}的一半）＋乘{stops}站{figure(round(ride, 1))}（{parts}）"
            + (f"＋进出站{figure(2 * aside)}" if aside else ""),
            f"wait {figure(wait)} (half of {figure(line.headway)}) + ride {figure(round(ride, 1))}, "
            f"{stops} stops ({parts})" + (f" + to and from platforms {figure(2 * aside)}" if aside else ""),
        ),
        min(line.status, walk.status) if walk else line.status,
        line.source,
        line.note,
        line.project,
        line.opens,
    )
