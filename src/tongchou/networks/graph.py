"""A directed graph in rows of neighbours, checked: every edge that cannot be travelled is reported at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.ids import Ids, numbered, sorted_ids
from tongchou.networks.ticks import Ticks, whole_ticks

if TYPE_CHECKING:
    from tongchou.networks.hierarchy import Hierarchy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MOST = 20  # problems of one kind that are listed one by one


@dataclass(slots=True, eq=False)
class Held:
    """What was prepared for a graph once and serves again."""

    hierarchy: Hierarchy | None = None
    turned: Graph | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Edges of node ``i`` lead to ``heads[first[i]:first[i + 1]]`` at ``costs`` of the same places (one unit for all).

    ``nodes`` are the ids in the order of their numbers. ``ticks`` are the same costs in whole numbers where they have
    at most six decimals (see :mod:`tongchou.networks.ticks`): then every distance is exact, whichever way it is found.
    """

    nodes: Ids
    first: Ints
    heads: NDArray[np.int32]
    costs: Floats
    ticks: Ticks | None
    held: Held = field(default_factory=Held, repr=False)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    @property
    def edges(self) -> int:
        """The number of edges, an edge both ways counted twice."""
        return len(self.heads)

    @property
    def weights(self) -> NDArray[Any]:
        """The costs kernels count with: ticks (int32) where there are, else doubles."""
        return self.costs if self.ticks is None else self.ticks.counts

    def numbers(self, ids: ArrayLike) -> Ints:
        """Return the numbers of nodes by id; raise :class:`ProblemsError` with every id there is not."""
        wanted = np.atleast_1d(np.asarray(ids))
        found = numbered(self.nodes, wanted)
        unknown = list(dict.fromkeys(wanted[found < 0].tolist()))
        if unknown:
            raise ProblemsError(codes.UNKNOWN_NODE.at(str(n), node=n, count=self.size) for n in unknown[:_MOST])
        return found

    def reversed(self) -> Graph:
        """Return the graph with every edge the other way; itself where that is the same."""
        if self.held.turned is None:
            self.held.turned = self._turned()
        return self.held.turned

    def _turned(self) -> Graph:
        from tongchou.networks.kernels.rows import in_rows, tails_of

        ticks = self.ticks
        first, heads, weights = in_rows(self.size, self.heads, tails_of(self.first), self.weights)
        same = np.array_equal(first, self.first) and np.array_equal(heads, self.heads)
        if same and np.array_equal(weights, self.weights):
            return self
        if ticks is None:
            return Graph(self.nodes, first, heads, weights, None)
        return Graph(self.nodes, first, heads, weights / ticks.scale, Ticks(weights, ticks.scale))

    def parts(self) -> Ints:
        """Return the part each node lies in (numbered from 0), where parts are not joined by any edge either way."""
        from tongchou.networks.kernels.rows import parts

        found: Ints = parts(self.first, self.heads)
        return found


def graph(
    tails: ArrayLike,
    heads: ArrayLike,
    costs: ArrayLike,
    *,
    one_way: ArrayLike | bool = False,
    nodes: ArrayLike | None = None,
    decimals: int | None = None,
) -> Graph:
    """Return the graph of edges ``tails[i]`` → ``heads[i]`` (and back, unless ``one_way``) at ``costs[i]``.

    Costs are minutes, kilometres or any one unit; zero is allowed; with ``decimals`` they are rounded to so many first.
    Ids are text or whole numbers; without ``nodes`` they are those the edges name, in order (and some edge has to be
    there). Raises
    :class:`ProblemsError` with every edge whose cost is negative or no finite number, and every end that is no node.
    """
    a, b = np.atleast_1d(np.asarray(tails)), np.atleast_1d(np.asarray(heads))
    cost = np.atleast_1d(np.asarray(costs, dtype=np.float64))
    count = a.size
    single = (
        np.full(count, one_way) if isinstance(one_way, bool) else np.atleast_1d(np.asarray(one_way, dtype=np.bool_))
    )
    problems: list[Problem] = []
    for what, found in (("heads", b.size), ("costs", cost.size), ("one_way", single.size)):
        if found != count:
            problems.append(codes.SHAPE.at(what, what=what, found=found, expected=count))
    if not count and nodes is None:
        problems.append(codes.NO_EDGES.at("edges"))
    if problems:
        raise ProblemsError(problems)
    ids = sorted_ids(a, b) if nodes is None else np.atleast_1d(np.asarray(nodes))
    numbers_a, numbers_b = numbered(ids, a), numbered(ids, b)
    bad = np.flatnonzero(~(np.isfinite(cost) & (cost >= 0)))
    problems += [
        codes.BAD_COST.at(f"edge {i + 1}", edge=i + 1, tail=a[i], head=b[i], cost=cost[i]) for i in bad[:_MOST]
    ]
    unknown = dict.fromkeys([*a[numbers_a < 0].tolist(), *b[numbers_b < 0].tolist()])
    problems += [codes.UNKNOWN_NODE.at(str(n), node=n, count=len(ids)) for n in list(unknown)[:_MOST]]
    if nodes is not None and np.unique(ids).size != ids.size:
        problems.append(codes.TWICE.at("nodes", what="nodes"))
    if problems:
        raise ProblemsError(problems)
    return from_numbers(ids, numbers_a, numbers_b, cost, single, decimals)


def from_numbers(
    ids: Ids, tails: Ints, heads: Ints, costs: Floats, one_way: Sequence[bool] | NDArray[np.bool_], decimals: int | None
) -> Graph:
    """Return the graph of edges between node numbers; everything has been checked."""
    from tongchou.networks.kernels.rows import in_rows

    back = ~np.asarray(one_way, dtype=np.bool_)
    more_tails, more_heads, more = (heads, tails, costs) if back.all() else (heads[back], tails[back], costs[back])
    all_tails = np.concatenate((tails, more_tails), dtype=np.int32, casting="same_kind")
    all_heads = np.concatenate((heads, more_heads), dtype=np.int32, casting="same_kind")
    all_costs = np.concatenate((costs, more))
    ticks = whole_ticks(all_costs, decimals)
    if ticks is None:
        first, to, paid = in_rows(len(ids), all_tails, all_heads, all_costs)
        return Graph(ids, first, to, paid, None)
    first, to, counts = in_rows(len(ids), all_tails, all_heads, ticks.counts)
    return Graph(ids, first, to, counts / ticks.scale, Ticks(counts, ticks.scale))
