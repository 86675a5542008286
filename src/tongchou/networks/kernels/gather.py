"""Sums of what can be reached, in the order of :mod:`tongchou.networks.adding` whichever way costs are found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from tongchou.networks.kernels.lanes import LANES
from tongchou.networks.kernels.queue import search
from tongchou.networks.kernels.sweep import from_origins
from tongchou.networks.kernels.weight import weight


@njit(cache=True, parallel=True)
def add_searches(
    first: Any, heads: Any, costs: Any, origins: Any, runs: Any, cutoff: Any, per: Any, slots: int, top: Any,
    scale: float, supply: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any,
    partial: Any, total: Any,
) -> None:  # fmt: skip
    """Fill ``total`` (nodes, attributes): search from each facility, add, forget; each run adds up on its own.

    ``partial`` (runs, nodes, attributes) is all zero before; ``runs`` are the places in ``origins`` where runs begin.
    """
    nodes, many = first.size - 1, runs.size - 1
    spans = np.empty((many, 2), dtype=np.int64)
    for run in prange(many):
        dist = np.full(nodes, top)
        touched, after, before = np.empty(nodes, np.int32), np.empty(nodes, np.int32), np.empty(nodes, np.int32)
        buckets = np.full(slots, -1, dtype=np.int32)
        own = partial[run]
        lowest, highest = nodes, 0
        for i in range(runs[run], runs[run + 1]):
            marks = search(first, heads, costs, origins[i], cutoff, per, dist, touched, after, before, buckets, top)
            for k in range(marks):
                node: Any = np.int64(touched[k])
                share = weight(kind, rate, nearest, limit, edges, values, dist[node] / scale)
                dist[node] = top
                if node < lowest:
                    lowest = node
                if node >= highest:
                    highest = node + 1
                if share != 0.0:
                    for a in range(supply.shape[1]):
                        own[node, a] += share * supply[i, a]
        spans[run, 0], spans[run, 1] = lowest, highest
    for run in range(many):
        for place in range(spans[run, 0], spans[run, 1]):
            for a in range(supply.shape[1]):
                total[place, a] += partial[run, place, a]


@njit(cache=True, parallel=True)
def add_sweeps(
    first: Any, above: Any, up: Any, down: Any, place: Any, origins: Any, top: Any, scale: float, supply: Any,
    kind: int, rate: float, nearest: float, limit: float, edges: Any, values: Any, parts: int, total: Any,
) -> None:  # fmt: skip
    """Add a run down a hierarchy: a batch of sixteen for each part, then all parts added up node by node in order."""
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
    table: Any, supply: Any, order: Any, runs: Any, kind: int, rate: float, nearest: float, limit: float, edges: Any,
    values: Any, found: Any,
) -> None:  # fmt: skip
    """Fill ``found`` (origins, zero before) from a table of costs (origins, facilities), run by run."""
    for i in range(table.shape[0]):
        for run in range(runs.size - 1):
            own = 0.0
            for at in range(runs[run], runs[run + 1]):
                j = order[at]
                share = weight(kind, rate, nearest, limit, edges, values, table[i, j])
                if share != 0.0:
                    own += share * supply[j]
            found[i] += own
