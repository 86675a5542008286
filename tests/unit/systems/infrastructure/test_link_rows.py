"""Rows of a network of energy or information: its own links and capacities, what it does not hold from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tongchou.catalogue import built_in
from tongchou.kernel.status import Status
from tongchou.networks.package import read
from tongchou.region.load import package_folder
from tongchou.rules.rows_given import Book, Given
from tongchou.systems.infrastructure import link_rows

RULE = built_in().rules["infrastructure.energy_links"]


def test_a_link_that_has_not_opened_has_no_row_and_one_of_two_modes_is_one_row() -> None:
    whole = read(package_folder("taiyuan"), "power")
    late, other = whole.links[0], whole.links[1]
    links = (replace(late, opens=date(2022, 1, 1)), other, replace(other, mode="cable"), *whole.links[2:])
    rows = whole.extra["capacities"]
    cable = {**rows[1], "mode": "cable", "capacity": "30", "status": "illustrative", "note": "又一条"}
    network = replace(whole, links=links, extra={"capacities": (*rows, cable)})
    given = Book({(("", other.head), "2021", "load"): Given(5.0, Status.REPORTED, "s")}, {})
    made = link_rows.book(network, RULE, 2021, given)
    assert ((late.tail, late.head), "2021") not in made.rows
    both = made.cells[(other.tail, other.head), "2021", "capacity"]
    assert both.value == float(rows[1]["capacity"]) + 30
    assert "又一条" in both.source and both.status is Status.ILLUSTRATIVE
    assert made.cells[("", other.head), "2021", "load"].value == 5
    assert not any(name == "circuits" for _, _, name in made.cells)
    assert ((late.tail, late.head), "2022") in link_rows.book(network, RULE, 2022, given).rows
