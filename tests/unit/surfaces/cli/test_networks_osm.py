"""An OpenStreetMap extract made a network of a region package: kinds, directions, what is dropped, the licence.

Skipped without pyrosm, but never in CI.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.unit.networks.osm_file import write_extract
from typer.testing import CliRunner

from tongchou.networks.package import read
from tongchou.networks.search import cost_table
from tongchou.region import check
from tongchou.surfaces.cli import app

HERE = Path(__file__).parents[4]
NODES = {
    1: (112.500, 37.800), 2: (112.505, 37.801), 3: (112.510, 37.800), 4: (112.510, 37.810), 5: (112.500, 37.810),
    8: (112.600, 37.900), 9: (112.601, 37.900),
}  # fmt: skip
WAYS = [
    (11, (1, 2, 3), {"highway": "primary"}),  # a bend at 2, which stays: the road is long
    (12, (3, 4), {"highway": "residential", "oneway": "yes"}),
    (13, (5, 4), {"highway": "secondary", "oneway": "-1"}),  # drawn the other way
    (14, (5, 1), {"highway": "motorway"}),  # one way without saying so
    (15, (1, 4), {"highway": "footway"}),
    (16, (3, 1), {"highway": "construction"}),
    (17, (8, 9), {"highway": "residential"}),  # off the rest
    (18, (1, 3), {"highway": "service", "access": "private"}),
]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    if importlib.util.find_spec("pyrosm") is None:
        reason = "pyrosm not installed (pip install 'tongchou[osm]')"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    path = tmp_path / "city.osm.pbf"
    write_extract(path, NODES, WAYS)
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "my-city"
    done = CliRunner().invoke(app, ["region", "new", str(folder), "--code", "999900", "--name", "某市"])
    assert done.exit_code == 0, done.output
    return folder


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["networks", "osm", *map(str, words)])
    return done.exit_code, done.output


def test_roads_become_a_network_of_the_package(extract: Path, package: Path) -> None:
    code, told = run(extract, "--package", package, "--as", "roads", "--speed", "primary=60")
    assert code == 0, told
    assert "ODbL" in told
    found = read(package, "roads")
    links = {(k.tail, k.head, k.mode, k.one_way): k.km for k in found.links}
    assert set(links) == {
        ("n1", "n2", "primary", False), ("n2", "n3", "primary", False),
        ("n3", "n4", "residential", True), ("n4", "n5", "secondary", True),
        ("n5", "n1", "motorway", True),
    }  # fmt: skip
    assert links["n1", "n2", "primary", False] == pytest.approx(0.4535, abs=0.005)
    assert found.assumed["speed_primary"].value == 60
    assert {n.id for n in found.nodes} == {"n1", "n2", "n3", "n4", "n5"}
    assert "2个节点、1段" in found.note.zh
    standing = found.on(date(2026, 1, 1))
    minutes = cost_table(standing.graph, [standing.number("n1")], [standing.number("n3")])[0, 0]
    assert minutes == pytest.approx(0.907, abs=0.01)  # at a kilometre a minute
    with (package / "sources.csv").open(encoding="utf-8") as file:
        credit = next(row for row in csv.DictReader(file) if row["id"] == "openstreetmap")
    assert credit["licence"] == "Open Database License (ODbL) 1.0"
    assert [p for p in check(package) if p.severity == "error"] == []
    assert not [p for p in (package / "networks").iterdir() if p.name.startswith(".")]


def test_on_foot_nothing_is_one_way(extract: Path, package: Path) -> None:
    code, told = run(extract, "--package", package, "--as", "paths", "--by", "walk")
    assert code == 0, told
    links = read(package, "paths").links
    assert {k.mode for k in links} == {"walk"}
    assert not any(k.one_way for k in links)
    assert any({k.tail, k.head} == {"n1", "n4"} for k in links)


def test_tables_are_what_other_commands_read(extract: Path, tmp_path: Path) -> None:
    edges, nodes = tmp_path / "roads.csv", tmp_path / "nodes.csv"
    assert run(extract, "--edges", edges, "--nodes", nodes)[0] == 0
    (tmp_path / "a.csv").write_text("id,lon,lat\na,112.5,37.8\nb,112.51,37.8\n", "utf-8")
    done = CliRunner().invoke(
        app,
        ["networks", "times", str(edges), "--nodes", str(nodes), "--origins", str(tmp_path / "a.csv"), "--targets",
         str(tmp_path / "a.csv"), "-o", str(tmp_path / "out.csv")],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "0 对到不了" in done.output


def test_what_is_wrong_is_told_and_nothing_written(extract: Path, package: Path, tmp_path: Path) -> None:
    code, told = run(extract, "--package", package / "no", "--as", "../x", "--speed", "primary=0")
    assert (code, "N015" in told) == (2, True)
    assert run(extract, "--package", package / "no", "--as", "../x")[0] == 2
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"\x00\x00\x00\x07nothing")
    code, told = run(broken, "--package", package)
    assert (code, "N073" in told) == (2, True)
    assert run(extract)[0] == 2
    assert not (package / "networks").exists()
    assert run(extract, "--package", package)[0] == 0
    code, told = run(extract, "--package", package)
    assert (code, "N072" in told) == (2, True)
    shutil.rmtree(package / "networks")
