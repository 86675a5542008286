"""Rank intervals: the same every time, whatever the order of rows, and withheld where ranks do not compare."""

import numpy as np
import pytest

from tongchou.rules.algorithm import Withheld
from tongchou.systems.assessment.rank_interval import rank_interval

SURE = {"weight_spread": 0.0, "data_spread": 0.0, "draws": 1.0, "seed": 1.0, "tail": 0.0}


def test_the_share_of_draws_that_exchange_ranks_is_that_of_the_triangle():
    """A lead of 1 with even errors of ±1: lost in (2 − 1)²/8 = 12.5 % of draws; the interval turns at that tail."""
    score, weight = np.array([51.0, 50.0]), np.ones(2)
    rows = {"county": ["A", "B"], "indicator": ["x", "x"]}
    draws = 20_000
    error = 5 * np.sqrt(0.125 * 0.875 / draws)
    for seed in (1.0, 2.0, 3.0):
        given = {"weight_spread": 0.0, "data_spread": 1.0, "draws": float(draws), "seed": seed}
        inside = rank_interval(score, weight, tail=0.125 - error, **given, **rows)
        outside = rank_interval(score, weight, tail=0.125 + error, **given, **rows)
        assert (inside["best_rank"].tolist(), inside["worst_rank"].tolist()) == ([1, 1], [2, 2])
        assert (outside["best_rank"].tolist(), outside["worst_rank"].tolist()) == ([1, 2], [1, 2])


def test_the_order_of_rows_and_a_second_run_change_nothing():
    rng = np.random.default_rng(0)
    county, indicator = np.repeat(list("ABCDE"), 3).tolist(), list("xyz") * 5
    score, weight = rng.uniform(40, 60, 15), np.tile([1.0, 2, 3], 5)
    given = {"weight_spread": 0.5, "data_spread": 4.0, "draws": 500.0, "seed": 7.0, "tail": 0.05}
    first = rank_interval(score, weight, county=county, indicator=indicator, **given)
    order = rng.permutation(15)
    again = rank_interval(
        score[order],
        weight[order],
        county=[county[i] for i in order],
        indicator=[indicator[i] for i in order],
        **given,
    )
    for name, values in first.items():
        np.testing.assert_array_equal(values[order], again[name])
    assert (first["best_rank"] <= first["median_rank"]).all()
    assert (first["median_rank"] <= first["worst_rank"]).all()
    assert (first["worst_rank"] > first["best_rank"]).any()


def test_ranks_that_do_not_compare_are_withheld():
    with pytest.raises(Withheld):  # B lacks y
        rank_interval(np.ones(3), np.ones(3), county=["A", "A", "B"], indicator=["x", "y", "x"], **SURE)
    with pytest.raises(Withheld):  # no weight at all
        rank_interval(np.ones(2), np.zeros(2), county=["A", "B"], indicator=["x", "x"], **SURE)
