"""Widest paths: as much as one way can carry, from the nearest of several sources (Pollack 1960)."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.networks.graph import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Widest:
    """``width`` of the widest path to every node (0 where there is none, infinite at a source), and the ``narrowest``
    link on it (-1 where there is none): of several that are equally narrow the one nearest the source.
    """

    width: Floats
    narrowest: Ints


def widest(tails: ArrayLike, heads: ArrayLike, width: ArrayLike, sources: ArrayLike, nodes: int) -> Widest:
    """Return the widest path from any of ``sources`` to every node, along links both ways.

    A link is wide as its ``width`` (no unit is asked), a path as its narrowest link.
    """
    a, b = (np.atleast_1d(np.asarray(v, dtype=np.int64)) for v in (tails, heads))
    wide = np.atleast_1d(np.asarray(width, dtype=np.float64))
    beside: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for link, (tail, head) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        beside[tail].append((head, link))
        beside[head].append((tail, link))
    best, narrowest, done = np.zeros(nodes), np.full(nodes, -1, dtype=np.int64), np.zeros(nodes, dtype=np.bool_)
    queue: list[tuple[float, int]] = []
    for source in np.atleast_1d(np.asarray(sources, dtype=np.int64)).tolist():
        best[source] = np.inf
        heapq.heappush(queue, (-np.inf, source))
    while queue:
        _, node = heapq.heappop(queue)
        if done[node]:
            continue
        done[node] = True
        for other, link in beside[node]:
            through = min(best[node], wide[link])
            if through > best[other]:
                best[other] = through
                narrowest[other] = link if wide[link] < best[node] else narrowest[node]
                heapq.heappush(queue, (-through, other))
    return Widest(best, narrowest)
