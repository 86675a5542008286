"""Floating catchments over pairs in rows of facilities: people are gathered, then shares are handed out.

Each place's sum runs over facilities in their order, each facility's over its pairs in theirs: threads change no bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.weight import weights

PARTS = 4
_BLOCK = 1024  # pairs weighed at a time, in the first cache


@njit(cache=True)
def by_zones(starts: Any, places: Any, values: Any, people: Any, supply: Any, found: Any) -> None:
    """Fill ``found`` (places) where each facility's places lie zone by zone: ``starts`` (facilities, zones + 1)."""
    zones = values.size
    found[:] = 0.0
    for j in range(supply.size):
        served = 0.0
        for z in range(zones):
            heads = 0.0
            for k in range(starts[j, z], starts[j, z + 1]):
                heads += people[places[k]]
            served += values[z] * heads
        if served > 0:
            ratio = supply[j] / served
            for z in range(zones):
                share = values[z] * ratio
                for k in range(starts[j, z], starts[j, z + 1]):
                    found[places[k]] += share


@njit(cache=True, parallel=True)
def pairs_by_step(
    places: Any, facilities: Any, costs: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any,
    values: Any, people: Any, supply: Any, served: Any, found: Any,
) -> None:  # fmt: skip
    """Fill row 0 of ``served`` (4, facilities) and of ``found`` (4, places) from pairs in any order, in two passes.

    Pairs are added up in four parts whatever the number of threads, and the parts in order. Numbers of places and
    facilities have been checked.
    """
    for part in prange(PARTS):
        low, high = places.size * part // PARTS, places.size * (part + 1) // PARTS
        share = np.empty(_BLOCK)
        own = served[part]
        own[:] = 0.0
        for begin in range(low, high, _BLOCK):
            end = min(begin + _BLOCK, high)
            weights(kind, rate, nearest, limit, edges, values, costs[begin:end], share)
            for k in range(begin, end):
                own[np.uint64(facilities[k])] += people[np.uint64(places[k])] * share[k - begin]
    ratio = np.zeros(supply.size)
    for j in range(supply.size):
        for part in range(1, PARTS):
            served[0, j] += served[part, j]
        if served[0, j] > 0:
            ratio[j] = supply[j] / served[0, j]
    for part in prange(PARTS):
        low, high = places.size * part // PARTS, places.size * (part + 1) // PARTS
        share = np.empty(_BLOCK)
        mine = found[part]
        mine[:] = 0.0
        for begin in range(low, high, _BLOCK):
            end = min(begin + _BLOCK, high)
            weights(kind, rate, nearest, limit, edges, values, costs[begin:end], share)
            add_by_runs(places[begin:end], facilities[begin:end], ratio, share, mine)
    for i in range(people.size):
        for part in range(1, PARTS):
            found[0, i] += found[part, i]


@njit(cache=True)
def add_by_runs(places: Any, facilities: Any, ratio: Any, share: Any, found: Any) -> None:
    """Add ``ratio[facility] · share`` to ``found`` at each pair's place.

    Tables mostly come place by place: what is added to one place stays in a register meanwhile.
    """
    last = np.uint64(places[0])
    total = found[last]
    for k in range(places.size):
        place = np.uint64(places[k])
        more = ratio[np.uint64(facilities[k])] * share[k]
        if place == last:
            total += more
        else:
            found[last] = total
            last, total = place, found[place] + more
    found[last] = total


@njit(cache=True, parallel=True)
def all_within(numbers: Any, count: int) -> bool:
    """Return whether every number (of any type) is a whole one of ``0 … count − 1``."""
    outside = 0
    for k in prange(numbers.size):
        outside += not (numbers[k] >= 0 and numbers[k] < count and numbers[k] == np.int64(numbers[k]))
    return bool(outside == 0)


@njit(cache=True)
def zone_starts(first: Any, costs: Any, edges: Any, starts: Any) -> None:
    """Fill ``starts`` (facilities, zones + 1) from balls in order of costs: where each zone of a facility begins."""
    for j in range(first.size - 1):
        at = first[j]
        starts[j, 0] = at
        for z in range(edges.size):
            while at < first[j + 1] and costs[at] <= edges[z]:
                at += 1
            starts[j, z + 1] = at
