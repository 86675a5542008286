"""The last, dense part of a contraction: once every distance between the nodes left is known, no search is needed.

Distances between nodes that stay never change, so that one table serves to the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.lanes import LANES
from tongchou.networks.kernels.sweep import from_origins


@njit(cache=True, inline="always")
def _ones(word: Any) -> Any:
    """Return how many bits of 64 are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def eliminated(start: Any, count: Any, near: Any, out: Any, live: Any, number: Any, top: Any, costs: Any) -> Any:
    """Contract the nodes ``live`` alone, fewest neighbours first, without looking for ways round.

    Nodes are named by their ``number`` in ``live``; ``costs`` (live, live) is room for what edges cost. Return place,
    first, above, up and down as in :class:`tongchou.networks.hierarchy.Hierarchy`.
    """
    nodes = live.size
    words = (nodes + 63) // 64
    joined = np.zeros((nodes, words), dtype=np.uint64)
    degree = np.zeros(nodes, dtype=np.int32)
    for i in range(nodes):
        costs[i, :] = top
        for edge in range(start[live[i]], start[live[i]] + count[live[i]]):
            j = np.int64(number[near[edge]])
            costs[i, j] = out[edge]
            joined[i, j >> 6] |= np.uint64(1) << np.uint64(j & 63)
        degree[i] = count[live[i]]
    order, begin = np.empty(nodes, dtype=np.int32), np.zeros(nodes + 1, dtype=np.int64)
    pool = np.empty(64 * nodes, dtype=np.int32)
    these = np.empty(nodes, dtype=np.int32)
    left = np.arange(nodes).astype(np.int32)
    for done in range(nodes):
        best = 0
        for k in range(1, nodes - done):
            if degree[left[k]] < degree[left[best]]:
                best = k
        node = np.int64(left[best])
        left[best] = left[nodes - done - 1]
        order[done] = node
        many = 0
        for word in range(words):
            held = joined[node, word]
            while held:
                low = held & (~held + np.uint64(1))
                these[many] = word * 64 + _ones(low - np.uint64(1))
                many += 1
                held ^= low
        if begin[done] + many > pool.size:
            pool = np.concatenate((pool, np.empty(pool.size, dtype=np.int32)))
        pool[begin[done] : begin[done] + many] = these[:many]
        begin[done + 1] = begin[done] + many
        for k in range(many):
            one = np.int64(these[k])
            size = 0
            for word in range(words):
                held = joined[one, word] | joined[node, word]
                joined[one, word] = held
                size += _ones(held)
            joined[one, node >> 6] ^= np.uint64(1) << np.uint64(node & 63)
            joined[one, one >> 6] ^= np.uint64(1) << np.uint64(one & 63)
            degree[one] = size - 2
            to = costs[one, node]
            if to < top:
                for other in these[:many]:
                    by_way = to + costs[node, other]
                    if by_way < costs[one, other]:
                        costs[one, other] = by_way
    place, first = np.empty(nodes, dtype=np.int32), np.zeros(nodes + 1, dtype=np.int64)
    for k in range(nodes):
        place[order[k]] = nodes - 1 - k
    above = np.empty(begin[nodes], dtype=np.int32)
    up, down = np.empty(above.size, dtype=costs.dtype), np.empty(above.size, dtype=costs.dtype)
    for at in range(nodes):
        node, low = order[nodes - 1 - at], begin[nodes - 1 - at]
        first[at + 1] = first[at] + begin[nodes - at] - low
        for k in range(first[at + 1] - first[at]):
            other = pool[low + k]
            above[first[at] + k] = place[other]
            up[first[at] + k], down[first[at] + k] = costs[node, other], costs[other, node]
    return place, first, above, up, down


@njit(cache=True, parallel=True)
def distances(place: Any, first: Any, above: Any, up: Any, down: Any, top: Any, table: Any) -> None:
    """Fill ``table`` (nodes, nodes) with the distances that a hierarchy holds; nodes that lie together go together."""
    nodes = place.size
    order = np.empty(nodes, dtype=np.int32)
    for node in range(nodes):
        order[place[node]] = node
    for batch in prange((nodes + LANES - 1) // LANES):
        origins = order[batch * LANES : (batch + 1) * LANES]
        rows, seen = np.empty((nodes, LANES), dtype=down.dtype), np.zeros(nodes, dtype=np.bool_)
        from_origins(first, above, up, down, place, origins, rows, seen, top)
        for lane in range(origins.size):
            for node in range(nodes):
                table[origins[lane], node] = rows[place[node], lane]


@njit(cache=True)
def shortcuts_known(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    which: Any,
    places: Any,
    alike: bool,
    number: Any,
    table: Any,
    margin: float,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    made: Any,
) -> None:
    """Write a shortcut for every pair of neighbours with no shorter way: see ``witness.shortcuts``.

    ``margin`` is the part of a cost that sums in another order may differ by: 0 for whole numbers.
    """
    for k in range(which.size):
        node = which[k]
        low, high = start[node], start[node] + count[node]
        at = places[k]
        for i in range(low, high):
            if into[i] >= top:
                continue
            row = table[number[near[i]]]
            for j in range(i + 1 if alike else low, high):
                need = into[i] + out[j]
                if j == i or out[j] >= top or need >= top:
                    continue
                if need - row[number[near[j]]] <= margin * need:
                    tails[at], heads[at], costs[at] = near[i], near[j], need
                    at += 1
        made[k] = at - places[k]
