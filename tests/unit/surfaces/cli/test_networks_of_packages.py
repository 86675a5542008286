"""``tongchou networks show | compare | inputs`` on the built-in package, and what they say of bad input."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tongchou.region import package_folder
from tongchou.surfaces.cli import app

RUN = CliRunner(env={"COLUMNS": "200"})
PAIR = ("networks", "compare", "taiyuan", "intercounty", "--before", "2012-07-11", "--after", "2012-07-12")


def run(*words: str) -> tuple[int, str]:
    result = RUN.invoke(app, list(words))
    return result.exit_code, result.output


def test_without_a_name_every_network_is_listed() -> None:
    code, out = run("networks", "show", "taiyuan")
    assert code == 0
    assert "intercounty" in out and "县际与枢纽通行网络" in out


def test_one_network_shows_what_is_assumed_and_what_stands() -> None:
    code, out = run("networks", "show", "taiyuan", "intercounty", "--on", "2012-07-11", "--language", "en")
    assert code == 0
    assert "speed_street" in out and "assumed" in out
    before = next(line for line in out.splitlines() if "taigu-expressway" in line)
    assert "not yet" in before
    assert "Status: assumed" in out


def test_the_day_of_an_opening_is_compared_with_the_day_before(tmp_path: Path) -> None:
    path = tmp_path / "两日.csv"
    code, out = run(*PAIR, "-o", str(path))
    assert code == 0
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + 10 * 9 + 10 * 3
    told = {(r[0], r[1]): r[2:] for r in rows[1:]}
    assert told["古交市", "万柏林区"] == ["90.0", "20.0", "70.0"]
    assert told["小店区", "迎泽区"][2] == "0.0"
    assert "太古高速公路" in out


def test_left_out_a_project_changes_nothing() -> None:
    code, out = run(*PAIR, "--without", "taigu-expressway")
    assert code == 0
    assert "太古高速公路（太原—古交）" not in out
    assert "合计" in out and "2,586" not in out


def test_another_speed_in_the_city_leaves_the_metro_nothing_to_save(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    words = ("--before", "2020-12-25", "--after", "2020-12-26", "-o", str(path))
    pair = ("小店区", "杏花岭区")
    saved = []
    for more in ((), ("--assume", "speed_street=24", "--assume", "speed_arterial=30")):
        assert run("networks", "compare", "taiyuan", "intercounty", *words, *more)[0] == 0
        told = {(r[0], r[1]): r[4] for r in csv.reader(path.read_text("utf-8-sig").splitlines())}
        saved.append(float(told[pair]))
    assert saved[0] > 4 and saved[1] == 0


def test_a_workbook_has_a_sheet_for_each_list(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert run(*PAIR, "-o", str(path))[0] == 0
    with zipfile.ZipFile(path) as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        text = book.read("xl/workbook.xml").decode()
    assert len(sheets) == 5
    assert all(name in text for name in ("县到县", "县到枢纽", "项目", "敏感性", "断路影响"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("networks", "show", "taiyuan", "nowhere"), "N026"),
        (("networks", "show", "taiyuan", "intercounty", "--on", "2012-7-1"), "O070"),
        ((*PAIR, "-o", "a.pdf"), "O003"),
        ((*PAIR, "--without", "bridge"), "N037"),
        ((*PAIR, "--assume", "detour=1.5"), "N040"),
        ((*PAIR, "--assume", "speed_walk=0"), "N015"),
        (("networks", "compare", "taiyuan", "water", "--before", "2020-01-01", "--after", "2021-01-01"), "N0"),
        (("networks", "show", "atlantis"), "G001"),
    ],
)
def test_bad_input_ends_with_two(words: tuple[str, ...], code: str) -> None:
    found, out = run(*words)
    assert found == 2
    assert code in out


def test_the_rows_of_a_rule_are_those_of_the_package(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    assert run("networks", "inputs", "taiyuan", "intercounty", "-o", str(path))[0] == 0
    committed = package_folder("taiyuan") / "inputs" / "infrastructure.connection.csv"
    assert path.read_text("utf-8") == committed.read_text("utf-8")
    code, out = run(
        "networks", "inputs", "taiyuan", "intercounty", "--rule", "goals.distance_to_services", "--year", "2011"
    )
    assert code == 0
    assert "high_speed_rail" not in out and "140181,rail,2011,minutes," in out  # the South station opened in 2014
