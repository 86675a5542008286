"""Numbers of nodes, and what memory held before, change nothing that a hierarchy finds."""

from __future__ import annotations

import numpy as np
from tests.unit.networks.graphs import streets

from tongchou.networks import graph
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.kernels.adjacency import both_ways, is_alike
from tongchou.networks.kernels.patches import by_patches, closer
from tongchou.networks.search import costs_from


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
