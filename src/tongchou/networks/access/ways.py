"""The way from a point to a facility, leg by leg: what each leg costs, how far it can be trusted, where it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.access.served import Served
from tongchou.networks.graph import Graph
from tongchou.networks.package import Link
from tongchou.networks.package.standing import minutes_of
from tongchou.networks.ways import way as shortest

_WAIT, _RIDE = Text("候车、进出站", "waiting and station"), Text("乘车", "ride")


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg between two nodes (names), by ``mode``; km is ``None`` where it is not known."""

    tail: Text
    head: Text
    mode: str
    words: Text | None  # instead of the mode: waiting, riding a line
    cost: float
    km: float | None
    status: Status
    source: str
    note: str
    assumed: bool  # whether the cost comes from a length and an assumed speed


@dataclass(frozen=True, slots=True)
class Way:
    """The legs in order; their costs add up to ``cost``. No legs: one is there, or there is no way (infinite)."""

    cost: float
    legs: tuple[Leg, ...]


def way(served: Served, point: int, facility: int) -> Way:
    """Return the least-cost way from a point to a facility (numbers of the served)."""
    graph = served.graph
    start, end = graph.numbers([served.points[point].id, served.facilities[facility].node]).tolist()
    nodes = shortest(graph, start, end).tolist()
    if not nodes:
        return Way(float("inf"), ())
    names = {n.id: n.name for n in served.network.nodes}
    legs = tuple(_leg(served, names, a, b, _cost(graph, a, b)) for a, b in pairwise(nodes))
    return Way(float(served.cost[point, facility]), legs)


def _cost(graph: Graph, tail: int, head: int) -> float:
    """Return the least cost of the edges that lead from one node straight to another."""
    row = slice(graph.first[tail], graph.first[tail + 1])
    return float(graph.costs[row][graph.heads[row] == head].min())


def _leg(served: Served, called: Mapping[str, Text], tail: int, head: int, cost: float) -> Leg:
    standing = served.standing
    a, b = standing.nodes[tail], standing.nodes[head]
    names = (called[_node(a)], called[_node(b)])
    link = _link(served, a, b, cost)
    if link is not None:
        guessed = link.minutes is None and served.measure == "minutes"
        status = min(link.status, Status.ASSUMED) if guessed else link.status
        return Leg(*names, link.mode, None, cost, link.km, status, link.source, link.note, guessed)
    line = next((k for k in standing.lines if k.id in (_line(a), _line(b))), None)
    status = line.status if line is not None else Status.ASSUMED
    words = _RIDE if _line(a) and _line(b) else _WAIT
    if line is not None:
        words = Text(f"{line.name.zh} {words.zh}", f"{line.name.en}, {words.en}")
    return Leg(*names, "line", words, cost, None, status, line.source if line else "", line.note if line else "", False)


def _link(served: Served, a: str, b: str, cost: float) -> Link | None:
    found = [
        k for k in served.standing.links if (k.tail, k.head) == (a, b) or (not k.one_way and (k.head, k.tail) == (a, b))
    ]

    def off(link: Link) -> float:
        if served.measure == "metres":
            return abs(1000.0 * link.km - cost) if link.km is not None else float("inf")
        return abs(minutes_of(served.network, link) - cost)

    return min(found, key=off, default=None)


def _line(node: str) -> str:
    return node.partition("@")[2].rstrip("<>")


def _node(id: str) -> str:
    """Return the node a platform belongs to; a node is its own."""
    return id.partition("@")[0]
