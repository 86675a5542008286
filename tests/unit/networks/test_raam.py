"""RAAM: by hand, the condition of its equilibrium, an independent solver, and places that reach nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, minimize

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.raam import raam

INF = np.inf


def left_to_gain(
    cost: NDArray[np.float64], people: NDArray[np.float64], supply: NDArray[np.float64], travel: float
) -> float:
    """Return what a person could still save on average: 0 at the optimum, and no less than the distance to it."""
    price, share = raam(cost, people, supply, travel)
    here = np.isfinite(price) & (people > 0)
    if not here.any():
        return 0.0
    open_ = supply > 0
    room = supply[open_] * people[here].sum() / supply.sum()
    paid = people @ share[:, open_] / room + cost[:, open_] / travel
    np.testing.assert_allclose(share[here].sum(axis=1), 1.0, rtol=1e-12)
    assert (share >= 0).all()
    np.testing.assert_allclose(paid.min(axis=1)[here], price[here], rtol=1e-12)
    spent = (np.where(np.isfinite(paid), paid, 0.0) * share[:, open_]).sum(axis=1)
    return float((people[here] * (spent[here] - price[here])).sum() / people[here].sum())


def test_people_spread_until_no_clinic_costs_less() -> None:
    # Two clinics alike, one nearer by 10 of 20 minutes: congestion differs by half of the mean where both are used.
    price, share = raam([[0.0, 10.0]], [100], [5, 5], travel=20)
    np.testing.assert_allclose(share, [[0.625, 0.375]], atol=1e-10)
    np.testing.assert_allclose(price, [1.25], atol=1e-10)
    # Too far to be worth it: all stay at the near one, with twice the mean congestion.
    price, share = raam([[0.0, 60.0]], [100], [5, 5], travel=20)
    np.testing.assert_allclose(price, [2.0], atol=1e-10)
    np.testing.assert_allclose(share, [[1.0, 0.0]], atol=1e-10)


@pytest.mark.parametrize(("places", "sites", "ties", "islands"), [
    (20, 5, False, False), (68, 60, False, True), (68, 60, True, False), (120, 90, True, True), (300, 100, False, True),
])  # fmt: skip
def test_nobody_could_gain_by_going_elsewhere(places: int, sites: int, ties: bool, islands: bool) -> None:
    draw = np.random.default_rng(places + sites)
    homes, clinics = draw.uniform(0, 60, (places, 2)), draw.uniform(0, 60, (sites, 2))
    if ties:  # a street grid: many ways cost alike
        homes, clinics = np.round(homes / 5) * 5, np.round(clinics / 5) * 5
    cost = np.abs(homes[:, None] - clinics[None]).sum(axis=2)
    if islands:
        cost[cost > 40] = INF
        cost[3] = INF
    people, supply = draw.integers(0, 900, places).astype(float), draw.integers(0, 9, sites).astype(float)
    assert left_to_gain(cost, people, supply, 30) < 1e-10


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 8), st.floats(0.5, 500))
def test_whatever_the_tables_are(seed: int, places: int, sites: int, travel: float) -> None:
    draw = np.random.default_rng(seed)
    cost = draw.integers(0, 20, (places, sites)).astype(float)
    cost[draw.random((places, sites)) < 0.25] = INF
    people, supply = 10.0 ** draw.uniform(0, 4, places), 10.0 ** draw.uniform(-1, 2, sites)
    assert left_to_gain(cost, people, supply, travel) < 1e-9


def test_another_solver_finds_the_same() -> None:
    draw = np.random.default_rng(11)
    cost, people, supply = draw.uniform(1, 60, (4, 3)), np.array([10.0, 40, 25, 25]), np.array([2.0, 5, 3])
    room = supply * people.sum() / supply.sum()

    def total(flow: NDArray[np.float64]) -> float:
        load = flow.reshape(4, 3).sum(axis=0)
        return float((load**2 / (2 * room)).sum() + (flow * cost.ravel() / 30).sum())

    found = minimize(
        total,
        np.repeat(people / 3, 3),
        method="SLSQP",
        bounds=[(0, None)] * 12,
        constraints=LinearConstraint(np.kron(np.eye(4), np.ones(3)), people, people),
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    price, share = raam(cost, people, supply, travel=30)
    np.testing.assert_allclose(people[:, None] * share, found.x.reshape(4, 3), atol=2e-4)
    assert total((people[:, None] * share).ravel()) <= found.fun + 1e-9
    np.testing.assert_allclose(price, (found.x.reshape(4, 3).sum(axis=0) / room + cost / 30).min(axis=1), atol=1e-4)


def test_who_reaches_nothing_and_where_nobody_lives() -> None:
    price, share = raam([[INF, INF], [0.0, 9.0], [9.0, 0.0]], [5, 10, 0], [1, 1], travel=30)
    assert price[0] == INF and share[0].tolist() == [0.0, 0.0]
    # Ten people, two clinics, mean ten a doctor pair: 0.5 + 0.15 of them go to the near one.
    np.testing.assert_allclose(share[1], [0.575, 0.425], atol=1e-10)
    assert share[2].tolist() == [0.0, 1.0]  # where they would go
    assert np.isinf(raam([[INF]], [5], [1], travel=30)[0]).all()
    assert np.isinf(raam([[1.0]], [5], [0], travel=30)[0]).all()
    with pytest.raises(ProblemsError):
        raam([[1.0]], [5], [1], travel=0)
