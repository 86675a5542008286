from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.apportion import in_units, settle, settle_groups


def test_units_left_over_go_to_the_largest_remainders():
    assert settle([1.2, 2.7, 3.1], 7).tolist() == [1, 3, 3]


def test_equal_remainders_are_served_by_the_declared_order():
    thirds = [100 / 3] * 3
    assert settle(thirds, 100).tolist() == [34, 33, 33]
    assert settle(thirds, 100, priority=[2, 0, 1]).tolist() == [33, 34, 33]


def test_machine_noise_does_not_decide_a_tie():
    assert settle([0.1 + 0.2 - 0.3 + 0.5, 0.5], 1).tolist() == [1, 0]
    assert settle([0.5 - 4e-9, 0.5], 1).tolist() == [1, 0]
    assert settle([2.9999999996, 0.0000000004], 3).tolist() == [3, 0]


def test_negative_amounts_close_too():
    assert settle([-1.5, 1.5], 0).sum() == 0


def test_a_sum_that_is_wrong_is_refused():
    with pytest.raises(ValueError, match="not to 12"):
        settle([5.0, 5.0], 12)
    with pytest.raises(ValueError, match="finite"):
        settle([float("nan"), 1.0], 1)
    with pytest.raises(ValueError, match="of its own"):
        settle([0.5, 0.5], 1, priority=[0, 0])


def test_amounts_as_whole_fen():
    assert in_units(1234.56, 0.01) == 123456
    with pytest.raises(ValueError, match="whole number"):
        in_units(0.005, 0.01)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=12), st.integers(0, 10**12), st.randoms())
def test_settling_closes_stays_within_a_unit_and_follows_the_claimant(weights, total, random):
    weights = np.array(weights)
    if weights.sum() == 0:
        weights[:] = 1.0
    amounts = total * (weights / weights.sum())
    settled = settle(amounts, total)
    assert settled.sum() == total
    assert np.abs(settled - amounts).max() <= 1 + 1e-3
    order = list(range(len(weights)))
    random.shuffle(order)
    assert settle(amounts[order], total, priority=order).tolist() == settled[order].tolist()


def test_claims_that_differ_are_not_taken_for_a_tie_because_others_are_large():
    # 0.51 and 0.52 fen differ, though the sum of 2·10¹³ fen they belong to is only known to four thousandths.
    amounts = [0.51, 0.52, 7e9 - 0.03, *[7e9] * 2900]
    settled = settle(amounts, 7 * 10**9 * 2901 + 1, priority=range(len(amounts)))
    assert settled[:3].tolist() == [0, 1, 7 * 10**9]


def by_hand(amounts: list[Fraction], total: int) -> list[int]:
    """Hamilton's method in exact fractions: larger remainder, then larger amount, then the first."""
    whole = [a.numerator // a.denominator for a in amounts]
    order = sorted(range(len(amounts)), key=lambda i: (whole[i] - amounts[i], -amounts[i], i))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 5, 400, 900]), min_size=1, max_size=5), st.integers(2, 64), st.integers(0, 99))
def test_groups_settle_as_fractions_by_hand_do_large_or_small(sizes, parts, seed):
    draw = np.random.default_rng(seed)
    groups = [draw.integers(0, 10**6, size).tolist() for size in sizes]
    exact = [[Fraction(n, parts) for n in group] for group in groups]
    totals = [-(-sum(group) // 1) for group in exact]  # a sum that is no whole number is rounded up: within a unit
    amounts = np.array([float(a) for group in exact for a in group])
    starts = np.cumsum([0, *map(len, groups)])[:-1]
    settled, open_ = settle_groups(amounts, starts, np.array(totals), -amounts)
    assert not open_.any()
    expected = [by_hand(group, total) for group, total in zip(exact, totals, strict=True)]
    assert [part.tolist() for part in np.split(settled, starts[1:])] == expected
    wrong = np.array(totals)
    wrong[-1] += 2
    settled, open_ = settle_groups(amounts, starts, wrong, -amounts)
    assert open_.tolist() == [False] * (len(groups) - 1) + [True]
    assert [part.tolist() for part in np.split(settled, starts[1:])][:-1] == expected[:-1]


def test_a_sum_a_fraction_above_its_total_takes_units_back_from_the_smallest_remainders():
    amounts = np.array([1.0, 2.0, 3.0, 0.4])
    for size in (1, 200):  # all at once, and one by one
        many = np.concatenate([amounts, np.full(200 * size, 5.0)])
        settled, _ = settle_groups(many, np.array([0]), np.array([6 + 1000 * size]), -many)
        assert settled[:4].tolist() == [1, 2, 3, 0]
    assert settle([1.0, 2.0, 3.4], 6).tolist() == [1, 2, 3]
    assert settle([0.9999999, 1.0000001, 1.9], 3).tolist() == [1, 1, 1]
