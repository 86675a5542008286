"""From where people live to what serves them, pair by pair, as a network of a package stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from tongchou.networks.package.model import Facility, Node
from tongchou.networks.package.standing import Standing
from tongchou.networks.search import cost_table


@dataclass(frozen=True, slots=True)
class Pair:
    """A place where people live, what may serve it, and the minutes between."""

    home: Node
    to: str
    minutes: float


def homes(standing: Standing) -> tuple[Node, ...]:
    """Return the nodes where people live, in the order of the file."""
    return tuple(n for n in standing.network.nodes if n.people)


def to_facilities(standing: Standing, service: str, within: float) -> Iterator[Pair]:
    """Give every home and open facility of a service ``within`` so many minutes; ``to`` is the facility's id."""
    open_: list[Facility] = [f for f in standing.facilities if f.service == service]
    yield from _pairs(standing, [f.id for f in open_], [f.node for f in open_], within)


def to_nodes(standing: Standing, nodes: Sequence[str], within: float) -> Iterator[Pair]:
    """Give every home and node ``within`` so many minutes; ``to`` is the node's id."""
    yield from _pairs(standing, list(nodes), list(nodes), within)


def _pairs(standing: Standing, ids: list[str], nodes: list[str], within: float) -> Iterator[Pair]:
    lived = homes(standing)
    if not lived or not nodes:
        return
    table = cost_table(standing.graph, standing.numbers([n.id for n in lived]), standing.numbers(nodes))
    for home, row in zip(lived, table.tolist(), strict=True):
        for id, minutes in zip(ids, row, strict=True):
            if isfinite(minutes) and minutes <= within:
                yield Pair(home, id, minutes)
