"""The last, dense part of a contraction: once every distance between the nodes left is known, no search is needed.

Distances between nodes that stay never change, so that one table serves to the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange


@njit(cache=True)
def _from_one(start: Any, count: Any, near: Any, out: Any, live: Any, number: Any, i: int, row: Any, top: Any) -> None:
    size_of = live.size
    row[:] = top
    keys = np.empty(size_of, dtype=out.dtype)
    items, slots = np.empty(size_of, dtype=np.int32), np.full(size_of, -1, dtype=np.int32)
    row[i] = 0
    keys[0], items[0], slots[i] = 0, i, 0
    size = 1
    while size > 0:
        node, cost = items[0], keys[0]
        slots[node] = -2
        size -= 1
        if size > 0:
            key, item = keys[size], items[size]
            at = 0
            while True:
                child = 4 * at + 1
                if child >= size:
                    break
                least = child
                for other in range(child + 1, min(child + 4, size)):
                    if keys[other] < keys[least]:
                        least = other
                if keys[least] >= key:
                    break
                keys[at], items[at] = keys[least], items[least]
                slots[items[at]] = at
                at = least
            keys[at], items[at] = key, item
            slots[item] = at
        place = live[node]
        for edge in range(start[place], start[place] + count[place]):
            if out[edge] >= top:
                continue
            head = number[near[edge]]
            there = cost + out[edge]
            if there < row[head]:
                row[head] = there
                at = slots[head]
                if at < 0:
                    at = size
                    size += 1
                while at > 0:
                    above = (at - 1) // 4
                    if keys[above] <= there:
                        break
                    keys[at], items[at] = keys[above], items[above]
                    slots[items[at]] = at
                    at = above
                keys[at], items[at] = there, head
                slots[head] = at


@njit(cache=True, parallel=True)
def distances(start: Any, count: Any, near: Any, out: Any, live: Any, number: Any, top: Any, table: Any) -> None:
    """Fill ``table`` (live, live) with the distances between the nodes ``live``, whose ``number`` is their row."""
    for i in prange(live.size):
        _from_one(start, count, near, out, live, number, i, table[i], top)


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
