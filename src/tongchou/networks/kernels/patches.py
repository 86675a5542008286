"""Where nodes lie in memory: neighbours together, and what is left of a graph together again."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def closer(start: Any, count: Any, near: Any, out: Any, into: Any, live: Any, number: Any) -> Any:
    """Return start, count, room, neighbours, costs and end of the nodes ``live`` alone, in their order, numbered anew.

    ``number`` is the place of each of them in ``live``. What is left of a graph then lies together in memory again.
    """
    nodes = live.size
    where = np.empty(nodes, dtype=np.int64)
    many, room = np.empty(nodes, dtype=np.int32), np.empty(nodes, dtype=np.int32)
    total = 0
    for k in range(nodes):
        many[k] = count[live[k]]
        where[k], room[k] = total, many[k] + many[k] // 4 + 1
        total += room[k]
    pool = total + total // 2 + 1024
    to, go, come = np.empty(pool, np.int32), np.empty(pool, out.dtype), np.empty(pool, out.dtype)
    for k in range(nodes):
        low, at = start[live[k]], where[k]
        for edge in range(many[k]):
            to[at + edge] = number[near[low + edge]]
            go[at + edge], come[at + edge] = out[low + edge], into[low + edge]
    return where, many, room, to, go, come, total


@njit(cache=True)
def lists_of(start: Any, count: Any, near: Any, out: Any, into: Any, which: Any, names: Any) -> Any:
    """Return the neighbours (by ``names``) and both costs of the nodes ``which``, one after another."""
    total = 0
    for k in range(which.size):
        total += count[which[k]]
    to, go, come = np.empty(total, np.int32), np.empty(total, out.dtype), np.empty(total, out.dtype)
    at = 0
    for k in range(which.size):
        low = start[which[k]]
        for edge in range(low, low + count[which[k]]):
            to[at], go[at], come[at] = names[near[edge]], out[edge], into[edge]
            at += 1
    return to, go, come


@njit(cache=True)
def mean_span(start: Any, count: Any, near: Any) -> float:
    """Return by how much the numbers of neighbours differ in the mean."""
    edges, total = 0, 0
    for node in range(start.size):
        for edge in range(start[node], start[node] + count[node]):
            total += abs(node - near[edge])
            edges += 1
    return total / edges if edges else 0.0


@njit(cache=True)
def by_patches(start: Any, count: Any, near: Any, most: int) -> Any:
    """Return the nodes in an order in which neighbours lie together: patches of ``most`` nodes grown round a first one.

    The next patch begins at the border of the last.
    """
    nodes = start.size
    order = np.empty(nodes, dtype=np.int32)
    state = np.zeros(nodes, dtype=np.int8)  # 1: on the border, 2: placed or waiting in the patch
    border = np.empty(nodes, dtype=np.int32)
    waiting = 0
    done = 0
    seed = 0
    while done < nodes:
        origin = -1
        while waiting > 0 and origin < 0:
            waiting -= 1
            if state[border[waiting]] == 1:
                origin = border[waiting]
        while origin < 0:
            if state[seed] != 2:
                origin = seed
            seed += 1
        low = done
        order[done] = origin
        state[origin] = 2
        done += 1
        at = low
        while at < done:
            node = order[at]
            at += 1
            for edge in range(start[node], start[node] + count[node]):
                other = near[edge]
                if done - low < most:
                    if state[other] != 2:
                        state[other] = 2
                        order[done] = other
                        done += 1
                elif state[other] == 0:
                    state[other] = 1
                    border[waiting] = other
                    waiting += 1
    return order
