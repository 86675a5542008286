"""Lines by headway, joined with walking, and places snapped to nodes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.edges import Edges
from tongchou.networks.search import cost_table
from tongchou.networks.transit import Line, joined, line_edges, snapped
from tongchou.networks.transit.tables import read_lines

ONE = Line("1", ("A", "B", "C"), (3.0, 4.0), headway=6.0)
TWO = Line("2", ("D", "B", "E"), (5.0, 2.0), headway=8.0, back=False, opens=date(2027, 1, 1))


def minutes(edges: Edges, a: str, b: str) -> float:
    held = edges.graph()
    return float(cost_table(held, held.numbers([a]), held.numbers([b]))[0, 0])


def test_waiting_riding_and_changing() -> None:
    edges = line_edges([ONE, TWO], {"B": 1.5})
    assert minutes(edges, "A", "C") == 3 + 3 + 4  # half of six, then the ride
    assert minutes(edges, "C", "A") == 3 + 4 + 3
    # A to E: wait 3, ride 3, walk out 1.5 and in 1.5, wait 4, ride 2.
    assert minutes(edges, "A", "E") == 3 + 3 + 1.5 + 1.5 + 4 + 2
    assert minutes(edges, "E", "D") == float("inf")
    before = line_edges([ONE, TWO], on=date(2026, 6, 1))
    assert "E" not in before.heads and "C" in before.heads


def test_walking_joins_lines_and_places() -> None:
    walk = Edges(np.array(["home"]), np.array(["A"]), np.array([7.0]), np.array([False]), np.array(["walk"]))
    both = joined(walk, line_edges([ONE]))
    assert minutes(both, "home", "B") == 7 + 3 + 3
    assert minutes(both, "B", "home") == 3 + 3 + 7
    numbers = Edges(np.array([1]), np.array([2]), np.array([1.0]), np.array([False]), np.array(["road"]))
    assert joined(numbers, numbers).tails.dtype.kind == "i"
    assert joined(numbers, walk).tails.tolist() == ["1", "home"]


def test_places_are_put_on_the_nearest_node_and_flagged() -> None:
    found = snapped([[112.5, 37.9], [112.5, 39.9]], [[112.5, 37.91], [112.5, 37.89], [100.0, 30.0]], most=5.0)
    assert found.nodes.tolist() == [0, 0]  # of two equally near the first
    assert found.is_far.tolist() == [False, True]
    # A hundredth of a degree of latitude on this sphere.
    assert found.kilometres[0] == pytest.approx(6371.0088 * np.pi / 18000, rel=1e-9)
    ways = found.access(["n0", "n1", "n2"], ["p0", "p1"], speed=4.0)
    assert (ways.tails.tolist(), ways.heads.tolist()) == (["p0"], ["n0"])
    assert ways.minutes[0] == pytest.approx(found.kilometres[0] * 15)
    with pytest.raises(ProblemsError) as caught:
        snapped([[37.9, 112.5]], [[112.5, float("nan")]])
    assert [p.code for p in caught.value.problems] == ["N024", "N024"]
    with pytest.raises(ProblemsError):
        snapped([[1.0, 2.0, 3.0]], [[1.0, 2.0]])


def test_lines_that_cannot_run_are_told_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        line_edges([Line("x", ("A",), (), 6.0), Line("y", ("A", "B"), (-1.0,), float("nan"))])
    assert [p.code for p in caught.value.problems] == ["N001", "N005", "N005"]


def test_a_line_that_comes_again_is_ridden_all_the_way_round() -> None:
    held = line_edges([Line("1", ("A", "B", "C", "B", "D"), (2.0, 3.0, 4.0, 5.0), 2.0, back=False)]).graph()
    # Nobody leaves out the spur to C by changing calls at B without a wait.
    assert cost_table(held, held.numbers(["A"]), held.numbers(["B", "C", "D"])).tolist() == [[3.0, 6.0, 9.0]]


def test_lines_of_a_table_are_read_whole_or_told(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text("line,station,minutes,headway,opens\n1,A,x,5,\n1,B,2,6,soon\n,C,,5,\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_lines(path)
    assert sorted(p.code for p in caught.value.problems) == ["N005", "N014", "N046", "N047"]
