"""Sweeps down a hierarchy for sixteen origins at a time (PHAST: Delling, Goldberg, Nowatzyk & Werneck 2011)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

LANES = 16


@njit(cache=True)
def climb(first: Any, above: Any, up: Any, origin: Any, lane: int, table: Any, seen: Any, todo: Any, top: Any) -> None:
    """Relax every edge upwards from ``origin`` in one lane of ``table``; rows not ``seen`` are made first."""
    # Places are numbered from the top: whatever is reached is reached before it is left when the largest goes first.
    size = 1
    todo[0] = origin
    if not seen[origin]:
        seen[origin] = True
        for k in range(LANES):
            table[origin, k] = top
    table[origin, lane] = 0
    while size > 0:
        # A heap of places, the largest first, each once.
        place = np.int64(todo[0])
        size -= 1
        moved = todo[size]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and todo[child + 1] > todo[child]:
                child += 1
            if todo[child] <= moved:
                break
            todo[at] = todo[child]
            at = child
        todo[at] = moved
        cost = table[place, lane]
        for edge in range(first[place], first[place + 1]):
            if up[edge] >= top:
                continue
            higher = above[edge]
            there = cost + up[edge]
            if there >= top:
                continue
            if not seen[higher]:
                seen[higher] = True
                for k in range(LANES):
                    table[higher, k] = top
            if table[higher, lane] == top:
                at = size
                size += 1
                while at > 0:
                    over = (at - 1) // 2
                    if todo[over] >= higher:
                        break
                    todo[at] = todo[over]
                    at = over
                todo[at] = higher
            if there < table[higher, lane]:
                table[higher, lane] = there


@njit(cache=True)
def sweep(first: Any, above: Any, down: Any, table: Any, seen: Any, top: Any) -> None:
    """Relax every edge downwards, from the top, for all lanes of ``table`` (places, 16); ``seen`` is cleared."""
    kind = table.dtype.type
    row = np.empty(LANES, dtype=table.dtype)
    for place in range(first.size - 1):
        if seen[place]:
            for k in range(LANES):
                row[k] = table[place, k]
            seen[place] = False
        else:
            for k in range(LANES):
                row[k] = top
        for edge in range(first[place], first[place + 1]):
            higher = above[edge]
            cost = down[edge]
            for k in range(LANES):
                there = kind(table[higher, k] + cost)  # else the sum of two int32 is an int64, and half as fast
                row[k] = there if there < row[k] else row[k]
        for k in range(LANES):
            table[place, k] = row[k]


@njit(cache=True)
def from_origins(
    first: Any, above: Any, up: Any, down: Any, place: Any, origins: Any, table: Any, seen: Any, todo: Any, top: Any
) -> None:
    """Fill ``table`` (places, 16) for at most sixteen origins (nodes), one a lane; the other lanes are ``top``."""
    for lane in range(origins.size):
        climb(first, above, up, place[origins[lane]], lane, table, seen, todo, top)
    sweep(first, above, down, table, seen, top)


@njit(cache=True, parallel=True)
def one_to_all(
    first: Any,
    above: Any,
    up: Any,
    down: Any,
    place: Any,
    origins: Any,
    cutoff: Any,
    top: Any,
    scale: float,
    parts: int,
    found: Any,
) -> None:
    """Fill ``found`` (origins, nodes), in doubles: ticks divided by ``scale``, infinite beyond ``cutoff``."""
    nodes = first.size - 1
    batches = (origins.size + LANES - 1) // LANES
    for part in prange(parts):
        table = np.empty((nodes, LANES), dtype=down.dtype)
        seen, todo = np.zeros(nodes, dtype=np.bool_), np.empty(nodes + 1, dtype=np.int32)
        for batch in range(part, batches, parts):
            low = batch * LANES
            high = min(low + LANES, origins.size)
            from_origins(first, above, up, down, place, origins[low:high], table, seen, todo, top)
            for node in range(nodes):
                row = table[place[node]]
                for k in range(high - low):
                    cost = row[k]
                    found[low + k, node] = cost / scale if cost <= cutoff else np.inf
