"""Floating catchments over pairs in rows of facilities: people are gathered, then shares are handed out.

Each place's sum runs over facilities in their order, each facility's over its pairs in theirs: threads change no bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tongchou.networks.kernels.weight import weight


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


@njit(cache=True)
def pairs_by_step(
    places: Any, facilities: Any, costs: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any,
    values: Any, people: Any, supply: Any, served: Any, found: Any,
) -> None:  # fmt: skip
    """Fill ``served`` (facilities) and ``found`` (places) from pairs in any order, in two passes."""
    served[:] = 0.0
    found[:] = 0.0
    for k in range(places.size):
        served[facilities[k]] += people[places[k]] * weight(kind, rate, nearest, limit, edges, values, costs[k])
    ratio = np.zeros(supply.size)
    for j in range(supply.size):
        if served[j] > 0:
            ratio[j] = supply[j] / served[j]
    for k in range(places.size):
        share = ratio[facilities[k]]
        if share != 0.0:
            found[places[k]] += share * weight(kind, rate, nearest, limit, edges, values, costs[k])


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
