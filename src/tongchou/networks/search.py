"""Travel over a graph: from one to all, many to many, within a cutoff, and to the nearest facilities."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Graph, Ints


def costs_from(graph: Graph, origins: ArrayLike, cutoff: float = inf) -> Floats:
    """Return the least cost from each origin (node numbers) to every node, shape (origins, nodes).

    Infinite where there is no way, or none within ``cutoff`` (itself included).
    """
    from tongchou.networks.kernels import one_to_all

    starts = _nodes(graph, origins, "origins")
    found = np.empty((starts.size, graph.size))
    one_to_all(graph.first, graph.heads, graph.costs, starts, _limit(cutoff), found)
    return found


def cost_table(graph: Graph, origins: ArrayLike, targets: ArrayLike, cutoff: float = inf) -> Floats:
    """Return the least cost from each origin to each target (node numbers), shape (origins, targets)."""
    from tongchou.networks.kernels import to_targets

    starts, ends = _nodes(graph, origins, "origins"), _nodes(graph, targets, "targets")
    limit = _limit(cutoff)
    if ends.size < starts.size:  # fewer searches the other way; a cost is the same either way, up to the last digit
        back = graph.reversed()
        turned = np.empty((ends.size, starts.size))
        to_targets(back.first, back.heads, back.costs, ends, starts, limit, turned)
        return np.ascontiguousarray(turned.T)
    found = np.empty((starts.size, ends.size))
    to_targets(graph.first, graph.heads, graph.costs, starts, ends, limit, found)
    return found


@dataclass(frozen=True, slots=True)
class Nearest:
    """The k nearest facilities of every node: ``costs`` (nodes, k) infinite and ``which`` −1 where there are fewer."""

    costs: Floats
    which: Ints


def nearest(graph: Graph, facilities: ArrayLike, k: int = 1, cutoff: float = inf) -> Nearest:
    """Return the ``k`` facilities (node numbers; several may stand at one node) that every node reaches at least cost.

    Of equal costs the one that stands first in ``facilities`` comes first.
    """
    from tongchou.networks.kernels import nearest as search

    ends = _nodes(graph, facilities, "facilities")
    if k < 1:
        raise ProblemsError([codes.OUT_OF_RANGE.at("k", what="k", low=1, found=k)])
    back = graph.reversed()
    found, which = np.empty((graph.size, k)), np.empty((graph.size, k), dtype=np.int64)
    search(back.first, back.heads, back.costs, ends, found, which, _limit(cutoff))
    return Nearest(found, which)


def _limit(cutoff: float) -> float:
    if isnan(cutoff) or cutoff < 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("cutoff", what="cutoff", low=0, found=cutoff)])
    return float(cutoff)


def _nodes(graph: Graph, given: ArrayLike, what: str) -> Ints:
    numbers = np.atleast_1d(np.asarray(given, dtype=np.int64))
    outside = numbers[(numbers < 0) | (numbers >= graph.size)]
    if outside.size:
        raise ProblemsError(codes.UNKNOWN_NODE.at(what, node=str(n), count=graph.size) for n in np.unique(outside)[:20])
    return np.ascontiguousarray(numbers)
