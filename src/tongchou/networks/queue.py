"""A graph made ready for searches with buckets: how wide they are, how many, and in what type costs are counted."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Graph, Ints

_MOST_BUCKETS = 1 << 14


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """The arrays of a graph, ``per`` buckets for a unit of cost, their number and what no way costs."""

    first: Ints
    heads: NDArray[np.int32]
    weights: NDArray[Any]
    per: float
    slots: int
    top: Any
    scale: float

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.first) - 1

    def ball(self, origin: int) -> tuple[NDArray[np.int32], NDArray[Any]]:
        """Return the nodes that can be reached from ``origin`` and their costs, in no order."""
        from tongchou.networks.kernels.queue import search

        dist = np.full(self.size, self.top)
        touched, after, before = (np.empty(self.size, dtype=np.int32) for _ in range(3))
        buckets = np.full(self.slots, -1, dtype=np.int32)
        found = search(
            self.first,
            self.heads,
            self.weights,
            origin,
            self.top,
            self.per,
            dist,
            touched,
            after,
            before,
            buckets,
            self.top,
        )
        return touched[:found], dist[touched[:found]]


def queue(graph: Graph) -> Queue:
    """Return ``graph`` ready for searches: buckets half as wide as the mean edge, unless the dearest needs too many."""
    weights = graph.weights
    dearest, mean = float(weights.max(initial=0)), float(weights.mean()) if weights.size else 0.0
    width = max(mean / 2, dearest / (_MOST_BUCKETS - 4), 1e-12)
    slots = 1 << int(np.ceil(np.log2(dearest / width + 4)))
    top = np.float64(inf) if graph.ticks is None else np.int64(2**62)
    return Queue(
        graph.first, graph.heads, weights, 1.0 / width, slots, top, 1.0 if graph.ticks is None else graph.ticks.scale
    )
