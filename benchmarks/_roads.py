"""Road-like graphs for the benchmarks, the same every time: planar, about 2.6 edges a node, minutes to a thousandth."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from tongchou.networks import Graph, graph


def road_edges(nodes: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tails, heads and minutes of a square grid of streets of uneven length with a third of them missing, both ways."""
    side = int(nodes**0.5)
    draw = np.random.default_rng(seed)
    at = np.arange(side * side).reshape(side, side)
    tails = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    heads = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    kept = draw.random(tails.size) < 0.66
    return tails[kept], heads[kept], np.round(draw.uniform(0.2, 3.0, int(kept.sum())), 3)


def road_like(nodes: int, seed: int = 1) -> Graph:
    tails, heads, minutes = road_edges(nodes, seed)
    return graph(tails, heads, minutes, nodes=np.arange(int(nodes**0.5) ** 2))


def for_scipy(held: Graph) -> csr_array:
    """Return the matrix of costs that SciPy's searches read."""
    return csr_array((held.costs, held.heads, held.first), shape=(held.size, held.size))


def coordinates(nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the nodes of the grid lie: rivals ask, though none of the measured calls uses it."""
    side = int(nodes**0.5)
    row, column = np.divmod(np.arange(side * side), side)
    return column.astype(float), row.astype(float)
