"""The water network of a package as rows of the rule: what a month needs is there once; the package's copy is it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tongchou.networks.package import read
from tongchou.region.load import package_folder
from tongchou.systems.infrastructure import water_rows


def test_the_rows_of_the_built_in_region_are_those_of_its_network() -> None:
    folder = package_folder("taiyuan")
    held = (folder / "inputs" / f"{water_rows.RULE}.csv").read_text("utf-8")
    assert held == water_rows.table(read(folder, "water"), 2021), (
        "write it again: tongchou networks allocate taiyuan water --rows <file>"
    )


def test_a_thing_told_for_every_month_has_twelve_amounts_and_one_loss() -> None:
    cells = water_rows.cells(read(package_folder("taiyuan"), "water"), 2021)
    own = [c for c in cells if (c.tail, c.head, c.role) == ("yellow", "fenhe1", "diverted")]
    assert [c.month for c in own if c.name == "amount"] == list(water_rows.MONTHS)
    assert [(c.month, c.value) for c in own if c.name == "lost"] == [("", "0.03")]
    assert len({(c.tail, c.head, c.role, c.month, c.name) for c in cells}) == len(cells)


def test_a_reservoir_opens_in_january_and_keeps_in_december() -> None:
    cells = water_rows.cells(read(package_folder("taiyuan"), "water"), 2021)
    own = {c.role: c.month for c in cells if c.tail == "fenhe2" and c.head == "fenhe2" and c.name == "amount"}
    assert own["opening"] == "01" and own["reserve"] == "12"


def test_a_link_carries_from_the_month_it_stands_on_the_first_of() -> None:
    water = read(package_folder("taiyuan"), "water")
    links = tuple(replace(k, opens=date(2021, 7, 2)) if k.head == "net_140123" else k for k in water.links)
    cells = water_rows.cells(replace(water, links=links), 2021)
    own = [c.month for c in cells if c.head == "net_140123" and c.role == "small" and c.name == "amount"]
    assert own == ["08", "09", "10", "11", "12"]
    before = water_rows.cells(replace(water, links=links), 2020)
    assert not [c for c in before if c.head == "net_140123" and c.role == "small"]
