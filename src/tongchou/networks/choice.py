"""Which way is cheaper: searches from each origin, or climbs and sweeps over a hierarchy. Both give the same numbers.

Nanoseconds measured on road-like graphs (``docs/speed.md``); only their ratios matter.
"""

from __future__ import annotations

from math import inf

import numpy as np

from tongchou.networks.graph import Graph, Ints
from tongchou.networks.queue import Queue

_SEARCH = 25.0  # a node settled by a search
_SWEEP = 3.3  # a node and lane of a sweep
_CLIMB = 40_000.0  # the part of a hierarchy above a node, climbed by one lane and shared by a batch
_PREPARE = 1_400.0  # a node contracted
_LANES = 16
_SAMPLE = 8  # origins whose searches are counted


def prefers_hierarchy(graph: Graph, queue: Queue, origins: Ints, limit: object, targets: int | None = None) -> bool:
    """Return whether ``origins`` searches within ``limit`` would take longer than a hierarchy, prepared if need be.

    With ``targets`` only what lies above them is swept.
    """
    settled = settled_by(queue, origins, limit)
    searches = settled * origins.size * _SEARCH
    lanes = -(-origins.size // _LANES) * _LANES
    part = 1.0 if targets is None else min(1.0, targets * 400.0 / graph.size)
    sweeps = lanes * graph.size * part * _SWEEP + origins.size * _CLIMB
    prepare = 0.0 if graph.held.hierarchy is not None else graph.size * _PREPARE
    return sweeps + prepare < searches


def settled_by(queue: Queue, origins: Ints, limit: object) -> float:
    """Return how many nodes a search settles in the mean, told by a few."""
    from tongchou.networks.kernels.queue import sizes

    if not origins.size:
        return 0.0
    if limit in (inf, 2**62):
        return float(queue.size)
    few = origins[np.linspace(0, origins.size - 1, min(_SAMPLE, origins.size)).astype(np.int64)]
    found = np.zeros(few.size, dtype=np.int64)
    sizes(queue.first, queue.heads, queue.weights, few, limit, queue.per, queue.slots, queue.top, found)
    return float(found.mean())
