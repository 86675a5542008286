"""Links out and widest ways: what no worked case of a few rows shows."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.systems.infrastructure.link_rule import links_out

TREE = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(0, 9), st.integers(1, 2)),
    min_size=1, max_size=7, unique_by=lambda link: link[:2],
)  # fmt: skip


def silent(*_: object) -> None:
    """Take no notes."""


@settings(max_examples=40, deadline=None)
@given(TREE, st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_what_is_left_with_one_out_is_never_more_than_whole(
    links: list[tuple[int, int, int, int]], loads: list[int]
) -> None:
    kept = [("0", "1", 5, 1), *((str(a), str(b), c, n) for a, b, c, n in links if a != b and (a, b) != (0, 1))]
    tail, head = [k[0] for k in kept], [k[1] for k in kept]
    capacity, circuits = np.array([float(k[2]) for k in kept]), np.array([float(k[3]) for k in kept])
    load = np.array([float(loads[int(h)]) for h in head])
    found = links_out(capacity, circuits, load, tail, head, silent)
    assert (found["firm"] <= found["can_draw"] + 1e-6).all()
    total = sum(loads[int(h)] for h in set(head))
    assert (found["unserved"] >= -1e-6).all() and (found["unserved"] <= total + 1e-6).all()
    for node in set(head):  # a node whose firm capacity covers its load is served with any circuit out, if others are
        at = head.index(node)
        if found["firm"][at] < load[at] - 1e-6:
            assert found["unserved"].max() > 0
