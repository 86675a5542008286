"""Siting against spopt (models in PuLP, solved by the CBC it brings) on the same tables; values are compared.

Its p-centre is left out: it had not ended after three minutes on these tables.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from benchmarks._rivals import line, load, rival
from benchmarks._roads import road_like
from tongchou.networks.search import cost_table
from tongchou.networks.siting import maximal_cover, p_centre, p_median, set_cover

PLACES, SITES, COUNT, LIMIT = 300, 60, 8, 40.0


def main() -> None:
    held = road_like(5_000)
    main_part = np.flatnonzero(held.parts() == np.bincount(held.parts()).argmax())
    draw = np.random.default_rng(4)
    places, sites = draw.choice(main_part, PLACES, replace=False), draw.choice(main_part, SITES, replace=False)
    cost, people = cost_table(held, places, sites), draw.integers(10, 900, PLACES).astype(float)
    print(f"{PLACES} places, {SITES} candidates, {COUNT} sites, limit {LIMIT:.0f} min; one run each; {load()}")
    ours: dict[str, Callable[[], float]] = {
        "set cover": lambda: set_cover(cost, LIMIT).value,
        "maximal cover": lambda: maximal_cover(cost, people, LIMIT, COUNT).value,
        "p-median": lambda: p_median(cost, people, COUNT).value,
        "p-centre": lambda: p_centre(cost, COUNT).value,
    }
    theirs = _spopt(cost, people)
    for name, call in ours.items():
        start = time.perf_counter()
        value = call()
        took = time.perf_counter() - start
        if name not in theirs:
            line(name, took, None, f"value {value:,.1f}")
            continue
        start = time.perf_counter()
        other = theirs[name]()
        line(name, took, time.perf_counter() - start, f"value {value:,.1f}, spopt {other:,.1f}")
        np.testing.assert_allclose(value, other, rtol=1e-6)
    print(load())


def _spopt(cost: np.ndarray, people: np.ndarray) -> dict[str, Callable[[], float]]:
    if rival("spopt", "spopt") is None:
        return {}
    import pulp
    from spopt.locate import LSCP, MCLP, PMedian

    def solved(model: object) -> float:
        found = model.solve(pulp.PULP_CBC_CMD(msg=False))  # type: ignore[attr-defined]
        return float(pulp.value(found.problem.objective))

    return {
        "set cover": lambda: solved(LSCP.from_cost_matrix(cost, LIMIT)),
        "maximal cover": lambda: solved(MCLP.from_cost_matrix(cost, people, LIMIT, p_facilities=COUNT)),
        "p-median": lambda: solved(PMedian.from_cost_matrix(cost, people, p_facilities=COUNT)),
    }


if __name__ == "__main__":
    main()
