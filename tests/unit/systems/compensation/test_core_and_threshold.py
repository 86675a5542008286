"""Who would leave, what keeps them, and at which number the answer flips."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation.coalitions import additive, from_names, members, reordered
from tongchou.systems.compensation.comparison import METHODS, side_by_side
from tongchou.systems.compensation.core import core_test, worst_coalition
from tongchou.systems.compensation.threshold import agreeable_share, flips, zeros_piecewise_linear

PAIR = np.array([0.0, 6.0, 4.0, 8.0])
# Three alike: 3 alone, 4 in pairs, 7 together. The pairs would rather do without the third: no core.
NO_CORE = from_names("abc", {"a": 3, "b": 3, "c": 3, "ab": 4, "ac": 4, "bc": 4, "abc": 7}, "")
# a needs 4 alone, b and c 6 each; b and c 8 together; everyone 10.
TRIO = from_names("abc", {"a": 4, "b": 6, "c": 6, "ab": 9, "ac": 9, "bc": 8, "abc": 10}, "")


def test_the_member_that_pays_more_than_alone_is_named_and_priced():
    test = core_test(PAIR, [3.0, 5.0])
    assert (test.leaving, test.excess, test.side_payment, test.transfers) == ((1,), 1.0, 1.0, pytest.approx(1.0))
    assert core_test(PAIR, [5.0, 3.0]).stays


def test_exactly_at_the_limit_everybody_stays():
    assert core_test(PAIR, [6.0, 2.0]).stays
    assert not core_test(PAIR, [6.01, 1.99]).stays


def test_a_coalition_is_named_before_its_members():
    """b and c pay 9, could do it for 8; alone each would pay 6."""
    test = core_test(TRIO, [1.0, 4.5, 4.5])
    assert test.leaving == (1, 2)
    assert test.side_payment == pytest.approx(1.0)


def test_keeping_one_coalition_may_not_keep_everyone():
    """a pays 9 against 4: it takes 5, and the others then still stand by their 8 together."""
    test = core_test(TRIO, [9.0, 0.5, 0.5])
    assert test.leaving == (0,)
    assert test.transfers == pytest.approx(5.0)


def test_an_empty_core_needs_money_from_outside():
    """Any two of three pay at most 4, so all three raise 6 at most of the 7."""
    test = core_test(NO_CORE, [7 / 3] * 3)
    assert test.leaving == (0, 1)  # the three pairs tie: the declared order decides
    assert test.transfers is None
    assert test.subsidy == pytest.approx(1.0)
    assert core_test(NO_CORE, [7 / 3] * 3, priority=[2, 1, 0]).leaving == (1, 2)


@settings(max_examples=40, deadline=None)
@given(n=st.integers(2, 5), seed=st.integers(0, 10**6), data=st.data())
def test_the_coalition_named_does_not_depend_on_the_order_of_members(n, seed, data):
    rng = np.random.default_rng(seed)
    costs = rng.integers(1, 6, 1 << n).astype(float)
    costs[0] = 0
    shares = rng.integers(0, 4, n).astype(float)
    order = data.draw(st.permutations(range(n)))
    mask, excess = worst_coalition(costs, shares)
    again, same = worst_coalition(reordered(costs, order), shares[order], priority=order)
    assert same == excess
    assert sorted(order[i] for i in members(again)) == list(members(mask))


@settings(max_examples=30, deadline=None)
@given(n=st.integers(2, 5), seed=st.integers(0, 10**6))
def test_the_transfers_bound_every_side_payment(n, seed):
    rng = np.random.default_rng(seed)
    costs = np.sqrt(additive(rng.uniform(1, 50, n)))
    shares = rng.dirichlet(np.ones(n)) * costs[-1]
    test = core_test(costs, shares)
    assert test.subsidy == 0.0  # a concave function of size has a core
    assert test.transfers is not None
    assert test.transfers >= test.side_payment - 1e-9


def test_the_agreeable_range_of_a_contested_share_is_exact():
    """8 is shared: member 1 pays 8p ≤ 4, member 0 pays 8(1 − p) ≤ 6, so a quarter to a half."""
    found = agreeable_share(PAIR, [1.0, 99.0], 1)
    assert (found.low, found.high) == (0.25, 0.5)
    assert (found.below, found.above) == ((0,), (1,))


def test_no_share_may_be_agreeable():
    assert agreeable_share(NO_CORE, [1, 1, 1], 2) is None


@settings(max_examples=40, deadline=None)
@given(n=st.integers(2, 5), seed=st.integers(0, 10**6))
def test_the_answer_flips_where_the_range_says(n, seed):
    rng = np.random.default_rng(seed)
    costs = np.sqrt(additive(rng.uniform(1, 50, n)))
    benefits = rng.uniform(1, 9, n)
    found = agreeable_share(costs, benefits, 0)

    def stays(p):
        others = benefits.copy()
        others[0] = 0
        shares = costs[-1] * (1 - p) * others / others.sum()
        shares[0] = costs[-1] * p
        return worst_coalition(costs, shares)[1] <= 1e-9 * costs[-1]

    if found is None:
        assert not any(stays(p) for p in np.linspace(0, 1, 101))
        return
    for p in np.linspace(0, 1, 101):
        if found.low + 1e-6 < p < found.high - 1e-6:
            assert stays(p)
        elif p < found.low - 1e-6 or p > found.high + 1e-6:
            assert not stays(p)


def test_flips_are_bracketed_to_the_stated_tolerance():
    found = flips(lambda x: 0.2 < x <= 0.7, 0.0, 1.0, tolerance=1e-6)
    assert [flip.before for flip in found] == [False, True]
    for flip, truth in zip(found, (0.2, 0.7), strict=True):
        assert flip.low <= truth + 1e-12
        assert flip.high >= truth - 1e-12
        assert flip.high - flip.low <= 1e-6
    assert flips(lambda x: True, 0, 1, tolerance=0.1) == []
    with pytest.raises(ProblemsError):
        flips(lambda x: True, 1, 0, tolerance=0.1)


def test_zeros_of_a_piecewise_linear_margin_are_exact():
    assert zeros_piecewise_linear([0, 1, 3], [2, -2, 2]).tolist() == [0.5, 2.0]
    assert zeros_piecewise_linear([0, 1, 2], [0, 0, 5]).tolist() == [0, 1]


def test_every_method_closes_to_the_fen_side_by_side():
    """1,000 yuan and a fen for three alike: the two odd fen go by the declared order, in every method."""
    costs = from_names(
        "abc", dict.fromkeys(["a", "b", "c"], 500) | dict.fromkeys(["ab", "ac", "bc"], 700) | {"abc": 1000.01}, ""
    )
    for outcome in side_by_side(costs, unit=0.01, benefits=[1, 1, 1], capacities=[7, 7, 7], priority=[2, 0, 1]):
        if outcome.method in ("serial", "airport"):
            assert [p.code for p in outcome.withheld] == [{"serial": "C014", "airport": "C015"}[outcome.method]]
        elif outcome.method in ("talmud", "scrb"):
            assert outcome.withheld, "benefits of 1 cannot carry a cost of 1,000"
        else:
            assert outcome.settled.tolist() == [33333, 33334, 33334]
            assert outcome.core.stays


def test_side_by_side_takes_what_each_method_needs():
    needs = [8.0, 11, 13, 18]
    costs = np.zeros(16)
    for i, need in enumerate(needs):
        costs[1 << i : 2 << i] = np.maximum(costs[: 1 << i], need)
    by = {
        o.method: o
        for o in side_by_side(costs, unit=0.01, quantities=needs, cost_of=lambda q: q * 18 / 50, benefits=needs)
    }
    assert set(by) == set(METHODS)
    assert by["airport"].settled.tolist() == by["shapley"].settled.tolist() == [200, 300, 400, 900]
    assert by["serial"].shares == pytest.approx([2.88, 3.96, 4.68, 6.48])  # constant cost a unit: by quantity
    assert by["talmud"].shares == pytest.approx([4, 14 / 3, 14 / 3, 14 / 3])
    assert by["capacity"].withheld[0].code == "C014"


def test_a_cost_that_is_no_whole_fen_is_refused():
    with pytest.raises(ValueError, match="whole number"):
        side_by_side([0, 1, 1, 1.505], unit=0.01)
