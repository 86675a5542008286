"""Catchments and snapping beside independent programs on the same data: how far apart the answers are, and how long.

PySAL access for cumulative opportunities, gravity, 2SFCA, 3SFCA and RAAM; scikit-learn for the nearest node on the
sphere; pyproj for lengths on the ellipsoid. RAAM there moves whole people step by step, so it is given a thousand for
each (only shares count), and comes nearer to ours with its cycles as far as its steps let it.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._rivals import load, rival, seconds

PLACES, FACILITIES = int(os.environ.get("PLACES", "2000")), 60
TRAVEL = 60.0  # minutes that weigh as much as mean congestion
CYCLES = (150, 1_000, 5_000)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beside:
    """One method on the same data: seconds, and the largest difference as a share of the largest value."""

    what: str
    ours: float
    peer: str
    theirs: float
    apart: float
    note: str = ""


def given() -> tuple[Floats, Floats, Floats]:
    """Return minutes between points of a square (places, facilities), people and supply, whole numbers."""
    draw = np.random.default_rng(5)
    homes, sites = draw.uniform(0, 60, (PLACES, 2)), draw.uniform(0, 60, (FACILITIES, 2))
    minutes = np.round(np.hypot(*(homes[:, None] - sites).transpose(2, 0, 1)) + 1.0, 1)
    return minutes, draw.integers(50, 900, PLACES).astype(float), draw.integers(5, 80, FACILITIES).astype(float)


def model(minutes: Floats, people: Floats, supply: Floats) -> Any:
    import pandas as pd
    from access import Access

    places, facilities = np.indices(minutes.shape)
    found = Access(
        demand_df=pd.DataFrame({"id": np.arange(people.size), "people": people.astype(int)}), demand_index="id",
        demand_value="people", supply_df=pd.DataFrame({"id": np.arange(supply.size), "supply": supply.astype(int)}),
        supply_index="id", supply_value="supply",
        cost_df=pd.DataFrame({"o": places.ravel(), "d": facilities.ravel(), "minutes": minutes.ravel()}),
        cost_origin="o", cost_dest="d", cost_name="minutes",
    )  # fmt: skip
    found.log.setLevel("ERROR")  # every answer overwrites the one before
    return found


def asked(peer: Callable[[], Any]) -> tuple[Floats, float]:
    """Return the rival's answer, a value a place, and the seconds it took."""
    start = time.perf_counter()
    answer = peer()
    took = time.perf_counter() - start
    return answer.sort_index().to_numpy().ravel(), took


def apart(mine: Floats, theirs: Floats) -> float:
    return float(np.abs(mine - theirs).max() / np.abs(mine).max())


def catchments() -> list[Beside]:
    from access import weights

    from tongchou.networks import catchments as own
    from tongchou.networks import decay

    minutes, people, supply = given()
    peer = model(minutes, people, supply)
    within, zones = decay.step(30.0), decay.zones((10.0, 20.0, 30.0), (1.0, 0.68, 0.22))
    power = decay.power(1.5)
    stepped = weights.step_fn({10: 1.0, 20: 0.68, 30: 0.22})
    falling = weights.gravity(scale=1.0, alpha=-1.5, min_dist=1.0)
    tried: list[tuple[str, Callable[[], Floats], Callable[[], Any]]] = [
        (
            "cumulative opportunities, 30 min",
            lambda: own.opportunities(minutes, supply, within),
            lambda: peer.weighted_catchment(name="x", weight_fn=weights.step_fn({30: 1.0})),
        ),
        (
            "gravity, minutes^-1.5",
            lambda: own.opportunities(minutes, supply, power),
            lambda: peer.weighted_catchment(name="x", weight_fn=falling),
        ),
        (
            "2SFCA, 30 min",
            lambda: own.two_step(minutes, people, supply, within),
            lambda: peer.two_stage_fca(name="x", max_cost=30),
        ),
        (
            "2SFCA weighed by gravity",
            lambda: own.two_step(minutes, people, supply, power),
            lambda: peer.two_stage_fca(name="x", max_cost=1e9, weight_fn=falling),
        ),
        (
            "3SFCA, three zones",
            lambda: own.three_step(minutes, people, supply, zones),
            lambda: peer.three_stage_fca(name="x", max_cost=None, weight_fn=stepped),
        ),
    ]
    found = []
    for what, mine, theirs in tried:
        answer, took = asked(theirs)
        found.append(Beside(what, seconds(mine), "access", took, apart(mine(), answer)))
    return found


