"""A directed graph in rows of neighbours, checked: every edge that cannot be travelled is reported at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MOST = 20  # problems of one kind that are listed one by one


@dataclass(frozen=True, slots=True)
class Graph:
    """Edges of node ``i`` lead to ``heads[first[i]:first[i + 1]]`` at ``costs`` of the same places (one unit for all).

    ``nodes`` are the ids in the order of their numbers.
    """

    nodes: tuple[str, ...]
    first: Ints
    heads: Ints
    costs: Floats

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    def numbers(self, ids: Sequence[str]) -> Ints:
        """Return the numbers of nodes by id; raise :class:`ProblemsError` with every id there is not."""
        known = {node: i for i, node in enumerate(self.nodes)}
        unknown = [node for node in dict.fromkeys(ids) if node not in known]
        if unknown:
            raise ProblemsError(codes.UNKNOWN_NODE.at(node, node=node, count=self.size) for node in unknown)
        return np.array([known[node] for node in ids], dtype=np.int64)

    def reversed(self) -> Graph:
        """Return the graph with every edge the other way."""
        tails = np.repeat(np.arange(self.size), np.diff(self.first))
        return _rows(self.nodes, self.heads, tails, self.costs)

    def parts(self) -> Ints:
        """Return the part each node lies in (numbered from 0), where parts are not joined by any edge either way."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        table = csr_array((np.ones(self.heads.size), self.heads, self.first), shape=(self.size, self.size))
        found: Ints = connected_components(table, directed=True, connection="weak")[1].astype(np.int64)
        return found


def graph(
    tails: Sequence[str],
    heads: Sequence[str],
    costs: ArrayLike,
    *,
    one_way: ArrayLike | bool = False,
    nodes: Sequence[str] | None = None,
) -> Graph:
    """Return the graph of edges ``tails[i]`` → ``heads[i]`` (and back, unless ``one_way``) at ``costs[i]``.

    Costs are minutes, kilometres or any one unit; zero is allowed. Without ``nodes`` they are those the edges name, in
    order of id. Raises :class:`ProblemsError` with every edge whose cost is negative or no finite number, and every
    end that is no node.
    """
    cost = np.atleast_1d(np.asarray(costs, dtype=np.float64))
    count = len(tails)
    directed = np.broadcast_to(np.asarray(one_way, dtype=np.bool_), (count,)) if np.ndim(one_way) == 0 else one_way
    single = np.asarray(directed, dtype=np.bool_)
    problems: list[Problem] = []
    for what, found in (("heads", len(heads)), ("costs", cost.size), ("one_way", single.size)):
        if found != count:
            problems.append(codes.SHAPE.at(what, what=what, found=found, expected=count))
    if not count:
        problems.append(codes.NO_EDGES.at("edges"))
    if problems:
        raise ProblemsError(problems)
    ids = tuple(nodes) if nodes is not None else tuple(sorted({*tails, *heads}))
    number = {node: i for i, node in enumerate(ids)}
    bad = np.flatnonzero(~np.isfinite(cost) | (cost < 0))
    problems += [
        codes.BAD_COST.at(f"edge {i + 1}", edge=i + 1, tail=tails[i], head=heads[i], cost=cost[i]) for i in bad[:_MOST]
    ]
    unknown = [node for node in dict.fromkeys((*tails, *heads)) if node not in number]
    problems += [codes.UNKNOWN_NODE.at(node, node=node, count=len(ids)) for node in unknown[:_MOST]]
    if problems:
        raise ProblemsError(problems)
    a = np.array([number[node] for node in tails], dtype=np.int64)
    b = np.array([number[node] for node in heads], dtype=np.int64)
    back = ~single
    return _rows(ids, np.concatenate([a, b[back]]), np.concatenate([b, a[back]]), np.concatenate([cost, cost[back]]))


def _rows(nodes: tuple[str, ...], tails: Ints, heads: Ints, costs: Floats) -> Graph:
    # By tail, then head, then cost: the same graph whatever the order of its edges.
    order = np.lexsort((costs, heads, tails))
    first = np.zeros(len(nodes) + 1, dtype=np.int64)
    np.cumsum(np.bincount(tails, minlength=len(nodes)), out=first[1:])
    return Graph(nodes, first, np.ascontiguousarray(heads[order]), np.ascontiguousarray(costs[order]))
