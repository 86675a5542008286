"""Exact where units are few, withheld where nothing could come of it, drawn elsewhere: and the same every time."""

import itertools

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals.decomposition import theil_t_parts
from tongchou.systems.goals.permutation import slope_test, theil_between_test
from tongchou.systems.goals.shuffles import tails
from tongchou.systems.goals.spatial import local_moran, neighbours, spatial_gini

TEN = np.array([9.0, 8, 7, 12, 10, 6, 3, 4, 2, 5])
SIX_AND_FOUR = ["centre"] * 6 + ["outer"] * 4
RING = neighbours([(i, (i + 1) % 10) for i in range(10)], 10)


def test_ten_units_are_counted_one_by_one():
    """Six against four: 210 arrangements, of which the one on the ground is the most unequal."""
    population = np.arange(1, 11.0)
    for weights in (None, population):
        test = theil_between_test(TEN, SIX_AND_FOUR, weights, permutations=99, seed=1)
        assert (test.exact, test.arrangements) == (True, 210)
        observed = float(theil_t_parts(TEN, SIX_AND_FOUR, weights).between)
        assert float(test.observed) == pytest.approx(observed)
        by_hand = 0
        for chosen in itertools.combinations(range(10), 4):
            groups = ["outer" if i in chosen else "centre" for i in range(10)]
            by_hand += theil_t_parts(TEN, groups, weights).between >= observed - 1e-12
        assert float(test.p) == by_hand / 210
    assert float(theil_between_test(TEN, SIX_AND_FOUR, permutations=9, seed=1).p) == 1 / 210


def test_an_inference_that_could_not_succeed_is_withheld():
    """Four units in pairs: three arrangements, each counted twice; no p below a third is possible."""
    test = theil_between_test([1.0, 2, 8, 9], [0, 0, 1, 1], permutations=99, seed=1)
    assert float(test.smallest_p) == pytest.approx(1 / 3)
    assert np.isnan(test.p)
    assert [p.code for p in test.withheld] == ["I008"]


def test_drawn_permutations_agree_with_the_exact_p():
    """Thirteen units, 1,716 arrangements: the drawn p of a like table lies within the Monte-Carlo error."""
    rng = np.random.default_rng(2)
    values, groups = rng.lognormal(size=(3, 13)), [0] * 6 + [1] * 7
    exact = theil_between_test(values, groups, permutations=1, seed=0)
    assert exact.exact
    doubled, twice = np.concatenate([values, values], axis=1), groups + groups
    drawn = theil_between_test(doubled, twice, permutations=4999, seed=3)
    again = theil_between_test(doubled, twice, permutations=4999, seed=3)
    other = theil_between_test(doubled, twice, permutations=4999, seed=4)
    assert not drawn.exact
    assert drawn.p.tolist() == again.p.tolist() != other.p.tolist()
    error = np.sqrt(other.p * (1 - other.p) * 2 / 5000)
    assert (np.abs(drawn.p - other.p) <= 5 * error + 1e-3).all()


def test_the_drawn_reference_distribution_is_that_of_random_groups():
    """Against permutations made by NumPy: same statistic, independent generator, p within the error of both."""
    rng = np.random.default_rng(5)
    values, groups = rng.lognormal(size=40), np.repeat([0, 1, 2], [10, 14, 16])
    weights = rng.uniform(1, 5, 40)
    for w in (None, weights):
        observed = float(theil_t_parts(values, groups, w).between)
        sims = np.array([float(theil_t_parts(values, rng.permutation(groups), w).between) for _ in range(1500)])
        p = float(theil_between_test(values, groups, w, permutations=9999, seed=7).p)
        reference = float((sims >= observed).mean())
        assert abs(p - reference) < 5 * np.sqrt(reference * (1 - reference) / 1500 + 1e-6)


