"""The rows of ``territory.green_access`` from a network of a package: metres walked from blocks to plots."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork, Standing
from tongchou.networks.package.served import Pair, homes, to_facilities

HEADER = ("county", "demand", "plot", "period", "name", "value", "status", "source")
SERVICE = "green"
WALK = "speed_walk"  # km/h, under ``assumed``: minutes of the graph are metres at this speed
Row = tuple[str, str, str, int, str, str, str, str]


def text(network: CityNetwork, years: Sequence[int] = (), within: float = 1500) -> str:
    """Return the inputs file of the rule: plots ``within`` so many metres of each block at the ends of some years.

    Without years, those in which something opens or closes.
    A block's nearest plot has a row however far it is, and every plot one with the nearest block of its district.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for year in years or sorted({day.year for day in network.days()}):
        writer.writerows(_year(network.on(date(year, 12, 31)), within))
    return out.getvalue()


def _year(standing: Standing, within: float) -> Iterator[Row]:
    network, year = standing.network, standing.day.year
    metres = network.assumed[WALK].value * 1000.0 / 60.0
    plots = {f.id: f for f in standing.facilities if f.service == SERVICE}
    district = {id: network.node(f.node).place for id, f in plots.items()}
    source = f"networks/{network.id} {standing.day}"
    pairs = list(to_facilities(standing, SERVICE, float("inf")))
    level = min(Status.DERIVED, standing.status).word
    shown = _shown(pairs, district, within / metres)
    for pair in shown:
        walked = f"{pair.minutes * metres:.1f}"
        yield pair.home.place, pair.home.id, pair.to, year, "metres", walked, level, source
    for node in homes(standing):
        yield node.place, node.id, "", year, "people", f"{node.people:.12g}", node.status.word, source
    for id, plot in plots.items():
        yield (
            "",
            "",
            id,
            year,
            "area",
            "" if plot.capacity is None else f"{plot.capacity:.12g}",
            plot.status.word,
            source,
        )
    for county, id in sorted({(pair.home.place, pair.to) for pair in shown}):
        yield county, "", id, year, "inside", str(int(district[id] == county)), plots[id].status.word, source


def _shown(pairs: Sequence[Pair], district: dict[str, str], within: float) -> list[Pair]:
    nearest: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        keys = [("home", pair.home.id)]
        if district[pair.to] == pair.home.place:
            keys.append(("plot", pair.to))
        for key in keys:
            if key not in nearest or pair.minutes < nearest[key].minutes:
                nearest[key] = pair
    kept = set(nearest.values())
    return [pair for pair in pairs if pair.minutes <= within or pair in kept]
