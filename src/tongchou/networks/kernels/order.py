"""Nodes numbered from the top of a hierarchy down, so that sweeps read what lies near in memory.

The numbers follow the tree in which the parent of a node is the lowest of its upper neighbours; a node comes after all
its upper neighbours whatever the tree says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange


@njit(cache=True)
def from_the_top(start: Any, count: Any, near: Any, rounds: Any) -> Any:
    """Return the nodes in an order in which every one comes after its upper neighbours."""
    nodes = start.size
    parent = np.full(nodes, -1, dtype=np.int32)
    size = np.zeros(nodes + 2, dtype=np.int32)
    for node in range(nodes):
        best = -1
        for edge in range(start[node], start[node] + count[node]):
            other = near[edge]
            if best < 0 or (rounds[other], other) < (rounds[best], best):
                best = other
        parent[node] = best
        size[best + 2] += 1  # the roots are children of −1
    for node in range(nodes + 1):
        size[node + 1] += size[node]
    children = np.empty(nodes, dtype=np.int32)
    at = size[:-1].copy()
    for node in range(nodes):
        children[at[parent[node] + 1]] = node
        at[parent[node] + 1] += 1
    order = np.empty(nodes, dtype=np.int32)
    placed = np.zeros(nodes, dtype=np.bool_)
    tree = np.empty(nodes, dtype=np.int32)
    deep = 0
    for k in range(size[0], size[1]):
        tree[deep] = children[k]
        deep += 1
    stack = np.empty(64 + nodes, dtype=np.int32)
    next_edge = np.zeros(nodes, dtype=np.int32)
    done = 0
    while deep > 0:
        deep -= 1
        node = tree[deep]
        for k in range(size[node + 1], size[node + 2]):
            tree[deep] = children[k]
            deep += 1
        if placed[node]:
            continue
        high = 1
        stack[0] = node
        while high > 0:
            below = stack[high - 1]
            waits = False
            while next_edge[below] < count[below]:
                other = near[start[below] + next_edge[below]]
                next_edge[below] += 1
                if not placed[other]:
                    stack[high] = other
                    high += 1
                    waits = True
                    break
            if not waits:
                high -= 1
                if not placed[below]:
                    placed[below] = True
                    order[done] = below
                    done += 1
    return order


@njit(cache=True, parallel=True)
def upper_edges(start: Any, count: Any, near: Any, out: Any, into: Any, order: Any) -> Any:
    """Return place of each node, first, above, up and down: the edges of each place to higher ones and back."""
    nodes = start.size
    place = np.empty(nodes, dtype=np.int32)
    first = np.zeros(nodes + 1, dtype=np.int64)
    for k in range(nodes):
        place[order[k]] = k
        first[k + 1] = first[k] + count[order[k]]
    above = np.empty(first[nodes], dtype=np.int32)
    up, down = np.empty(first[nodes], dtype=out.dtype), np.empty(first[nodes], dtype=out.dtype)
    for k in prange(nodes):
        node = order[k]
        low = start[node]
        for edge in range(count[node]):
            above[first[k] + edge] = place[near[low + edge]]
            up[first[k] + edge] = out[low + edge]
            down[first[k] + edge] = into[low + edge]
    return place, first, above, up, down
