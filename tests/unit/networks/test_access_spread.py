"""How evenly a service is within reach: numbers one can do in the head, and what the parts must add up to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.networks.access.spread import METHODS, spread

# Two villages of 100 each have a clinic of 2 beds at the door; a third of 200 reaches none.
COST = [[0.0, 90.0], [90.0, 0.0], [90.0, 90.0]]
PEOPLE = [100.0, 100.0, 200.0]
SUPPLY = [2.0, 2.0]
GROUPS = ["a", "a", "b"]


@pytest.mark.parametrize("method", METHODS)
def test_who_has_none(method):
    found = spread(COST, PEOPLE, SUPPLY, GROUPS, method, 30)
    assert found.access.tolist() == [0.02, 0.02, 0.0]
    assert found.mean == 0.01
    assert found.gini == 0.5
    assert found.none == 0.5
    assert (found.standard, found.below) == (0.005, 0.5)
    assert found.theil.within == pytest.approx(0)
    assert found.theil.between == pytest.approx(found.theil.total)


def test_a_standard_of_ones_own():
    assert spread(COST, PEOPLE, SUPPLY, GROUPS, "two_step", 30, 0.05).below == 1.0


def test_zones_count_the_nearer_ones_more():
    """One clinic, two villages of 100: at the door and in the last third of 30 minutes (weight 0.22)."""
    found = spread([[0.0], [25.0]], [100, 100], [1.22], ["a", "b"], "enhanced", 30)
    assert found.access.tolist() == pytest.approx([0.01, 0.0022])
    assert spread([[0.0], [25.0]], [100, 100], [2], ["a", "b"], "two_step", 30).gini == 0


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_what_is_supplied_is_what_people_have(data):
    places, many = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    cost = [[data.draw(st.integers(0, 29)) for _ in range(many)] for _ in range(places)]
    people = [data.draw(st.integers(1, 100)) for _ in range(places)]
    supply = [data.draw(st.integers(1, 9)) for _ in range(many)]
    method = data.draw(st.sampled_from(METHODS))
    found = spread(cost, people, supply, list(range(places)), method, 30)
    assert found.mean * sum(people) == pytest.approx(sum(supply))
    assert 0 <= found.gini < 1
    assert found.theil.total == pytest.approx(found.theil.between)
