"""Costs of every coalition of a line project, and the shares that can be done by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation.comparison import side_by_side
from tongchou.systems.compensation.line_project import by_use, line_costs
from tongchou.systems.compensation.shapley import shapley


def test_the_farthest_member_decides_the_trunk():
    """Intake 6; trunk 10 to the first county, 30 to the second; branches 1 and 2."""
    assert line_costs(6, [10, 30], [1, 2]).tolist() == [0, 17, 38, 39]


def test_shares_by_hand():
    """Intake 3 and 3; the first 10 shared, the next 20 for the second alone: 3 + 5 + 1 = 9 and 3 + 25 + 2 = 30."""
    assert by_use(6, [10, 30], [1, 2]).tolist() == [9, 30]
    by = {o.method: o for o in side_by_side(line_costs(6, [10, 30], [1, 2]), unit=0.01)}
    assert by["shapley"].settled.tolist() == [900, 3000]
    assert by["shapley"].core.stays
    assert by["equal"].core.leaving == (0,)  # 19.50 against 17 alone
    assert by["equal"].core.side_payment == pytest.approx(2.5)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(1, 6), seed=st.integers(0, 9999))
def test_the_closed_form_is_the_shapley_value_and_lies_in_the_core(n, seed):
    rng = np.random.default_rng(seed)
    common, reach, own = float(rng.integers(0, 9)), rng.integers(0, 20, n), rng.integers(0, 9, n)
    costs = line_costs(common, reach, own)
    assert by_use(common, reach, own) == pytest.approx(shapley(costs), abs=1e-9)
    for outcome in side_by_side(costs, unit=0.01):
        if outcome.method in ("shapley", "nucleolus", "per_capita_nucleolus"):
            assert outcome.core is not None, outcome.withheld
            assert outcome.core.stays, outcome.method


def test_everything_wrong_is_told_at_once():
    with pytest.raises(ProblemsError) as error:
        line_costs(-1, [np.nan, 2], [1, -2])
    assert [p.code for p in error.value.problems] == ["C003", "C002", "C003"]
