"""The built-in region's networks of energy and information, and the rows of their rules, hold the same figures."""

from __future__ import annotations

import csv

import pytest

from tongchou.networks.package import read
from tongchou.region.load import package_folder


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
