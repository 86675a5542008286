"""A water network of a region package as the rows of ``infrastructure.water_allocation`` for one year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tongchou.kernel.status import Status
from tongchou.rules.rows_given import Book, Given

if TYPE_CHECKING:
    from tongchou.networks.package import CityNetwork

RULE = "infrastructure.water_allocation"
MONTHS = tuple(f"{m:02d}" for m in range(1, 13))


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the rule's inputs, as its file holds it; ``month`` is empty where it goes by the whole year."""

    tail: str
    head: str
    role: str
    month: str
    name: str
    value: str
    status: str
    source: str


def cells(network: CityNetwork, year: int) -> tuple[Cell, ...]:
    """Return every number the rule needs: links as they stand on each first of the month, tables of the water kind."""
    found = {(c.tail, c.head, c.role, c.month, c.name): c for c in _Reading(network, year).all()}
    return tuple(found.values())


def book(network: CityNetwork, year: int) -> Book:
    """Return the rows as figures given for one run of the rule."""
    made = Book()
    for cell in cells(network, year):
        parts = (cell.tail, cell.head, cell.role, cell.month)
        made.cells[parts, str(year), cell.name] = Given(float(cell.value), Status.parse(cell.status), cell.source)
        if cell.month:
            made.rows[parts, str(year)] = None
    return made


def table(network: CityNetwork, year: int) -> str:
    """Return the rows as the CSV a region package holds for the rule in ``inputs/``."""
    text = io.StringIO(newline="")
    pen = csv.writer(text, lineterminator="\n")
    pen.writerow(("tail", "head", "role", "month_of_year", "period", "name", "value", "status", "source"))
    for c in cells(network, year):
        pen.writerow((c.tail, c.head, c.role, c.month, year, c.name, c.value, c.status, c.source))
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class _Reading:
    network: CityNetwork
    year: int

    def all(self) -> Iterator[Cell]:
        tables = self.network.extra
        for row in tables.get("inflows", ()):
            months = {row["month"]: row["amount"]} if row["month"] else dict.fromkeys(MONTHS, row["amount"])
            yield from self._thing(row["origin"], row["node"], row["role"], months, row)
        for row in tables.get("capacities", ()):
            open_ = [m for m in MONTHS if self._stands(row["tail"], row["head"], row["mode"], m)]
            yield from self._thing(row["tail"], row["head"], row["mode"], dict.fromkeys(open_, row["capacity"]), row)
        for row in tables.get("reservoirs", ()):
            node = row["node"]
            yield from self._thing(node, node, "opening", {MONTHS[0]: row["opening"]}, {**row, "lost": "0"})
            yield from self._thing(node, node, "store", dict.fromkeys(MONTHS, row["capacity"]), row)
            yield from self._thing(node, node, "reserve", {MONTHS[-1]: row["reserve"]}, {**row, "lost": "0"})
        for row in tables.get("demands", ()):
            months = {row["month"]: row["amount"]} if row["month"] else dict.fromkeys(MONTHS, row["amount"])
            yield from self._thing(row["node"], row["place"], row["role"], months, row)

    def _stands(self, tail: str, head: str, mode: str, month: str) -> bool:
        from tongchou.networks.package.model import holds

        day = date(self.year, int(month), 1)
        return any(
            (link.tail, link.head, link.mode) == (tail, head, mode) and holds(link.opens, link.closes, day)
            for link in self.network.links
        )

    def _thing(
        self, tail: str, head: str, role: str, months: Mapping[str, str], row: Mapping[str, str]
    ) -> Iterator[Cell]:
        source = "；".join(part for part in (row["source"], row["note"]) if part)
        for month, amount in months.items():
            yield Cell(tail, head, role, month, "amount", amount, row["status"], source)
        if months:
            for name in ("lost", "cost"):
                yield Cell(tail, head, role, "", name, row.get(name, "") or "0", row["status"], source)