def test_the_slope_of_eight_units_is_counted():
    first = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    last = first ** np.array([1.9, 1.6, 1.5, 1.3, 1.3, 1.2, 1.2, 1.1]) + 1
    test = slope_test(first, last, 10, permutations=9, seed=1)
    x, y = np.log(first), np.log(last / first) / 10
    x, y = x - x.mean(), y - y.mean()
    every = np.array([abs(x[list(order)] @ y) for order in itertools.permutations(range(8))])
    assert (test.exact, test.arrangements) == (True, 40320)
    assert float(test.p) == (every >= abs(x @ y) * (1 - 1e-12)).mean()


def test_the_slope_of_many_units_is_drawn():
    rng = np.random.default_rng(1)
    first = rng.lognormal(size=60)
    assert float(slope_test(first, first**0.5, 10, permutations=999, seed=1).p) == 1 / 1000
    flat = slope_test(first, first * rng.lognormal(size=60), 10, permutations=999, seed=1)
    assert not flat.exact
    assert float(flat.p) > 0.01


def test_spatial_gini_of_seven_units_is_counted():
    x = np.array([1.0, 2, 3, 9, 8, 7, 4])
    line = neighbours([(i, i + 1) for i in range(6)], 7)
    found = spatial_gini(x, line, permutations=9, seed=1)
    every = np.array([np.abs(np.diff(x[list(order)])).sum() for order in itertools.permutations(range(7))])
    here = np.abs(np.diff(x)).sum()
    assert found.test.exact
    assert float(found.test.p) == (every <= here + 1e-9).mean()
    assert found.near + found.far == pytest.approx(found.gini)
    assert found.near == pytest.approx(here / (x.mean() * 49))


def test_spatial_gini_of_many_units_is_drawn():
    rng = np.random.default_rng(2)
    pairs = [(i, i + 1) for i in range(39)]
    x = np.linspace(1, 9, 40)
    smooth = spatial_gini(x, neighbours(pairs, 40), permutations=999, seed=1)
    assert float(smooth.test.p) == 1 / 1000
    values = rng.permutation(x)
    rough = spatial_gini(values, neighbours(pairs, 40), permutations=1999, seed=1)
    sims = np.array([np.abs(np.diff(rng.permutation(values))).sum() for _ in range(2000)])
    assert abs(float(rough.test.p) - (sims <= np.abs(np.diff(values)).sum()).mean()) < 0.06


def test_local_moran_of_ten_units_is_exact_or_withheld():
    """On a ring everybody has two neighbours: 36 pairs of the other nine, so p is a number of 36ths."""
    found = local_moran(TEN, RING, permutations=999, seed=1)
    assert found.exact.all()
    z = TEN - TEN.mean()
    for i in range(10):
        others = np.delete(z, i)
        sums = np.array([sum(pair) for pair in itertools.combinations(others, 2)])
        around = z[i - 1] + z[(i + 1) % 10]
        exact = min((sums >= around - 1e-9).mean(), (sums <= around + 1e-9).mean())
        assert found.p[i] == pytest.approx(exact)
        assert found.statistic[i] == pytest.approx(z[i] * around / 2 / (z @ z / 10))
    ends = local_moran(TEN, neighbours([(i, i + 1) for i in range(9)], 10), permutations=999, seed=1)
    assert np.isnan(ends.p[[0, 9]]).all()  # one neighbour: never below 1/9
    assert [p.where for p in ends.withheld] == ["unit 0", "unit 9"]


def test_local_moran_of_many_units_agrees_with_conditional_permutation_unit_by_unit():
    side = 12
    cells = np.arange(side * side).reshape(side, side)
    pairs = [*zip(cells[:, :-1].ravel(), cells[:, 1:].ravel(), strict=True)]
    pairs += [*zip(cells[:-1].ravel(), cells[1:].ravel(), strict=True)]
    adjoining = neighbours(pairs, side * side)
    rng = np.random.default_rng(4)
    x = rng.lognormal(size=side * side)
    permutations = 9999
    found = local_moran(x, adjoining, permutations=permutations, seed=2)
    z = x - x.mean()
    for i in range(0, side * side, 7):
        k = int(adjoining.counts[i])
        others = np.delete(z, i)
        sims = others[rng.random((4000, others.size)).argsort(axis=1)[:, :k]].sum(axis=1)
        around = z[adjoining.indices[adjoining.starts[i] : adjoining.starts[i + 1]]].sum()
        p = min((sims >= around).mean(), (sims <= around).mean())
        assert abs(found.p[i] - p) < 5 * np.sqrt(0.25 / 4000), i


