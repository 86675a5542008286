"""Numbers of nodes, and what memory held before, change nothing that a hierarchy finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from tests.unit.networks.graphs import by_scipy, graphs, streets

from tongchou.networks import Graph, graph
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.kernels.adjacency import both_ways, is_alike
from tongchou.networks.kernels.around import FEWEST, MOST, shortcuts_around
from tongchou.networks.kernels.core import distances, eliminated
from tongchou.networks.kernels.patches import by_patches, closer
from tongchou.networks.kernels.room import room_for
from tongchou.networks.longest import longest_at_most
from tongchou.networks.search import costs_from

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def test_nodes_numbered_at_random_cost_the_same() -> None:
    held = streets(5, side=40)
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    other = np.random.default_rng(1).permutation(held.size)
    mixed = graph(other[tails], other[held.heads], held.costs, one_way=True, nodes=np.arange(held.size))
    few = np.arange(0, held.size, 100)
    expected = costs_from(held, few, by="hierarchy")
    assert np.array_equal(costs_from(mixed, other[few], by="hierarchy")[:, other], expected)


def test_every_node_lies_in_one_patch_and_neighbours_lie_together() -> None:
    held = streets(6, side=60)
    top = np.int32(2**30 - 1)
    start, count, _, near, out, into, _ = both_ways(held.first, held.heads, held.ticks.counts, top)  # type: ignore[union-attr]
    order = by_patches(start, count, near, 64)
    assert np.array_equal(np.sort(order), np.arange(held.size))
    number = np.empty(held.size, dtype=np.int32)
    number[order] = np.arange(held.size)
    again = closer(start, count, near, out, into, order, number)
    apart = [
        np.abs(np.repeat(np.arange(held.size), c) - np.concatenate([n[a : a + m] for a, m in zip(s, c, strict=True)]))
        for s, c, n in ((start, count, near), (again[0], again[1], again[3]))
    ]
    assert apart[1].mean() < apart[0].mean() / 3


def test_what_lies_between_the_blocks_is_no_edge() -> None:
    start, count = np.array([0, 4]), np.array([1, 1], dtype=np.int32)
    out, into = np.full(8, 7, dtype=np.int32), np.full(8, 9, dtype=np.int32)  # what memory held before
    out[[0, 4]] = into[[0, 4]] = 3
    assert is_alike(start, count, out, into)
    out[4] = 2
    assert not is_alike(start, count, out, into)


def test_progress_ends_with_every_node() -> None:
    told: list[tuple[int, int]] = []
    held = streets(7)
    hierarchy(held, progress=lambda done, every: told.append((done, every)))
    assert told[-1] == (held.size, held.size)
    assert told == sorted(told)


@QUICK
@given(graphs("ticks"))
def test_no_least_cost_passes_the_bound(held: Graph) -> None:
    costs = by_scipy(held)
    assert held.ticks is not None
    assert longest_at_most(held) >= round(costs[np.isfinite(costs)].max() * held.ticks.scale)


def test_the_bound_of_streets_both_ways_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    held = streets(8, one_way=0.0)
    costs = by_scipy(held)
    farthest = costs[np.isfinite(costs)].max()
    assert held.ticks is not None
    assert farthest <= longest_at_most(held) / held.ticks.scale <= 4 * farthest
    monkeypatch.setattr("tongchou.networks.longest.TOP", 0)  # as if it were too long: the way for one-way streets
    assert longest_at_most(held) / held.ticks.scale >= farthest


@QUICK
@given(graphs(), st.integers(1, 3))
def test_distances_of_a_core_are_all_distances(held: Graph, seed: int) -> None:
    kind = np.int32 if held.ticks is not None and held.ticks.counts.max(initial=0) < 2**20 else np.float64
    top = np.int32(2**30 - 1) if kind is np.int32 else np.float64(np.inf)
    weights = held.weights.astype(kind)
    start, count, _, near, out, _, _ = both_ways(held.first, held.heads, weights, top)
    live = np.random.default_rng(seed).permutation(held.size).astype(np.int32)
    number = np.empty(held.size, dtype=np.int32)
    number[live] = np.arange(held.size)
    table = np.empty((held.size, held.size), dtype=kind)
    distances(*eliminated(start, count, near, out, live, number, top, table), top, table)
    found = np.where(table >= top, np.inf, table.astype(float))
    expected = by_scipy(held)[np.ix_(live, live)] * (held.ticks.scale if held.ticks is not None else 1.0)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("one_way", [False, True])
@pytest.mark.parametrize("kind", [np.int32, np.float64])
def test_a_node_of_many_neighbours_leaves_what_is_needed_and_little_else(one_way: bool, kind: type) -> None:
    draw = np.random.default_rng(3)
    x, y = draw.random((2, 400))
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    tails, heads = np.nonzero(apart < 0.12)
    costs = np.rint(100 * apart[tails, heads] * draw.uniform(1, 1.5, tails.size))  # of whole hundredths: with ties
    kept = tails < heads if not one_way else draw.random(tails.size) < 0.7
    held = graph(tails[kept], heads[kept], costs[kept], one_way=one_way, nodes=np.arange(400))
    top = kind(2**30 - 1) if kind is np.int32 else kind(np.inf)
    start, count, _, near, out, into, _ = both_ways(held.first, held.heads, held.costs.astype(kind), top)
    alike = is_alike(start, count, out, into)
    assert alike != one_way
    room = room_for(400, 1, top)
    table = csr_array((held.costs + 1e-9, held.heads, held.first), shape=(400, 400))  # an edge of 0 is none to SciPy
    left, needed = 0, 0
    for node in np.flatnonzero((count >= FEWEST) & (count <= MOST))[:60].astype(np.int32):
        gone = np.zeros(400, dtype=np.bool_)
        gone[node] = True
        ends = np.empty((2, MOST * MOST), dtype=np.int32)
        costs_of = np.empty(MOST * MOST, dtype=kind)
        made = shortcuts_around(start, count, near, out, into, node, gone, alike, room, 0, top, *ends, costs_of, 0)
        said = {(a, b): c for a, b, c in zip(*(e[:made].tolist() for e in (*ends, costs_of)), strict=True)}
        rest = np.flatnonzero(~gone)
        without = np.full((400, 400), np.inf)
        without[np.ix_(rest, rest)] = dijkstra(table[rest][:, rest])
        here = range(start[node], start[node] + count[node])
        for i, j in ((i, j) for i in here for j in here if i != j and (one_way or i < j)):
            cost, pair = into[i] + out[j], (int(near[i]), int(near[j]))
            if into[i] < top and out[j] < top and without[pair] > cost + 1e-3:
                assert said[pair] == cost
                needed += 1
        left += made
    assert needed <= left <= 1.1 * needed
    assert (room.number == -1).all()
    assert (room.dist == top).all()


@pytest.mark.parametrize("one_way", [False, True])
def test_every_distance_stays_when_all_nodes_go_by_ways_around(monkeypatch: pytest.MonkeyPatch, one_way: bool) -> None:
    monkeypatch.setattr("tongchou.networks.contracting._KNOWN", 0)
    draw = np.random.default_rng(4)
    tails, heads = draw.integers(0, 200, (2, 2400))
    held = graph(tails, heads, draw.integers(0, 90, 2400).astype(float), one_way=one_way, nodes=np.arange(200))
    assert np.array_equal(costs_from(held, np.arange(200), by="hierarchy"), by_scipy(held))
