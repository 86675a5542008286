"""Neighbours of nodes that are contracted one after another: blocks in one pool that grow, both directions together.

An entry of node ``v`` holds a neighbour ``u``, the cost ``v→u`` and the cost ``u→v``; the top of the type stands for
no way. All arrays are typed; nothing here allocates but the growing pool.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange


@njit(cache=True)
def both_ways(first: Any, heads: Any, costs: Any, top: Any) -> Any:
    """Return start, count, room, neighbours, costs out and costs in, parallel edges merged and loops left out.

    The edges of a node have to be in order of their heads.
    """
    nodes = first.size - 1
    size = np.zeros(nodes + 1, dtype=np.int64)
    for tail in range(nodes):
        for edge in range(first[tail], first[tail + 1]):
            if heads[edge] != tail:
                size[tail + 1] += 1
                size[heads[edge] + 1] += 1
    for node in range(nodes):
        size[node + 1] += size[node]
    into = size[:-1].copy()
    came, back = np.empty(size[-1], dtype=np.int32), np.empty(size[-1], dtype=costs.dtype)
    # Edges into a node, in order of their tails because tails are walked in order.
    for tail in range(nodes):
        for edge in range(first[tail], first[tail + 1]):
            head = heads[edge]
            if head != tail:
                came[into[head]], back[into[head]] = tail, costs[edge]
                into[head] += 1
    room = np.empty(nodes, dtype=np.int32)
    count = np.zeros(nodes, dtype=np.int32)
    start = np.empty(nodes, dtype=np.int64)
    total = 0
    for node in range(nodes):
        room[node] = size[node + 1] - size[node]
        start[node] = total
        total += room[node]
    pool = total + total // 2 + 1024
    near, out, back_in = np.empty(pool, np.int32), np.empty(pool, costs.dtype), np.empty(pool, costs.dtype)
    for node in range(nodes):
        at, i, j = start[node], first[node], size[node]
        while i < first[node + 1] or j < into[node]:
            a = heads[i] if i < first[node + 1] else nodes
            b = came[j] if j < into[node] else nodes
            if a == node:
                i += 1
                continue
            other = min(a, b)
            least_out, least_in = top, top
            while i < first[node + 1] and heads[i] == other:
                least_out = min(least_out, costs[i])
                i += 1
            while j < into[node] and came[j] == other:
                least_in = min(least_in, back[j])
                j += 1
            near[at], out[at], back_in[at] = other, least_out, least_in
            at += 1
        count[node] = at - start[node]
    return start, count, room, near, out, back_in, total


@njit(cache=True)
def make_room(
    start: Any, count: Any, room: Any, near: Any, out: Any, into: Any, end: int, which: Any, more: Any
) -> Any:
    """Make room for ``more[node]`` neighbours of each node of ``which``; return the pool's arrays and its end in use.

    A block that is too small moves to the end of the pool with half as much again; its old place is left empty.
    ``more`` is cleared.
    """
    wanted = 0
    for k in range(which.size):
        needs = count[which[k]] + more[which[k]]
        if needs > room[which[k]]:
            wanted += needs + needs // 2
    if end + wanted > near.size:
        larger = near.size + near.size // 4 + wanted
        wider = np.empty(larger, near.dtype)
        wider[:end] = near[:end]
        near = wider
        for_out, for_in = np.empty(larger, out.dtype), np.empty(larger, out.dtype)
        for_out[:end], for_in[:end] = out[:end], into[:end]
        out, into = for_out, for_in
    for k in range(which.size):
        node = which[k]
        needs = count[node] + more[node]
        more[node] = 0
        if needs > room[node]:
            low = start[node]
            for i in range(count[node]):
                near[end + i], out[end + i], into[end + i] = near[low + i], out[low + i], into[low + i]
            start[node], room[node] = end, needs + needs // 2
            end += room[node]
    return near, out, into, end


@njit(cache=True, inline="always")
def link(start: Any, count: Any, near: Any, out: Any, into: Any, node: int, other: int, go: Any, come: Any) -> None:
    """Put ``other`` among the neighbours of ``node``, where there is room, or lower the costs it has."""
    low = start[node]
    end = low + count[node]
    for at in range(low, end):
        if near[at] == other:
            out[at], into[at] = min(out[at], go), min(into[at], come)
            return
    near[end], out[end], into[end] = other, go, come
    count[node] += 1


@njit(cache=True, parallel=True)
def unlink(start: Any, count: Any, near: Any, out: Any, into: Any, which: Any, gone: Any) -> None:
    """Take every neighbour marked in ``gone`` away from the nodes ``which``, the others staying in order."""
    for k in prange(which.size):
        low = start[which[k]]
        kept = low
        for at in range(low, low + count[which[k]]):
            if not gone[near[at]]:
                near[kept], out[kept], into[kept] = near[at], out[at], into[at]
                kept += 1
        count[which[k]] = kept - low


@njit(cache=True)
def is_alike(start: Any, count: Any, out: Any, into: Any) -> bool:
    """Return whether every edge costs the same both ways; what lies between the blocks is no edge."""
    for node in range(start.size):
        for edge in range(start[node], start[node] + count[node]):
            if out[edge] != into[edge]:
                return False
    return True
