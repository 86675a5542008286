"""What lies within reach is what SciPy's distances say, whichever way and on however many threads."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.networks.graphs import by_scipy, graphs, streets

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import Graph, graph
from tongchou.networks.decay import Decay, exponential, gaussian, inverse, power, step, within, zones
from tongchou.networks.reach import gathered, reach

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
DECAYS = [
    step(3.5),
    zones([1, 5], [1.0, 0.25]),
    gaussian(4),
    exponential(0.2),
    power(1.5),
    within(inverse(), 6),
    step(inf),
]


@QUICK
@given(graphs(), st.sampled_from(DECAYS), st.sampled_from(["search", "hierarchy", None]), st.integers(1, 2))
def test_sums_are_those_of_the_whole_table(held: Graph, decay: Decay, by: str | None, threads: int) -> None:
    ends = [0, held.size - 1, 0]
    supply = np.array([[2.0, 0.5], [3.0, 1.0], [5.0, 0.0]])
    expected = decay(by_scipy(held)[:, ends]) @ supply
    np.testing.assert_allclose(gathered(held, ends, supply, decay, by=by, threads=threads), expected, rtol=1e-9)  # type: ignore[arg-type]
    np.testing.assert_allclose(gathered(held, ends, supply[:, 0], decay, by=by), expected[:, 0], rtol=1e-9)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["ticks", "wide ticks"])
def test_neither_the_way_nor_the_threads_change_a_bit(kind: str) -> None:
    held = streets(2, kind=kind)
    draw = np.random.default_rng(0)
    ends, supply = draw.choice(held.size, 150), draw.uniform(0, 1, 150)  # enough to be added in runs, some at one node
    unit = 1.0 if kind == "ticks" else 1e8
    for decay in (exponential(0.1 / unit), step(9 * unit), within(gaussian(5 * unit), 12 * unit)):
        found = [
            gathered(held, ends, supply, decay, by=by, threads=threads)  # type: ignore[arg-type]
            for by in ("search", "hierarchy")
            for threads in (1, 2)
        ]
        assert found[0].max() > 0
        turned = np.argsort(-ends, kind="stable")  # another order of facilities, those of one node in theirs
        found.append(gathered(held, ends[turned], supply[turned], decay))
        for other in found[1:]:
            assert np.array_equal(found[0], other)


def test_attributes_that_do_not_fit_at_once_are_added_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    held = streets(3)
    draw = np.random.default_rng(1)
    ends, supply = draw.choice(held.size, 80), draw.uniform(0, 1, (80, 5))
    whole = gathered(held, ends, supply, step(9), by="search")
    monkeypatch.setattr("tongchou.networks.reach._ROOM", held.size * 4 * 2)
    assert np.array_equal(gathered(held, ends, supply, step(9), by="search"), whole)
    assert np.array_equal(gathered(held, ends, supply[:, 3], step(9)), whole[:, 3])


@QUICK
@given(graphs(), st.sampled_from([0.0, 1.0, 2.5, 9e8]), st.booleans())
def test_balls_hold_what_is_within_the_cutoff(held: Graph, cutoff: float, towards: bool) -> None:
    everyone = np.arange(held.size)
    expected = by_scipy(held)
    found = reach(held, everyone, cutoff, towards=towards)
    for i in everyone:
        row = expected[:, i] if towards else expected[i]
        inside = np.flatnonzero(row <= cutoff)
        own = slice(found.first[i], found.first[i + 1])
        assert found.nodes[own].tolist() == inside.tolist()
        np.testing.assert_allclose(found.costs[own], row[inside], rtol=1e-12)


def test_one_ball_larger_than_the_others() -> None:
    # A long street behind a bridge that the few balls counted first do not tell of: node 1 alone sees 400 nodes.
    ends = np.arange(400)
    tails, heads = np.concatenate([[1] * 400, 500 + ends]), np.concatenate([500 + ends, 1000 + ends])
    held = graph(tails, heads, np.ones(800), one_way=True, nodes=np.arange(1400))
    found = reach(held, np.arange(1400), 1)
    assert np.diff(found.first)[1] == 401
    assert np.diff(found.first).sum() == 1400 + 400 + 400


def test_a_sum_within_thirty_minutes_by_hand() -> None:
    held = graph(["a", "b", "c"], ["b", "c", "d"], [10, 20, 5])
    assert gathered(held, held.numbers(["a", "d"]), [3, 4], step(30)).tolist() == [3.0, 7.0, 7.0, 4.0]
    assert gathered(held, [], [], step(30)).tolist() == [0.0] * 4
    with pytest.raises(ProblemsError) as caught:
        gathered(held, [0], [1, 2], step(1))
    assert [p.code for p in caught.value.problems] == ["N001"]
    with pytest.raises(ProblemsError) as caught:
        gathered(held, [0], [float("nan")], step(1))
    assert [p.code for p in caught.value.problems] == ["N006"]
