"""Edges whose loss parts a graph: one walk, without recursion (Tarjan 1974)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def bridges(first: Any, heads: Any, number: Any) -> Any:
    """Return the ends of bridges, shape (bridges, 2), smaller first; ``number`` tells an edge from its way back."""
    nodes = first.size - 1
    seen, low = np.full(nodes, -1, dtype=np.int64), np.zeros(nodes, dtype=np.int64)
    came, at = np.full(nodes, -1, dtype=np.int64), first[:-1].copy()
    stack = np.empty(nodes, dtype=np.int64)
    found = np.empty((nodes, 2), dtype=np.int64)
    clock, many = 0, 0
    for root in range(nodes):
        if seen[root] >= 0:
            continue
        stack[0], high = root, 1
        seen[root] = low[root] = clock
        clock += 1
        while high > 0:
            node = stack[high - 1]
            if at[node] < first[node + 1]:
                edge = at[node]
                at[node] += 1
                head = np.int64(heads[edge])
                if number[edge] == came[node] or head == node:
                    continue
                if seen[head] >= 0:
                    low[node] = min(low[node], seen[head])
                else:
                    came[head] = number[edge]
                    seen[head] = low[head] = clock
                    clock += 1
                    stack[high] = head
                    high += 1
            else:
                high -= 1
                if high > 0:
                    over = stack[high - 1]
                    low[over] = min(low[over], low[node])
                    if low[node] > seen[over]:
                        found[many, 0], found[many, 1] = min(over, node), max(over, node)
                        many += 1
    return found[:many]
