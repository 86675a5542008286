"""The methods on games small enough to do in the head, and the properties every division must have."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import demands, marginal, nucleolus, shares
from tongchou.systems.compensation.coalitions import additive, checked, from_names, reordered, separable
from tongchou.systems.compensation.shapley import shapley

# Two counties: 6 and 4 apart, 8 together. Both save 2, so each keeps half of the saving: 5 and 3.
PAIR = np.array([0.0, 6.0, 4.0, 8.0])
METHODS = {
    "shapley": shapley,
    "scrb": marginal.scrb,
    "gately": marginal.gately,
    "nucleolus": nucleolus.nucleolus,
    "per_capita_nucleolus": nucleolus.per_capita_nucleolus,
    "weak_least_core": lambda costs: nucleolus.weak_least_core(costs).shares,
    "proportional_least_core": lambda costs: nucleolus.proportional_least_core(costs).shares,
}
# Proportional least core of the pair: both pay the same part of their own cost, 8/10.
ON_THE_PAIR = {name: [5.0, 3.0] for name in METHODS} | {"proportional_least_core": [4.8, 3.2]}


def codes_of(error: pytest.ExceptionInfo[ProblemsError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("name", METHODS)
def test_two_members_split_the_saving(name):
    assert METHODS[name](PAIR) == pytest.approx(ON_THE_PAIR[name], abs=1e-9)


@pytest.mark.parametrize("name", METHODS)
def test_one_member_pays_everything(name):
    assert METHODS[name]([0.0, 7.0]) == pytest.approx([7.0])


def costs_with_joint_savings(n: int, seed: int) -> np.ndarray:
    """A cost function with savings from joining: a concave function of size plus a part of the best single cost."""
    rng = np.random.default_rng(seed)
    costs = np.sqrt(additive(rng.integers(1, 60, n))) * 10 + additive(rng.integers(0, 9, n))
    costs[1:-1] += rng.integers(0, 4, costs.size - 2)
    return costs


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=15, deadline=None)
@given(n=st.integers(2, 5), seed=st.integers(0, 10**6), data=st.data())
def test_a_division_closes_scales_and_ignores_the_order_of_members(name, n, seed, data):
    costs = costs_with_joint_savings(n, seed)
    answer = METHODS[name](costs)
    assert answer.sum() == pytest.approx(costs[-1], rel=1e-9)
    order = data.draw(st.permutations(range(n)))
    assert METHODS[name](reordered(costs, order)) == pytest.approx(answer[order], rel=1e-8, abs=1e-8)
    assert METHODS[name](costs * 1e4) == pytest.approx(answer * 1e4, rel=1e-8, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(n=st.integers(1, 6), seed=st.integers(0, 10**6))
def test_shapley_is_the_average_over_all_orders_of_joining(n, seed):
    costs = np.random.default_rng(seed).normal(size=1 << n)
    costs[0] = 0
    total = np.zeros(n)
    for order in itertools.permutations(range(n)):
        mask = 0
        for member in order:
            total[member] += costs[mask | 1 << member] - costs[mask]
            mask |= 1 << member
    assert shapley(costs) == pytest.approx(total / len(list(itertools.permutations(range(n)))), abs=1e-10)


def test_shapley_in_blocks_agrees_with_a_game_whose_value_is_known():
    """18 members are summed in eight blocks; the airport rule is the Shapley value of a game of maxima."""
    needs = np.random.default_rng(5).integers(1, 100, 18).astype(float)
    costs = np.zeros(1 << 18)
    for i, need in enumerate(needs):
        costs[1 << i : 2 << i] = np.maximum(costs[: 1 << i], need)
    assert shapley(costs) == pytest.approx(demands.airport(needs), abs=1e-10)


def test_nucleolus_is_the_talmud_rule_on_bankruptcy():
    claims = np.array([100.0, 200.0, 300.0])
    for estate in (50, 100, 200, 300, 400, 550, 600):
        savings = np.maximum(0, estate - (claims.sum() - additive(claims)))
        assert -nucleolus.nucleolus(-savings) == pytest.approx(demands.talmud(estate, claims), abs=1e-9)


def test_nucleolus_of_a_game_with_many_ties_is_the_equal_division():
    """Every coalition of a size costs the same: every programme is as degenerate as can be."""
    for n in (3, 5, 8):
        costs = np.sqrt(additive(np.ones(n)))
        assert nucleolus.nucleolus(costs) == pytest.approx(np.full(n, costs[-1] / n), abs=1e-9)


def test_nucleolus_does_not_fix_a_coalition_tight_by_accident():
    """Members 2 and 3 are alike; a vertex of the first programme may treat them unlike, the nucleolus may not."""
    costs = from_names(
        ["a", "b", "c", "d"],
        {"a": 2, "b": 2, "c": 9, "d": 9, "a+b": 2, "a+c": 11, "a+d": 11, "b+c": 11, "b+d": 11, "c+d": 18}
        | {"a+b+c": 11, "a+b+d": 11, "a+c+d": 20, "b+c+d": 20, "a+b+c+d": 20},
    )
    answer = nucleolus.nucleolus(costs)
    assert answer[2] == pytest.approx(answer[3])
    assert answer[0] == pytest.approx(answer[1])
    assert sorted_complaints(costs, answer) <= sorted_complaints(costs, [0.5, 1.5, 9, 9])
    assert sorted_complaints(costs, answer) <= sorted_complaints(costs, [1.2, 0.8, 8.9, 9.1])


def sorted_complaints(costs, answer):
    return [round(c, 9) for c in sorted((additive(answer) - costs)[1:-1], reverse=True)]


@settings(max_examples=25, deadline=None)
@given(n=st.integers(3, 5), seed=st.integers(0, 10**6))
def test_no_small_move_improves_on_the_nucleolus(n, seed):
    costs = costs_with_joint_savings(n, seed)
    answer = nucleolus.nucleolus(costs)
    rng = np.random.default_rng(seed)
    here = sorted_complaints(costs, answer)
    for size in (1.0, 1e-2):
        move = rng.normal(size=n) * size
        assert here <= sorted_complaints(costs, answer + move - move.mean())


def test_a_least_core_says_what_it_leaves_open():
    """A pair is settled; three alike with costs 2, 4, 6 are additive, and each pays its own."""
    settled = nucleolus.weak_least_core(PAIR)
    assert settled.unique
    assert settled.complaint == pytest.approx(-1)
    open_ = nucleolus.weak_least_core(
        from_names("abc", {"a": 9, "b": 9, "c": 2, "ab": 10, "ac": 11, "bc": 11, "abc": 12}, "")
    )
    assert not open_.unique
    assert open_.low[2] == pytest.approx(open_.high[2])
    assert open_.low[0] < open_.high[0]


def test_scrb_caps_the_alternative_at_the_benefit():
    """Separable 4 and 2, left 2. With benefits 5 and 9: remaining 1 and min(9, 4) − 2 = 2, so 2 splits 1 : 2."""
    assert separable(PAIR).tolist() == [4.0, 2.0]
    assert marginal.scrb(PAIR, [5.0, 9.0]) == pytest.approx([4 + 2 / 3, 2 + 4 / 3])


def test_scrb_refuses_a_member_that_should_not_take_part_and_a_project_without_gain():
    with pytest.raises(ProblemsError) as error:
        marginal.scrb(PAIR, [3.0, 9.0])
    assert codes_of(error) == ["C006"]
    with pytest.raises(ProblemsError) as error:
        marginal.scrb([0, 6, 4, 0, 2, 0, 0, 9.0], [0, 0, 0])
    assert codes_of(error) == ["C004"]


def test_mixed_bases_are_shares_before_they_are_weighed():
    """Half by users 1 : 3, half by money 50 : 50 (thousands or not) gives 3 : 5."""
    for money in (50, 50_000):
        assert shares.mixed(80, [[1, 3], [money, money]], [1, 1]) == pytest.approx([30, 50])
    with pytest.raises(ProblemsError):
        shares.mixed(80, [[1, 3]], [1, 1])


def test_serial_does_not_charge_the_small_for_the_large():
    small, _, large = demands.serial([1, 2, 3], lambda q: q**2), 0, demands.serial([1, 2, 30], lambda q: q**2)
    assert small[:2].tolist() == large[:2].tolist() == [3, 11]
    assert demands.serial([3, 1, 2], lambda q: q**2).tolist() == [22, 3, 11]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: shapley([0, 1, 2]), "C001"),
        (lambda: shapley([1, 1, 2, 3]), "C001"),
        (lambda: shapley([0, 1, float("nan"), 3]), "C002"),
        (lambda: checked(np.zeros(1 << 25)), "C009"),
        (lambda: shares.proportional(9, [1, -1]), "C003"),
        (lambda: shares.proportional(9, [1, float("nan")]), "C002"),
        (lambda: shares.proportional(9, [0, 0]), "C004"),
        (lambda: demands.talmud(7, [1, 2]), "C007"),
        (lambda: demands.serial([1, 2], lambda q: q * np.nan), "C002"),
        (lambda: nucleolus.proportional_least_core([0, 0, 1, 1.0]), "C008"),
        (lambda: nucleolus.nucleolus([0, 1, 1, 3.0]), "C013"),
        (lambda: from_names("ab", {"a": 1, "b": 1, "ax": 2}, ""), "C011"),
        (lambda: from_names("ab", {"a": 1, "b": 1}, ""), "C012"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_a_reason(call, code):
    with pytest.raises(ProblemsError) as error:
        call()
    assert code in codes_of(error)
