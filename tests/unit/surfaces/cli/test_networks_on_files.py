"""Travel times, nearest facilities and access on one's own files: numbers, flags, problems at once, and Ctrl-C."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tongchou.surfaces.cli import app

EDGES = "from,to,minutes,oneway\n1,2,5,0\n2,3,10,0\n3,1,4,1\n"
NODES = "id,lon,lat\n1,112.50,37.80\n2,112.55,37.80\n3,112.60,37.80\n"
HOMES = "id,lon,lat,people\n甲,112.50,37.80,100\n乙,112.60,37.80,300\n丙,112.60,38.00,50\n"
CLINICS = "id,node,capacity\nA,2,8\nB,3,2\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("edges", EDGES), ("nodes", NODES), ("homes", HOMES), ("clinics", CLINICS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> tuple[int, str]:
    given = [str(folder / w) if w.endswith((".csv", ".parquet", ".txt")) else w for w in words]
    done = CliRunner().invoke(app, ["networks", *given])
    return done.exit_code, done.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_times_go_by_the_way_there_and_keep_what_lies_off_the_road(files: Path) -> None:
    code, told = run(
        files, "times", "edges.csv", "--origins", "homes.csv", "--targets", "clinics.csv", "--nodes", "nodes.csv",
        "-o", "out.csv",
    )  # fmt: skip
    assert code == 0, told
    found = {(r["origin"], r["target"]): r for r in rows(files / "out.csv")}
    assert float(found["甲", "A"]["minutes"]) == 5
    assert float(found["甲", "B"]["minutes"]) == 15  # 3 → 1 is one way only
    assert float(found["乙", "A"]["minutes"]) == 9  # by 3 → 1 → 2, not back over 3 – 2
    far = found["丙", "B"]
    assert far["too_far"] == "true"
    assert float(far["origin_off_km"]) == pytest.approx(22.24, abs=0.01)  # 0.2° of latitude
    assert float(far["minutes"]) == pytest.approx(22.24 / 5 * 60, abs=0.2)
    assert "1 places are farther" in told


def test_a_cutoff_leaves_minutes_empty(files: Path) -> None:
    code, _ = run(
        files, "times", "edges.csv", "--origins", "clinics.csv", "--targets", "clinics.csv", "--cutoff", "9",
        "-o", "out.parquet",
    )  # fmt: skip
    assert code == 0
    import duckdb

    found = (
        duckdb.read_parquet(str(files / "out.parquet")).select("origin", "target", "minutes").order("all").fetchall()
    )
    assert found == [("A", "A", 0.0), ("A", "B", None), ("B", "A", 9.0), ("B", "B", 0.0)]


def test_nearest_names_each_place_once_for_each_rank(files: Path) -> None:
    code, _ = run(
        files, "nearest", "edges.csv", "--places", "homes.csv", "--facilities", "clinics.csv", "--nodes", "nodes.csv",
        "-k", "2", "-o", "out.csv", "--cutoff", "60",
    )  # fmt: skip
    assert code == 0
    found = [(r["place"], r["rank"], r["facility"], r["minutes"]) for r in rows(files / "out.csv")]
    assert found == [
        ("甲", "1", "A", "5.0"), ("甲", "2", "B", "15.0"), ("乙", "1", "B", "0.0"), ("乙", "2", "A", "9.0"),
        ("丙", "1", "", ""),
    ]  # fmt: skip


def test_access_shares_supply_among_people_within_reach(files: Path) -> None:
    """A serves 甲 and 乙 (400 people), B serves 乙 (300); nobody's clinic is within 9 minutes of 丙."""
    words = ["access", "edges.csv", "--places", "homes.csv", "--facilities", "clinics.csv", "--nodes", "nodes.csv"]
    code, told = run(files, *words, "--within", "9", "-o", "out.csv")
    assert code == 0, told
    found = {r["place"]: r for r in rows(files / "out.csv")}
    assert float(found["甲"]["access"]) == pytest.approx(8 / 400)
    assert float(found["乙"]["access"]) == pytest.approx(8 / 400 + 2 / 300)
    assert (found["丙"]["access"], found["丙"]["facilities"], found["丙"]["nearest_minutes"]) == ("0.0", "0", "")
    assert "50 人（11.1%）" in told
    assert run(files, *words, "--within", "9", "--method", "sum", "-o", "sum.csv")[0] == 0
    assert [float(r["access"]) for r in rows(files / "sum.csv")] == [8, 10, 0]
    assert run(files, *words, "--decay", "zones", "--zones", "5:1,9:0.5", "-o", "zones.csv")[0] == 0
    by_zones = {r["place"]: float(r["access"]) for r in rows(files / "zones.csv")}
    assert by_zones["甲"] == pytest.approx(8 / (100 + 150))
    assert run(files, *words, "--within", "9", "--method", "3sfca", "-o", "three.csv")[0] == 0
    by_three = {r["place"]: float(r["access"]) for r in rows(files / "three.csv")}
    assert by_three["甲"] == pytest.approx(8 / (100 + 150))  # half of 乙 goes to A
    assert by_three["乙"] == pytest.approx(0.5 * 8 / 250 + 0.5 * 2 / 150)


