"""GTFS folders: timetables as frequencies, bad rows told at once, long files streamed, rules of whole stations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.search import cost_table
from tongchou.networks.transit import Line, line_edges, read_gtfs
from tongchou.networks.transit.calls import calls
from tongchou.networks.transit.stops import read_stops, read_transfers


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


def test_rules_of_stations_hold_between_their_stops(tmp_path: Path) -> None:
    (tmp_path / "stops.txt").write_text(
        "stop_id,location_type,parent_station,stop_lon,stop_lat\nS,1,,112.5,37.9\ns1,0,S,112.5,37.9\n"
        "s2,,S,112.5,37.9\ngate,2,S,112.5,37.9\nT,1,,,\nt1,0,T,112.6,37.9\n",
        "utf-8",
    )
    (tmp_path / "transfers.txt").write_text(
        "from_stop_id,to_stop_id,from_route_id,transfer_type,min_transfer_time\n"
        "S,S,,2,120\ns2,s1,,2,60\n"  # the stops themselves come before their station
        "S,T,,2,300\ns2,t1,,3,\n"  # ruled out for one of them
        "s1,t1,R,2,30\ns1,t1,,2,240\n"  # a rule for one route does not hold for all
        "t1,s1,R,2,90\nt1,s1,Q,2,150\n"  # nor the quicker of two routes
        "t1,s2,,4,10\n",  # who stays seated does not walk
        "utf-8",
    )
    walks = read_transfers(tmp_path)
    assert walks is not None
    assert dict(zip(zip(walks.tails.tolist(), walks.heads.tolist(), strict=True), walks.minutes, strict=True)) == {
        ("s1", "s2"): 2.0,
        ("s2", "s1"): 1.0,
        ("s1", "t1"): 4.0,
        ("t1", "s1"): 2.5,
    }
    assert walks.one_way.all()
    assert read_stops(tmp_path)[0].tolist() == ["S", "s1", "s2", "gate", "t1"]


def test_stop_times_come_trip_by_trip_whatever_their_order(tmp_path: Path) -> None:
    (tmp_path / "stop_times.txt").write_text(
        "\ufefftrip_id , arrival_time,departure_time,stop_id,stop_sequence,shape\n"
        't2,7:00:00,7:00:00,"X, west",1,0\nt1,,,Y,2\n\nt9,7:00:00,7:00:00,X,1\n t2 ,7:05:00,7:05:00,"the ""Y""",2,,\n'
        "t1,8:00:00,8:00:00,X,1\n",
        "utf-8",
    )
    assert list(calls(tmp_path, ["t2", "t1", "t3"])) == [
        ("t1", [(3, "t1", "", "", "Y", "2"), (6, "t1", "8:00:00", "8:00:00", "X", "1")]),
        (
            "t2",
            [(2, "t2", "7:00:00", "7:00:00", "X, west", "1"), (5, "t2", "7:05:00", "7:05:00", 'the "Y"', "2")],
        ),
    ]
    (tmp_path / "stop_times.txt").write_bytes(b"trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\xff,,,,\n")
    with pytest.raises(ProblemsError) as caught:
        list(calls(tmp_path, ["t1"]))
    [problem] = caught.value.problems
    assert problem.code == "N041"
    assert str(tmp_path) not in str(problem)
