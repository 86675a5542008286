"""What the tables of a network that supplies (water, energy, information) must satisfy beyond the form of a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tongchou.kernel.problems import Problem
from tongchou.networks import codes
from tongchou.networks.package.model import Link
from tongchou.region.rows import Row

_ALIKE = {"inflows": ("origin", "node", "role"), "demands": ("node", "place", "role")}


def check_supply(
    where: Callable[[str], str], links: Sequence[Link], tables: Mapping[str, Sequence[Row]]
) -> Iterator[Problem]:
    """Yield links without a capacity, capacities without a link, and things told twice or in two ways."""
    held = {(k.tail, k.head, k.mode) for k in links}
    told = {(r.cells["tail"], r.cells["head"], r.cells["mode"]): r for r in tables.get("capacities", ())}
    for link in links:
        if (link.tail, link.head, link.mode) not in told:
            at = f"{where('links')}:{link.row}"
            yield codes.NO_CAPACITY.at(at, tail=link.tail, head=link.head, mode=link.mode)
    for (tail, head, mode), row in told.items():
        if (tail, head, mode) not in held:
            yield codes.NO_LINK.at(f"{where('capacities')}:{row.line}", tail=tail, head=head, mode=mode)
    for table, key in _ALIKE.items():
        yield from _alike(where(table), tables.get(table, ()), key)


def _alike(where: str, rows: Sequence[Row], key: tuple[str, ...]) -> Iterator[Problem]:
    """Yield rows of a thing that tell other losses or costs than its first row, or a month besides every month."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        thing = tuple(row.cells[k] for k in key)
        held = first.setdefault(thing, row)
        if held is row:
            continue
        if bool(held.cells["month"]) != bool(row.cells["month"]):
            yield codes.EVERY_MONTH_TOO.at(f"{where}:{row.line}", line=held.line)
        for name in ("lost", "cost"):
            if row.cells.get(name, "") != held.cells.get(name, ""):
                yield codes.NOT_ALIKE.at(f"{where}:{row.line}", what=name, line=held.line)