@pytest.mark.parametrize("shape", ["even", "one far out", "few values", "all alike"])
def test_units_find_their_place_in_the_pool_whatever_its_shape(shape):
    """The cells over a pool only shorten the search: every count is that of comparing with each sum."""
    rng = np.random.default_rng(3)
    pools = rng.normal(size=(2, 99))
    if shape == "one far out":
        pools[:, 0] = 1e12
    if shape == "few values":
        pools = np.round(pools)
    if shape == "all alike":
        pools[:] = 2.0
    pools.sort(axis=1)
    row = rng.integers(-1, 2, 400)
    around = np.where(rng.random(400) < 0.5, rng.choice(pools.ravel(), 400), 3 * rng.normal(size=400))
    above, below = np.full(400, -7), np.full(400, -7)
    tails(pools, row, around, 1e-9, above, below)
    for i in range(400):
        pool = pools[row[i]]
        at_least, at_most = (pool >= around[i] - 1e-9).sum(), (pool <= around[i] + 1e-9).sum()
        assert (above[i], below[i]) == ((at_least, at_most) if row[i] >= 0 else (-7, -7))


def test_local_moran_of_zeros_and_ones_counts_ties_on_both_sides():
    """Half of a long ring has one: both neighbours have it in about a quarter of draws, at least one in three."""
    units = 400
    ring = neighbours([(i, (i + 1) % units) for i in range(units)], units)
    x = np.arange(units) % 4 < 2
    found = local_moran(x.astype(float), ring, permutations=9999, seed=1)
    assert not found.exact.any()  # 79,401 pairs of neighbours
    # 1 1 0 0 1 1 …: everybody has one neighbour of each, and three quarters of pairs are no further on either side.
    assert np.abs(found.p - 0.75).max() < 5 * np.sqrt(0.75 * 0.25 / 9999) + 0.005


def test_islands_and_constant_values():
    island = neighbours([(0, 1), (1, 2)], 4)
    found = local_moran([1.0, 5, 2, 4], island, permutations=9, seed=1)
    assert np.isnan(found.p[3])
    for call in (
        lambda: local_moran([2.0] * 4, island, permutations=9, seed=1),
        lambda: local_moran([1.0, 2], island, permutations=9, seed=1),
        lambda: local_moran([1.0, 5, 2, 4], island, permutations=0, seed=1),
        lambda: spatial_gini([1.0, 2], island, permutations=9, seed=1),
        lambda: spatial_gini([1.0, 2, 3], neighbours([], 3), permutations=9, seed=1),
        lambda: neighbours([(0, 0)], 3),
        lambda: theil_between_test(np.ones(50), np.arange(50) % 2, permutations=0, seed=1),
    ):
        with pytest.raises(ProblemsError):
            call()


def test_more_arrangements_than_one_table_holds_are_all_counted():
    """Fifteen units, 6,435 arrangements, in two tables; only the seven poorest against eight lie further apart."""
    test = theil_between_test(np.arange(1, 16.0), [0] * 8 + [1] * 7, permutations=1, seed=0)
    assert (test.exact, test.arrangements) == (True, 6435)
    assert float(test.p) == 2 / 6435
    assert float(test.smallest_p) == 1 / 6435


def test_places_that_all_start_alike_have_no_slope():
    with pytest.raises(ProblemsError):
        slope_test([2.0] * 5, [1.0, 2, 3, 4, 5], 10, permutations=9, seed=1)
