"""What lies within reach: the nodes around places, and sums of any attribute of facilities for every node."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.adding import runs_of
from tongchou.networks.choice import prefers_hierarchy
from tongchou.networks.decay import Decay
from tongchou.networks.graph import Floats, Graph, Ints
from tongchou.networks.hierarchy import Hierarchy, hierarchy
from tongchou.networks.queue import Queue, queue
from tongchou.networks.search import Way, limit_of, nodes_of
from tongchou.networks.threads import threads_of

_ROOM = 1 << 25  # sums of runs held at a time: more attributes are added in turns
_SAMPLE = 8  # balls that are counted to tell how much room one needs


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Around origin ``i`` lie ``nodes[first[i]:first[i + 1]]`` at ``costs`` of the same places, in order of nodes."""

    first: Ints
    nodes: NDArray[np.int32]
    costs: Floats


def reach(
    graph: Graph, origins: ArrayLike, cutoff: float, *, towards: bool = False, threads: int | None = None
) -> Reach:
    """Return every node within ``cutoff`` of each origin; with ``towards`` every node that reaches it so."""
    starts = nodes_of(graph, origins, "origins")
    held = queue(graph.reversed() if towards else graph)
    with threads_of(threads) as parts:
        first, count, within, paid = _balls(held, starts, limit_of(graph, cutoff), parts)
    own = [slice(low, low + many) for low, many in zip(first[:-1].tolist(), count.tolist(), strict=True)]
    order = [np.argsort(within[one]) for one in own]
    ends = np.zeros(starts.size + 1, dtype=np.int64)
    np.cumsum(count, out=ends[1:])
    nodes, costs = np.empty(ends[-1], dtype=np.int32), np.empty(ends[-1])
    for i, (one, by_node) in enumerate(zip(own, order, strict=True)):
        nodes[ends[i] : ends[i + 1]] = within[one][by_node]
        costs[ends[i] : ends[i + 1]] = paid[one][by_node] / held.scale
    return Reach(ends, nodes, costs)


def _balls(held: Queue, starts: Ints, limit: Any, parts: int) -> tuple[Ints, Ints, NDArray[np.int32], NDArray[Any]]:
    """Return where each ball starts, its count, and the nodes and costs; there is room between balls."""
    from tongchou.networks.kernels.queue import balls, sizes

    terms = (held.per, held.slots, held.top)
    arrays = (held.first, held.heads, held.weights)
    few = starts[:: max(1, starts.size // _SAMPLE)]
    found = np.zeros(few.size, dtype=np.int64)
    sizes(*(*arrays, few, limit, *terms, found))
    room = min(held.size, 2 * int(found.max(initial=1)) + 64)
    while True:
        # A block's balls are counted by searching them; where one is larger than a few promised, all get more room.
        first = np.arange(starts.size + 1, dtype=np.int64) * room
        within, paid = np.empty(first[-1], dtype=np.int32), np.empty(first[-1], dtype=held.top.dtype)
        count = np.zeros(starts.size, dtype=np.int64)
        balls(*(*arrays, starts, limit, *terms, parts, first, within, paid, count))
        if int(count.max(initial=0)) <= room:
            return first, count, within, paid
        room = int(count.max())


def gathered(
    graph: Graph,
    facilities: ArrayLike,
    supply: ArrayLike,
    decay: Decay,
    *,
    by: Way = None,
    threads: int | None = None,
) -> Floats:
    """Return for every node the supply of the facilities it reaches, weighted by ``decay`` of the cost to get there.

    ``supply`` has shape (facilities) or (facilities, attributes), the result (nodes) or (nodes, attributes).
    Facilities are added in an order of their own (:mod:`tongchou.networks.adding`), so that no bit depends on the way
    costs are found or on threads. ``step(30)`` gives sums within 30.
    """
    ends = nodes_of(graph, facilities, "facilities")
    stock = np.asarray(supply, dtype=np.float64)
    flat = stock.ndim == 1
    if stock.shape[:1] != (ends.size,) or stock.ndim > 2:
        raise ProblemsError([codes.SHAPE.at("supply", what="supply", found=stock.shape, expected=ends.size)])
    if not np.isfinite(stock).all():
        raise ProblemsError([codes.NO_SUPPLY.at("supply", what="supply")])
    order, runs = runs_of(ends)
    ends, table = ends[order], np.ascontiguousarray((stock[:, None] if flat else stock)[order])
    total = np.zeros((graph.size, table.shape[1]))
    if not ends.size:
        return total[:, 0] if flat else total
    limit = limit_of(graph, min(decay.limit, inf))
    back = queue(graph.reversed())
    with threads_of(threads) as parts:
        if by == "hierarchy" if by else prefers_hierarchy(graph, back, ends, limit):
            _add_by_hierarchy(hierarchy(graph), ends, runs, parts, table, decay, total)
        else:
            _add_by_searches(back, ends, runs, limit, table, decay, total)
    return total[:, 0] if flat else total


def _add_by_hierarchy(
    top: Hierarchy, ends: Ints, runs: Ints, parts: int, table: Floats, decay: Decay, total: Floats
) -> None:
    """Climb by what leads down and sweep by what leads up: costs are those towards facilities."""
    from tongchou.networks.kernels.gather import add_sweeps
    from tongchou.networks.kernels.lanes import LANES

    for low, high in pairwise(runs):
        own = total if runs.size == 2 else np.zeros_like(total)
        add_sweeps(
            top.first, top.above, top.down, top.up, top.place, ends[low:high], top.top, top.scale, table[low:high],
            *decay.terms, min(parts, -(-int(high - low) // LANES)), own,
        )  # fmt: skip
        if own is not total:
            total += own


def _add_by_searches(
    back: Queue, ends: Ints, runs: Ints, limit: Any, table: Floats, decay: Decay, total: Floats
) -> None:
    from tongchou.networks.kernels.gather import add_searches

    width = max(1, _ROOM // (back.size * (runs.size - 1)))
    for low in range(0, table.shape[1], width):
        some = np.ascontiguousarray(table[:, low : low + width])
        found = np.zeros((back.size, some.shape[1]))
        add_searches(
            back.first, back.heads, back.weights, ends, runs, limit, back.per, back.slots, back.top, back.scale, some,
            *decay.terms, np.zeros((runs.size - 1, *found.shape)), found,
        )  # fmt: skip
        total[:, low : low + width] = found
