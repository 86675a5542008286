"""Catchments: by hand, what they conserve, and the published cases (F_*)."""

from __future__ import annotations

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.catchments import (
    efficiency,
    mean_cost,
    opportunities,
    potential,
    three_step,
    two_step,
    uncovered,
)
from tongchou.networks.decay import exponential, gaussian, power, step, within, zones

INF = np.inf


def test_two_places_one_near_and_one_far() -> None:
    # Two clinics of 10 doctors; A (100 people) reaches both, B (300 people) the second only.
    cost = [[5.0, 10.0], [40.0, 10.0]]
    found = two_step(cost, [100, 300], [10, 10], step(15))
    assert found.tolist() == [10 / 100 + 10 / 400, 10 / 400]
    assert uncovered(cost, [100, 300], 8)[0].tolist() == [0.0, 300.0]
    assert uncovered(cost, [100, 300], 8)[1] == 0.25
    assert opportunities(cost, [10, 10], step(15)).tolist() == [20.0, 10.0]


def test_zones_count_the_nearer_more() -> None:
    cost = [[5.0], [20.0], [INF]]
    found = two_step(cost, [10, 10, 10], [6], zones([10, 30], [1.0, 0.5]))
    # 10 × 1 + 10 × 0.5 = 15 people; the first place has 6/15, the second half of it, the third nothing.
    np.testing.assert_allclose(found, [0.4, 0.2, 0.0])


def test_supply_is_conserved_where_everybody_is_reached() -> None:
    draw = np.random.default_rng(3)
    cost, people, supply = draw.uniform(1, 50, (30, 6)), draw.uniform(1, 9, 30), draw.uniform(1, 9, 6)
    for decay in (step(100), gaussian(20), exponential(0.1), power(1.5)):
        for method in (two_step, three_step):
            assert people @ method(cost, people, supply, decay) == pytest.approx(supply.sum(), rel=1e-12)


def test_three_step_shares_people_before_it_counts_them() -> None:
    # One place, two clinics alike: each is chosen by half; 3SFCA gives what there is per head all the same.
    assert three_step([[5.0, 5.0]], [10], [3, 3], step(10)).tolist() == [0.6]


@pytest.mark.parametrize("method", [two_step, three_step])
@pytest.mark.parametrize(("reach", "expected"), [(INF, 5.0), (0.9, 1.0)])
def test_grid_of_the_pysal_suite(method: object, reach: float, expected: float) -> None:
    """PySAL access test suite, commit 541de01: 25 sites of supply 1; all in reach gives 25/5, only one's own 1."""
    if reach == INF:
        cost = np.ones((5, 25))
    else:
        cost = np.full((5, 25), 2.0)
        cost[np.arange(5), np.arange(5)] = 0.0
    decay = step(1e9 if reach == INF else reach)
    np.testing.assert_allclose(method(cost, np.ones(5), np.ones(25), decay), expected)  # type: ignore[operator]


def test_gaussian_weights_of_the_pysal_suite() -> None:
    printed = {1: 0.6065306597, -50: 0.99980001, -2: 0.8824969, 2: 0.8824969, 50: 0.99980001}
    for width, expected in printed.items():
        assert float(gaussian(width)(np.array(1.0))) == pytest.approx(expected, abs=1e-8)


def test_weighted_mean_travel_time_and_potential_by_hand() -> None:
    """Definitions of Gutiérrez (2001); masses are √(people × product)."""
    cost = [[0.0, 30.0, 60.0], [30.0, 0.0, 45.0], [60.0, 45.0, 0.0]]
    mass = np.sqrt(np.array([100.0, 50.0, 20.0]) * [500.0, 200.0, 100.0])
    # The published case leaves out one's own place in both.
    others = np.array([False, True, True])
    assert float((np.array(cost[0]) * mass)[others].sum() / mass[others].sum()) == pytest.approx(
        39.2705098312, abs=1e-6
    )
    assert potential(cost, mass)[0] == pytest.approx(4.0786893258, abs=1e-6)
    assert mean_cost(cost, mass)[0] == pytest.approx((30 * mass[1] + 60 * mass[2]) / mass.sum())
    assert mean_cost([[1.0, INF]], [1, 1])[0] == INF
    assert mean_cost([[1.0, INF]], [1, 0])[0] == 1.0


def test_cut_off_powers_and_faults() -> None:
    assert within(exponential(0.0), 10)(np.array([5.0, 20.0])).tolist() == [1.0, 0.0]
    assert power(2.0)(np.array([0.0, 1.0, 2.0])).tolist() == [1.0, 1.0, 0.25]
    with pytest.raises(ProblemsError) as caught:
        two_step([[1.0, -1.0]], [1, 2], [1], step(5))
    assert [p.code for p in caught.value.problems] == ["N001", "N001", "N005"]
    with pytest.raises(ProblemsError):
        two_step([[1.0]], [float("nan")], [1], step(5))
    with pytest.raises(ProblemsError):
        step(-1)
    with pytest.raises(ProblemsError):
        zones([10, 5], [1, 0.5])


def test_efficiency_by_hand() -> None:
    assert efficiency([[0, 2, 4], [2, 0, INF], [4, 5, 0]]) == pytest.approx((0.5 + 0.25 + 0.5 + 0 + 0.25 + 0.2) / 6)
    assert np.isnan(efficiency([[0.0]]))
    for wrong in ([[0.0, 1.0]], [[0.0, 0.0], [1.0, 0.0]]):
        with pytest.raises(ProblemsError):
            efficiency(wrong)
