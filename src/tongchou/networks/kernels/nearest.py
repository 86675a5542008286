"""The k nearest facilities of every node, down a hierarchy: each place takes the best of those it can climb to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tongchou.networks.kernels.heap import pop_place, push_place


@njit(cache=True, inline="always")
def _offer(costs: Any, which: Any, place: Any, cost: Any, facility: Any, k: int) -> None:
    """Put a facility among the ``k`` of a place unless it is there nearer; of equal costs the lower number is first."""
    last = costs[place, k - 1]
    if cost > last or (cost == last and facility > which[place, k - 1]):
        return
    slot = k - 1
    for i in range(k):
        if which[place, i] == facility:
            if costs[place, i] <= cost:
                return
            slot = i
            break
    while slot > 0:
        before = costs[place, slot - 1]
        if before < cost or (before == cost and which[place, slot - 1] < facility):
            break
        costs[place, slot], which[place, slot] = before, which[place, slot - 1]
        slot -= 1
    costs[place, slot], which[place, slot] = cost, facility


@njit(cache=True)
def nearest(
    first: Any, above: Any, up: Any, down: Any, place: Any, facilities: Any, cutoff: Any, top: Any, scale: float,
    costs: Any, which: Any, found: Any, named: Any,
) -> None:  # fmt: skip
    """Fill ``found`` and ``named`` (nodes, k); ``costs`` and ``which`` (places, k) are room to work in.

    Facilities climb against the edges and are kept where they get to, the best k of each place; a place then takes
    over what its upper neighbours keep. A facility among a place's best is among the best of the place it comes by.
    """
    nodes, k = costs.shape
    nobody = facilities.size
    dist, todo = np.full(nodes, top, dtype=up.dtype), np.empty(nodes + 1, dtype=np.int32)
    reached = np.empty(nodes + 1, dtype=np.int32)
    for i in range(nodes):
        for j in range(k):
            costs[i, j], which[i, j] = top, nobody
    for facility in range(facilities.size):
        origin = place[facilities[facility]]
        dist[origin] = 0
        todo[0], reached[0] = origin, origin
        size, many = 1, 1
        while size > 0:
            at_place = todo[0]
            size = pop_place(todo, size)
            cost = dist[at_place]
            _offer(costs, which, at_place, cost, facility, k)
            for edge in range(first[at_place], first[at_place + 1]):
                if down[edge] >= top:
                    continue
                higher = above[edge]
                there = cost + down[edge]
                if there > cutoff or there >= top:
                    continue
                if dist[higher] == top:
                    reached[many] = higher
                    many += 1
                    size = push_place(todo, size, higher)
                if there < dist[higher]:
                    dist[higher] = there
        for i in range(many):
            dist[reached[i]] = top
    for at_place in range(nodes):
        for edge in range(first[at_place], first[at_place + 1]):
            if up[edge] >= top:
                continue
            higher = above[edge]
            for j in range(k):
                if which[higher, j] == nobody:
                    break
                there = costs[higher, j] + up[edge]
                if there > cutoff or there >= top or there > costs[at_place, k - 1]:
                    break
                _offer(costs, which, at_place, there, which[higher, j], k)
    for node in range(nodes):
        for j in range(k):
            who = which[place[node], j]
            found[node, j] = costs[place[node], j] / scale if who < nobody else np.inf
            named[node, j] = who if who < nobody else -1
