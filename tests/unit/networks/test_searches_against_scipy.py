"""Searches and hierarchies give what SciPy gives, on graphs with ties, zero costs, one-way edges and islands."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.networks.graphs import COSTS, by_scipy, graphs, streets

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import Graph, graph
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.search import Way, cost_table, costs_between, costs_from, nearest

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WAYS: tuple[Way, ...] = ("search", "hierarchy")


@QUICK
@given(graphs(), st.sampled_from(WAYS))
def test_every_pair_costs_the_same(held: Graph, by: Way) -> None:
    expected = by_scipy(held)
    everyone = np.arange(held.size)
    np.testing.assert_allclose(costs_from(held, everyone, by=by), expected, rtol=1e-12)
    np.testing.assert_allclose(cost_table(held, everyone, everyone[::-1], by=by), expected[:, ::-1], rtol=1e-12)
    np.testing.assert_allclose(cost_table(held, everyone, [0], by=by)[:, 0], expected[:, 0], rtol=1e-12)
    a, b = (ends.ravel() for ends in np.meshgrid(everyone, everyone))
    np.testing.assert_allclose(costs_between(held, a, b, by=by), expected[a, b], rtol=1e-12)


@QUICK
@given(graphs(), st.sampled_from([0.0, 1.0, 3.5, 1 / 3]), st.sampled_from(WAYS))
def test_a_cutoff_leaves_out_what_is_beyond_and_keeps_its_edge(held: Graph, cutoff: float, by: Way) -> None:
    expected = by_scipy(held)
    expected[expected > cutoff] = inf
    np.testing.assert_allclose(costs_from(held, np.arange(held.size), cutoff, by=by), expected, rtol=1e-12)
    everyone = np.arange(held.size)
    np.testing.assert_allclose(cost_table(held, everyone, everyone, cutoff, by=by), expected, rtol=1e-12)


@pytest.mark.parametrize("kind", sorted(COSTS))
@pytest.mark.parametrize("seed", range(4))
def test_streets_with_witnesses_and_a_dense_core(kind: str, seed: int) -> None:
    held = streets(seed, kind=kind, one_way=0.0 if seed == 3 else 0.2)
    expected = by_scipy(held)
    everyone = np.arange(held.size)
    exact = kind != "doubles"
    for by in WAYS:
        for found in (costs_from(held, everyone, by=by), cost_table(held, everyone, everyone, by=by)):
            np.testing.assert_allclose(found, expected, rtol=0 if exact else 1e-12)
    few = np.random.default_rng(seed).choice(held.size, 50)
    np.testing.assert_allclose(
        cost_table(held, few, few[:7], by="hierarchy"), expected[np.ix_(few, few[:7])], rtol=1e-12
    )
    kinds = {"ticks": np.int32, "wide ticks": np.int64, "doubles": np.float64}
    assert hierarchy(held).up.dtype == kinds[kind]


def test_the_number_of_threads_changes_no_bit() -> None:
    for kind in COSTS:
        one, two = streets(7, kind=kind), streets(7, kind=kind)
        first, second = hierarchy(one, threads=1), hierarchy(two, threads=2)
        for name in ("place", "first", "above", "up", "down"):
            assert np.array_equal(getattr(first, name), getattr(second, name))
        for by in WAYS:
            everyone = np.arange(one.size)
            assert np.array_equal(
                costs_from(one, everyone, by=by, threads=1), costs_from(two, everyone, by=by, threads=2)
            )
            assert np.array_equal(
                cost_table(one, everyone, [3, 1, 3], by=by, threads=1),
                cost_table(two, everyone, [3, 1, 3], by=by, threads=2),
            )


def test_work_that_is_stopped_leaves_nothing_behind() -> None:
    held = streets(1)
    told: list[tuple[int, int]] = []

    def stop(done: int, all_: int) -> None:
        told.append((done, all_))
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hierarchy(held, progress=stop)
    assert held.held.hierarchy is None
    assert [all_ for _, all_ in told] == [held.size] * 3
    assert told[0][0] < told[1][0] < told[2][0]
    hierarchy(held, progress=lambda done, all_: told.append((done, all_)))
    assert told[-1] == (held.size, held.size)


@QUICK
@given(graphs(), st.integers(1, 4), st.data())
def test_the_nearest_facilities_are_the_first_of_all_sorted(held: Graph, k: int, data: st.DataObject) -> None:
    facilities = data.draw(st.lists(st.integers(0, held.size - 1), min_size=1, max_size=6))
    expected = by_scipy(held)[:, facilities]
    found = nearest(held, facilities, k)
    for node in range(held.size):
        order = np.lexsort((np.arange(len(facilities)), expected[node]))
        reachable = [j for j in order if np.isfinite(expected[node, j])][:k]
        kept = [j for j in found.which[node] if j >= 0]
        np.testing.assert_allclose(found.costs[node, : len(kept)], expected[node, reachable], rtol=1e-12)
        assert len(kept) == len(reachable)
        assert found.costs[node, len(kept) :].tolist() == [inf] * (k - len(kept))
        assert len(set(kept)) == len(kept)
        if held.ticks is not None:
            assert kept == reachable  # of equal costs the one that stands first


def test_a_graph_may_have_nodes_and_no_edge_yet() -> None:
    held = graph(np.array([], dtype=np.str_), np.array([], dtype=np.str_), [], one_way=[], nodes=["a", "b"])
    for by in WAYS:
        assert costs_from(held, [0], by=by).tolist() == cost_table(held, [0], [0, 1], by=by).tolist() == [[0, inf]]
    assert nearest(held, [1], 1).which.tolist() == [[-1], [0]]


def test_the_order_of_edges_changes_nothing_and_parts_are_told() -> None:
    one = graph(["a", "b", "x"], ["b", "c", "y"], [1, 2, 3])
    other = graph(["x", "b", "a"], ["y", "c", "b"], [3, 2, 1])
    assert (one.heads == other.heads).all() and (one.costs == other.costs).all()
    assert one.nodes.tolist() == ["a", "b", "c", "x", "y"]
    assert one.parts().tolist() == [0, 0, 0, 1, 1]
    assert cost_table(one, one.numbers(["a"]), one.numbers(["c", "x"])).tolist() == [[3.0, inf]]


def test_everything_wrong_with_the_edges_is_told_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        graph(["a", "b", "q"], ["b", "a", "a"], [-1, float("nan"), 1], nodes=["a", "b"])
    assert [p.code for p in caught.value.problems] == ["N002", "N002", "N003"]
    with pytest.raises(ProblemsError) as caught:
        graph([], [], [])
    assert [p.code for p in caught.value.problems] == ["N004"]
    held = graph(["a"], ["b"], [1])
    with pytest.raises(ProblemsError) as caught:
        costs_from(held, [5])
    assert [p.code for p in caught.value.problems] == ["N003"]
    with pytest.raises(ProblemsError):
        costs_from(held, [0], -1)
    with pytest.raises(ProblemsError):
        nearest(held, [0], 0)
    with pytest.raises(ProblemsError):
        costs_between(held, [0, 1], [0])
    with pytest.raises(ProblemsError):
        costs_from(held, [0], threads=0)
    with pytest.raises(ProblemsError) as caught:
        graph(["a"], ["b"], [1], nodes=["a", "b", "a"])
    assert [p.code for p in caught.value.problems] == ["N007"]


def test_ids_are_text_or_whole_numbers_near_or_far_apart() -> None:
    for ids in (["b", "a", "c"], [5, 3, 4], [5, 10**15, 7]):
        held = graph(ids[:2], ids[1:], [1, 2])
        assert held.nodes.tolist() == sorted(ids)
        assert cost_table(held, held.numbers(ids[:1]), held.numbers(ids[2:])).tolist() == [[3.0]]
        assert held.reversed().reversed().heads.tolist() == held.heads.tolist()
        with pytest.raises(ProblemsError):
            held.numbers(["nowhere"])


def test_costs_are_rounded_only_when_asked() -> None:
    assert graph(["a"], ["b"], [1 / 3]).ticks is None
    rounded = graph(["a"], ["b"], [1 / 3], decimals=3)
    assert costs_from(rounded, [0]).tolist() == [[0.0, 0.333]]
    assert graph(["a", "b"], ["b", "c"], [0.1, 0.2]).ticks is not None
    # The double nearest to three tenths, where adding doubles gives 0.30000000000000004.
    assert costs_from(graph(["a", "b"], ["b", "c"], [0.1, 0.2]), [0])[0, 2] == 0.3
