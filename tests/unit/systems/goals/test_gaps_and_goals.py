"""Gaps, parity, primacy, convergence, coordination, pace and surveys on numbers that can be done in the head."""

import itertools
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import convergence, coordination, gap_index, pace, parity, primacy, survey, urban_rural


def refused(call):
    with pytest.raises(ProblemsError) as error:
        call()
    return [problem.code for problem in error.value.problems]


class TestGapIndex:
    def test_a_surplus_fills_no_gap_unless_allowed(self):
        ratios = [[0.5, 1.5], [1.0, 1.0]]
        assert gap_index.gap_index(ratios, [1, 1]).tolist() == [0.25, 0.0]
        assert gap_index.gap_index(ratios, [1, 1], cap=None).tolist() == [0.0, 0.0]

    def test_weights_are_made_to_sum_to_one(self):
        assert gap_index.gap_index([[0.5, 1.0]], [30, 10]).tolist() == [0.375]

    def test_services_alike_everywhere_are_equal(self):
        assert gap_index.service_equality([[3, 5], [3, 5], [3, 5]], [1, 1]) == pytest.approx(1)
        assert gap_index.service_equality([[1, 5], [3, 5]], [1, 1]) == pytest.approx(1 - 0.25 / 2)
        assert gap_index.service_equality([[1, 5], [3, 5]], [1, 1], [3, 1]) == pytest.approx(1 - 0.25 / 2)

    def test_ranks_that_hang_on_the_weights_and_those_that_do_not(self):
        """a leads b by 0.1 through the first indicator; c is behind in both."""
        scores, weights = [[0.9, 0.4], [0.5, 0.6], [0.1, 0.1]], [1, 1]
        firm = gap_index.weight_sensitivity(scores, weights, 0.1)
        assert (firm.best.tolist(), firm.worst.tolist()) == ([1, 2, 3], [1, 2, 3])
        loose = gap_index.weight_sensitivity(scores, weights, 0.5)
        assert (loose.best.tolist(), loose.worst.tolist()) == ([1, 1, 3], [2, 2, 3])
        # 0.4·w − 0.2·(1 − w) = 0 at w = 1/3: a third below the declared half.
        assert loose.flips[0, 1] == pytest.approx(1 / 3)
        assert loose.flips[0, 2] == inf
        assert loose.flips[1, 0] == 0

    @settings(max_examples=25, deadline=None)
    @given(seed=st.integers(0, 9999), freedom=st.floats(0.01, 0.9))
    def test_no_weights_within_the_freedom_leave_the_interval(self, seed, freedom):
        rng = np.random.default_rng(seed)
        scores, weights = rng.uniform(size=(5, 4)), rng.dirichlet(np.ones(4) * 3)
        found = gap_index.weight_sensitivity(scores, weights, freedom)
        for _ in range(100):
            moved = weights * (1 + freedom * rng.uniform(-1, 1, 4))
            moved /= moved.sum()
            if (np.abs(moved / weights - 1) > freedom).any():
                continue
            rank = 1 + ((scores @ moved)[None, :] > (scores @ moved)[:, None]).sum(axis=1)
            assert (found.best <= rank).all()
            assert (rank <= found.worst).all()

    @settings(max_examples=25, deadline=None)
    @given(seed=st.integers(0, 9999))
    def test_the_flip_is_where_the_programme_says(self, seed):
        """The closed form against a linear programme over the weights."""
        from scipy.optimize import linprog

        rng = np.random.default_rng(seed)
        scores, weights = rng.uniform(size=(3, 4)), rng.dirichlet(np.ones(4) * 3)
        flips = gap_index.weight_sensitivity(scores, weights, 0.5).flips
        for i, j in itertools.permutations(range(3), 2):
            lead = scores[i] - scores[j]
            at = linprog(weights * lead, A_eq=[weights], b_eq=[0], bounds=[(-1, 1)] * 4)
            expected = max(lead @ weights, 0) / -at.fun
            assert flips[i, j] == pytest.approx(expected if expected <= 1 else inf)

    def test_refusals(self):
        assert refused(lambda: gap_index.gap_index([[1, np.nan]], [1, 1])) == ["I001"]
        assert refused(lambda: gap_index.gap_index([[1, 1]], [1, 1, 1])) == ["I005"]
        assert refused(lambda: gap_index.weight_sensitivity([[1, 1]], [1, 1], 2)) == ["I007"]
        assert refused(lambda: gap_index.weight_sensitivity([1, 1], [1, 1], 0.1)) == ["I005"]


