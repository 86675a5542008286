"""Searches give what SciPy gives, on random graphs with ties, zero costs, one-way edges and islands."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import Graph, graph
from tongchou.networks.search import cost_table, costs_from, nearest

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(2, 14))
    ends = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(ends, ends, st.sampled_from([0.0, 1.0, 1.0, 2.5, 7.0])), min_size=1, max_size=40))
    single = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    names = [f"n{i:02d}" for i in range(size)]
    return graph(
        [names[a] for a, _, _ in edges],
        [names[b] for _, b, _ in edges],
        [c for _, _, c in edges],
        one_way=single,
        nodes=names,
    )


def by_scipy(held: Graph) -> np.ndarray:
    """SciPy takes a zero for no edge, so that parallel and zero edges are put in by hand."""
    size = held.size
    table = np.full((size, size), inf)
    for tail in range(size):
        for edge in range(held.first[tail], held.first[tail + 1]):
            head = held.heads[edge]
            table[tail, head] = min(table[tail, head], held.costs[edge])
    rows, columns = np.nonzero(np.isfinite(table))
    # A cost of zero is kept as a stored zero, which csgraph honours in sparse form.
    sparse = csr_array((table[rows, columns], (rows, columns)), shape=(size, size))
    return np.asarray(dijkstra(sparse, directed=True))


@QUICK
@given(graphs())
def test_every_pair_costs_the_same(held: Graph) -> None:
    expected = by_scipy(held)
    everyone = np.arange(held.size)
    np.testing.assert_allclose(costs_from(held, everyone), expected, rtol=1e-12)
    np.testing.assert_allclose(cost_table(held, everyone, everyone[::-1]), expected[:, ::-1], rtol=1e-12)
    few = cost_table(held, everyone, [0])
    np.testing.assert_allclose(few[:, 0], expected[:, 0], rtol=1e-12)


@QUICK
@given(graphs(), st.sampled_from([0.0, 1.0, 3.5]))
def test_a_cutoff_leaves_out_what_is_beyond_and_keeps_its_edge(held: Graph, cutoff: float) -> None:
    expected = by_scipy(held)
    expected[expected > cutoff] = inf
    np.testing.assert_allclose(costs_from(held, np.arange(held.size), cutoff), expected, rtol=1e-12)


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


def test_the_order_of_edges_changes_nothing_and_parts_are_told() -> None:
    one = graph(["a", "b", "x"], ["b", "c", "y"], [1, 2, 3])
    other = graph(["x", "b", "a"], ["y", "c", "b"], [3, 2, 1])
    assert (one.heads == other.heads).all() and (one.costs == other.costs).all()
    assert one.nodes == ("a", "b", "c", "x", "y")
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
