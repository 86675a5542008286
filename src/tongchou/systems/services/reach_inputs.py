"""The rows of the rules of reach from a network: minutes, people and facilities as they stand at the end of a year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork, Standing
from tongchou.networks.package.served import Pair, homes, to_facilities, to_nodes
from tongchou.systems.services import codes

HEADER = ("demand", "facility", "period", "name", "value", "status", "source")
LEVELS = {"county": 1, "town": 2, "village": 3}
NEEDED = ("people_per_doctor", "point_price", "point_room")  # under ``assumed``: to find sites with
Row = tuple[str, str, int, str, str, str, str]


def health_network(
    network: CityNetwork, years: Sequence[int] = (), service: str = "health", within: float = 60,
    village_within: float = 30,
) -> str:  # fmt: skip
    """Return the inputs file of ``services.health_network``: facilities ``within`` so many minutes of each home."""
    return _text(
        row
        for year in years or years_of(network)
        for row in _health(_end_of(network, year), service, within, village_within)
    )


def access(network: CityNetwork, years: Sequence[int] = (), service: str = "health", within: float = 60) -> str:
    """Return the inputs file of ``services.access`` for one service of a network."""
    return _text(
        row for year in years or years_of(network)[-1:] for row in _access(_end_of(network, year), service, within)
    )


def next_site(network: CityNetwork, years: Sequence[int] = (), service: str = "health", within: float = 30) -> str:
    """Return the inputs file of ``services.next_site``: every home is a candidate; price and room are the network's."""
    return _text(
        row for year in years or years_of(network)[-1:] for row in _sites(_end_of(network, year), service, within)
    )


def years_of(network: CityNetwork) -> tuple[int, ...]:
    """Return the years in which something opens or closes, whose ends the rules take; raise where there is none."""
    found = tuple(sorted({day.year for day in network.days()}))
    if not found:
        raise ProblemsError([codes.NO_YEAR.at(network.id, network=network.id)])
    return found


def group_of(id: str) -> str:
    """Return the group of a node: what stands before the hyphen of its id, the town of a village."""
    return id.partition("-")[0]


def _end_of(network: CityNetwork, year: int) -> Standing:
    return network.on(date(year, 12, 31))


def _health(standing: Standing, service: str, within: float, village_within: float) -> Iterator[Row]:
    year = standing.day.year
    _check_levels(standing, service)
    village = {f.id for f in standing.facilities if LEVELS.get(f.level) == LEVELS["village"]}
    pairs = to_facilities(standing, service, within)
    yield from _minutes(standing, (p for p in pairs if p.minutes <= village_within or p.to not in village))
    yield from _people(standing, "town")
    for facility in standing.facilities:
        if facility.service == service:
            yield _fact("", facility.id, year, "level", LEVELS[facility.level], facility.status, standing)
            yield _fact("", facility.id, year, "doctors", facility.capacity, facility.status, standing)


def _check_levels(standing: Standing, service: str) -> None:
    wrong = [f for f in standing.facilities if f.service == service and f.level not in LEVELS]
    if wrong:
        known = "、".join(LEVELS)
        raise ProblemsError(
            codes.UNKNOWN_LEVEL.at(f"facilities.csv {f.id}", facility=f.id, level=f.level, known=known) for f in wrong
        )


def _access(standing: Standing, service: str, within: float) -> Iterator[Row]:
    yield from _minutes(standing, to_facilities(standing, service, within))
    yield from _people(standing, "group")
    for facility in standing.facilities:
        if facility.service == service:
            fact = ("", facility.id, standing.day.year, "supply", facility.capacity, facility.status)
            yield _fact(*fact, standing)


def _sites(standing: Standing, service: str, within: float) -> Iterator[Row]:
    year, assumed = standing.day.year, standing.network.assumed
    lacking = [name for name in NEEDED if name not in assumed]
    if lacking:
        raise ProblemsError(codes.NOT_ASSUMED.at(n, network=standing.network.id, name=n) for n in lacking)
    room: dict[str, float] = {}
    for facility in standing.facilities:
        if facility.service == service:
            room[facility.node] = room.get(facility.node, 0.0) + (facility.capacity or 0.0)
    candidates = homes(standing)
    yield from _minutes(standing, to_nodes(standing, [n.id for n in candidates], within))
    yield from _people(standing, "")
    for node in candidates:
        stands = node.id in room
        price, space = assumed["point_price"], assumed["point_room"]
        full = room.get(node.id, 0.0) * assumed["people_per_doctor"].value if stands else space.value
        yield _fact("", node.id, year, "existing", int(stands), node.status, standing)
        yield _fact("", node.id, year, "price", price.value, min(price.status, node.status), standing)
        yield _fact("", node.id, year, "room", full, min(space.status, node.status), standing)


def _minutes(standing: Standing, pairs: Iterable[Pair]) -> Iterator[Row]:
    level = min(Status.DERIVED, standing.status)
    for pair in pairs:
        shown = f"{pair.minutes:.3f}".rstrip("0").rstrip(".")
        yield pair.home.id, pair.to, standing.day.year, "minutes", shown, level.word, _source(standing)


def _people(standing: Standing, group: str) -> Iterator[Row]:
    lived = homes(standing)
    groups = sorted({group_of(n.id) for n in lived})
    for node in lived:
        yield _fact(node.id, "", standing.day.year, "people", node.people, node.status, standing)
        if group:
            number = groups.index(group_of(node.id)) + 1
            yield _fact(node.id, "", standing.day.year, group, number, node.status, standing)


def _fact(
    demand: str, facility: str, year: int, name: str, value: float | None, status: Status, standing: Standing
) -> Row:
    return demand, facility, year, name, "" if value is None else f"{value:.12g}", status.word, _source(standing)


def _source(standing: Standing) -> str:
    return f"networks/{standing.network.id} {standing.day}"


def _text(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue()
