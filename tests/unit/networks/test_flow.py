"""Flows by hand and against SciPy's maximum flow; who gets what when there is not enough."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.flow import Allocation, Demand, Links, Reservoir, Sharing, allocated, least_cost, most

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_cheap_way_first_then_the_dear_one() -> None:
    found = least_cost([0, 0, 1], [1, 2, 2], [5, 3, 5], [1, 4, 1], [9, 0, -7])
    assert found.flow.tolist() == [5.0, 2.0, 5.0] and found.value == 18.0
    assert set(found.binding.tolist()) <= {0, 2} and found.binding.size
    with pytest.raises(ProblemsError) as caught:
        least_cost([0], [1], [5], [1], [9, -7])
    assert [p.code for p in caught.value.problems] == ["N022"]
    with pytest.raises(ProblemsError) as caught:
        least_cost([0], [9], [-5], [1, 1], [9, -7])
    assert [p.code for p in caught.value.problems] == ["N001", "N006", "N009"]


def test_the_printed_flows_of_two_textbooks_come_out() -> None:
    """As the OR-Tools documentation prints them: Bradley, Hax and Magnanti, figure 8.1; Taha, example 6.4-2."""
    tails, heads = [0, 0, 1, 1, 1, 2, 2, 3, 4], [1, 2, 2, 3, 4, 3, 4, 4, 2]
    room, cost = [15, 8, 20, 4, 10, 15, 4, 20, 5], [4, 4, 2, 2, 6, 1, 3, 2, 3]
    cheapest = least_cost(tails, heads, room, cost, [20, 0, 0, -5, -15])
    assert cheapest.value == pytest.approx(150)
    np.testing.assert_allclose(cheapest.flow, [12, 8, 8, 4, 0, 12, 4, 11, 0], atol=1e-9)
    tails, heads = [0, 0, 0, 1, 1, 2, 2, 3, 3], [1, 2, 3, 2, 4, 3, 4, 2, 4]
    largest = most(tails, heads, [20, 30, 10, 40, 30, 10, 20, 5, 20], 0, 4)
    assert largest.value == pytest.approx(60)
    np.testing.assert_allclose(largest.flow, [20, 30, 10, 0, 20, 10, 20, 0, 20], atol=1e-9)


@QUICK
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=14))
def test_the_largest_flow_is_scipys_and_the_cut_carries_it(links: list[tuple[int, int, int]]) -> None:
    table = np.zeros((6, 6), dtype=np.int32)
    for a, b, c in links:
        if a != b:
            table[a, b] += c
    tails, heads = np.nonzero(table)
    expected = maximum_flow(csr_array(table), 0, 5).flow_value
    if not tails.size:
        return
    found = most(tails, heads, table[tails, heads], 0, 5)
    assert found.value == pytest.approx(expected)
    assert table[tails, heads][found.binding].sum() == pytest.approx(expected)


def links(capacity: object, lost: float = 0.0) -> Links:
    return Links(["上游干渠", "下游干渠"], [0, 1], [1, 2], capacity, [1.0, 1.0], lost)  # type: ignore[arg-type]


def test_people_before_farms_and_equals_short_alike() -> None:
    # 10 come in; people need 4 at the end of a canal, farms 8 and 4: six are left for twelve, half of each.
    demands = [Demand("人", 2, 1, 4.0), Demand("甲田", 1, 3, 8.0), Demand("乙田", 2, 3, 4.0)]
    found = allocated(3, [[10.0, 0.0, 0.0]], links([20.0, 20.0]), demands)
    np.testing.assert_allclose(found.served, [[4.0, 4.0, 2.0]], atol=1e-4)
    np.testing.assert_allclose(found.short, [[0.0, 4.0, 2.0]], atol=1e-4)
    assert found.binding == ()  # water is short, not a canal


def test_the_canal_that_binds_is_named() -> None:
    demands = [Demand("人", 2, 1, 4.0), Demand("田", 2, 2, 9.0)]
    found = allocated(3, [[50.0, 0.0, 0.0]], links([20.0, 6.0]), demands)
    np.testing.assert_allclose(found.served, [[4.0, 2.0]], atol=1e-4)
    assert found.binding == ((2, 0, "下游干渠"),)


def test_a_reservoir_carries_the_wet_month_into_the_dry_one() -> None:
    demands = [Demand("人", 1, 1, [3.0, 3.0])]
    wet = [[6.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    dry = allocated(3, wet, links([20.0, 20.0]), demands)
    np.testing.assert_allclose(dry.served, [[3.0], [0.0]], atol=1e-4)
    stored = allocated(3, wet, links([20.0, 20.0]), demands, [Reservoir(0, 2.0, 0.0)])
    np.testing.assert_allclose(stored.served, [[3.0], [2.0]], atol=1e-4)
    np.testing.assert_allclose(stored.stored, [[2.0], [0.0]], atol=1e-4)
    full = allocated(3, wet, links([20.0, 20.0]), demands, [Reservoir(0, 9.0, 1.0, last=1.0)])
    np.testing.assert_allclose(full.served, [[3.0], [3.0]], atol=1e-4)
    with pytest.raises(ProblemsError) as caught:
        allocated(3, wet, links([20.0, 20.0]), demands, [Reservoir(0, 9.0, 0.0, last=8.0)])
    assert [p.code for p in caught.value.problems] == ["N022"]


def test_what_is_lost_on_the_way_and_what_is_wrong() -> None:
    found = allocated(3, [[10.0, 0.0, 0.0]], links([20.0, 20.0], 0.5), [Demand("人", 2, 1, 9.0)])
    np.testing.assert_allclose(found.served, [[2.5]], atol=1e-4)
    with pytest.raises(ProblemsError) as caught:
        allocated(2, [[-1.0, 0.0, 0.0]], links([1.0, 1.0], 2.0), [Demand("人", 7, 1, 1.0)])
    assert [p.code for p in caught.value.problems] == ["N003", "N001", "N006", "N009", "N003"]


def test_equal_shares_cost_water_where_the_way_is_lossy() -> None:
    # Ten come in at the head; half is lost on the way to the farms at the end, which need as much as those at the head.
    demands = [Demand("头", 0, 1, 8.0), Demand("尾", 1, 1, 8.0)]
    total = allocated(3, [[10.0, 0.0, 0.0]], links([20.0, 20.0], 0.5), demands, sharing=Sharing.TOTAL)
    np.testing.assert_allclose(total.served, [[8.0, 1.0]], atol=1e-4)
    even = allocated(3, [[10.0, 0.0, 0.0]], links([20.0, 20.0], 0.5), demands, sharing=Sharing.EVEN)
    np.testing.assert_allclose(even.served, [[10 / 3, 10 / 3]], atol=1e-4)  # a + 2a = 10


def test_who_is_bound_by_a_narrow_canal_does_not_hold_the_others_down() -> None:
    # The farm at the end can have 2 of 8; the two at the head share the other 10 of 16 alike.
    demands = [Demand("甲", 0, 1, 8.0), Demand("乙", 0, 1, 8.0), Demand("尾", 2, 1, 8.0)]
    found = allocated(3, [[12.0, 0.0, 0.0]], links([20.0, 2.0]), demands, sharing=Sharing.EVEN)
    np.testing.assert_allclose(found.served, [[5.0, 5.0, 2.0]], atol=1e-4)
    assert found.binding == ()  # that canal is no reason that less is served in all


def test_a_reservoir_with_a_limit_by_month_loses_and_keeps() -> None:
    demands = [Demand("人", 0, 1, [0.0, 0.0, 9.0])]
    wet = [[10.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    found = allocated(3, wet, links([20.0, 20.0]), demands, [Reservoir(0, [8.0, 9.0, 9.0], 0.0, lost=0.5)])
    np.testing.assert_allclose(found.served, [[0.0], [0.0], [2.0]], atol=1e-4)  # 8 held, 4 the month after, then 2
    kept = allocated(3, wet, links([20.0, 20.0]), [], [Reservoir(0, 8.0, 0.0, worth=0.001)])
    np.testing.assert_allclose(kept.stored, [[8.0]] * 3, atol=1e-4)  # nobody needs it: it is kept all the same


@QUICK
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), min_size=1, max_size=5), st.integers(0, 20))
def test_no_share_can_be_raised_without_lowering_a_smaller_one(wants: list[tuple[int, int]], inflow: int) -> None:
    demands = [Demand(str(i), node, 1, float(need)) for i, (node, need) in enumerate(wants)]
    water = [[float(inflow), 0.0, 0.0]]
    found = allocated(3, water, links([7.0, 3.0]), demands, sharing=Sharing.EVEN)
    need = np.array([float(n) for _, n in wants])
    shares = found.served[0] / need
    most_of_all = allocated(3, water, links([7.0, 3.0]), demands, sharing=Sharing.TOTAL)
    assert found.served.sum() == pytest.approx(most_of_all.served.sum(), abs=1e-4)  # nothing lost, so no less in all
    for i in np.flatnonzero(shares < 1 - 1e-4):
        # With everybody as well off as now, or as i is where that is less, i cannot have more.
        least = [min(found.served[0, j], shares[i] * need[j]) for j in range(len(wants))]
        held = [Demand(str(j), wants[j][0], 0, float(amount)) for j, amount in enumerate(least)]
        more = allocated(3, water, links([7.0, 3.0]), [*held, Demand("more", wants[i][0], 1, 1.0)])
        assert more.served[0, -1] == pytest.approx(0.0, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(Sharing))
def test_water_is_kept_and_no_link_carries_more_than_it_can(seed: int, sharing: Sharing) -> None:
    """And with less room at a link that is named, its class or an earlier one is served less."""
    draw = np.random.default_rng(seed)
    nodes, months, many = int(draw.integers(1, 5)), int(draw.integers(1, 4)), int(draw.integers(1, 7))
    tails, heads = draw.integers(0, nodes, (2, many))
    room = draw.choice([0.0, 1.0, 2.0, 5.0], (months, many))
    lost = draw.choice([0.0, 0.1, 0.5, 1.0], many)
    inflow = draw.choice([0.0, 3.0, 8.0], (months, nodes))
    demands = [
        Demand(str(k), int(draw.integers(nodes)), int(draw.integers(1, 3)), draw.choice([0.0, 4.0, 7.0], months))
        for k in range(3)
    ]
    stores = [Reservoir(int(draw.integers(nodes)), 6.0, 2.0, lost=0.1)]

    def served(capacity: np.ndarray) -> Allocation:
        links = Links([str(i) for i in range(many)], tails, heads, capacity, draw.integers(0, 3, many), lost)
        return allocated(nodes, inflow, links, demands, stores, sharing)

    found = served(room)
    assert (found.flow >= -1e-6).all()
    assert (found.flow <= room + 1e-6).all()
    assert (found.short >= -1e-6).all()
    for month in range(months):
        kept = found.stored[month - 1] * 0.9 if month else np.array([2.0])
        into = inflow[month] + np.bincount(heads, found.flow[month] * (1 - lost), nodes)
        into += np.bincount([r.node for r in stores], kept, nodes)
        out = np.bincount(tails, found.flow[month], nodes)
        out += np.bincount([d.node for d in demands], found.served[month], nodes)
        out += np.bincount([r.node for r in stores], found.stored[month], nodes)
        assert (out <= into + 1e-5).all()
    if sharing is not Sharing.TOTAL:
        return
    ranks = np.array([d.priority for d in demands])
    for rank, month, name in found.binding[:3]:
        if room[month, int(name)] == 0:
            continue
        less = room.copy()
        less[month, int(name)] -= 0.5
        change = [float((served(less).served - found.served)[:, ranks == r].sum()) for r in (1, 2) if r <= rank]
        assert min(change) < -1e-6


def test_what_cannot_be_solved_is_told() -> None:
    inf = float("inf")
    good = Links(["a"], [0], [1], [1.0], [0.0])
    for call in (
        lambda: most([0], [1], [inf], 0, 1),
        lambda: most([0], [1], [1], 1, 1),
        lambda: least_cost([0], [1], [1], [float("nan")], [1, -1]),
        lambda: least_cost([0, 1], [1, 0], [inf, inf], [-1, -1], [1, -1]),
        lambda: allocated(2, [[1, 1]], Links(["a"], [0], [5], [1.0], [0.0]), []),
        lambda: allocated(2, [[1, 1]], Links(["a"], [0], [1], [1.0, 2.0], [0.0]), []),
        lambda: allocated(2, [[1, 1]], good, [Demand("d", 1, 1, [1.0, 2.0])]),
        lambda: allocated(2, [[1, 1]], good, [], [Reservoir(0, 1.0, -1.0)]),
    ):
        with pytest.raises(ProblemsError):
            call()
