"""Travel over a graph: one to all, many to many, pair by pair, within a cutoff, and the nearest facilities.

Each chooses between searches and a hierarchy by what they would cost (:mod:`tongchou.networks.choice`), unless
``by`` says which. Costs in ticks come out the same to the bit either way, on any number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.choice import prefers_hierarchy
from tongchou.networks.graph import Floats, Graph, Ints
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.queue import Queue, queue
from tongchou.networks.threads import threads_of

Way = Literal["search", "hierarchy"] | None


def costs_from(
    graph: Graph, origins: ArrayLike, cutoff: float = inf, *, by: Way = None, threads: int | None = None
) -> Floats:
    """Return the least cost from each origin (node numbers) to every node, shape (origins, nodes).

    Infinite where there is no way, or none within ``cutoff`` (itself included).
    """
    from tongchou.networks.kernels import queue as searches
    from tongchou.networks.kernels import sweep as sweeps
    from tongchou.networks.kernels.lanes import LANES

    starts = nodes_of(graph, origins, "origins")
    held, limit = queue(graph), limit_of(graph, cutoff)
    found = np.empty((starts.size, graph.size))
    with threads_of(threads) as parts:
        if _climbs(by, graph, held, starts, limit):
            top = hierarchy(graph)
            sweeps.one_to_all(
                top.first, top.above, top.up, top.down, top.place, starts, _below(limit, top), top.top, top.scale,
                min(parts, -(-starts.size // LANES)), found,
            )  # fmt: skip
        else:
            searches.one_to_all(*(*_arrays(held), starts, limit, *_terms(held), min(parts, starts.size), found))
    return found


def cost_table(
    graph: Graph,
    origins: ArrayLike,
    targets: ArrayLike,
    cutoff: float = inf,
    *,
    by: Way = None,
    threads: int | None = None,
) -> Floats:
    """Return the least cost from each origin to each target (node numbers), shape (origins, targets)."""
    from tongchou.networks.kernels import pairs
    from tongchou.networks.kernels import queue as searches

    starts, ends = nodes_of(graph, origins, "origins"), nodes_of(graph, targets, "targets")
    held, limit = queue(graph), limit_of(graph, cutoff)
    if not starts.size or not ends.size:
        return np.empty((starts.size, ends.size))
    with threads_of(threads) as parts:
        if _climbs(by, graph, held, starts, limit, ends.size):
            top = hierarchy(graph)
            # Origins that lie together climb together; rows are put back in the order asked for.
            order = np.argsort(top.place[starts], kind="stable")
            above, below = top.place[starts[order]], top.place[ends]
            upper = pairs.closure(top.first, top.above, above)
            lower = pairs.closure(top.first, top.above, below)
            number, first, over, up = pairs.restricted(top.first, top.above, top.up, upper)
            number_low, first_low, over_low, down = pairs.restricted(top.first, top.above, top.down, lower)
            found = np.empty((starts.size, ends.size))
            pairs.table_of(
                first, over, up, number[above], first_low, over_low, down, number_low[below], number_low[upper],
                _below(limit, top), top.top, top.scale, order, min(parts, -(-starts.size // 16)), found,
            )  # fmt: skip
            return found
        if ends.size < starts.size:  # fewer searches the other way
            back = queue(graph.reversed())
            turned = np.empty((ends.size, starts.size))
            searches.to_targets(*(*_arrays(back), ends, starts, limit, *_terms(back), min(parts, ends.size), turned))
            return np.ascontiguousarray(turned.T)
        found = np.empty((starts.size, ends.size))
        searches.to_targets(*(*_arrays(held), starts, ends, limit, *_terms(held), min(parts, starts.size), found))
    return found


def costs_between(
    graph: Graph, origins: ArrayLike, targets: ArrayLike, *, by: Way = None, threads: int | None = None
) -> Floats:
    """Return the least cost from each origin to its own target, shape (pairs): ``origins[i]`` → ``targets[i]``."""
    from tongchou.networks.kernels.pairs import one_by_one

    starts, ends = nodes_of(graph, origins, "origins"), nodes_of(graph, targets, "targets")
    if starts.size != ends.size:
        raise ProblemsError([codes.SHAPE.at("targets", what="targets", found=ends.size, expected=starts.size)])
    one, own = np.unique(starts, return_inverse=True)
    if not _climbs(by, graph, queue(graph), one, limit_of(graph, inf), 1):
        other, to = np.unique(ends, return_inverse=True)
        return np.asarray(cost_table(graph, one, other, by="search", threads=threads)[own, to])
    found = np.empty(starts.size)
    with threads_of(threads) as parts:
        top = hierarchy(graph)
        one_by_one(
            top.first, top.above, top.up, top.down, top.place[starts], top.place[ends], top.top, top.scale, parts, found
        )
    return found


@dataclass(frozen=True, slots=True)
class Nearest:
    """The k nearest facilities of every node: ``costs`` (nodes, k) infinite and ``which`` −1 where there are fewer."""

    costs: Floats
    which: Ints


def nearest(
    graph: Graph, facilities: ArrayLike, k: int = 1, cutoff: float = inf, *, threads: int | None = None
) -> Nearest:
    """Return the ``k`` facilities (node numbers; several may stand at one node) that every node reaches at least cost.

    Of equal costs the one that stands first in ``facilities`` comes first.
    """
    from tongchou.networks.kernels.nearest import nearest as descend

    ends = nodes_of(graph, facilities, "facilities")
    if k < 1:
        raise ProblemsError([codes.OUT_OF_RANGE.at("k", what="k", low=1, found=k)])
    limit = limit_of(graph, cutoff)
    with threads_of(threads):
        top = hierarchy(graph)
    costs, which = np.empty((top.size, k), dtype=top.up.dtype), np.empty((top.size, k), dtype=np.int32)
    found, named = np.empty((graph.size, k)), np.empty((graph.size, k), dtype=np.int64)
    descend(
        top.first, top.above, top.up, top.down, top.place, ends, _below(limit, top), top.top, top.scale, costs, which,
        found, named,
    )  # fmt: skip
    return Nearest(found, named)


def limit_of(graph: Graph, cutoff: float) -> Any:
    """Return ``cutoff`` in what the graph counts in."""
    if isnan(cutoff) or cutoff < 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("cutoff", what="cutoff", low=0, found=cutoff)])
    return np.float64(cutoff) if graph.ticks is None else np.int64(graph.ticks.at_most(cutoff))


def nodes_of(graph: Graph, given: ArrayLike, what: str) -> Ints:
    """Return node numbers as an array; raise with every one that is none."""
    numbers = np.atleast_1d(np.asarray(given, dtype=np.int64))
    outside = numbers[(numbers < 0) | (numbers >= graph.size)]
    if outside.size:
        raise ProblemsError(codes.UNKNOWN_NODE.at(what, node=str(n), count=graph.size) for n in np.unique(outside)[:20])
    return np.ascontiguousarray(numbers)


def _climbs(by: Way, graph: Graph, held: Queue, starts: Ints, limit: Any, targets: int | None = None) -> bool:
    return prefers_hierarchy(graph, held, starts, limit, targets) if by is None else by == "hierarchy"


def _below(limit: Any, top: Any) -> Any:
    """Return the cutoff in the hierarchy's type, below what no way costs."""
    if np.issubdtype(top.top.dtype, np.floating):
        return min(limit, np.finfo(np.float64).max)
    return top.top.dtype.type(min(int(limit), int(top.top) - 1))


def _arrays(held: Queue) -> tuple[Any, ...]:
    return held.first, held.heads, held.weights


def _terms(held: Queue) -> tuple[Any, ...]:
    return held.per, held.slots, held.top, held.scale
