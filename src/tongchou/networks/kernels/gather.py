"""Sums of what can be reached, facility by facility in the order given, so that no number depends on the way taken."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.lanes import LANES
from tongchou.networks.kernels.queue import search
from tongchou.networks.kernels.sweep import from_origins
from tongchou.networks.kernels.weight import weight


@njit(cache=True)
def add_balls(
    starts: Any, count: Any, within: Any, paid: Any, supply: Any, kind: int, rate: float, nearest: float, limit: float,
    edges: Any, values: Any, scale: float, total: Any,
) -> None:  # fmt: skip
    """Add each facility's weighted supply to ``total`` (nodes, attributes) at the nodes of its ball."""
    for i in range(count.size):
        for k in range(starts[i], starts[i] + count[i]):
            share = weight(kind, rate, nearest, limit, edges, values, paid[k] / scale)
            if share != 0.0:
                for a in range(supply.shape[1]):
                    total[within[k], a] += share * supply[i, a]


@njit(cache=True)
def add_searches(
    first: Any, heads: Any, costs: Any, origins: Any, cutoff: Any, per: Any, slots: int, top: Any, scale: float,
    supply: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, total: Any,
) -> None:  # fmt: skip
    """The same in one pass with one thread: search, add, forget."""
    nodes = first.size - 1
    dist = np.full(nodes, top)
    touched, after, before = np.empty(nodes, np.int32), np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    buckets = np.full(slots, -1, dtype=np.int32)
    for i in range(origins.size):
        marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
        for k in range(marks):
            node = touched[k]
            share = weight(kind, rate, nearest, limit, edges, values, dist[node] / scale)
            dist[node] = top
            if share != 0.0:
                for a in range(supply.shape[1]):
                    total[node, a] += share * supply[i, a]


@njit(cache=True, parallel=True)
def add_sweeps(
    first: Any, above: Any, up: Any, down: Any, place: Any, origins: Any, top: Any, scale: float, supply: Any,
    kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, parts: int, total: Any,
) -> None:  # fmt: skip
    """The same down a hierarchy: a batch of sixteen for each part, then all parts added up node by node in order."""
    nodes = first.size - 1
    tables = np.empty((parts, nodes, LANES), dtype=down.dtype)
    seen = np.zeros((parts, nodes), dtype=np.bool_)
    attributes = supply.shape[1]
    for turn in range(0, origins.size, parts * LANES):
        for part in prange(parts):
            low = turn + part * LANES
            if low < origins.size:
                from_origins(first, above, up, down, place, origins[low : low + LANES], tables[part], seen[part], top)
        many = min(parts * LANES, origins.size - turn)
        for node in prange(nodes):
            at = place[node]
            for k in range(many):
                cost = tables[k // LANES, at, k % LANES]
                if cost < top:
                    share = weight(kind, rate, nearest, limit, edges, values, cost / scale)
                    if share != 0.0:
                        for a in range(attributes):
                            total[node, a] += share * supply[turn + k, a]


@njit(cache=True)
def add_rows(
    table: Any, supply: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, found: Any
) -> None:
    """Fill ``found`` (origins) from a table of costs (origins, facilities), facility by facility in order."""
    for i in range(table.shape[0]):
        for j in range(table.shape[1]):
            share = weight(kind, rate, nearest, limit, edges, values, table[i, j])
            if share != 0.0:
                found[i] += share * supply[j]
