"""One library on one road-like graph in a process: ``python -m benchmarks._networks_measures WHO NODES OUT``.

Answers go to ``OUT`` to be compared, with them, as ``told``, JSON of median seconds by measure and of peak memory.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version

import numpy as np
from scipy.sparse.csgraph import dijkstra

from benchmarks._rivals import peak, seconds
from benchmarks._roads import coordinates, for_scipy, road_edges, road_like

CUTOFF, SITES = 30.0, 1000
TOGETHER = 32  # origins: two batches of sixteen, one a core
FEW_COLUMNS, FEW_ROWS, FEW_SITES = 50, 50, 100  # what slow rivals are timed on; their time is multiplied up
QUICK = 3.0  # seconds: what takes less is run again for as long, three to fifteen times, and the median is told
Measure = tuple[str, float, "np.ndarray | None"]


class Case:
    """The graph and what is asked of it, the same in every process."""

    def __init__(self, nodes: int) -> None:
        self.graph = road_like(nodes)
        draw = np.random.default_rng(2)
        self.sites = draw.choice(self.graph.size, SITES, replace=False)
        self.origins, self.ends = (draw.choice(self.graph.size, SITES, replace=False) for _ in range(2))
        self.supply = draw.integers(1, 9, SITES).astype(float)
        self.tails = np.repeat(np.arange(self.graph.size), np.diff(self.graph.first))


def timed(call: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    start = time.perf_counter()
    found = call()
    took = time.perf_counter() - start
    if took < QUICK:
        took = seconds(call, min(15, max(3, int(QUICK / took))))
    return took, found


def ours(nodes: int) -> Iterator[Measure]:
    from tongchou.networks.decay import step
    from tongchou.networks.hierarchy import hierarchy
    from tongchou.networks.reach import gathered
    from tongchou.networks.search import cost_table, costs_between, costs_from, nearest

    small, some = road_like(30_000), np.arange(64)
    hierarchy(small)  # compiles, or reads what was compiled
    for by in ("hierarchy", "search"):
        costs_from(small, some, by=by)  # type: ignore[arg-type]
        cost_table(small, some, some, by=by)  # type: ignore[arg-type]
        gathered(small, some, np.ones(64), step(9), by=by)  # type: ignore[arg-type]
    many = np.arange(0, small.size, 40)
    gathered(small, many, np.ones(many.size), step(60))
    costs_between(small, some, some)
    nearest(small, some, 3)
    case = Case(nodes)
    held = case.graph
    start = time.perf_counter()
    hierarchy(held)
    yield "prepare", time.perf_counter() - start, None
    took, found = timed(lambda: costs_from(held, case.origins[:TOGETHER], by="hierarchy"))
    yield "one", took / TOGETHER, found[0]
    took, found = timed(lambda: gathered(held, case.sites, case.supply, step(CUTOFF)))
    yield "sum", took, found
    yield "sum_few", 0.0, gathered(held, case.sites[:FEW_SITES], case.supply[:FEW_SITES], step(CUTOFF))
    took, found = timed(lambda: cost_table(held, case.origins, case.ends, by="hierarchy"))
    yield "table", took, found
    took, found = timed(lambda: nearest(held, case.sites, 3).costs)
    yield "nearest", took, found


def scipy(nodes: int) -> Iterator[Measure]:
    case = Case(nodes)
    held = case.graph
    table = for_scipy(held)
    took, found = timed(lambda: dijkstra(table, indices=case.origins[:4]))
    yield "one", took / 4, found[0]

    def sums() -> np.ndarray:
        total = np.zeros(held.size)
        for site, amount in zip(case.sites[:FEW_SITES], case.supply, strict=False):
            total += amount * np.isfinite(dijkstra(table, indices=site, limit=CUTOFF))
        return total

    took, found = timed(sums)
    yield "sum_few", took * SITES / FEW_SITES, found


def pandana(nodes: int) -> Iterator[Measure]:
    import pandana as module
    import pandas as pd

    warnings.simplefilter("ignore")  # pandana names every pair without a way
    case = Case(nodes)
    tails, heads, minutes = road_edges(nodes)
    x, y = coordinates(nodes)
    start = time.perf_counter()
    held = module.Network(
        pd.Series(x), pd.Series(y), pd.Series(tails), pd.Series(heads), pd.DataFrame({"minutes": minutes})
    )
    yield "prepare", time.perf_counter() - start, None
    held.set(pd.Series(case.sites), variable=pd.Series(case.supply), name="supply")
    start = time.perf_counter()
    found = held.aggregate(CUTOFF, type="sum", decay="flat", name="supply").to_numpy()
    yield "sum", time.perf_counter() - start, found
    start = time.perf_counter()
    held.nodes_in_range(case.sites.tolist(), CUTOFF)
    yield "in_range", time.perf_counter() - start, None
    a, b = (grid.ravel() for grid in np.meshgrid(case.origins, case.ends[:FEW_COLUMNS], indexing="ij"))
    start = time.perf_counter()
    found = np.array(held.shortest_path_lengths(a, b))
    yield "table", (time.perf_counter() - start) * SITES / FEW_COLUMNS, found.reshape(SITES, FEW_COLUMNS)
    held.set_pois("sites", 1e6, 3, pd.Series(x[case.sites]), pd.Series(y[case.sites]))
    start = time.perf_counter()
    found = held.nearest_pois(1e6, "sites", num_pois=3).to_numpy()
    yield "nearest", time.perf_counter() - start, found


def routingkit(nodes: int) -> Iterator[Measure]:
    import routingkit_cch as module

    case = Case(nodes)
    held = case.graph
    x, y = coordinates(nodes)
    tails, heads = case.tails.tolist(), held.heads.tolist()
    start = time.perf_counter()
    order = module.compute_order_inertial(held.size, tails, heads, y.tolist(), x.tolist())
    theirs = module.CCH(order, tails, heads, True)
    assert held.ticks is not None
    metric = module.CCHMetric(theirs, held.ticks.counts.tolist())
    yield "prepare", time.perf_counter() - start, None
    many = module.CCHOneToMany(metric, case.ends.tolist())

    def rows() -> np.ndarray:
        found = [many.distances_from(int(origin)) for origin in case.origins[:FEW_ROWS]]
        return np.array([[np.inf if d is None else d for d in row] for row in found])

    took, found = timed(rows)
    yield "table", took * SITES / FEW_ROWS, found / held.ticks.scale


def networkit(nodes: int) -> Iterator[Measure]:
    import networkit as module

    case = Case(nodes)
    held = case.graph
    edges = (held.costs, (case.tails.astype(np.uint64), held.heads.astype(np.uint64)))
    theirs = module.GraphFromCoo(edges, n=held.size, weighted=True, directed=True)

    def run() -> np.ndarray:
        search = module.distance.Dijkstra(theirs, int(case.origins[0]), False, False)
        search.run()
        return np.array(search.getDistances())

    yield "one", *timed(run)


def igraph(nodes: int) -> Iterator[Measure]:
    import igraph as module

    case = Case(nodes)
    held = case.graph
    theirs = module.Graph(n=held.size, edges=np.column_stack([case.tails, held.heads]), directed=True)
    costs = held.costs.tolist()
    yield "one", *timed(lambda: np.array(theirs.distances(int(case.origins[0]), weights=costs)[0]))


WHO: dict[str, tuple[str, Callable[[int], Iterator[Measure]]]] = {
    "ours": ("tongchou", ours),
    "scipy": ("scipy", scipy),
    "pandana": ("pandana", pandana),
    "routingkit": ("routingkit-cch", routingkit),
    "networkit": ("networkit", networkit),
    "igraph": ("igraph", igraph),
}


def main() -> None:
    who, nodes, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    took: dict[str, float] = {}
    answers: dict[str, np.ndarray] = {}
    for name, spent, found in WHO[who][1](nodes):
        took[name] = spent
        if found is not None:
            answers[name] = found
    told = {"seconds": took, "peak": peak(), "version": version(WHO[who][0])}
    np.savez(out, **answers, told=np.array(json.dumps(told)))  # rivals write of their progress to what is printed


if __name__ == "__main__":
    main()