def rational() -> list[Beside]:
    """RAAM: the cost of every place, and what each answer leaves to gain (0 where nobody would go elsewhere)."""
    from tongchou.networks.raam import raam

    minutes, people, supply = given()
    peer = model(minutes, 1000 * people, supply)
    price, share = raam(minutes, people, supply, TRAVEL)
    mine = seconds(lambda: raam(minutes, people, supply, TRAVEL), 3)
    heads, room = people / people.sum(), supply / supply.sum()
    paid = minutes / TRAVEL + heads @ share / room
    left = float((heads[:, None] * share * (paid - paid.min(axis=1, keepdims=True))).sum())
    found = []
    for cycles in CYCLES:
        answer, took = asked(lambda cycles=cycles: peer.raam(name="x", tau=TRAVEL, max_cycles=cycles))
        mean = np.average(answer / price, weights=heads)
        note = f"its mean cost {mean:.5f} of ours, which leaves {left:.0e} a person to gain"
        found.append(Beside(f"RAAM, its {cycles:,} cycles", mine, "access", took, apart(price, answer), note))
    return found


def snapping() -> list[Beside]:
    from pyproj import Geod
    from sklearn.neighbors import BallTree

    from tongchou.networks.transit import snapped
    from tongchou.networks.transit.modes import EARTH

    draw = np.random.default_rng(8)
    low, high = np.array([111.5, 37.4]), np.array([113.2, 38.5])
    places, nodes = draw.uniform(low, high, (20 * PLACES, 2)), draw.uniform(low, high, (50 * PLACES, 2))
    mine = snapped(places, nodes)

    def nearest() -> tuple[Floats, NDArray[np.int64]]:
        tree = BallTree(np.radians(nodes[:, ::-1]), metric="haversine")
        return tree.query(np.radians(places[:, ::-1]))

    arcs, rows = nearest()
    assert (rows.ravel() == mine.nodes).all(), "another nearest node"
    *_, metres = Geod(ellps="WGS84").inv(*places.T, *nodes[mine.nodes].T)
    long = metres > 1.0
    off = float(np.abs(mine.kilometres[long] * 1000 / metres[long] - 1).max())
    ours = seconds(lambda: snapped(places, nodes), 3)
    what = f"nearest of {len(nodes):,} nodes, {len(places):,} places"
    return [
        Beside(what, ours, "scikit-learn", seconds(nearest, 3), apart(mine.kilometres, arcs.ravel() * EARTH)),
        Beside("… its kilometres", ours, "pyproj (ellipsoid)", float("nan"), off, "a sphere, as documented"),
    ]


def main() -> None:
    warnings.simplefilter("ignore")
    found: list[Beside] = []
    if rival("access", "access"):
        found += catchments() + rational()
    if rival("scikit-learn", "sklearn") and rival("pyproj", "pyproj"):
        found += snapping()
    print(load())
    print(f"{PLACES:,} places, {FACILITIES} facilities\n")
    print("| method | ours | rival | its | apart | |\n|---|---|---|---|---|---|")
    for row in found:
        its = "" if np.isnan(row.theirs) else f"{row.theirs * 1e3:,.0f} ms"
        print(f"| {row.what} | {row.ours * 1e3:,.1f} ms | {row.peer} | {its} | {row.apart:.1e} | {row.note} |")


if __name__ == "__main__":
    main()
