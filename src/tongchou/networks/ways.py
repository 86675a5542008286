"""The way itself: which nodes a least-cost journey passes, so that its cost can be told leg by leg."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Floats, Graph, Ints
from tongchou.networks.search import costs_from, nodes_of


def way(graph: Graph, origin: int, target: int) -> Ints:
    """Return the nodes (numbers) of a least-cost way from ``origin`` to ``target``, both included; empty without one.

    Of equal ways the one whose last nodes have the smallest numbers, so that the same question has the same answer.
    """
    return ways(graph, origin, [target])[0]


def ways(graph: Graph, origin: int, targets: NDArray[np.int64] | list[int]) -> list[Ints]:
    """Return a way from one origin to each target, from one search."""
    start, ends = int(nodes_of(graph, origin, "origin")[0]), nodes_of(graph, targets, "targets")
    # A search adds edge by edge, so that on the way it took, and no other, nothing is lost even in the last digit.
    costs = costs_from(graph, [start], by="search", threads=1)[0]
    back = graph.reversed()
    return [_back(graph, back, costs, start, int(end)) for end in ends]


def _back(graph: Graph, back: Graph, costs: Floats, start: int, end: int) -> Ints:
    """Walk back over edges that lose nothing; where edges of no cost lead in a circle, take another."""
    if not np.isfinite(costs[end]):
        return np.empty(0, dtype=np.int64)
    seen, path = {end}, [end]
    while path[-1] != start:
        here = path[-1]
        row = slice(int(back.first[here]), int(back.first[here + 1]))
        before = costs[back.heads[row]]
        if graph.ticks is None:
            tight = before + back.costs[row] == costs[here]
        else:
            tight = np.abs(before + back.costs[row] - costs[here]) * graph.ticks.scale < 0.5
        onward = [int(n) for n in np.unique(back.heads[row][tight]) if int(n) not in seen]
        if onward:
            seen.add(onward[0])
            path.append(onward[0])
        else:
            path.pop()  # a dead end among edges of no cost; what was seen stays seen
    return np.array(path[::-1], dtype=np.int64)
