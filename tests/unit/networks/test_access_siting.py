"""Next sites beside standing ones: against every possible choice on small worlds, and the cases that go wrong."""

from __future__ import annotations

from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.access.siting import Sited, reach_of, sited

# Three villages in a row, a clinic at the first; candidates at the second and third.
PRESENT = [0.0, 20.0, 50.0]
CANDIDATES = [[20.0, 50.0], [0.0, 30.0], [30.0, 0.0]]
PEOPLE = [1000.0, 200.0, 300.0]


def test_the_next_clinic_goes_to_the_uncovered_village():
    found = sited(PRESENT, CANDIDATES, PEOPLE, "maximal_cover", 25, 1)
    assert found.chosen.tolist() == [1]
    assert found.served.tolist() == [-1, -1, 1]
    assert (found.before.within, found.after.within) == (1200, 1500)
    assert found.is_proved


def test_the_fewest_counts_new_sites_only():
    found = sited(PRESENT, CANDIDATES, PEOPLE, "set_cover", 25, 0)
    assert (found.chosen.tolist(), found.value, found.bound) == ([1], 1, 1)


def test_nothing_is_needed_where_all_are_covered():
    found = sited(PRESENT, CANDIDATES, PEOPLE, "set_cover", 60, 0)
    assert (found.chosen.tolist(), found.value) == ([], 0)
    assert found.after == found.before


def test_a_village_no_site_reaches_is_told_and_left_out():
    present = [*PRESENT, inf]
    candidates = [*CANDIDATES, [inf, inf]]
    for method in ("set_cover", "maximal_cover", "p_median", "p_centre"):
        found = sited(present, candidates, [*PEOPLE, 80.0], method, 25, 1)
        assert found.apart.tolist() == [3]
        assert found.served[3] == -2
        assert found.after.reached == 1500


def test_room_is_kept():
    """A site for 250 people takes the second village (200), not the third (300)."""
    found = sited(PRESENT, CANDIDATES, PEOPLE, "p_median", 25, 1, room=250)
    assert found.chosen.tolist() == [0]
    assert found.served.tolist() == [-1, 0, -1]


def test_without_anything_standing():
    found = sited([inf] * 3, CANDIDATES, PEOPLE, "p_median", 25, 1)
    assert found.chosen.tolist() == [0]
    assert found.before.within == 0
    assert np.isnan(found.before.mean)


@pytest.mark.parametrize("count", [0, 3])
def test_too_few_or_too_many(count):
    with pytest.raises(ProblemsError) as caught:
        sited(PRESENT, CANDIDATES, PEOPLE, "p_median", 25, count)
    assert [p.code for p in caught.value.problems] == [codes.SITES.code]


def test_no_candidates():
    with pytest.raises(ProblemsError):
        sited(PRESENT, np.empty((3, 0)), PEOPLE, "maximal_cover", 25, 1)


def _best(present: np.ndarray, table: np.ndarray, people: np.ndarray, method: str, limit: float, count: int) -> float:
    """The best value over every choice of ``count`` candidates."""
    costs = [
        np.minimum(present, table[:, list(some)].min(axis=1)) for some in combinations(range(table.shape[1]), count)
    ]
    if method == "maximal_cover":
        return max(reach_of(c, people, limit).within for c in costs)
    return min(float(people @ c) if method == "p_median" else float(c.max()) for c in costs)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_choice_is_better(data):
    places, sites = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    whole = st.integers(0, 40).map(float)
    table = np.array([[data.draw(whole) for _ in range(sites)] for _ in range(places)])
    present = np.array([data.draw(whole) for _ in range(places)])
    people = np.array([data.draw(st.integers(1, 50).map(float)) for _ in range(places)])
    method = data.draw(st.sampled_from(["maximal_cover", "p_median", "p_centre"]))
    count = data.draw(st.integers(1, sites))
    found: Sited = sited(present, table, people, method, 15, count)
    assert found.chosen.size == count
    best = _best(present, table, people, method, 15, count)
    value = {
        "maximal_cover": found.after.within,
        "p_median": float(people @ found.cost),
        "p_centre": float(found.cost.max()),
    }[method]
    assert value == pytest.approx(best)
    assert found.value == pytest.approx(best)
    assert found.is_proved
    assert found.after.within >= found.before.within
