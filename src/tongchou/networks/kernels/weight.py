"""The weight of a cost under a decay: the kinds are those of ``decay``, in their order there."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
from numba import njit

_MOST = float(np.finfo(np.float64).max)
STEP, ZONES, GAUSSIAN, EXPONENTIAL, POWER = range(5)


@njit(cache=True, inline="always")
def weight(kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, cost: float) -> float:
    """Return the weight of one cost; none beyond ``limit``, where there is no way, or where it is not known."""
    if not cost <= limit or cost == float("inf"):
        return 0.0
    if kind == STEP:
        return 1.0
    if kind == ZONES:
        zone = 0  # counted without a branch, for costs in no order would be guessed wrong half of the time
        for edge in edges:
            zone += cost > edge
        return float(values[zone])
    if kind == GAUSSIAN:
        share = cost / rate
        return exp(-0.5 * share * share)
    if kind == EXPONENTIAL:
        return exp(-rate * cost)
    far = max(cost, nearest)
    if rate == 1.0:
        return 1.0 / far
    return float(far**-rate)


@njit(cache=True)
def weights(
    kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, costs: Any, found: Any
) -> None:
    """Fill ``found`` with the weights of ``costs``: by zones without a branch, so that the compiler makes vectors."""
    if kind in (STEP, ZONES):
        most = min(limit, _MOST)  # no way has no weight, however far a zone goes
        if kind == STEP:
            for k in range(costs.size):
                found[k] = 1.0 if costs[k] <= most else 0.0
            return
        for k in range(costs.size):
            found[k] = 0.0
        for zone in range(edges.size - 1, -1, -1):
            edge, value = min(edges[zone], most), values[zone]
            for k in range(costs.size):
                found[k] = value if costs[k] <= edge else found[k]
        return
    for k in range(costs.size):
        found[k] = weight(kind, rate, nearest, limit, edges, values, costs[k])
