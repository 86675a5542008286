"""What the built-in region's files for rules repeat of its networks and of other rules' results is still the same."""

from __future__ import annotations

import csv

import pytest

from tongchou.networks.package import read
from tongchou.region.load import load, package_folder
from tongchou.surfaces.computing import Asked, catalogue_of, compute
from tongchou.surfaces.supply.answering import drawn, supplied


@pytest.mark.parametrize(
    ("network", "rule"), [("power", "infrastructure.energy_links"), ("information", "infrastructure.interconnects")]
)
def test_links_capacities_and_traffic_are_the_same(network: str, rule: str) -> None:
    held = read(package_folder("taiyuan"), network)
    links = {(k.tail, k.head) for k in held.links}
    given: dict[str, dict[tuple[str, str], float]] = {"capacity": {}, "used": {}}
    with (package_folder("taiyuan") / "inputs" / f"{rule}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["name"] in given:
                given[row["name"]][row["tail"], row["head"]] = float(row["value"])
    assert given["capacity"].keys() == links
    for name, numbers in given.items():
        rows = {(r["tail"], r["head"]): float(r[name]) for r in held.extra["capacities"] if r[name]}
        assert rows == numbers


def rows_of(rule: str) -> dict[tuple[str, str, str], tuple[float, str]]:
    """Numbers of the built-in region's file for a rule of counties, with their sources: (county, period, name)."""
    with (package_folder("taiyuan") / "inputs" / f"{rule}.csv").open(encoding="utf-8", newline="") as file:
        return {(r["county"], r["period"], r["name"]): (float(r["value"]), r["source"]) for r in csv.DictReader(file)}


def test_what_counties_can_draw_is_what_the_network_gives() -> None:
    """``energy_margin`` repeats what ``energy_links`` finds: a changed network must not leave old figures behind."""
    region = load("taiyuan")
    network, held = read(region.folder, "power"), rows_of("infrastructure.energy_margin")
    found = supplied(region, network, 2021, catalogue_of(region))
    cells = drawn(network, found.answer.result, 2021).cells
    repeated = {key: value for key, (value, _) in held.items() if key[2] in ("capacity", "firm")}
    assert {(parts[0], period, name): given.value for (parts, period, name), given in cells.items()} == repeated
    assert len(repeated) == 2 * len(region.county_level())


def test_coverage_of_the_digital_divide_is_that_of_the_information_network() -> None:
    """``digital_divide`` repeats, to the tenth of a point, what ``information_network`` finds."""
    answer = compute(Asked("infrastructure.information_network", load("taiyuan"), ("2021",)))
    held, result = rows_of("goals.digital_divide"), answer.result
    names = ("coverage_town", "coverage_country")
    found = {
        (county, "2021", name): round(float(result.values[name][row]), 1)
        for row, county in enumerate(result.keys["county"])
        for name in names
    }
    assert found == {key: value for key, (value, _) in held.items() if key[2] in names}
    told = "取“县区信息网络覆盖与带宽”的结果"
    assert all((told in source) == (name in names) for (_, _, name), (_, source) in held.items())


def test_outlets_of_counties_are_their_links_of_the_information_network() -> None:
    """``information_network`` repeats bandwidth and traffic of the one link that leads into each county."""
    region, held = load("taiyuan"), rows_of("infrastructure.information_network")
    rows = read(region.folder, "information").extra["capacities"]
    counties = set(region.county_level())
    into = {r["head"]: r for r in rows if r["head"] in counties}
    assert len([r for r in rows if r["head"] in counties]) == len(counties) == len(into)
    found = {
        (county, "2021", name): float(row[of])
        for county, row in into.items()
        for name, of in (("bandwidth", "capacity"), ("used", "used"))
    }
    assert found == {key: value for key, (value, _) in held.items() if key[2] in ("bandwidth", "used")}
