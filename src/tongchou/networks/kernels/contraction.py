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

from tongchou.networks.kernels.adjacency import link, unlink
from tongchou.networks.kernels.witness import ROOM, shortcuts


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


@njit(cache=True)
def choose(start: Any, count: Any, near: Any, live: Any, standing: Any) -> Any:
    """Return for each live node whether it stands before all its neighbours."""
    chosen = np.zeros(live.size, dtype=np.bool_)
    for k in range(live.size):
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
    need: Any,
    dist: Any,
    touched: Any,
    keys: Any,
    items: Any,
    slack: Any,
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
        made[k] = shortcuts(
            start,
            count,
            near,
            out,
            into,
            which[k],
            gone,
            alike,
            need,
            dist,
            touched,
            keys,
            items,
            slack,
            top,
            tails,
            heads,
            costs,
            places[k],
        )


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
    need: Any,
    dist: Any,
    touched: Any,
    keys: Any,
    items: Any,
    slack: Any,
    top: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    made: Any,
) -> None:
    """Write the shortcuts of all of ``which``; rows of ``need`` … ``slack`` are the room of one part each."""
    parts = dist.shape[0]
    for part in prange(parts):
        contract_some(
            start,
            count,
            near,
            out,
            into,
            which,
            places,
            gone,
            alike,
            need[part],
            dist[part],
            touched[part],
            keys[part],
            items[part],
            slack[part],
            top,
            tails,
            heads,
            costs,
            made,
            which.size * part // parts,
            which.size * (part + 1) // parts,
        )


@njit(cache=True)
def take_out(
    start: Any, count: Any, near: Any, out: Any, into: Any, which: Any, gone: Any, level: Any, seen: Any
) -> Any:
    """Take the nodes ``which`` out of their neighbours' lists; return the neighbours, their levels raised."""
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
        unlink(start, count, near, out, into, changed[k], gone)
    return changed[:size]


@njit(cache=True)
def put_in(
    start: Any,
    count: Any,
    room: Any,
    near: Any,
    out: Any,
    into: Any,
    end: int,
    places: Any,
    made: Any,
    tails: Any,
    heads: Any,
    costs: Any,
    alike: bool,
    top: Any,
) -> Any:
    """Put the shortcuts into the lists of both ends; return the pool's arrays and the end of what is in use."""
    worst = 0
    for k in range(made.size):
        for s in range(places[k], places[k] + made[k]):
            worst += 2 * room[tails[s]] + 2 * room[heads[s]] + 4
    if end + worst > near.size:
        larger = near.size + near.size // 2 + worst
        wider = np.empty(larger, near.dtype)
        wider[:end] = near[:end]
        near = wider
        for_out, for_in = np.empty(larger, out.dtype), np.empty(larger, out.dtype)
        for_out[:end], for_in[:end] = out[:end], into[:end]
        out, into = for_out, for_in
    for k in range(made.size):
        for s in range(places[k], places[k] + made[k]):
            a, b, cost = tails[s], heads[s], costs[s]
            back = cost if alike else top
            end = link(start, count, room, near, out, into, end, a, b, cost, back)
            end = link(start, count, room, near, out, into, end, b, a, back, cost)
    return near, out, into, end


def room_for_searches(nodes: int, parts: int, top: Any) -> Any:
    """Return the arrays a witness search works in, a row for each part."""
    kind = top.dtype
    return (
        np.full((parts, nodes), -1, dtype=kind),
        np.full((parts, nodes), top, dtype=kind),
        np.empty((parts, nodes), dtype=np.int32),
        np.empty((parts, ROOM + 1), dtype=kind),
        np.empty((parts, ROOM + 1), dtype=np.int32),
        np.empty((parts, nodes), dtype=kind),
    )
