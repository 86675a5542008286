"""How preparing a hierarchy and sweeping it grow with the graph: seconds, processor seconds, memory, edges a node."""

from __future__ import annotations

import os
import time

import numpy as np

from benchmarks._rivals import load, peak, seconds
from benchmarks._roads import road_like
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.search import costs_from

SIZES = tuple(int(n) for n in os.environ.get("SIZES", "50000,100000,200000,500000,1000000,2000000").split(","))


def main() -> None:
    small = road_like(3_000)
    hierarchy(small)
    costs_from(small, np.arange(16), by="hierarchy")
    print(load())
    print("    nodes   prepared   processor   s per million   upper edges a node   sweep, ns a node   peak MiB")
    for size in SIZES:
        held = road_like(size)
        start, began = time.perf_counter(), time.process_time()
        top = hierarchy(held)
        took, used = time.perf_counter() - start, time.process_time() - began
        few = np.random.default_rng(1).choice(held.size, 16, replace=False)
        sweep = seconds(lambda h=held, f=few: costs_from(h, f, by="hierarchy"), 3) / 16 / held.size * 1e9
        print(
            f"{held.size:>9,} {took:8.2f} s {used:9.2f} s {took / held.size * 1e6:15.2f} "
            f"{len(top.above) / held.size:20.2f} {sweep:18.2f} {peak():10,}"
        )
    print(load())


if __name__ == "__main__":
    main()
