"""Widest paths by hand, and against the largest threshold at which a node is still joined to a source."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tongchou.networks.widest import widest

LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9)), min_size=1, max_size=15)


def test_the_wide_way_round_beats_the_narrow_direct_one() -> None:
    # 0 -2- 2 directly; 0 -9- 1 -5- 2; 3 behind 2 by 8; 4 is cut off.
    found = widest([0, 0, 1, 2], [2, 1, 2, 3], [2, 9, 5, 8], [0], 5)
    assert found.width.tolist() == [np.inf, 9.0, 5.0, 5.0, 0.0]
    assert found.narrowest.tolist() == [-1, 1, 2, 2, -1]


@settings(max_examples=60, deadline=None)
@given(LINKS, st.lists(st.integers(0, 6), min_size=1, max_size=2, unique=True))
def test_a_node_is_as_wide_as_the_widest_links_that_still_join_it(
    links: list[tuple[int, int, int]], sources: list[int]
) -> None:
    a, b, wide = (np.array(v) for v in zip(*links, strict=True))
    found = widest(a, b, wide, sources, 7)
    for node in set(range(7)) - set(sources):
        expected = 0
        for limit in range(1, 10):
            kept = wide >= limit
            joined = csr_array((np.ones(int(kept.sum())), (a[kept], b[kept])), shape=(7, 7))
            part = connected_components(joined, directed=False)[1]
            if part[node] in part[sources]:
                expected = limit
        assert found.width[node] == expected
        if expected:
            assert wide[found.narrowest[node]] == expected
