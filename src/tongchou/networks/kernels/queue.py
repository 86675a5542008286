"""Searches with a queue of buckets (Dial 1969; wide buckets as in Meyer & Sanders 2003), exact for any width.

A bucket holds the nodes whose cost so far lies in its range, as a list through arrays of the nodes' own, so that a
search touches what it reaches and nothing else.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange


@njit(cache=True)
def search(
    first: Any,
    heads: Any,
    costs: Any,
    origin: Any,
    cutoff: Any,
    per: Any,
    dist: Any,
    touched: Any,
    after: Any,
    before: Any,
    buckets: Any,
    top: Any,
) -> int:
    """Write the least cost from ``origin`` within ``cutoff`` into ``dist`` (all ``top`` before).

    Return how many nodes were touched; ``touched`` names them. ``after`` and ``before`` (nodes) may hold anything,
    ``buckets`` are all −1 before and after, and there are a power of two of them, more than the dearest
    edge times ``per`` (buckets for a unit of cost).
    """
    dist[origin] = 0
    touched[0] = origin
    marks = 1
    mask = buckets.size - 1
    buckets[0] = origin
    after[origin], before[origin] = -1, -1
    held = 1
    now = 0
    while held > 0:
        slot = now & mask
        while buckets[slot] >= 0:
            node = buckets[slot]
            buckets[slot] = after[node]
            if after[node] >= 0:
                before[after[node]] = -1
            before[node] = -2  # in no bucket
            held -= 1
            cost = dist[node]
            for edge in range(first[node], first[node + 1]):
                head = heads[edge]
                there = cost + costs[edge]
                old = dist[head]
                if there >= old or there > cutoff:
                    continue
                if old == top:
                    touched[marks] = head
                    marks += 1
                    held += 1
                elif before[head] == -2:
                    held += 1
                else:
                    was = np.int64(old * per) & mask
                    to = np.int64(there * per) & mask
                    if was == to:
                        dist[head] = there
                        continue
                    if before[head] >= 0:
                        after[before[head]] = after[head]
                    else:
                        buckets[was] = after[head]
                    if after[head] >= 0:
                        before[after[head]] = before[head]
                dist[head] = there
                to = np.int64(there * per) & mask
                other = buckets[to]
                after[head], before[head] = other, -1
                if other >= 0:
                    before[other] = head
                buckets[to] = head
        now += 1
    return marks


@njit(cache=True)
def _room(nodes: int, slots: int, dist: Any) -> Any:
    touched = np.empty(nodes, dtype=np.int32)
    after, before = np.empty(nodes, dtype=np.int32), np.empty(nodes, dtype=np.int32)
    return touched, after, before, np.full(slots, -1, dtype=np.int32)


@njit(cache=True, parallel=True)
def one_to_all(
    first: Any, heads: Any, costs: Any, origins: Any, cutoff: Any, per: Any, slots: int, top: Any, scale: float,
    parts: int, found: Any,
) -> None:  # fmt: skip
    """Fill ``found`` (origins, nodes), in doubles: ticks divided by ``scale``."""
    nodes = first.size - 1
    for part in prange(parts):
        dist = np.full(nodes, top)
        touched, after, before, buckets = _room(nodes, slots, dist)
        for i in range(part, origins.size, parts):
            marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
            for node in range(nodes):
                found[i, node] = np.inf
            for k in range(marks):
                found[i, touched[k]] = dist[touched[k]] / scale
                dist[touched[k]] = top


@njit(cache=True, parallel=True)
def to_targets(
    first: Any, heads: Any, costs: Any, origins: Any, targets: Any, cutoff: Any, per: Any, slots: int, top: Any,
    scale: float, parts: int, found: Any,
) -> None:  # fmt: skip
    """Fill ``found`` (origins, targets)."""
    nodes = first.size - 1
    for part in prange(parts):
        dist = np.full(nodes, top)
        touched, after, before, buckets = _room(nodes, slots, dist)
        for i in range(part, origins.size, parts):
            marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
            for j in range(targets.size):
                cost = dist[targets[j]]
                found[i, j] = cost / scale if cost < top else np.inf
            for k in range(marks):
                dist[touched[k]] = top


@njit(cache=True)
def sizes(
    first: Any, heads: Any, costs: Any, origins: Any, cutoff: Any, per: Any, slots: int, top: Any, found: Any
) -> None:
    """Fill ``found`` (origins) with the number of nodes within ``cutoff``; a few are counted, with one thread."""
    dist = np.full(first.size - 1, top)
    touched, after, before, buckets = _room(first.size - 1, slots, dist)
    for i in range(origins.size):
        marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
        found[i] = marks
        for k in range(marks):
            dist[touched[k]] = top


@njit(cache=True, parallel=True)
def balls(
    first: Any, heads: Any, costs: Any, origins: Any, cutoff: Any, per: Any, slots: int, top: Any, parts: int,
    starts: Any, within: Any, paid: Any, count: Any,
) -> None:  # fmt: skip
    """Write the nodes within ``cutoff`` of origin ``i`` and their costs from ``starts[i]`` on, and their ``count``.

    A count past the room of the origin (``starts[i + 1] − starts[i]``) is told and not written.
    """
    nodes = first.size - 1
    for part in prange(parts):
        dist = np.full(nodes, top)
        touched, after, before, buckets = _room(nodes, slots, dist)
        for i in range(part, origins.size, parts):
            marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
            count[i] = marks
            fits = marks <= starts[i + 1] - starts[i]
            for k in range(marks):
                node = touched[k]
                if fits:
                    within[starts[i] + k], paid[starts[i] + k] = node, dist[node]
                dist[node] = top
