"""A contraction hierarchy of a graph: prepared once, then every distance is a climb and a sweep down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Graph, Ints
from tongchou.networks.longest import longest_at_most
from tongchou.networks.threads import how_many, threads_of
from tongchou.networks.ticks import TOP

Progress = Callable[[int, int], None]
_PAIRS = 1 << 25  # pairs of neighbours a round works on at a time
_FEW = 8  # nodes that one thread contracts sooner than two are woken
_DENSE = 32  # so many nodes left for every neighbour they have: cheaper to know all their distances
_KNOWN = 8192  # … but never more nodes than this


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
    from tongchou.networks.kernels import adjacency, order

    top, weights = _top(graph)
    start, count, room, near, out, into, end = adjacency.both_ways(graph.first, graph.heads, weights, top)
    alike = bool(np.array_equal(out[:end], into[:end]))
    rounds, near, out, into = _contracted(start, count, room, near, out, into, end, top, alike, progress)
    from_top = order.from_the_top(start, count, near, rounds)
    place, first, above, up, down = order.upper_edges(start, count, near, out, into, from_top)
    scale = 1.0 if graph.ticks is None else graph.ticks.scale
    return Hierarchy(place, first, above, up, up if alike else down, top, scale)


def _top(graph: Graph) -> tuple[Any, NDArray[Any]]:
    """Return what no way costs, in the type to count with, and the costs in that type."""
    if graph.ticks is None:
        return np.float64(inf), graph.costs
    if longest_at_most(graph) < TOP:
        return np.int32(TOP), graph.ticks.counts
    return np.int64(2**61), graph.ticks.counts.astype(np.int64)


def _contracted(
    start: Any, count: Any, room: Any, near: Any, out: Any, into: Any, end: int, top: Any, alike: bool,
    progress: Progress | None,
) -> tuple[Any, Any, Any, Any]:  # fmt: skip
    """Contract every node; return the round of each and the pool's arrays, the blocks being edges to later rounds."""
    from tongchou.networks.kernels import contraction

    nodes = start.size
    level, rounds, standing = (np.zeros(nodes, dtype=np.int32) for _ in range(3))
    gone, seen = np.zeros(nodes, dtype=np.bool_), np.zeros(nodes, dtype=np.bool_)
    live = np.arange(nodes, dtype=np.int32)
    changed = live
    work = contraction.room_for_searches(nodes, how_many(), top)
    known = None
    turn = 0
    while live.size:
        contraction.weigh(count, level, changed, standing)
        chosen = contraction.choose(start, count, near, live, standing)
        if known is None and live.size <= min(_KNOWN, _DENSE * float(count[live].mean())):
            known = _known(start, count, near, out, live, top)
        which, live = live[chosen], live[~chosen]
        gone[which] = True
        rounds[which] = turn
        degree = count[which].astype(np.int64)
        pairs = np.zeros(which.size + 1, dtype=np.int64)
        np.cumsum(degree * (degree - 1) // (2 if alike else 1), out=pairs[1:])
        made = []
        for low, high in _slices(pairs):
            some, places = which[low:high], pairs[low : high + 1] - pairs[low]
            made.append(
                (places, *_shortcuts(start, count, near, out, into, some, places, gone, alike, work, known, top))
            )
        changed = contraction.take_out(start, count, near, out, into, which, gone, level, seen)
        for places, tails, heads, costs, number in made:
            near, out, into, end = contraction.put_in(
                start, count, room, near, out, into, end, places, number, tails, heads, costs, alike, top
            )
        turn += 1
        if progress is not None:
            progress(nodes - live.size, nodes)
    return rounds, near, out, into


def _known(start: Any, count: Any, near: Any, out: Any, live: Any, top: Any) -> tuple[Any, Any]:
    from tongchou.networks.kernels.core import distances

    number = np.full(start.size, -1, dtype=np.int32)
    number[live] = np.arange(live.size)
    table = np.empty((live.size, live.size), dtype=top.dtype)
    distances(start, count, near, out, live, number, top, table)
    return number, table


def _slices(pairs: Ints) -> list[tuple[int, int]]:
    """Return ranges of the nodes of a round, each of so few pairs that their shortcuts fit in memory."""
    cuts = [0]
    while cuts[-1] < pairs.size - 1:
        reach = int(np.searchsorted(pairs, pairs[cuts[-1]] + _PAIRS, side="right")) - 1
        cuts.append(max(reach, cuts[-1] + 1))
    return list(pairwise(cuts))


def _shortcuts(
    start: Any, count: Any, near: Any, out: Any, into: Any, which: Any, places: Any, gone: Any, alike: bool,
    work: Any, known: tuple[Any, Any] | None, top: Any,
) -> tuple[Any, Any, Any, Any]:  # fmt: skip
    from tongchou.networks.kernels import contraction
    from tongchou.networks.kernels.core import shortcuts_known

    tails, heads = np.empty(places[-1], dtype=np.int32), np.empty(places[-1], dtype=np.int32)
    costs, made = np.empty(places[-1], dtype=top.dtype), np.zeros(which.size, dtype=np.int64)
    given = (start, count, near, out, into, which, places)
    if known is not None:
        margin = 0.0 if np.issubdtype(top.dtype, np.integer) else 1e-9
        shortcuts_known(*(*given, alike, *known, margin, top, tails, heads, costs, made))
    elif which.size < _FEW or len(work[0]) == 1:
        alone = tuple(row[0] for row in work)
        contraction.contract_some(*(*given, gone, alike, *alone, top, tails, heads, costs, made, 0, which.size))
    else:
        contraction.contract_all(*(*given, gone, alike, *work, top, tails, heads, costs, made))
    return tails, heads, costs, made
