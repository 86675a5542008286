"""The water network of a package as rows of the rule: what a month needs is there once; the package's copy is it."""

from __future__ import annotations

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