def test_a_metro_is_joined_to_the_roads(files: Path) -> None:
    (files / "metro.csv").write_text("line,station,minutes,headway,opens\n1,1,2,4,2020-12-26\n1,3,,4,\n", "utf-8")
    words = ["edges.csv", "metro.csv", "--origins", "clinics.csv", "--targets", "clinics.csv", "-o", "out.csv"]
    (files / "clinics.csv").write_text("id,node\na,1\nb,3\n", "utf-8")
    for day, minutes in (("2021-01-01", 4.0), ("2020-01-01", 15.0)):
        code, told = run(files, "times", *words, "--day", day)
        assert code == 0, told
        assert {(r["origin"], r["target"]): float(r["minutes"]) for r in rows(files / "out.csv")}["a", "b"] == minutes


def test_stops_of_a_timetable_are_reached_on_foot(files: Path) -> None:
    feed = files / "gtfs"
    feed.mkdir()
    for name, text in {
        "trips": "route_id,service_id,trip_id\nr,all,t1\nr,all,t2\n",
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "all,1,1,1,1,1,1,1,20200101,20301231\n",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,07:10:00,07:10:00,S1,1\nt1,07:13:00,07:13:00,S3,2\n"
        "t2,07:40:00,07:40:00,S1,1\nt2,07:43:00,07:43:00,S3,2\n",
        "stops": "stop_id,stop_lon,stop_lat\nS1,112.50,37.80\nS3,112.60,37.80\n",
    }.items():
        (feed / f"{name}.txt").write_text(text, "utf-8")
    (files / "far.csv").write_text("from,to,minutes\n1,2,100\n2,3,100\n", "utf-8")
    words = ["--origins", "homes.csv", "--targets", "homes.csv", "--day", "2026-03-02", "-o", "out.csv"]
    for given in (["far.csv", str(feed), "--nodes", "nodes.csv"], [str(feed)]):
        code, told = run(files, "times", *given, *words)
        assert code == 0, told
        found = {(r["origin"], r["target"]): r["minutes"] for r in rows(files / "out.csv")}
        assert float(found["甲", "乙"]) == 30 + 3  # half of an hour's headway (two in two hours), and the ride
    code, told = run(files, "times", str(feed), *words[:4], "-o", "out.csv")
    assert (code, "--day" in told) == (2, True)


def test_everything_wrong_is_told_at_once_and_nothing_written(files: Path) -> None:
    (files / "homes.csv").write_text("id,lon,lat,people\n甲,912,37.8,-1\n甲,112,37,1\n", "utf-8")
    (files / "clinics.csv").write_text("id,node\nA,2\n", "utf-8")
    (files / "edges.csv").write_text(EDGES + "1,3,-4,0\n", "utf-8")
    code, told = run(
        files, "access", "edges.csv", "--places", "homes.csv", "--facilities", "clinics.csv", "-o", "out.csv"
    )
    assert code == 2
    for expected in ("N024", "N006", "N007", "N010", "edges.csv"):
        assert expected in told
    assert not list(files.glob("*out*"))
    assert run(files, "times", "no.csv", "--origins", "a.csv", "--targets", "b.csv", "-o", "out.txt")[0] == 2


def test_places_with_positions_need_positions_of_nodes(files: Path) -> None:
    code, told = run(files, "times", "edges.csv", "--origins", "homes.csv", "--targets", "clinics.csv", "-o", "out.csv")
    assert (code, "N070" in told) == (2, True)


def _heeds_interrupts() -> None:
    """As at a terminal: what a shell starts in the background, and all it starts, ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_what_was_there_and_ends_with_130(tmp_path: Path) -> None:
    side = 60
    at = [[row * side + column for column in range(side)] for row in range(side)]
    ways = [(a, b) for row in at for a, b in pairwise(row)]
    ways += [(a, b) for up, low in pairwise(at) for a, b in zip(up, low, strict=True)]
    (tmp_path / "edges.csv").write_text("from,to,minutes\n" + "".join(f"{a},{b},1\n" for a, b in ways), "utf-8")
    (tmp_path / "all.csv").write_text("id\n" + "".join(f"{n}\n" for n in range(side * side)), "utf-8")
    out = tmp_path / "out.csv"
    out.write_text("before", "utf-8")
    words = ["times", "edges.csv", "--origins", "all.csv", "--targets", "all.csv", "-o", "out.csv"]
    started = subprocess.Popen(
        [sys.executable, "-m", "tongchou", "networks", *words],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeds_interrupts,
    )
    try:
        end = time.monotonic() + 120
        while not (tmp_path / ".out.csv.rows").exists() and started.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=120)
    finally:
        started.kill()
    assert started.returncode == 130, told
    assert "nothing was written" in told
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.csv", "edges.csv", "out.csv"]
    assert out.read_text("utf-8") == "before"


@pytest.mark.parametrize("name", ["edges.csv", "homes.csv", "nodes.csv"])
def test_a_file_that_is_read_is_not_written_over(files: Path, name: str) -> None:
    before = (files / name).read_text("utf-8")
    code, told = run(
        files, "nearest", "edges.csv", "--places", "homes.csv", "--facilities", "clinics.csv", "--nodes", "nodes.csv",
        "-o", name,
    )  # fmt: skip
    assert code == 2
    assert "N049" in told
    assert (files / name).read_text("utf-8") == before