class TestParity:
    def test_ratio_turns_round_where_less_is_better(self):
        assert parity.ratios([30, 20], [60, 10], [False, True]).tolist() == [0.5, 0.5]
        assert parity.standings([0.5, 0.9, 1.0, 1.2], 0.9).tolist() == ["below", "near", "reached", "reached"]

    def test_the_growth_difference_that_doubles_a_half_in_ten_years(self):
        extra = float(parity.growth_difference([0.5], 1.0, 10, 0.05)[0])
        ratio = 0.5
        for _ in range(10):
            ratio *= (1.05 + extra) / 1.05
        assert ratio == pytest.approx(1)
        assert parity.years_to(0.5, 1.0, 0.05 + extra, 0.05) == pytest.approx(10)
        assert parity.years_to(1.1, 1.0, 0, 0.05) == 0
        assert parity.years_to(0.5, 1.0, 0.05, 0.05) == inf

    def test_a_requirement_is_held_against_what_was_seen(self):
        seen = np.arange(11) / 100
        found = parity.feasibility(0.08, seen)
        assert (found.low, found.middle, found.high) == pytest.approx((0.01, 0.05, 0.09))
        assert found.share == pytest.approx(3 / 11)
        assert found.within
        assert not parity.feasibility(0.095, seen).within
        assert refused(lambda: parity.feasibility(0.1, [0.1, 0.2])) == ["I006"]

    def test_the_centre_is_a_weighted_mean_of_its_districts(self):
        level = parity.common_centre([2, 4, 99], [3, 1, 5], [True, True, False])
        assert level == pytest.approx(2.5)
        assert refused(lambda: parity.common_centre([2], [3], [False])) == ["I003"]

    def test_refusals(self):
        assert refused(lambda: parity.ratios([1], [0], [False])) == ["I003"]
        assert refused(lambda: parity.ratios([-1], [1], [False])) == ["I002"]
        assert refused(lambda: parity.standings([1], 0)) == ["I007"]
        assert refused(lambda: parity.growth_difference([0.5], 1, 0, 0.05)) == ["I007"]


class TestPrimacy:
    def test_the_capital_is_the_first_city_wherever_it_stands(self):
        assert float(primacy.primacy([3, 8, 4, 1], 1, 2)) == 2
        assert float(primacy.primacy([3, 8, 4, 1], 1, 4)) == 1
        assert float(primacy.primacy([3, 8, 4, 1], 0, 2)) == 0.375
        assert primacy.share([3, 8, 4, 1], 1) == 0.5
        assert primacy.share([3, 8, 4, 1], 1, 32).tolist() == [0.25]

    def test_eleven_cities_over_periods(self):
        sizes = np.vstack([np.ones(11), np.r_[5.0, np.ones(10)]])
        assert primacy.primacy(sizes, 0, 11).tolist() == [0.2, 1.0]
        assert refused(lambda: primacy.primacy(np.ones(10), 0, 11)) == ["I006"]
        assert refused(lambda: primacy.primacy(np.ones(10), 0, 3)) == ["I007"]

    def test_refusals_of_rank_size(self):
        assert refused(lambda: primacy.rank_size_slope([1, 2])) == ["I006"]
        assert refused(lambda: primacy.rank_size_slope([1, 2, 0])) == ["I004"]


