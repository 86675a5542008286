"""Edges put in rows by their tails, each row in order of heads and costs: the same rows whatever the order of edges."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def in_rows(nodes: int, tails: Any, heads: Any, costs: Any) -> Any:
    """Return first (nodes + 1), heads and costs of the rows."""
    first = np.zeros(nodes + 1, dtype=np.int64)
    for edge in range(tails.size):
        first[tails[edge] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    at = first[:-1].copy()
    to, of = np.empty(tails.size, dtype=np.int32), np.empty(tails.size, dtype=costs.dtype)
    for edge in range(tails.size):
        place = at[tails[edge]]
        to[place], of[place] = heads[edge], costs[edge]
        at[tails[edge]] += 1
    for node in range(nodes):
        low, high = first[node], first[node + 1]
        if high - low > 32:  # a hub: insertion would be quadratic
            by_cost = np.argsort(of[low:high], kind="mergesort")
            row, paid = to[low:high][by_cost], of[low:high][by_cost]
            by_head = np.argsort(row, kind="mergesort")
            to[low:high], of[low:high] = row[by_head], paid[by_head]
            continue
        for k in range(low + 1, high):
            head, cost = to[k], of[k]
            j = k
            while j > low and (to[j - 1] > head or (to[j - 1] == head and of[j - 1] > cost)):
                to[j], of[j] = to[j - 1], of[j - 1]
                j -= 1
            to[j], of[j] = head, cost
    return first, to, of


@njit(cache=True)
def tails_of(first: Any) -> Any:
    """Return the tail of every edge of the rows."""
    tails = np.empty(first[-1], dtype=np.int32)
    for node in range(first.size - 1):
        for edge in range(first[node], first[node + 1]):
            tails[edge] = node
    return tails


@njit(cache=True)
def parts(first: Any, heads: Any) -> Any:
    """Return the part every node lies in, joined either way, numbered from 0 in order of their first nodes."""
    nodes = first.size - 1
    over = np.arange(nodes)
    for node in range(nodes):
        for edge in range(first[node], first[node + 1]):
            a, b = node, np.int64(heads[edge])
            while over[a] != a:
                over[a] = over[over[a]]
                a = over[a]
            while over[b] != b:
                over[b] = over[over[b]]
                b = over[b]
            if a < b:
                over[b] = a
            else:
                over[a] = b
    found = np.empty(nodes, dtype=np.int64)
    number = 0
    for node in range(nodes):
        root = np.int64(node)
        while over[root] != root:
            root = over[root]
        if root == node:
            found[node] = number
            number += 1
        else:
            found[node] = found[root]
    return found


@njit(cache=True)
def deepest(first: Any, heads: Any, costs: Any) -> int:
    """Return the greatest cost from the first node of a part to a node of it along a tree of fewest edges."""
    nodes = first.size - 1
    paid, order = np.full(nodes, -1, dtype=np.int64), np.empty(nodes, dtype=np.int32)
    most = 0
    for root in range(nodes):
        if paid[root] >= 0:
            continue
        order[0], paid[root] = root, 0
        at, end = 0, 1
        while at < end:
            node = order[at]
            at += 1
            most = max(most, paid[node])
            for edge in range(first[node], first[node + 1]):
                if paid[heads[edge]] < 0:
                    paid[heads[edge]] = paid[node] + costs[edge]
                    order[end] = heads[edge]
                    end += 1
    return most
