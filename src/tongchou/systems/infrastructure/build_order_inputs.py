"""The rows of ``infrastructure.build_order`` from a network of a package: what every set of projects saves."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from tongchou.kernel.status import Status
from tongchou.networks.changes import MOST_PROJECTS
from tongchou.networks.package import CityNetwork
from tongchou.networks.package.effects import trips_to_hubs, trips_to_places, worths
from tongchou.region.model import Region
from tongchou.systems.infrastructure.connection_inputs import told

HEADER = ("coalition", "period", "name", "value", "status", "source")
INVESTMENT = "investment"


def costs(region: Region) -> dict[str, float]:
    """Return the cost of each project of the region that tells it, in 亿元."""
    return {p.id: v for p in region.projects for what, v, unit in p.quantities if what == INVESTMENT and unit == "亿元"}


def candidates(region: Region, network: CityNetwork, year: int) -> tuple[str, ...]:
    """Return the projects of the network that are open at the end of a year and tell their cost, by name."""
    known = costs(region)
    open_ = [p for p in network.projects() if any(day <= date(year, 12, 31) for day in network.opens(p))]
    return tuple(sorted(p for p in open_ if p in known)[:MOST_PROJECTS])


def text(region: Region, network: CityNetwork, years: Sequence[int] = ()) -> str:
    """Return the inputs file of the rule for some years, without any for the last two in which a project opens."""
    opening = {day.year for p in network.projects() for day in network.opens(p)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    known = costs(region)
    trips = (trips_to_places(network), trips_to_hubs(network))
    for year in years or sorted(opening)[-2:]:
        chosen = candidates(region, network, year)
        if not chosen:
            continue
        day = date(year, 12, 31)
        tables = worths(network, day, chosen, trips)
        assumed = min(Status.DERIVED, network.on(day).status).word
        source = told(region, network, day)
        for members in sorted(tables[0], key=lambda s: (len(s), sorted(s))):
            name = "+".join(sorted(members))
            for column, table in zip(("to_places", "to_hubs"), tables, strict=True):
                writer.writerow((name, year, column, f"{table[members]:.3f}", assumed, source))
            total = sum(known[m] for m in members)
            writer.writerow((name, year, "cost", f"{total:.12g}", Status.REPORTED.word, "project_quantities.csv"))
    return out.getvalue()