class TestConvergence:
    def test_places_on_a_known_path(self):
        """Every gap to the steady state halves in twenty years."""
        first = np.array([1.0, 2, 4, 8])
        steady, years = 16.0, 10
        last = steady * (first / steady) ** (0.5 ** (years / 20))
        found = convergence.beta_convergence(first, last, years)
        assert found.half_life == pytest.approx(20)
        assert found.r_squared == pytest.approx(1)
        assert found.standard_error == pytest.approx(0, abs=1e-12)

    def test_divergence_and_overshooting_are_told_apart(self):
        first = np.array([1.0, 2, 4])
        assert convergence.beta_convergence(first, first**1.2, 5).half_life < 0
        overshot = convergence.beta_convergence(first, 1 / first, 5)
        assert isnan(overshot.speed)
        assert refused(lambda: convergence.speed_of_convergence(-0.3, 5)) == ["I010"]

    def test_spread_that_halves(self):
        table = np.exp(np.array([[0.0, 2], [0.5, 1.5]]))
        found = convergence.sigma_convergence(table, [2011, 2021])
        assert found.log_deviation == pytest.approx([1, 0.5])
        assert found.yearly_change == pytest.approx(-0.05)
        assert found.narrowing
        assert refused(lambda: convergence.sigma_convergence(table, [2011, 2011])) == ["I006"]
        assert refused(lambda: convergence.sigma_convergence(table, [2011])) == ["I005"]

    def test_refusals(self):
        assert refused(lambda: convergence.beta_convergence([1, 1, 1], [1, 2, 3], 5)) == ["I006"]
        assert refused(lambda: convergence.beta_convergence([1, 2], [1, 2], 5)) == ["I006"]
        assert refused(lambda: convergence.beta_convergence([1, 2, 0], [1, 2, 3], 0)) == ["I004", "I007"]


class TestCoordination:
    def test_alike_is_fully_coupled_and_nothing_is_not(self):
        for degree in (coordination.coupling, coordination.corrected_coupling):
            assert degree([[0.4, 0.4], [0.7, 0.0], [0.0, 0.0]]).tolist() == pytest.approx([1, 0, 0])
        assert coordination.coordination([0.25, 0.25]) == pytest.approx(0.5)
        assert coordination.coordination([0.25, 0.25], corrected=True) == pytest.approx(0.5)

    def test_the_corrected_degree_spreads_what_the_classic_crowds(self):
        assert coordination.coupling([0.8, 0.2]) == pytest.approx(0.8)
        assert coordination.corrected_coupling([0.8, 0.2]) == pytest.approx(np.sqrt(0.1))

    def test_refusals(self):
        assert refused(lambda: coordination.coupling([0.5, 1.5])) == ["I007"]
        assert refused(lambda: coordination.coupling([0.5])) == ["I006"]
        assert refused(lambda: coordination.step([1.1], [0.5, 1.0])) == ["I007"]


class TestPaceAndRatios:
    def test_what_is_left_to_do(self):
        assert pace.needed_yearly([60.0], [80.0], [10]).tolist() == [2.0]
        assert pace.needed_growth([100.0], [400.0], [2]).tolist() == pytest.approx([1.0])
        assert pace.done([10.0], [15], [20]).tolist() == [0.5]
        assert pace.on_path([10.0, 10], [15, 12], [20, 20], [5], [10]).tolist() == pytest.approx([0, -0.3])
        assert pace.done([80.0], [60], [40]).tolist() == [0.5]  # a target below the start
        assert refused(lambda: pace.needed_yearly([1], [2], [0])) == ["I007"]
        assert refused(lambda: pace.needed_growth([0], [2], [1])) == ["I004"]
        assert refused(lambda: pace.done([1], [1], [1])) == ["I003"]

    def test_the_divide_is_closed_within_the_band_from_either_side(self):
        ratio = urban_rural.urban_rural_ratio([20, 11, 10, 10], [10, 10, 11, 20])
        assert urban_rural.closed(ratio, 0.1).tolist() == [False, True, True, False]
        assert refused(lambda: urban_rural.urban_rural_ratio([1], [0])) == ["I003"]
        assert refused(lambda: urban_rural.closed([1], -1)) == ["I007"]


class TestSurvey:
    def test_equal_weights_give_the_textbook_error(self):
        answers = np.array([3.0, 4, 5, 4, 4])
        found = survey.score(answers)
        assert found.mean == 4
        assert found.standard_error == pytest.approx(answers.std(ddof=1) / np.sqrt(5))
        assert found.effective == pytest.approx(5)
        assert survey.score(answers, np.full(5, 9.0)) == found

    def test_a_change_is_held_against_its_error(self):
        before, after = survey.Score(3.0, 0.3, 100), survey.Score(4.0, 0.4, 100)
        found = survey.change(before, after)
        assert (found.change, found.standard_error) == (1.0, 0.5)
        assert found.p == pytest.approx(0.0455, abs=1e-4)
        assert refused(lambda: survey.change(before, survey.Score(4.0, 0.4, 12))) == ["I006"]
        assert refused(lambda: survey.score([4.0])) == ["I006"]
