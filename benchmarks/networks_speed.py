"""Networks against pandana, routingkit-cch, networkit, igraph and SciPy on one road-like graph, in one run.

Every answer is compared with a rival's. A rival that is not installed is said to be missing. ``NODES=1000000`` for the
larger graph; ``networks_growth``, ``networks_catchments`` and ``networks_table`` measure the rest.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks._rivals import line, load, rival, seconds
from benchmarks._roads import coordinates, road_edges, road_like
from tongchou.networks import Graph
from tongchou.networks.decay import step
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.reach import gathered
from tongchou.networks.search import cost_table, costs_between, costs_from, nearest

NODES = int(os.environ.get("NODES", "200000"))
REPEATS = int(os.environ.get("REPEATS", "3"))
CUTOFF = 30.0


def main() -> None:
    held = road_like(NODES)
    table = csr_array((held.costs, held.heads, held.first), shape=(held.size, held.size))
    draw = np.random.default_rng(2)
    sites = draw.choice(held.size, 1000, replace=False)
    origins, ends = draw.choice(held.size, 1000, replace=False), draw.choice(held.size, 1000, replace=False)
    supply = draw.integers(1, 9, sites.size).astype(float)
    print(f"{held.size:,} nodes, {held.edges:,} edges; medians of {REPEATS} (rivals of one); {load()}")
    _warm_up(road_like(2_000))
    start = time.perf_counter()
    hierarchy(held)
    line("hierarchy prepared", time.perf_counter() - start, None, f"{held.edges / held.size:.2f} edges a node")

    few = origins[:16]
    ours = seconds(lambda: costs_from(held, few, by="hierarchy"), REPEATS) / 16
    alone = seconds(lambda: costs_from(held, few, by="hierarchy", threads=1), REPEATS) / 16
    print(
        f"one to all, batched: {ours / held.size * 1e9:.2f} ns a node ({alone / held.size * 1e9:.2f} with one thread)"
    )
    expected, scipy = _timed(lambda: dijkstra(table, indices=few[:4]))
    np.testing.assert_allclose(costs_from(held, few[:4], by="hierarchy"), expected, rtol=1e-9)
    line("one to all", ours, scipy / 4, "SciPy dijkstra")
    line(
        "one to all, one search without a hierarchy",
        seconds(lambda: costs_from(held, few[:1], by="search"), 3),
        scipy / 4,
    )
    _networkit(held, few, ours)
    _igraph(held, few, ours)

    ours = seconds(lambda: gathered(held, sites, supply, step(CUTOFF)), REPEATS)
    _, scipy = _timed(lambda: _sums_by_scipy(table, sites[:100], supply, CUTOFF))
    line("sum within 30 min, 1,000 facilities", ours, scipy * 10, "SciPy loop (100 of them, times ten)")
    _pandana(held, sites, supply, origins, ends, ours)
    matrix = seconds(lambda: cost_table(held, origins, ends, by="hierarchy"), REPEATS)
    line("1,000 × 1,000 table", matrix, None)
    pairs = seconds(lambda: costs_between(held, origins, ends), REPEATS) / origins.size
    print(f"point to point: {pairs * 1e6:.1f} µs a pair")
    _routingkit(held, origins, ends, matrix)
    print(load())


def _warm_up(small: Graph) -> None:
    """Compile, or read what was compiled."""
    everyone = np.arange(20)
    for threads in (1, 2):
        costs_from(small, everyone, by="hierarchy", threads=threads)
        costs_from(small, everyone, by="search", threads=threads)
        cost_table(small, everyone, everyone, by="hierarchy", threads=threads)
        gathered(small, everyone, np.ones(20), step(9), by="search", threads=threads)
    costs_between(small, everyone, everyone)
    nearest(small, everyone, 3)


def _timed(call: Callable[[], np.ndarray]) -> tuple[np.ndarray, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


def _sums_by_scipy(table: csr_array, sites: np.ndarray, supply: np.ndarray, cutoff: float) -> np.ndarray:
    total = np.zeros(table.shape[0])
    for i, site in enumerate(sites):
        total += supply[i] * np.isfinite(dijkstra(table, indices=site, limit=cutoff))
    return total


def _networkit(held: Graph, few: np.ndarray, ours: float) -> None:
    module = rival("networkit", "networkit")
    if module is None:
        return
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    edges = (held.costs, (tails.astype(np.uint64), held.heads.astype(np.uint64)))
    theirs = module.GraphFromCoo(edges, n=held.size, weighted=True, directed=True)

    def run() -> np.ndarray:
        search = module.distance.Dijkstra(theirs, int(few[0]), False, False)
        search.run()
        return np.array(search.getDistances())

    found, took = _timed(run)
    mine = costs_from(held, few[:1], by="hierarchy")[0]
    np.testing.assert_allclose(found[np.isfinite(mine)], mine[np.isfinite(mine)], rtol=1e-9)
    line("one to all", ours, took, "networkit Dijkstra")


def _igraph(held: Graph, few: np.ndarray, ours: float) -> None:
    module = rival("igraph", "igraph")
    if module is None:
        return
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    theirs = module.Graph(n=held.size, edges=np.column_stack([tails, held.heads]), directed=True)
    found, took = _timed(lambda: np.array(theirs.distances(int(few[0]), weights=held.costs.tolist())[0]))
    np.testing.assert_allclose(found, costs_from(held, few[:1], by="hierarchy")[0], rtol=1e-9)
    line("one to all", ours, took, "igraph distances")


def _pandana(
    held: Graph, sites: np.ndarray, supply: np.ndarray, origins: np.ndarray, ends: np.ndarray, ours: float
) -> None:
    module = rival("pandana", "pandana")
    if module is None:
        return
    import pandas as pd

    warnings.simplefilter("ignore")  # pandana names every pair without a way
    tails, heads, minutes = road_edges(NODES)
    x, y = coordinates(NODES)
    start = time.perf_counter()
    theirs = module.Network(
        pd.Series(x), pd.Series(y), pd.Series(tails), pd.Series(heads), pd.DataFrame({"minutes": minutes})
    )
    print(f"pandana prepares its own in {time.perf_counter() - start:.2f} s")
    theirs.set(pd.Series(sites), variable=pd.Series(supply), name="supply")
    found, took = _timed(lambda: theirs.aggregate(CUTOFF, type="sum", decay="flat", name="supply").to_numpy())
    off = np.abs(found - gathered(held, sites, supply, step(CUTOFF))) > 1e-6
    print(f"sums differ at {off.sum()} nodes of {held.size:,} (pandana rounds its cutoff in single precision)")
    line("sum within 30 min, 1,000 facilities", ours, took, "pandana aggregate")
    _, took = _timed(lambda: theirs.nodes_in_range(sites.tolist(), CUTOFF))
    line("sum within 30 min, 1,000 facilities", ours, took, "pandana nodes_in_range (sums not included)")
    a, b = (grid.ravel() for grid in np.meshgrid(origins, ends[:50], indexing="ij"))
    found, took = _timed(lambda: np.array(theirs.shortest_path_lengths(a, b)))
    mine = cost_table(held, origins, ends[:50], by="hierarchy").ravel()
    np.testing.assert_allclose(found[np.isfinite(mine)], mine[np.isfinite(mine)], atol=0.6)
    whole = seconds(lambda: cost_table(held, origins, ends, by="hierarchy"), REPEATS)
    line("1,000 × 1,000 table", whole, took * 20, "pandana shortest_path_lengths (50 columns, times 20)")
    _, took = _timed(lambda: theirs.set_pois("sites", 1e6, 3, pd.Series(x[sites]), pd.Series(y[sites])))
    _, asked = _timed(lambda: theirs.nearest_pois(1e6, "sites", num_pois=3).to_numpy())
    mine_seconds = seconds(lambda: nearest(held, sites, 3), REPEATS)
    line("3 nearest of 1,000", mine_seconds, took + asked, "pandana set_pois and nearest_pois")
    line("3 nearest of 1,000", mine_seconds, asked, "pandana nearest_pois alone")


def _routingkit(held: Graph, origins: np.ndarray, ends: np.ndarray, ours: float) -> None:
    module = rival("routingkit-cch", "routingkit_cch")
    if module is None:
        return
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    x, y = coordinates(NODES)
    start = time.perf_counter()
    order = module.compute_order_inertial(held.size, tails.tolist(), held.heads.tolist(), y.tolist(), x.tolist())
    theirs = module.CCH(order, tails.tolist(), held.heads.tolist(), True)
    metric = module.CCHMetric(theirs, held.ticks.counts.tolist())
    print(f"routingkit-cch prepares its own in {time.perf_counter() - start:.2f} s")
    found, took = _timed(lambda: _one_to_many(module, metric, origins[:50], ends))
    mine = cost_table(held, origins[:50], ends, by="hierarchy")
    reached = np.isfinite(mine)
    np.testing.assert_allclose(found[reached] / held.ticks.scale, mine[reached], rtol=1e-12)
    line("1,000 × 1,000 table", ours, took * 20, "routingkit-cch one to many (50 rows, times 20)")


def _one_to_many(module: object, metric: object, origins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    many = module.CCHOneToMany(metric, ends.tolist())
    return np.array([[np.inf if d is None else d for d in many.distances_from(int(origin))] for origin in origins])


if __name__ == "__main__":
    main()
