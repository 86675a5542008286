"""A bound no shortest way passes, so that costs can be counted in 32 bits where that is safe."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tongchou.networks.graph import Graph
from tongchou.networks.queue import Queue, queue
from tongchou.networks.ticks import TOP

_SMALL = 1000  # nodes of a component that is bounded edge by edge


def longest_at_most(graph: Graph) -> int:
    """Return a number of ticks that no least cost between two nodes passes.

    Where every edge leads both ways at the same cost, no way within a part is longer than the one to its first node
    and on from there, by whatever tree. Else: inside a large component (each node reaching each) that is the way to one
    of its nodes and on from there; every other node is left at most once, by its dearest edge, and so is a large
    component.
    """
    from tongchou.networks.kernels.rows import deepest

    if graph.reversed() is graph:
        by_tree = 2 * int(deepest(graph.first, graph.heads, graph.weights))
        if by_tree < TOP:
            return by_tree
    counts = graph.weights.astype(np.int64)
    dearest = np.zeros(graph.size, dtype=np.int64)
    leaving = np.diff(graph.first) > 0
    dearest[leaving] = np.maximum.reduceat(counts, graph.first[:-1][leaving])
    if int(dearest.sum()) < 2**29:
        return int(dearest.sum())
    table = csr_array((np.ones(graph.edges, dtype=np.int8), graph.heads, graph.first), shape=(graph.size, graph.size))
    _, component = connected_components(table, directed=True, connection="strong")
    sizes = np.bincount(component)
    large = np.flatnonzero(sizes > _SMALL)
    inside = np.isin(component, large)
    bound = int(dearest[~inside].sum())
    ways = [queue(graph), queue(graph.reversed())]
    for number in large:
        members = np.flatnonzero(component == number)
        bound += int(dearest[members].max()) + sum(_farthest(way, members) for way in ways)
    return bound


def _farthest(way: Queue, members: np.ndarray) -> int:
    reached, paid = way.ball(int(members[0]))
    own = np.zeros(way.size, dtype=np.bool_)
    own[members] = True
    return int(paid[own[reached]].max(initial=0))
