"""Lines by headway and from GTFS, joined with walking, and places snapped to nodes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.edges import Edges
from tongchou.networks.search import cost_table
from tongchou.networks.transit import Line, joined, line_edges, read_gtfs, snapped
from tongchou.networks.transit.gtfs import read_transfers
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


def gtfs(folder: Path) -> Path:
    files = {
        "trips.txt": "route_id,service_id,trip_id\nR,w,t1\nR,w,t2\nR,w,t3\nR,sun,t4\n",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        + "".join(
            f"{trip},{h}:{m:02d}:00,{h}:{m:02d}:00,X,1\n{trip},{h}:{m + ride:02d}:00,{h}:{m + ride + 1:02d}:00,Y,2\n"
            f"{trip},{h}:{m + ride + 4:02d}:00,{h}:{m + ride + 4:02d}:00,Z,3\n"
            for trip, h, m, ride in (("t1", 7, 0, 5), ("t2", 8, 20, 7), ("t3", 12, 0, 9), ("t4", 7, 30, 5))
        ),
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "w,1,1,1,1,1,0,0,20260101,20261231\n",
        "calendar_dates.txt": "service_id,date,exception_type\nw,20260505,2\nsun,20260503,1\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_timetable_is_read_as_a_frequency(tmp_path: Path) -> None:
    folder = gtfs(tmp_path)
    monday = read_gtfs(folder, date(2026, 5, 4))
    # Two trips leave in two hours; medians of 5 and 7 minutes, one at the stop, then 3.
    assert monday == [Line("R#1", ("X", "Y", "Z"), (6.0, 3.0), 60.0, back=False, dwell=(1.0,))]
    held = line_edges(monday).graph()
    # Half a headway, then 6, 1 and 3 minutes; who boards at Y does not wait for the doors as well.
    assert cost_table(held, held.numbers(["X", "Y"]), held.numbers(["Y", "Z"])).tolist() == [[36, 40], [0, 33]]
    assert read_gtfs(folder, date(2026, 5, 5)) == []  # a holiday
    assert [line.headway for line in read_gtfs(folder, date(2026, 5, 3))] == [
        120.0
    ]  # a Sunday with a service of its own
    assert read_gtfs(folder, date(2026, 5, 4), (11, 13))[0].minutes == (9.0, 3.0)


def test_what_is_missing_from_a_folder_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "trips.txt").write_text("route_id,trip_id\nR,t\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_gtfs(tmp_path, date(2026, 5, 4))
    assert [p.code for p in caught.value.problems] == ["N012", "N012", "N010"]
    folder = gtfs(tmp_path)
    path = folder / "stop_times.txt"
    path.write_text(path.read_text("utf-8") + "t1,noon,noon,X,9\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_gtfs(folder, date(2026, 5, 4))
    assert [p.code for p in caught.value.problems] == ["N025"]


def test_departures_by_frequency_and_times_left_out(tmp_path: Path) -> None:
    folder = gtfs(tmp_path)
    (folder / "trips.txt").write_text("route_id,service_id,trip_id\nF,w,f1\n", "utf-8")
    (folder / "stop_times.txt").write_text(
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "f1,00:00:00,00:00:00,X,1\nf1,,,Y,2\nf1,00:10:00,00:10:00,Z,3\n",
        "utf-8",
    )
    (folder / "frequencies.txt").write_text(
        "trip_id,start_time,end_time,headway_secs\nf1,06:00:00,08:00:00,600\nf1,08:00:00,24:00:00,1200\n", "utf-8"
    )
    # From seven to nine: six departures, then three; the template's own midnight is no departure.
    assert read_gtfs(folder, date(2026, 5, 4)) == [Line("F#1", ("X", "Y", "Z"), (5.0, 5.0), 120 / 9, back=False)]
    assert read_gtfs(folder, date(2026, 5, 4), (0, 1)) == []
    (folder / "frequencies.txt").write_text("trip_id,start_time,end_time,headway_secs\nf1,06:00:00,8,0\n", "utf-8")
    (folder / "calendar.txt").write_text("service_id,monday\nw,1\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_gtfs(folder, date(2026, 5, 4))
    assert {p.code for p in caught.value.problems} == {"N010"}


def test_past_midnight_and_backwards(tmp_path: Path) -> None:
    folder = gtfs(tmp_path)
    path = folder / "stop_times.txt"
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    path.write_text(head + "t1,23:55:00,23:55:00,X,1\nt1,24:05:00,24:05:00,Z,2\n", "utf-8")
    assert [line.minutes for line in read_gtfs(folder, date(2026, 5, 4), (23, 25))] == [(10.0,)]
    path.write_text(head + "t1,23:55:00,23:55:00,X,1\nt1,00:05:00,00:05:00,Z,2\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_gtfs(folder, date(2026, 5, 4), (23, 25))
    assert [p.code for p in caught.value.problems] == ["N048"]


def test_transfers_are_walks(tmp_path: Path) -> None:
    folder = gtfs(tmp_path)
    assert read_transfers(folder) is None
    (folder / "transfers.txt").write_text(
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nX,Z,2,90\nZ,X,3,90\nY,Y,2,60\nX,Y,0,\n", "utf-8"
    )
    walks = read_transfers(folder)
    assert walks is not None
    assert (walks.tails.tolist(), walks.heads.tolist(), walks.minutes.tolist()) == (["X"], ["Z"], [1.5])


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
