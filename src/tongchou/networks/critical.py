"""Critical links: what is cut off or delayed when one bridge closes, and which links have no way round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.changes import Change, Project, changed
from tongchou.networks.graph import Graph, Ints
from tongchou.networks.search import cost_table, nodes_of


@dataclass(frozen=True, slots=True)
class Closure:
    """When the link between two nodes closes: people-minutes ``lost``, and trips ``cut`` that have no way left."""

    tail: int
    head: int
    lost: float
    cut: float


def closures(graph: Graph, links: ArrayLike, places: ArrayLike, services: ArrayLike, trips: ArrayLike) -> list[Closure]:
    """Return what closing each link (shape (links, 2), both ways) does to ``trips`` (places, services), worst first.

    A link is worse the more trips it cuts, then the more minutes it costs; ties go by its nodes.
    """
    weight = np.asarray(trips, dtype=np.float64)
    before = cost_table(graph, places, services)
    if weight.shape != before.shape:
        raise ProblemsError([codes.SHAPE.at("trips", what="trips", found=weight.shape, expected=before.shape)])
    ends = nodes_of(graph, np.asarray(links, dtype=np.int64).ravel(), "links")
    found = []
    for tail, head in ends.reshape(-1, 2).tolist():
        back = tail in graph.heads[graph.first[head] : graph.first[head + 1]]
        closed = changed(graph, [Project("closed", (Change(tail, head, None, one_way=not back),))])
        after = cost_table(closed, places, services)
        cut = np.isfinite(before) & ~np.isfinite(after)
        slower = np.isfinite(before) & np.isfinite(after)
        lost = float(((after[slower] - before[slower]) * weight[slower]).sum())
        found.append(Closure(tail, head, lost, float(weight[cut].sum())))
    return sorted(found, key=lambda c: (-c.cut, -c.lost, c.tail, c.head))


def bridges(graph: Graph) -> Ints:
    """Return the links, shape (links, 2), whose closing parts what was joined (Tarjan 1974), taken both ways.

    Links between the same two nodes are ways round each other. The smaller number comes first; in order.
    """
    from tongchou.networks.kernels.bridges import bridges as search
    from tongchou.networks.kernels.rows import in_rows, tails_of

    tails = tails_of(graph.first)
    both = np.concatenate([tails, graph.heads]), np.concatenate([graph.heads, tails])
    # Every edge is walked from both ends; which end it was told from is no matter, so one-way and two-way are alike.
    first, heads, number = in_rows(graph.size, *both, np.tile(_pairs(graph, tails), 2))
    found: Ints = search(first, heads, number)
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def _pairs(graph: Graph, tails: Ints) -> Ints:
    """Return a number for each edge, one for an edge and its way back; parallel edges have their own."""
    low, high = np.minimum(tails, graph.heads).astype(np.int64), np.maximum(tails, graph.heads).astype(np.int64)
    key = low * graph.size + high
    forward = tails <= graph.heads
    number = np.empty(key.size, dtype=np.int64)
    for way in (forward, ~forward):
        at = np.flatnonzero(way)
        order = at[np.argsort(key[at], kind="stable")]
        same = key[order]
        rank = np.arange(same.size) - np.searchsorted(same, same, side="left")
        number[order] = rank
    return key * (int(number.max(initial=0)) + 1) + number
