"""When Spark pays: the same table on one machine and on a local Spark with two workers, sessions started before.

``NODES`` and ``ROWS`` (origins) take other sizes. Both fill every row and throw it away, as if written block by block.
"""

from __future__ import annotations

import os
import shutil
import time

import numpy as np

from benchmarks._rivals import load, rival
from benchmarks._roads import road_like
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.search import cost_table

NODES = int(os.environ.get("NODES", "200000"))
ROWS = tuple(int(n) for n in os.environ.get("ROWS", "1000,10000,50000").split(","))
TARGETS = 1000
_BLOCK = 1024


def main() -> None:
    if not shutil.which("java") or rival("pyspark", "pyspark") is None:
        print("a Java runtime and pyspark are wanted (extra scale): not measured")
        return
    from tongchou.networks.spark import cost_table_on_spark
    from tongchou.rules.spark import local

    held = road_like(NODES)
    hierarchy(held)
    cost_table(held, np.arange(32), np.arange(32), by="hierarchy")
    start = time.perf_counter()
    session = local(2)
    list(cost_table_on_spark(session, held, np.arange(64), np.arange(16)))
    print(f"{held.size:,} nodes, {TARGETS} targets; Spark started in {time.perf_counter() - start:.1f} s")
    draw = np.random.default_rng(2)
    ends = draw.choice(held.size, TARGETS, replace=False)
    print("   origins   one machine     local Spark, two workers")
    for rows in ROWS:
        origins = draw.choice(held.size, rows, replace=False)
        start = time.perf_counter()
        alone = sum(
            float(np.nanmin(cost_table(held, origins[low : low + _BLOCK], ends, by="hierarchy")))
            for low in range(0, rows, _BLOCK)
        )
        one = time.perf_counter() - start
        start = time.perf_counter()
        spread = sum(float(np.nanmin(found)) for _, found in cost_table_on_spark(session, held, origins, ends))
        many = time.perf_counter() - start
        assert np.isfinite(alone)
        assert np.isfinite(spread)
        print(f"{rows:>10,} {one:10.2f} s {many:14.2f} s   {many / one:5.1f}×   {load()}")
    session.stop()


if __name__ == "__main__":
    main()
