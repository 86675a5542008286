"""A way costs what the search says, goes along edges there are, and passes no node twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.networks.graphs import graphs, streets

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import graph
from tongchou.networks.search import costs_from
from tongchou.networks.ways import way, ways


def dearness(held, nodes) -> float:
    """What a way costs, each leg by the cheapest edge there is."""
    total = 0.0
    for tail, head in pairwise(nodes.tolist()):
        row = slice(held.first[tail], held.first[tail + 1])
        total += held.costs[row][held.heads[row] == head].min()
    return total


@settings(deadline=None)
@given(graphs(), st.data())
def test_a_way_costs_what_the_search_says(held, data):
    origin = data.draw(st.integers(0, held.size - 1))
    costs = costs_from(held, [origin])[0]
    for target, found in enumerate(ways(held, origin, list(range(held.size)))):
        if not np.isfinite(costs[target]):
            assert found.size == 0
            continue
        assert (found[0], found[-1]) == (origin, target)
        assert np.unique(found).size == found.size
        assert dearness(held, found) == pytest.approx(costs[target], rel=1e-9)


@pytest.mark.parametrize("kind", ["ticks", "wide ticks", "doubles"])
def test_ways_on_streets(kind):
    held = streets(3, kind=kind)
    costs = costs_from(held, [0])[0]
    for target in np.flatnonzero(np.isfinite(costs))[::37]:
        assert dearness(held, way(held, 0, int(target))) == pytest.approx(costs[target], rel=1e-9)


def test_of_equal_ways_the_smaller_numbers():
    held = graph(["a", "a", "b", "c"], ["b", "c", "d", "d"], [1, 1, 1, 1])
    assert held.nodes[way(held, 0, 3)].tolist() == ["a", "b", "d"]


def test_circles_of_no_cost_end():
    held = graph(["a", "b", "c", "a"], ["b", "c", "b", "d"], [0, 0, 0, 5], nodes=["a", "b", "c", "d"])
    assert way(held, 2, 3).tolist() == [2, 1, 0, 3]


def test_an_unknown_node_is_named():
    with pytest.raises(ProblemsError):
        way(graph(["a"], ["b"], [1]), 0, 7)


@pytest.mark.parametrize(
    "costs",
    [(1e-12, 2e-12, 4e-12), (2.0**30, 1.0, 2.0**30 + 3.0)],
)
def test_a_way_is_the_least_however_small_or_large_costs_are(costs):
    """Direct at the last cost, round by the first two: no tolerance may take the dearer for as good."""
    near, on, direct = costs
    held = graph(["a", "b", "a"], ["b", "c", "c"], [near + 1e-20, on, direct], one_way=True)
    assert held.ticks is None
    assert way(held, 0, 2).tolist() == [0, 1, 2]
