"""A network of energy or information of a region package as the rows of its rule for one year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tongchou.kernel.status import Status, weakest
from tongchou.networks.package.model import holds
from tongchou.rules.rows_given import Book, Given, lookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tongchou.networks.package import CityNetwork
    from tongchou.rules.rule import Rule

#: The rule of each kind of network.
RULES = {"energy": "infrastructure.energy_links", "information": "infrastructure.interconnects"}
_OF_THE_NETWORK = ("capacity", "used")


def book(network: CityNetwork, rule: Rule, year: int, given: Book) -> Book:
    """Return the links that stand at the end of the year: capacity and traffic of the network, the rest as ``given``.

    Links of several modes between the same ends are one row, their capacities added. What neither holds is missing.
    """
    made, period = Book(), str(year)
    for parts, rows in _rows(network, date(year, 12, 31)):
        made.rows[parts, period] = None
        for name in rule.declared.inputs:
            if name in _OF_THE_NETWORK:
                made.cells[parts, period, name] = _added(rows, name)
                continue
            held = lookup(given, rule, dict(zip(rule.rows, parts, strict=True)), period, name)
            if held is not None:
                goes_by = rule.keys(name)
                own = tuple(p if key in goes_by else "" for key, p in zip(rule.rows, parts, strict=True))
                made.cells[own, period, name] = held
    return made


def _rows(network: CityNetwork, day: date) -> Iterator[tuple[tuple[str, str], Sequence[Mapping[str, str]]]]:
    """Yield the ends of links that stand on a day, each with its rows of ``capacities.csv``."""
    stand = {(k.tail, k.head, k.mode) for k in network.links if holds(k.opens, k.closes, day)}
    found: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in network.extra.get("capacities", ()):
        if (row["tail"], row["head"], row["mode"]) in stand:
            found.setdefault((row["tail"], row["head"]), []).append(row)
    yield from found.items()


def _added(rows: Sequence[Mapping[str, str]], name: str) -> Given:
    cells = [row[name] for row in rows]
    sources = dict.fromkeys(part for row in rows for part in (row["source"], row["note"]) if part)
    status = weakest(Status.parse(row["status"]) for row in rows)
    return Given(sum(map(float, cells)) if all(cells) else None, status, "；".join(sources))
