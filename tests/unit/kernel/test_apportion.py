import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.apportion import in_units, settle


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
