"""Bends leave a network with every distance between the nodes that stay."""

from __future__ import annotations

import numpy as np

from tongchou.networks import graph
from tongchou.networks.osm import chains
from tongchou.networks.search import costs_from

KINDS = np.array(["primary", "residential"])


def test_bends_go_and_every_distance_stays() -> None:
    draw = np.random.default_rng(1)
    for _ in range(60):
        size = int(draw.integers(4, 30))
        count = int(draw.integers(size - 1, size + 6))
        tails, heads = draw.integers(0, size, count), draw.integers(0, size, count)
        apart = tails != heads
        tails, heads = tails[apart], heads[apart]
        km = draw.integers(1, 9, tails.size).astype(float)
        kinds, single = KINDS[draw.integers(0, 2, tails.size)], draw.random(tails.size) < 0.3
        longest = float(draw.choice([2.0, 9.0, np.inf]))
        a, b, c, kind, one = chains.merged(size, tails, heads, km, kinds, single, longest)
        names = [(x, y, k) for x, y, k in zip(a, b, kind, strict=True)]
        assert len(set(names)) == len(names)
        before = graph(tails, heads, km, one_way=single, nodes=np.arange(size))
        after = graph(a, b, c, one_way=one, nodes=np.arange(size))
        kept = np.unique(np.concatenate([a, b]))
        expected = costs_from(before, kept, by="search")[:, kept]
        assert np.array_equal(costs_from(after, kept, by="search")[:, kept], expected)


def test_a_road_with_bends_is_one_segment_in_its_direction() -> None:
    tails, heads = np.array([0, 2, 2]), np.array([1, 1, 3])  # 0 → 1 ← 2 → 3: drawn in pieces, both ways
    kinds = np.full(3, "primary")
    a, b, km, _, single = chains.merged(4, tails, heads, np.array([1.0, 2.0, 4.0]), kinds, np.zeros(3, dtype=bool), 9.0)
    assert (a.tolist(), b.tolist(), km.tolist(), single.tolist()) == ([0], [3], [7.0], [False])
    a, b, km, _, single = chains.merged(
        4, np.array([1, 2, 3]), np.array([0, 1, 2]), np.ones(3), kinds, np.ones(3, dtype=bool), 9.0
    )  # 3 → 2 → 1 → 0
    assert (a.tolist(), b.tolist(), km.tolist(), single.tolist()) == ([3], [0], [3.0], [True])


def test_where_the_kind_changes_a_node_stays() -> None:
    a, _, km, kind, _ = chains.merged(
        3, np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0]), np.array(["primary", "service"]), np.zeros(2, bool)
    )
    assert sorted(zip(a.tolist(), km.tolist(), kind.tolist(), strict=True)) == [
        (0, 1.0, "primary"),
        (1, 2.0, "service"),
    ]


def test_a_long_road_keeps_nodes_on_the_way() -> None:
    at = np.arange(11)
    a, b, km, _, _ = chains.merged(
        11, at[:-1], at[1:], np.full(10, 0.1), np.full(10, "primary"), np.zeros(10, dtype=bool), 0.25
    )
    assert (a.tolist(), b.tolist()) == ([0, 2, 4, 6, 8], [2, 4, 6, 8, 10])
    assert km.max() < 0.25
