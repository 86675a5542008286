"""Contraction of nodes in rounds (Geisberger, Sanders, Schultes & Delling 2008; rounds after Vetter 2009).

Each round takes every node that stands before all its neighbours, so that no two of them touch; shortcuts keep every
distance between the nodes that stay. A node stands by its neighbours first and its level second: simulating shortcuts
to weigh it takes five times as long and saves a twentieth of them. What a round does to a node depends on the graph
before the round alone, so that the number of threads changes nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.adjacency import link
from tongchou.networks.kernels.around import FEWEST, MOST, shortcuts_around
from tongchou.networks.kernels.witness import shortcuts

_SOME = 256  # nodes a part contracts before it is the next one's turn


@njit(cache=True)
def weigh(count: Any, level: Any, which: Any, standing: Any) -> None:
    """Write where the nodes ``which`` stand: low levels and few neighbours first."""
    for k in range(which.size):
        node = which[k]
        standing[node] = level[node] + 8 * count[node]


@njit(cache=True, inline="always")
def _mixed(node: Any) -> Any:
    # Ties are broken by a scrambled number, for in order of numbers a street would go one node a round.
    scrambled = np.uint32(node) * np.uint32(2654435761)
    return scrambled ^ (scrambled >> np.uint32(15))


@njit(cache=True, parallel=True)
def choose(start: Any, count: Any, near: Any, live: Any, standing: Any) -> Any:
    """Return for each live node whether it stands before all its neighbours."""
    chosen = np.zeros(live.size, dtype=np.bool_)
    for k in prange(live.size):
        node = live[k]
        mine, tie = standing[node], _mixed(node)
        first = True
        for edge in range(start[node], start[node] + count[node]):
            other = near[edge]
            theirs = standing[other]
            if theirs < mine or (theirs == mine and (_mixed(other), other) < (tie, node)):
                first = False
                break
        chosen[k] = first
    return chosen


@njit(cache=True)
def contract_some(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    which: Any,
    places: Any,
    gone: Any,
    alike: bool,
    room: Any,
    part: Any,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    made: Any,
    low: int,
    high: int,
) -> None:
    """Write the shortcuts of ``which[low:high]`` from ``places`` on and their numbers into ``made``."""
    for k in range(low, high):
        node, at = which[k], places[k]
        if FEWEST <= count[node] <= MOST:
            made[k] = shortcuts_around(
                start, count, near, out, into, node, gone, alike, room, part, top, tails, heads, costs, at
            )
            # On roads a neighbour is left two thirds of a shortcut in the mean; where much more is left, as round hubs
            # that are near to everything, ways round lead farther than was looked.
            if made[k] <= count[node] * (3 if alike else 4):
                continue
        made[k] = shortcuts(start, count, near, out, into, node, gone, alike, room, part, top, tails, heads, costs, at)


@njit(cache=True, parallel=True)
def contract_all(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    which: Any,
    places: Any,
    gone: Any,
    alike: bool,
    room: Any,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    made: Any,
) -> None:
    """Write the shortcuts of all of ``which``, a part of them in each row of ``room``."""
    parts = room.dist.shape[0]
    some = max(1, min(_SOME, which.size // (8 * parts)))
    for index in prange(parts):
        part = np.int64(index)  # the type of the callers that have no threads: nothing is compiled twice
        # By turns, not by halves: nodes that lie together are alike, and all parts should end at the same time.
        for low in range(part * some, which.size, parts * some):
            high = min(low + some, which.size)
            contract_some(
                start, count, near, out, into, which, places, gone, alike, room, part, top, tails, heads, costs, made,
                low, high,
            )  # fmt: skip


@njit(cache=True)
def raise_levels(start: Any, count: Any, near: Any, which: Any, level: Any, seen: Any) -> Any:
    """Return the neighbours of the nodes ``which``, each once, their levels raised above them."""
    size = 0
    for k in range(which.size):
        size += count[which[k]]
    changed = np.empty(size, dtype=np.int32)
    size = 0
    for k in range(which.size):
        node = which[k]
        for edge in range(start[node], start[node] + count[node]):
            other = near[edge]
            level[other] = max(level[other], level[node] + 1)
            if not seen[other]:
                seen[other] = True
                changed[size] = other
                size += 1
    for k in range(size):
        seen[changed[k]] = False
    return changed[:size]


@njit(cache=True)
def count_ends(places: Any, made: Any, tails: Any, heads: Any, more: Any) -> None:
    """Add to ``more`` how many of the shortcuts end at each node."""
    for k in range(made.size):
        for s in range(places[k], places[k] + made[k]):
            more[tails[s]] += 1
            more[heads[s]] += 1


@njit(cache=True, parallel=True)
def put_in(
    start: Any,
    count: Any,
    near: Any,
    out: Any,
    into: Any,
    places: Any,
    made: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    alike: bool,
    top: Any,
    parts: int,
) -> None:
    """Put the shortcuts into the lists of both ends, where there is room; each part sees to nodes of its own."""
    for part in prange(parts):
        low, high = start.size * part // parts, start.size * (part + 1) // parts
        for k in range(made.size):
            for s in range(places[k], places[k] + made[k]):
                a, b, cost = tails[s], heads[s], costs[s]
                back = cost if alike else top
                if low <= a < high:
                    link(start, count, near, out, into, a, b, cost, back)
                if low <= b < high:
                    link(start, count, near, out, into, b, a, back, cost)
