"""What is wrong with a network folder is told all at once, with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.package import check, read

Package = Callable[..., Path]


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(p.code, p.where.removeprefix("networks/small/")) for p in check(folder)]


def test_a_good_network_has_no_problem(package: Package) -> None:
    assert check(package()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "where"),
    [
        ("links", "a,b,road,30,", "a,b,road,,", "N027", "links.csv:2"),
        ("links", "a,b,road,", "a,b,canal,", "N028", "links.csv:2"),
        ("links", "2020-07-01,,tunnel", "2020-07-01,2020-07-01,tunnel", "N029", "links.csv:4"),
        ("links", "b,c,hill,,90,false,,2020-07-01", "b,c,hill,,90,false,,2020-07-02", "N030", "links.csv:4"),
        ("links", "a,b,road,30", "a,a,road,30", "N035", "links.csv:2"),
        ("links", "a,b,road", "a,z,road", "G026", "links.csv:2 head"),
        ("links", "a,b,road,30,", "a,b,road,-3,", "G044", "links.csv:2 km"),
        ("lines", "m1,一号线", "m2,一号线", "N031", "stops.csv"),
        ("lines", "Line 1,,60", "Line 1,,", "N036", "lines.csv:2"),
        ("stops", "m1,1,s1,2,", "m1,1,s1,,", "N032", "stops.csv:2"),
        ("stops", "m1,3,s3", "m1,3,s1", "N080", "stops.csv:4"),
        ("network", "value: 60, unit: km/h, assumed: true", "value: 60, unit: km/h", "N033", "network.yaml:7"),
        ("network", "value: 60,", "value: 0,", "N015", "network.yaml:7"),
        ("network", "headway: {value: 4,", "headway: {value: -4,", "N005", "network.yaml:10"),
        ("network", "kind: travel", "kind: train", "U004", "network.yaml:2"),
        ("nodes", "112.5,37.8", "112.5,", "N034", "nodes.csv:2"),
        ("facilities", "2019-01-01,2023-01-01", "2019-01-01,2018-01-01", "N029", "facilities.csv:2"),
        ("facilities", "h,c,", "h,y,", "G026", "facilities.csv:2 node"),
        ("facilities", "reported,book", "reported,", "N039", "facilities.csv:2"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_is(package: Package, file: str, old: str, new: str, code: str, where: str) -> None:
    found = codes(package(**{file: (old, new)}))
    assert (code, where) in found
    folder = package(**{file: (old, new)})
    with pytest.raises(ProblemsError) as caught:
        read(folder, "small")
    assert code in {p.code for p in caught.value.problems}


def test_what_is_made_up_needs_no_source(package: Package) -> None:
    assert codes(package(facilities=("reported,book", "illustrative,"))) == []


def test_everything_is_told_at_once(package: Package) -> None:
    folder = package(
        links=("a,b,road,30,", "a,b,road,,"),
        nodes=("112.5,37.8", "112.5,"),
        stops=("m1,1,s1,2,", "m1,1,s1,,"),
    )
    assert [c for c, _ in codes(folder)] == ["N034", "N027", "N032"]


def test_a_missing_table_and_an_unknown_one(package: Package) -> None:
    folder = package()
    (folder / "networks/small/links.csv").rename(folder / "networks/small/roads.csv")
    assert codes(folder)[:2] == [("G003", "links.csv"), ("N038", "roads.csv")]


def test_lines_stops_and_facilities_may_be_left_out(package: Package) -> None:
    folder = package()
    for name in ("lines", "stops", "facilities"):
        (folder / f"networks/small/{name}.csv").unlink()
    assert codes(folder) == []
    assert read(folder, "small").lines == ()


def test_projects_may_build_side_by_side(package: Package) -> None:
    folder = package(links=("a,b,road,30,,false,,,,", "b,c,hill,,25,false,2021-01-01,,bypass,"))
    assert codes(folder) == []


def test_an_unknown_network_names_those_there_are(package: Package) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(package(), "large")
    assert [(p.code, p.hint.en) for p in caught.value.problems] == [("N026", "there are: small")]
