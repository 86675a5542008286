"""Compiled searches: Dijkstra (1959) with a heap of four children, exact, with nothing but arrays inside.

Every search is one origin's own, so that the number of threads changes no number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

_CHILDREN = 4


@njit(cache=True, inline="always")
def _up(keys: Any, items: Any, slots: Any, at: int) -> None:
    key, item = keys[at], items[at]
    while at > 0:
        above = (at - 1) // _CHILDREN
        if keys[above] <= key:
            break
        keys[at], items[at] = keys[above], items[above]
        slots[items[at]] = at
        at = above
    keys[at], items[at] = key, item
    slots[item] = at


@njit(cache=True, inline="always")
def _down(keys: Any, items: Any, slots: Any, size: int) -> None:
    """Put the last item in the place of the first and let it sink."""
    key, item = keys[size], items[size]
    at = 0
    while True:
        child = _CHILDREN * at + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + _CHILDREN, size)):
            if keys[other] < keys[least]:
                least = other
        if keys[least] >= key:
            break
        keys[at], items[at] = keys[least], items[least]
        slots[items[at]] = at
        at = least
    keys[at], items[at] = key, item
    slots[item] = at


@njit(cache=True)
def _search(
    first: Any, heads: Any, costs: Any, origin: int, cutoff: float, found: Any, keys: Any, items: Any, slots: Any
) -> None:
    """Write the least cost from ``origin`` to every node within ``cutoff`` into ``found`` (infinite elsewhere)."""
    found[:] = np.inf
    slots[:] = -1
    found[origin] = 0.0
    keys[0], items[0], slots[origin] = 0.0, origin, 0
    size = 1
    while size > 0:
        node, cost = items[0], keys[0]
        slots[node] = -2  # settled
        size -= 1
        if size > 0:
            _down(keys, items, slots, size)
        for edge in range(first[node], first[node + 1]):
            head = heads[edge]
            if slots[head] == -2:
                continue
            there = cost + costs[edge]
            if there < found[head] and there <= cutoff:
                found[head] = there
                at = slots[head]
                if at < 0:
                    at = size
                    size += 1
                keys[at], items[at] = there, head
                _up(keys, items, slots, at)


@njit(cache=True, parallel=True)
def one_to_all(first: Any, heads: Any, costs: Any, origins: Any, cutoff: float, found: Any) -> None:
    """Fill ``found`` (origins, nodes)."""
    nodes = first.size - 1
    for i in prange(origins.size):
        keys = np.empty(nodes, dtype=np.float64)
        items = np.empty(nodes, dtype=np.int64)
        slots = np.empty(nodes, dtype=np.int64)
        _search(first, heads, costs, origins[i], cutoff, found[i], keys, items, slots)


@njit(cache=True, parallel=True)
def to_targets(first: Any, heads: Any, costs: Any, origins: Any, targets: Any, cutoff: float, found: Any) -> None:
    """Fill ``found`` (origins, targets)."""
    nodes = first.size - 1
    for i in prange(origins.size):
        keys = np.empty(nodes, dtype=np.float64)
        items = np.empty(nodes, dtype=np.int64)
        slots = np.empty(nodes, dtype=np.int64)
        every = np.empty(nodes, dtype=np.float64)
        _search(first, heads, costs, origins[i], cutoff, every, keys, items, slots)
        for j in range(targets.size):
            found[i, j] = every[targets[j]]


@njit(cache=True)
def nearest(first: Any, heads: Any, costs: Any, facilities: Any, found: Any, which: Any, cutoff: float) -> None:
    """Fill ``found`` and ``which`` (nodes, k) with the k nearest facilities, on the graph with its edges reversed.

    One search from all facilities at once; a node is passed on by as many facilities as it keeps. Of equal costs the
    facility that stands first comes first.
    """
    nodes, k = found.shape
    found[:] = np.inf
    which[:] = -1
    held = np.zeros(nodes, dtype=np.int64)
    room = facilities.size + 16
    keys = np.empty(room, dtype=np.float64)
    labels = np.empty((room, 2), dtype=np.int64)  # node, facility
    size = 0
    for j in range(facilities.size):
        size = _push(keys, labels, size, 0.0, facilities[j], j)
    while size > 0:
        cost, node, facility = keys[0], labels[0, 0], labels[0, 1]
        size = _pop(keys, labels, size)
        if held[node] == k:
            continue
        known = False
        for slot in range(held[node]):
            if which[node, slot] == facility:
                known = True
        if known:
            continue
        found[node, held[node]], which[node, held[node]] = cost, facility
        held[node] += 1
        for edge in range(first[node], first[node + 1]):
            head, there = heads[edge], cost + costs[edge]
            if held[head] < k and there <= cutoff:
                if size == keys.size:
                    wider, longer = np.empty(2 * size, dtype=np.float64), np.empty((2 * size, 2), dtype=np.int64)
                    wider[:size], longer[:size] = keys, labels
                    keys, labels = wider, longer
                size = _push(keys, labels, size, there, head, facility)


@njit(cache=True)
def _before(keys: Any, labels: Any, a: int, cost: float, facility: int) -> bool:
    if keys[a] != cost:
        return bool(keys[a] < cost)
    return bool(labels[a, 1] < facility)


@njit(cache=True)
def _push(keys: Any, labels: Any, size: int, cost: float, node: int, facility: int) -> int:
    at = size
    while at > 0:
        above = (at - 1) // _CHILDREN
        if not _before(keys, labels, above, cost, facility):
            keys[at], labels[at, 0], labels[at, 1] = keys[above], labels[above, 0], labels[above, 1]
            at = above
        else:
            break
    keys[at], labels[at, 0], labels[at, 1] = cost, node, facility
    return size + 1


@njit(cache=True)
def _pop(keys: Any, labels: Any, size: int) -> int:
    size -= 1
    cost, node, facility = keys[size], labels[size, 0], labels[size, 1]
    at = 0
    while True:
        child = _CHILDREN * at + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + _CHILDREN, size)):
            if _before(keys, labels, other, keys[least], labels[least, 1]):
                least = other
        if not _before(keys, labels, least, cost, facility):
            break
        keys[at], labels[at, 0], labels[at, 1] = keys[least], labels[least, 0], labels[least, 1]
        at = least
    keys[at], labels[at, 0], labels[at, 1] = cost, node, facility
    return size
