"""Projects before and after, their shares of a joint gain, and links without a way round."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from tests.unit.networks.graphs import graphs

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import Graph, graph
from tongchou.networks.changes import Change, Project, changed, compared, minutes_saved, ranked, shared
from tongchou.networks.critical import bridges, closures
from tongchou.networks.search import cost_table

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
# a –10– b –10– c, d apart
ROAD = graph(["a", "b"], ["b", "c"], [10, 10], nodes=["a", "b", "c", "d"])
FAST = Project("fast", (Change(0, 1, 4.0),), date(2026, 1, 1), 100.0)
BYPASS = Project("bypass", (Change(0, 2, 8.0),), date(2028, 1, 1), 300.0)
LINK = Project("link", (Change(2, 3, 5.0, one_way=True),))
CLOSED = Project("closed", (Change(1, 2, None),))


def test_a_table_before_and_after() -> None:
    found = compared(ROAD, [FAST, LINK], [0, 3], [2, 3])
    assert found.before.tolist() == [[20.0, inf], [inf, 0.0]]
    assert found.after.tolist() == [[14.0, 19.0], [inf, 0.0]]
    assert found.saved[0].tolist() == [6.0, inf] and isnan(found.saved[1, 0])
    assert minutes_saved(found, [50, 7]) == 300.0
    assert minutes_saved(found, [[1, 1], [1, 1]]) == 6.0


def test_projects_open_on_their_day_and_the_last_word_counts() -> None:
    assert cost_table(changed(ROAD, [FAST, BYPASS], date(2027, 1, 1)), [0], [2]).tolist() == [[14.0]]
    assert changed(ROAD, [FAST], date(2025, 12, 31)) is ROAD
    assert changed(ROAD, [LINK], date(2030, 1, 1)) is ROAD  # no day, not in use on one
    assert cost_table(changed(ROAD, [FAST, BYPASS]), [0], [2]).tolist() == [[8.0]]
    assert cost_table(changed(ROAD, [CLOSED]), [0], [2]).tolist() == [[inf]]
    slower = Project("slower", (Change(0, 1, 30.0),))
    assert cost_table(changed(ROAD, [FAST, slower]), [0], [1]).tolist() == [[30.0]]


def test_everything_wrong_with_projects_is_told_at_once() -> None:
    wrong = Project(
        "x", (Change(0, 9, 1.0, one_way=True), Change(0, 2, None, one_way=True), Change(0, 1, -1.0, one_way=True))
    )
    with pytest.raises(ProblemsError) as caught:
        changed(ROAD, [wrong])
    assert [p.code for p in caught.value.problems] == ["N003", "N016", "N002"]
    with pytest.raises(ProblemsError):
        shared([], lambda chosen: 0.0)
    with pytest.raises(ProblemsError):
        minutes_saved(compared(ROAD, [FAST], [0], [1]), [[1, 2]])


def test_rank_by_what_a_yuan_saves() -> None:
    found = ranked(ROAD, [BYPASS, FAST, LINK], [0], [2], [100])
    assert [(r.project.name, r.saved, r.per_yuan) for r in found[:2]] == [("fast", 600.0, 6.0), ("bypass", 1200.0, 4.0)]
    assert found[2].project.name == "link" and isnan(found[2].per_yuan)


def test_shares_of_a_joint_gain_by_hand() -> None:
    # Alone 6 and 12, together 12: the bypass makes the faster road of no use, so each carries half of the 6 they share.
    def gain(chosen: object) -> float:
        return minutes_saved(compared(ROAD, chosen, [0], [2]), [1])  # type: ignore[arg-type]

    found = shared([FAST, BYPASS], gain)
    assert (found.joint, found.share.tolist()) == (12.0, [3.0, 9.0])
    assert (found.alone.tolist(), found.last.tolist()) == ([6.0, 12.0], [0.0, 6.0])
    # Two halves of one bridge are worth something only together.
    halves = [Project(str(i), ()) for i in range(3)]
    both = shared(halves, lambda chosen: 10.0 * ({"0", "1"} <= {p.name for p in chosen}))
    np.testing.assert_allclose(both.share, [5.0, 5.0, 0.0])


def test_what_closes_when_a_bridge_closes() -> None:
    ring = graph(["a", "b", "c", "c"], ["b", "c", "a", "d"], [1, 1, 1, 2])
    assert bridges(ring).tolist() == [[2, 3]]
    trips = np.full((3, 1), 10.0)
    found = closures(ring, [[0, 1], [2, 3]], [0, 1, 2], [3], trips)
    assert [(c.tail, c.head, c.cut, c.lost) for c in found] == [(2, 3, 30.0, 0.0), (0, 1, 0.0, 0.0)]
    assert closures(ring, [[0, 2]], [0, 1, 2], [3], trips)[0].lost == 10.0
    assert bridges(graph(["a", "a"], ["b", "b"], [1, 2])).tolist() == []
    assert bridges(graph(["a"], ["b"], [1], one_way=True)).tolist() == [[0, 1]]


@QUICK
@given(graphs("ticks"))
def test_bridges_are_the_edges_that_part_what_was_joined(held: Graph) -> None:
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    pairs = sorted({(min(a, b), max(a, b)) for a, b in zip(tails.tolist(), held.heads.tolist(), strict=True) if a != b})

    def parts(without: tuple[int, int] | None) -> int:
        left = [p for p in pairs if p != without]
        table = csr_array(
            (np.ones(len(left)), ([a for a, _ in left], [b for _, b in left])), shape=(held.size, held.size)
        )
        return int(connected_components(table, directed=False)[0])

    # Parallel links are ways round each other: such pairs are never bridges.
    def links(a: int, b: int) -> int:
        return max(int(((tails == x) & (held.heads == y)).sum()) for x, y in ((a, b), (b, a)))

    whole = parts(None)
    expected = [list(p) for p in pairs if links(*p) == 1 and parts(p) > whole]
    assert bridges(held).tolist() == expected


def _all_pairs(size: int, edges: dict[tuple[int, int], float]) -> np.ndarray:
    """Floyd and Warshall, on edges by their ends."""
    table = np.full((size, size), np.inf)
    np.fill_diagonal(table, 0.0)
    for (tail, head), cost in edges.items():
        table[tail, head] = min(table[tail, head], cost)
    for k in range(size):
        table = np.minimum(table, table[:, k : k + 1] + table[k : k + 1])
    return table


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_projects_and_closures_against_a_table_worked_out_anew(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(2, 8))
    edges = {
        (int(a), int(b)): float(c)
        for a, b, c in zip(*draw.integers(0, size, (2, 10)), draw.choice([0, 1, 2.5], 10), strict=True)
        if a != b
    } or {(0, 1): 1.0}  # fmt: skip
    everyone = np.arange(size)
    held = graph([a for a, _ in edges], [b for _, b in edges], [*edges.values()], one_way=True, nodes=everyone)
    trips = draw.integers(0, 5, (size, size)).astype(float)
    before = _all_pairs(size, edges)

    def gain(chosen):
        after = _all_pairs(size, edges | {(c.tail, c.head): c.cost for p in chosen for c in p.changes})
        both = np.isfinite(before) & np.isfinite(after)
        return float(((before[both] - after[both]) * trips[both]).sum())

    projects = [
        Project(str(k), (Change(*map(int, draw.integers(0, size, 2)), float(draw.choice([0, 0.5, 9])), one_way=True),))
        for k in range(3)
    ]
    comparison = compared(held, projects, everyone, everyone)
    assert minutes_saved(comparison, trips) == pytest.approx(gain(projects))
    found = shared(projects, gain)
    orders = [[list(order[: order.index(k)]) for order in permutations(range(3))] for k in range(3)]
    for k, earlier in enumerate(orders):
        added = [gain([projects[i] for i in sorted([*e, k])]) - gain([projects[i] for i in sorted(e)]) for e in earlier]
        assert found.share[k] == pytest.approx(np.mean(added))
    assert found.share.sum() == pytest.approx(found.joint)
    for closure in closures(held, [*edges], everyone, everyone, trips):
        ends = {(closure.tail, closure.head), (closure.head, closure.tail)}
        after = _all_pairs(size, {e: c for e, c in edges.items() if e not in ends})
        cut, slower = np.isfinite(before) & ~np.isfinite(after), np.isfinite(before) & np.isfinite(after)
        assert closure.cut == trips[cut].sum()
        assert closure.lost == pytest.approx(((after[slower] - before[slower]) * trips[slower]).sum())


def test_what_does_not_fit_is_told_and_no_link_is_no_fault() -> None:
    held = graph([0, 1, 1], [1, 2, 1], [1, 1, 1])
    assert closures(held, [], [0], [2], [[1.0]]) == []
    assert closures(held, [(1, 1)], [0], [2], [[1.0]])[0].lost == 0  # a loop, taken away both ways
    same = compared(held, [], [0, 1], [2, 1, 0])
    for call in (
        lambda: minutes_saved(same, [5.0]),
        lambda: minutes_saved(same, [5.0, 1.0, 2.0]),
        lambda: closures(held, [(0, 1)], [0, 1], [2], [1.0]),
        lambda: closures(held, [(0, 9)], [0], [2], [[1.0]]),
    ):
        with pytest.raises(ProblemsError):
            call()
