"""Compact catchments and pairs give what the whole table gives; inequality by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.networks.graphs import by_scipy, graphs, streets

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import Graph
from tongchou.networks.catchments import two_step
from tongchou.networks.decay import gaussian, step, within, zones
from tongchou.networks.fairness import gini, share_below, theil
from tongchou.networks.floating import catchments_of, three_step_pairs, two_step_of, two_step_pairs

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ZONES = zones([1, 2.5, 8], [1.0, 0.68, 0.22])


@QUICK
@given(graphs("ticks"), st.data())
def test_compact_catchments_are_the_whole_table(held: Graph, data: st.DataObject) -> None:
    node = st.integers(0, held.size - 1)
    places = data.draw(st.lists(node, min_size=1, max_size=9))
    facilities = data.draw(st.lists(node, min_size=1, max_size=5))
    people, supply = np.arange(1.0, len(places) + 1), np.arange(1.0, len(facilities) + 1)
    table = by_scipy(held)[np.ix_(places, facilities)]
    expected = two_step(table, people, supply, ZONES)
    found = two_step_of(catchments_of(held, places, facilities, ZONES), people, supply)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    i, j = np.nonzero(np.isfinite(table))
    order = data.draw(st.permutations(range(i.size)))
    i, j = i[list(order)], j[list(order)]
    for decay in (ZONES, within(gaussian(3), 6)):
        by_pairs = two_step_pairs(i, j, table[i, j], people, supply, decay)
        np.testing.assert_allclose(by_pairs, two_step(table, people, supply, decay), rtol=1e-12)


def test_streets_conserve_supply() -> None:
    held = streets(4, one_way=0.0)
    draw = np.random.default_rng(1)
    places, facilities = np.arange(held.size), draw.choice(held.size, 12)
    people, supply = draw.integers(0, 9, held.size).astype(float), draw.integers(1, 9, 12).astype(float)
    found = catchments_of(held, places, facilities, ZONES)
    served = two_step_of(found, people, supply)
    whole = two_step(by_scipy(held)[:, facilities], people, supply, ZONES)
    np.testing.assert_allclose(served, whole, rtol=1e-12)
    assert found.places.dtype == np.int32
    near = np.array([people[found.places[found.starts[j, 0] : found.starts[j, -1]]].sum() for j in range(12)])
    assert served @ people == pytest.approx(supply[near > 0].sum())


def test_a_table_longer_than_a_block_in_any_order_on_any_threads() -> None:
    draw = np.random.default_rng(2)
    cost = np.round(draw.uniform(0, 12, (200, 41)), 1)
    people, supply = draw.integers(0, 9, 200), draw.integers(0, 9, 41)
    i, j = np.divmod(draw.permutation(cost.size), 41)
    for decay in (step(6), zones([2, 5, 7, 9, 11], [1, 0.7, 0.4, 0.2, 0.1]), within(ZONES, 4), gaussian(3)):
        found = [two_step_pairs(i, j, cost[i, j], people, supply, decay, threads=n) for n in (1, 2)]
        assert np.array_equal(*found)
        np.testing.assert_allclose(found[0], two_step(cost, people, supply, decay), rtol=1e-12)


def test_weights_of_costs_that_are_none_or_at_an_edge() -> None:
    odd = [0.0, 2.0, np.nextafter(2.0, 3.0), 5.0, 5.1, np.inf, np.nan]
    assert zones([2, 5], [1.0, 0.25])(odd).tolist() == [1, 1, 0.25, 0.25, 0, 0, 0]
    assert within(zones([2, np.inf], [1.0, 0.25]), 5)(odd).tolist() == [1, 1, 0.25, 0.25, 0, 0, 0]
    assert zones([2, np.inf], [1.0, 0.25])(odd).tolist() == [1, 1, 0.25, 0.25, 0.25, 0, 0]
    assert step(2)(odd).tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert step(np.inf)(odd).tolist() == [1, 1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("by_pairs", [two_step_pairs, three_step_pairs])
def test_pairs_that_name_no_row(by_pairs: Callable[..., object]) -> None:
    for places, facilities in (([-1], [0]), ([0], [1]), ([0.5], [0]), ([float("nan")], [0])):
        with pytest.raises(ProblemsError) as caught:
            by_pairs(places, facilities, [1.0], [1], [1], step(3))
        assert [p.code for p in caught.value.problems] == ["N009"]
    assert np.array_equal(by_pairs([0.0], [0.0], [1.0], [2], [4], step(3)), [2.0])
    assert np.array_equal(by_pairs([], [], [], [2, 1], [4], step(3)), [0.0, 0.0])


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        two_step_pairs([0, 5], [0], [1.0, 2.0], [1], [1], step(3))
    assert [p.code for p in caught.value.problems] == ["N001", "N009"]
    with pytest.raises(ProblemsError) as caught:
        catchments_of(streets(1), [0], [0], step(3))
    assert [p.code for p in caught.value.problems] == ["N008"]
    with pytest.raises(ProblemsError):
        two_step_of(catchments_of(streets(1), [0], [0], ZONES), [1, 2], [1])


def test_inequality_by_hand() -> None:
    # One half of the people have everything: Gini 1/2, Theil ln 2, all of it between the two groups.
    assert gini([0, 2], [5, 5]) == pytest.approx(0.5)
    assert gini([3, 3, 3], [1, 20, 4]) == pytest.approx(0.0)
    assert gini([0, 2], [9, 1]) == pytest.approx(0.9)
    parts = theil([0, 2], [5, 5], ["a", "b"])
    assert parts.total == pytest.approx(np.log(2))
    assert (parts.between, parts.within) == (pytest.approx(np.log(2)), pytest.approx(0.0))
    same = theil([0, 2, 0, 2], [1, 1, 1, 1], ["a", "a", "b", "b"])
    assert (same.between, same.within) == (pytest.approx(0.0), pytest.approx(np.log(2)))
    assert share_below([1, 2, 3], [10, 20, 70], 2) == 0.1
    assert (
        np.isnan(gini([0, 0], [1, 1])) and np.isnan(theil([0], [1], ["a"]).total) and np.isnan(share_below([1], [0], 1))
    )
    with pytest.raises(ProblemsError):
        gini([1, -1], [1, 1])
    with pytest.raises(ProblemsError):
        gini([1], [1, 1])
    with pytest.raises(ProblemsError):
        theil([1, 1], [1, 1], ["a"])
