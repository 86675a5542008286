"""Sweeps down a hierarchy for sixteen origins at a time (PHAST: Delling, Goldberg, Nowatzyk & Werneck 2011)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.lanes import LANES, relax, relax_all

_BLOCK = 64  # nodes written at a time: lanes are turned into rows inside the first cache


@njit(cache=True)
def climb(first: Any, above: Any, up: Any, origins: Any, table: Any, seen: Any, top: Any) -> None:
    """Relax every edge upwards from at most sixteen ``origins`` (places), one a lane; rows reached are marked ``seen``.

    Places are numbered from the top: from the bottom up, every row is complete before it is passed on.
    """
    lowest = np.int64(0)
    for lane in range(origins.size):
        place = np.int64(origins[lane])
        if place > lowest:
            lowest = place
        if not seen[place]:
            seen[place] = True
            for k in range(LANES):
                table[place, k] = top
        table[place, lane] = 0
    for row in range(lowest, -1, -1):
        if seen[row]:
            for edge in range(first[row], first[row + 1]):
                if up[edge] < top:
                    higher = np.int64(above[edge])
                    if not seen[higher]:
                        seen[higher] = True
                        for k in range(LANES):
                            table[higher, k] = top
                    relax(table, higher, row, up[edge])


@njit(cache=True)
def sweep(first: Any, above: Any, down: Any, table: Any, seen: Any, top: Any) -> None:
    """Relax every edge downwards, from the top, for all lanes of ``table`` (places, 16); ``seen`` is cleared."""
    for place in range(first.size - 1):
        if seen[place]:
            seen[place] = False
        else:
            for k in range(LANES):
                table[place, k] = top
        relax_all(table, place, above, down, first[place], first[place + 1])


@njit(cache=True)
def from_origins(
    first: Any, above: Any, up: Any, down: Any, place: Any, origins: Any, table: Any, seen: Any, top: Any
) -> None:
    """Fill ``table`` (places, 16) for at most sixteen origins (nodes), one a lane; the other lanes are ``top``."""
    climb(first, above, up, place[origins], table, seen, top)
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
        seen = np.zeros(nodes, dtype=np.bool_)
        turned = np.empty((LANES, _BLOCK), dtype=down.dtype)
        for batch in range(part, batches, parts):
            low = batch * LANES
            high = min(low + LANES, origins.size)
            from_origins(first, above, up, down, place, origins[low:high], table, seen, top)
            written(table, place, high - low, cutoff, scale, turned, found[low:high])


@njit(cache=True, error_model="numpy")  # a test for a divisor of zero would keep it from being vectors
def written(table: Any, place: Any, lanes: int, cutoff: Any, scale: float, turned: Any, found: Any) -> None:
    """Write the lanes of ``table`` into rows of ``found`` (lanes, nodes); ``turned`` (16, 64) is room to work in."""
    nodes = place.size
    for begin in range(0, nodes, _BLOCK):
        many = min(_BLOCK, nodes - begin)
        for i in range(many):
            row = np.int64(place[begin + i])
            for k in range(LANES):
                turned[k, i] = table[row, k]
        for k in range(lanes):
            for i in range(many):
                cost = turned[k, i]
                paid = cost / scale
                found[k, begin + i] = paid if cost <= cutoff else np.inf
