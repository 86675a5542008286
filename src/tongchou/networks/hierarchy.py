"""A contraction hierarchy of a graph: prepared once, then every distance is a climb and a sweep down."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.contracting import Progress, contracted
from tongchou.networks.graph import Graph, Ints
from tongchou.networks.longest import longest_at_most
from tongchou.networks.threads import threads_of
from tongchou.networks.ticks import TOP


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """Places are nodes numbered from the top; ``above[first[p]:first[p + 1]]`` are the higher neighbours of place p.

    ``up`` is the cost to them, ``down`` the cost back (the same array where all costs are), ``top`` what no way costs.
    """

    place: NDArray[np.int32]
    first: Ints
    above: NDArray[np.int32]
    up: NDArray[Any]
    down: NDArray[Any]
    top: Any
    scale: float

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.place)


def hierarchy(graph: Graph, *, threads: int | None = None, progress: Progress | None = None) -> Hierarchy:
    """Return the hierarchy of ``graph``, prepared at the first call and kept with the graph.

    ``progress`` is told after each round how many nodes are done and how many there are; an exception it raises ends
    the work with nothing kept.
    """
    if graph.held.hierarchy is None:
        with threads_of(threads):
            graph.held.hierarchy = _prepared(graph, progress)
    return graph.held.hierarchy


def _prepared(graph: Graph, progress: Progress | None) -> Hierarchy:
    from tongchou.networks.kernels import order

    top, weights = _top(graph)
    went, alike = contracted(graph.first, graph.heads, weights, top, progress)
    start, count, rounds = (
        np.empty(graph.size, np.int64),
        np.empty(graph.size, np.int32),
        np.empty(graph.size, np.int32),
    )
    start[went.names] = np.cumsum(went.count, dtype=np.int64) - went.count
    count[went.names], rounds[went.names] = went.count, went.rounds
    from_top = order.from_the_top(start, count, went.near, rounds)
    place, first, above, up, down = order.upper_edges(*(start, count, went.near, went.out, went.into, from_top))
    scale = 1.0 if graph.ticks is None else graph.ticks.scale
    return Hierarchy(place, first, above, up, up if alike else down, top, scale)


def _top(graph: Graph) -> tuple[Any, NDArray[Any]]:
    """Return what no way costs, in the type to count with, and the costs in that type."""
    if graph.ticks is None:
        return np.float64(inf), graph.costs
    if longest_at_most(graph) < TOP:
        return np.int32(TOP), graph.ticks.counts
    return np.int64(2**61), graph.ticks.counts.astype(np.int64)
