"""E2SFCA over ten million pairs against PySAL access: from the same long table, and from compact catchments.

Each runs in a process of its own, so that peak memory is its own; the answers are compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.metadata import version

import numpy as np

from benchmarks._networks_rows import Row, printed
from benchmarks._rivals import load, peak, rival, seconds

ASKED = 20_000  # places, and so ten million pairs
PLACES, FACILITIES = int(os.environ.get("PLACES", ASKED)), 500
LIMITS, WEIGHTS = (10.0, 20.0, 30.0), (1.0, 0.68, 0.22)


def table() -> tuple[np.ndarray, ...]:
    """Every place to every facility: numbers, minutes to a tenth (a third of them within thirty), people, supply."""
    draw = np.random.default_rng(3)
    places = np.repeat(np.arange(PLACES), FACILITIES)
    facilities = np.tile(np.arange(FACILITIES), PLACES)
    minutes = np.round(draw.uniform(0.5, 30.0, places.size), 1)
    return places, facilities, minutes, draw.integers(1, 900, PLACES), draw.integers(1, 50, FACILITIES)


def ours() -> dict[str, object]:
    from tongchou.networks.decay import zones
    from tongchou.networks.floating import Catchments, two_step_of, two_step_pairs
    from tongchou.networks.kernels.floating import zone_starts

    places, facilities, minutes, people, supply = table()
    decay = zones(LIMITS, WEIGHTS)
    two_step_pairs(places[:9], facilities[:9], minutes[:9], people, supply, decay)
    before = peak()
    start = time.process_time()
    two_step_pairs(places, facilities, minutes, people, supply, decay)
    used = time.process_time() - start
    pairs = seconds(lambda: two_step_pairs(places, facilities, minutes, people, supply, decay), 3)
    grown = peak() - before
    found = two_step_pairs(places, facilities, minutes, people, supply, decay)
    order = np.lexsort((minutes, facilities))
    first = np.zeros(FACILITIES + 1, dtype=np.int64)
    np.cumsum(np.bincount(facilities, minlength=FACILITIES), out=first[1:])
    starts = np.empty((FACILITIES, len(LIMITS) + 1), dtype=np.int64)
    zone_starts(first, minutes[order], decay.edges, starts)
    compact = Catchments(PLACES, starts, places[order].astype(np.int32), decay.values)
    np.testing.assert_allclose(two_step_of(compact, people, supply), found, rtol=1e-9)
    own = seconds(lambda: two_step_of(compact, people, supply), 3)
    return {
        "pairs": pairs,
        "used": used,
        "compact": own,
        "grown": grown,
        "sum": float(found.sum()),
        "first": found[:5].tolist(),
    }


def access() -> dict[str, object]:
    import warnings

    warnings.simplefilter("ignore")
    import pandas as pd
    from access import Access, weights

    places, facilities, minutes, people, supply = table()
    demand = pd.DataFrame({"id": np.arange(PLACES), "people": people})
    stock = pd.DataFrame({"id": np.arange(FACILITIES), "supply": supply})
    costs = pd.DataFrame({"origin": places, "dest": facilities, "cost": minutes})
    model = Access(
        demand_df=demand, demand_index="id", demand_value="people", supply_df=stock, supply_index="id",
        supply_value="supply", cost_df=costs, cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    before = peak()
    start, began = time.perf_counter(), time.process_time()
    found = model.enhanced_two_stage_fca(
        name="e", weight_fn=weights.step_fn(dict(zip(LIMITS, WEIGHTS, strict=True))), max_cost=None
    )
    took, used = time.perf_counter() - start, time.process_time() - began
    values = found.sort_index().to_numpy().ravel()
    return {
        "pairs": took,
        "used": used,
        "grown": peak() - before,
        "sum": float(values.sum()),
        "first": values[:5].tolist(),
    }


def rows() -> list[Row]:
    """Return the rows of the table: from pairs, from compact catchments, and memory beyond the table of pairs."""
    if rival("access", "access") is None:
        return []
    found = {}
    for name in ("ours", "access"):
        told = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.networks_catchments", name],
            check=True,
            capture_output=True,
            text=True,
        )
        found[name] = json.loads(told.stdout.splitlines()[-1])
    mine, theirs = found["ours"], found["access"]
    np.testing.assert_allclose(mine["first"], theirs["first"], rtol=1e-9)
    np.testing.assert_allclose(mine["sum"], theirs["sum"], rtol=1e-9)
    print(f"processor time: {mine['used']:.3f} s, access {theirs['used']:.2f} s; {load()}", flush=True)
    peer, grown = f"access {version('access')}", (int(mine["grown"]), int(theirs["grown"]))
    # Of fewer pairs the high-water mark may stand where reading them left it.
    less = 10.0 if PLACES >= ASKED else None
    many = f"E2SFCA, {PLACES * FACILITIES:,} pairs"
    return [
        Row(f"{many}, from the table of pairs", 0, mine["pairs"], peer, theirs["pairs"], 100.0, peaks=grown),
        Row(f"{many}, from compact catchments", 0, mine["compact"], peer, theirs["pairs"], 400.0, peaks=grown),
        Row("… memory beyond the table", 0, max(1, grown[0]), peer, float(grown[1]), less, unit="MiB"),
    ]


def main() -> None:
    print(load())
    print(printed(rows()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps({"ours": ours, "access": access}[sys.argv[1]]()))
    else:
        main()
