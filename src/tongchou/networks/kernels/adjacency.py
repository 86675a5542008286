"""Neighbours of nodes that are contracted one after another: blocks in one pool that grow, both directions together.

An entry of node ``v`` holds a neighbour ``u``, the cost ``v→u`` and the cost ``u→v``; the top of the type stands for
no way. All arrays are typed; nothing here allocates but the growing pool.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


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


@njit(cache=True, inline="always")
def _put(start: Any, count: Any, near: Any, out: Any, into: Any, node: Any, other: Any, go: Any, come: Any) -> None:
    at = start[node] + count[node]
    near[at], out[at], into[at] = other, go, come
    count[node] += 1


@njit(cache=True)
def link(
    start: Any,
    count: Any,
    room: Any,
    near: Any,
    out: Any,
    into: Any,
    end: int,
    node: int,
    other: int,
    go: Any,
    come: Any,
) -> int:
    """Put ``other`` among the neighbours of ``node``, or lower the costs it has; return the end of the pool in use."""
    low = start[node]
    for at in range(low, low + count[node]):
        if near[at] == other:
            out[at], into[at] = min(out[at], go), min(into[at], come)
            return end
    if count[node] == room[node]:
        # The block moves to the end of the pool with twice the room; its old place is left empty.
        for k in range(count[node]):
            near[end + k], out[end + k], into[end + k] = near[low + k], out[low + k], into[low + k]
        start[node] = end
        room[node] = 2 * room[node] + 2
        end += room[node]
    _put(start, count, near, out, into, node, other, go, come)
    return end


@njit(cache=True)
def unlink(start: Any, count: Any, near: Any, out: Any, into: Any, node: int, gone: Any) -> None:
    """Take every neighbour marked in ``gone`` away from ``node``, the others staying in order."""
    low = start[node]
    kept = low
    for at in range(low, low + count[node]):
        if not gone[near[at]]:
            near[kept], out[kept], into[kept] = near[at], out[at], into[at]
            kept += 1
    count[node] = kept - low


@njit(cache=True)
def is_alike(start: Any, count: Any, out: Any, into: Any) -> bool:
    """Return whether every edge costs the same both ways; what lies between the blocks is no edge."""
    for node in range(start.size):
        for edge in range(start[node], start[node] + count[node]):
            if out[edge] != into[edge]:
                return False
    return True
