"""Many to many: sweeps over the part of a hierarchy above the targets only.

RPHAST: Delling, Goldberg & Werneck 2011.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.heap import pop_place, push_place
from tongchou.networks.kernels.lanes import LANES
from tongchou.networks.kernels.sweep import climb, sweep


@njit(cache=True)
def closure(first: Any, above: Any, places: Any) -> Any:
    """Return every place that can be climbed to from ``places``, in order from the top."""
    nodes = first.size - 1
    marked = np.zeros(nodes, dtype=np.bool_)
    for k in range(places.size):
        marked[places[k]] = True
    total = 0
    # Upper neighbours have lower numbers: from the bottom up everything is marked before it is passed on.
    for place in range(nodes - 1, -1, -1):
        if marked[place]:
            total += 1
            for edge in range(first[place], first[place + 1]):
                marked[above[edge]] = True
    kept = np.empty(total, dtype=np.int32)
    at = 0
    for place in range(nodes):
        if marked[place]:
            kept[at] = place
            at += 1
    return kept


@njit(cache=True)
def restricted(first: Any, above: Any, costs: Any, kept: Any) -> Any:
    """Return number of each place in ``kept`` (−1 elsewhere), first, above and costs of the edges among them."""
    number = np.full(first.size - 1, -1, dtype=np.int32)
    begin = np.zeros(kept.size + 1, dtype=np.int64)
    for k in range(kept.size):
        number[kept[k]] = k
        begin[k + 1] = begin[k] + first[kept[k] + 1] - first[kept[k]]
    over, of = np.empty(begin[-1], dtype=np.int32), np.empty(begin[-1], dtype=costs.dtype)
    for k in range(kept.size):
        low = first[kept[k]]
        for edge in range(begin[k + 1] - begin[k]):
            over[begin[k] + edge] = number[above[low + edge]]
            of[begin[k] + edge] = costs[low + edge]
    return number, begin, over, of


@njit(cache=True, parallel=True)
def table_of(
    up_first: Any,
    up_above: Any,
    up: Any,
    starts: Any,
    down_first: Any,
    down_above: Any,
    down: Any,
    ends: Any,
    across: Any,
    cutoff: Any,
    top: Any,
    scale: float,
    order: Any,
    parts: int,
    found: Any,
) -> None:
    """Fill ``found`` (origins, targets), the row of origin ``i`` being ``order[i]``.

    The first three arrays are the part above the origins (``starts``, numbers there), the next the part above the
    targets (``ends``); ``across`` gives the number below of a place above, −1 where it has none.
    """
    batches = (starts.size + LANES - 1) // LANES
    for part in prange(parts):
        higher, lower = up_first.size - 1, down_first.size - 1
        table, low_table = np.empty((higher, LANES), dtype=up.dtype), np.empty((lower, LANES), dtype=up.dtype)
        seen, low_seen = np.zeros(higher, dtype=np.bool_), np.zeros(lower, dtype=np.bool_)
        for batch in range(part, batches, parts):
            low = batch * LANES
            high = min(low + LANES, starts.size)
            climb(up_first, up_above, up, starts[low:high], table, seen, top)
            for place in range(higher):
                if seen[place]:
                    seen[place] = False
                    to = across[place]
                    if to >= 0:
                        low_seen[to] = True
                        for k in range(LANES):
                            low_table[to, k] = table[place, k]
            sweep(down_first, down_above, down, low_table, low_seen, top)
            for j in range(ends.size):
                row = low_table[ends[j]]
                for k in range(high - low):
                    found[order[low + k], j] = row[k] / scale if row[k] <= cutoff else np.inf


@njit(cache=True, parallel=True)
def one_by_one(
    first: Any, above: Any, up: Any, down: Any, starts: Any, ends: Any, top: Any, scale: float, parts: int, found: Any
) -> None:
    """Fill ``found`` (pairs) with the cost from each of ``starts`` to its own of ``ends`` (places)."""
    nodes = first.size - 1
    for part in prange(parts):
        out, into = np.full(nodes, top, dtype=up.dtype), np.full(nodes, top, dtype=up.dtype)
        left, right = np.empty(nodes + 1, dtype=np.int32), np.empty(nodes + 1, dtype=np.int32)
        todo = np.empty(nodes + 1, dtype=np.int32)
        for i in range(part, starts.size, parts):
            many = _alone(first, above, up, starts[i], out, left, todo, top)
            more = _alone(first, above, down, ends[i], into, right, todo, top)
            best = top
            for k in range(many):
                place = left[k]
                if into[place] < top:
                    best = min(best, out[place] + into[place])
            for k in range(many):
                out[left[k]] = top
            for k in range(more):
                into[right[k]] = top
            found[i] = best / scale if best < top else np.inf


@njit(cache=True)
def _alone(first: Any, above: Any, costs: Any, origin: Any, dist: Any, reached: Any, todo: Any, top: Any) -> int:
    """Climb from ``origin`` with one lane; return how many places were reached."""
    dist[origin] = 0
    reached[0], todo[0] = origin, origin
    many, size = 1, 1
    while size > 0:
        place = todo[0]
        size = pop_place(todo, size)
        cost = dist[place]
        for edge in range(first[place], first[place + 1]):
            if costs[edge] >= top:
                continue
            higher = above[edge]
            there = cost + costs[edge]
            if there >= top:
                continue
            if dist[higher] == top:
                reached[many] = higher
                many += 1
                size = push_place(todo, size, higher)
            if there < dist[higher]:
                dist[higher] = there
    return many
