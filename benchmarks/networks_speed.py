"""Searches on a road-like graph against SciPy in the same run: one to all, a time table, the nearest facilities.

A first step: the rivals that planners use (pandana, igraph, networkit) and hierarchies come with the rest of networks.
"""

from __future__ import annotations

import os
import resource

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks._rivals import load, seconds
from tongchou.networks import Graph, graph
from tongchou.networks.search import cost_table, costs_from, nearest

SIZES = (50_000, 200_000)
REPEATS = 3


def road_like(nodes: int, seed: int = 1) -> Graph:
    """A grid of streets of uneven length with a third of them missing: about 2.6 edges a node, both ways."""
    side = int(nodes**0.5)
    draw = np.random.default_rng(seed)
    at = np.arange(side * side).reshape(side, side)
    tails = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    heads = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    kept = draw.random(tails.size) < 0.66
    tails, heads = tails[kept], heads[kept]
    minutes = draw.uniform(0.2, 3.0, tails.size)
    names = [f"{i:07d}" for i in range(side * side)]
    return graph([names[i] for i in tails], [names[i] for i in heads], minutes, nodes=names)


def main() -> None:
    print(f"{os.cpu_count()} cores; medians of {REPEATS}; {load()}")
    print("nodes      edges      one to all, 16 origins        200 × 200 table       3 nearest of 1,000")
    for size in SIZES:
        held = road_like(size)
        table = csr_array((held.costs, held.heads, held.first), shape=(held.size, held.size))
        draw = np.random.default_rng(2)
        origins, ends = draw.choice(held.size, 200, replace=False), draw.choice(held.size, 200, replace=False)
        sites = draw.choice(held.size, 1000, replace=False)
        few = origins[:16]
        np.testing.assert_allclose(costs_from(held, few), dijkstra(table, indices=few), rtol=1e-9)  # and compiles
        nearest(held, sites, 3)
        cost_table(held, origins[:2], ends)
        ours = [
            seconds(lambda h=held, f=few: costs_from(h, f), REPEATS),
            seconds(lambda h=held, o=origins, e=ends: cost_table(h, o, e), REPEATS),
            seconds(lambda h=held, s=sites: nearest(h, s, 3), REPEATS),
        ]
        theirs = [
            seconds(lambda t=table, f=few: dijkstra(t, indices=f), REPEATS),
            seconds(lambda t=table, o=origins, e=ends: dijkstra(t, indices=o)[:, e], 1),
            seconds(lambda t=table, s=sites: _nearest_by_scipy(t, s), 1),
        ]
        shown = "   ".join(f"{a:7.3f} s  {b / a:6.1f}× SciPy" for a, b in zip(ours, theirs, strict=True))
        print(f"{held.size:>9,} {held.heads.size:>9,}   {shown}   ({ours[0] / 16 / held.size * 1e9:.0f} ns a node)")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _nearest_by_scipy(table: csr_array, sites: np.ndarray) -> np.ndarray:
    """One nearest only: SciPy has no three, so that its time is a lower bound."""
    return np.asarray(dijkstra(table, indices=sites, min_only=True))


if __name__ == "__main__":
    main()
