"""Plans of sites against every set of sites tried one by one."""

from __future__ import annotations

from itertools import combinations, product
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.siting import maximal_cover, p_centre, p_median, set_cover

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[int]]:
    places, sites = draw(st.integers(1, 6)), draw(st.integers(2, 5))
    cell = st.sampled_from([0.0, 1.0, 2.0, 2.0, 5.0, inf])
    cost = np.array(draw(st.lists(st.lists(cell, min_size=sites, max_size=sites), min_size=places, max_size=places)))
    people = np.array(draw(st.lists(st.integers(0, 9), min_size=places, max_size=places)), dtype=float)
    return cost, people, draw(st.lists(st.integers(0, sites - 1), max_size=1))


def sets(sites: int, count: int, existing: list[int]) -> list[tuple[int, ...]]:
    return [s for s in combinations(range(sites), count) if set(existing) <= set(s)]


@QUICK
@given(tables(), st.integers(1, 3))
def test_covers(given_: tuple[np.ndarray, np.ndarray, list[int]], count: int) -> None:
    cost, people, existing = given_
    sites = cost.shape[1]
    count = max(1, min(count, sites))
    near = cost <= 2.0
    best = max(float(people[near[:, list(s)].any(axis=1)].sum()) for s in sets(sites, count, existing))
    plan = maximal_cover(cost, people, 2.0, count, existing=existing)
    assert plan.value == pytest.approx(best) and plan.is_proved
    assert float(people[plan.served >= 0].sum()) == pytest.approx(best)
    assert set(existing) <= set(plan.sites.tolist()) and plan.sites.size == count
    if near.any(axis=1).all():
        fewest = min(
            k for k in range(1, sites + 1) if any(near[:, list(s)].any(axis=1).all() for s in sets(sites, k, existing))
        )
        cover = set_cover(cost, 2.0, existing=existing)
        assert (cover.value, cover.bound, cover.sites.size) == (fewest, fewest, fewest)
        assert (cover.served >= 0).all()
    else:
        with pytest.raises(ProblemsError) as caught:
            set_cover(cost, 2.0)
        assert {p.code for p in caught.value.problems} == {"N020"}


@QUICK
@given(tables(), st.integers(1, 3), st.sampled_from([None, 9.0]))
def test_median_and_centre(given_: tuple[np.ndarray, np.ndarray, list[int]], count: int, room: float | None) -> None:
    cost, people, existing = given_
    places, sites = cost.shape
    count = max(1, min(count, sites))
    capacity = None if room is None else np.full(sites, room)
    sums, longest = [], []
    for chosen in sets(sites, count, existing):
        for served in product(chosen, repeat=places):
            paid = cost[np.arange(places), list(served)]
            load = np.bincount(served, people, sites)
            if np.isfinite(paid).all() and (room is None or (load <= room).all()):
                sums.append(float((paid * people).sum()))
                longest.append(float(paid.max()))
    if not sums:
        for solve in (lambda: p_median(cost, people, count, existing=existing, capacity=capacity),
                      lambda: p_centre(cost, count, people=people, existing=existing, capacity=capacity)):  # fmt: skip
            with pytest.raises(ProblemsError) as caught:
                solve()
            assert [p.code for p in caught.value.problems] == ["N018"]
        return
    median = p_median(cost, people, count, existing=existing, capacity=capacity)
    assert median.value == pytest.approx(min(sums)) and median.is_proved
    paid = cost[np.arange(places), median.served]
    assert float((paid * people).sum()) == pytest.approx(min(sums))
    centre = p_centre(cost, count, people=people, existing=existing, capacity=capacity)
    assert centre.value == min(longest) == centre.bound
    assert cost[np.arange(places), centre.served].max() <= centre.value
    for plan in (median, centre):
        assert set(plan.served.tolist()) <= set(plan.sites.tolist())
        assert room is None or (np.bincount(plan.served, people, sites) <= room).all()


def test_prices_and_faults() -> None:
    # One site reaches both and is dear; two cheap ones cost less.
    cost = [[1.0, 9.0, 1.0], [9.0, 1.0, 1.0]]
    assert set_cover(cost, 2).sites.tolist() == [2]
    assert set_cover(cost, 2, price=[1, 1, 5]).sites.tolist() == [0, 1]
    assert set_cover(cost, 2, price=[1, 1, 5]).value == 2.0
    with pytest.raises(ProblemsError) as caught:
        maximal_cover([[1.0, -1.0]], [1, 2], 2, 5, existing=[7])
    assert [p.code for p in caught.value.problems] == ["N001", "N005", "N009", "N021"]
    with pytest.raises(ProblemsError):
        set_cover(cost, 2, price=[1])


def test_the_gap_is_told() -> None:
    from tongchou.networks.siting import Plan

    open_ = Plan(np.array([0]), np.array([0]), 100.0, 90.0)
    assert (open_.gap, open_.is_proved) == (0.1, False)
