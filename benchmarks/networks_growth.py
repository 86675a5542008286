"""How preparing a hierarchy and sweeping it grow with the graph: seconds, processor seconds, memory, edges a node.

Each size in a process of its own; ids in order, and shuffled at the largest size. A larger graph leaves the caches, so
that even work that is linear by its algorithm takes longer a node: two searches of SciPy's, each looking at every edge
once, tell how much longer on the machine at hand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import numpy as np
from scipy.sparse.csgraph import breadth_first_order, connected_components

from benchmarks._networks_rows import GROWTH, Row, printed
from benchmarks._rivals import load, peak, seconds
from benchmarks._roads import for_scipy, road_edges, road_like
from tongchou.networks import Graph, graph
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.search import costs_from

SIZES = tuple(int(n) for n in os.environ.get("SIZES", "50000,100000,200000,500000,1000000,2000000").split(","))
REPEATS = 3
FIRST, PARTS = "SciPy breadth-first search", "SciPy connected components"


def measured(nodes: int, shuffled: bool) -> dict[str, float]:
    """Return medians of three: seconds, processor seconds, nanoseconds a node of a sweep; and peak memory."""
    few = np.arange(16)
    hierarchy(road_like(30_000))
    costs_from(road_like(3_000), few, by="hierarchy")
    took, used = [], []
    for _ in range(REPEATS):
        held = _shuffled(nodes) if shuffled else road_like(nodes)
        start, began = time.perf_counter(), time.process_time()
        top = hierarchy(held)
        took.append(time.perf_counter() - start)
        used.append(time.process_time() - began)
    chosen = np.random.default_rng(1).choice(held.size, 16, replace=False)
    costs_from(held, chosen, by="hierarchy")
    sweep = seconds(lambda: costs_from(held, chosen, by="hierarchy"), 3) / 16 / held.size * 1e9
    within = peak()
    return {
        "nodes": held.size, "seconds": float(np.median(took)), "used": float(np.median(used)), "sweep": sweep,
        "above": len(top.above) / held.size, "peak": within, **_linear(held),
    }  # fmt: skip


def _linear(held: Graph) -> dict[str, float]:
    """Return the seconds of work that is linear by its algorithm."""
    table = for_scipy(held)
    _, part = connected_components(table, directed=False)
    origin = int(np.argmax(part == np.argmax(np.bincount(part))))
    return {
        FIRST: seconds(lambda: breadth_first_order(table, origin, return_predecessors=False), 9),
        PARTS: seconds(lambda: connected_components(table, directed=False), 9),
    }


def _shuffled(nodes: int) -> Graph:
    tails, heads, minutes = road_edges(nodes)
    other = np.random.default_rng(0).permutation(int(nodes**0.5) ** 2)
    return graph(other[tails], other[heads], minutes, nodes=np.arange(other.size))


def rows() -> list[Row]:
    """Return a row for each size, in seconds a million nodes, the limit asked being five."""
    found = []
    each_node: list[dict[str, float]] = []
    for nodes, shuffled in [*((n, False) for n in SIZES), (SIZES[-1], True)]:
        command = [sys.executable, "-m", "benchmarks.networks_growth", str(nodes), str(int(shuffled))]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout.splitlines()[-1])
        each, size = told["seconds"] / told["nodes"] * 1e6, int(told["nodes"])
        ids = ", ids shuffled" if shuffled else ""
        print(
            f"{size:,} nodes{ids}: {told['seconds']:.2f} s, processor {told['used']:.2f} s, {told['above']:.2f} upper "
            f"edges a node, sweep {told['sweep']:.2f} ns a node, {told['peak']:.0f} MiB; breadth-first "
            f"{told[FIRST] / size * 1e9:.1f} and components {told[PARTS] / size * 1e9:.1f} ns a node; {load()}",
            flush=True,
        )
        what = f"hierarchy prepared, a million nodes{ids}"
        found.append(Row(what, size, each, most=5.0, unit=GROWTH, peaks=(int(told["peak"]), None)))
        if not shuffled:
            each_node.append({key: told[key] / size for key in ("seconds", FIRST, PARTS)})
    if len(each_node) < 2:
        return found
    least, most = each_node[0], each_node[-1]
    grown = {key: most[key] / least[key] for key in least}
    what = f"… time a node, {SIZES[-1]:,} to {SIZES[0]:,}"
    return found + [Row(what, 0, grown["seconds"], peer, grown[peer], 1.0, unit="×") for peer in (FIRST, PARTS)]


def main() -> None:
    print(load())
    print(printed(rows()))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measured(int(sys.argv[1]), sys.argv[2] == "1")))
    else:
        main()
