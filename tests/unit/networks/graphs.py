"""Random graphs: ties, zero costs, one-way streets, parallel edges, loops, islands; and what SciPy says."""

from __future__ import annotations

from math import inf

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tongchou.networks import Graph, graph

#: Ticks that fit 32 bits, ticks whose sums do not, and costs that no decimals hold.
COSTS = {
    "ticks": [0.0, 1.0, 1.0, 2.5, 7.25],
    "wide ticks": [0.0, 1.0, 3e8, 9e8],
    "doubles": [0.0, 1 / 3, 1 / 3, 2.7182818284, 7.0],
}


@st.composite
def graphs(draw: st.DrawFn, kind: str | None = None) -> Graph:
    size = draw(st.integers(2, 14))
    ends = st.integers(0, size - 1)
    costs = COSTS[kind or draw(st.sampled_from(sorted(COSTS)))]
    edges = draw(st.lists(st.tuples(ends, ends, st.sampled_from(costs)), min_size=1, max_size=40))
    single = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    names = [f"n{i:02d}" for i in range(size)]
    return graph(
        [names[a] for a, _, _ in edges],
        [names[b] for _, b, _ in edges],
        [c for _, _, c in edges],
        one_way=single,
        nodes=names,
    )


def streets(seed: int, side: int = 24, kind: str = "ticks", one_way: float = 0.2) -> Graph:
    """A grid with a third of its streets missing, some of them one way, many of equal cost, some of none."""
    draw = np.random.default_rng(seed)
    at = draw.permutation(side * side).reshape(side, side)
    tails = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    heads = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    kept = draw.random(tails.size) < 0.66
    costs = {
        "ticks": draw.integers(0, 12, tails.size) / 4,
        "wide ticks": draw.integers(0, 9, tails.size) * 1e8,
        "doubles": draw.uniform(0, 3, tails.size),
    }[kind]
    single = draw.random(tails.size) < one_way
    return graph(tails[kept], heads[kept], costs[kept], one_way=single[kept], nodes=np.arange(side * side))


def by_scipy(held: Graph) -> np.ndarray:
    """SciPy adds parallel edges up, so that the cheapest is picked by hand; a zero that is stored is honoured."""
    size = held.size
    table = np.full((size, size), inf)
    for tail in range(size):
        for edge in range(held.first[tail], held.first[tail + 1]):
            head = held.heads[edge]
            table[tail, head] = min(table[tail, head], held.costs[edge])
    rows, columns = np.nonzero(np.isfinite(table))
    sparse = csr_array((table[rows, columns], (rows, columns)), shape=(size, size))
    return np.asarray(dijkstra(sparse, directed=True))
