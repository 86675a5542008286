"""The rows of ``council.neighbour_links``: neighbours of a region and direct ways between their seats."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from math import isfinite

from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork
from tongchou.networks.package.direct import direct
from tongchou.region.model import Region

HEADER = ("county", "neighbour", "period", "name", "value", "status", "source")


def text(region: Region, network: CityNetwork, years: Sequence[int]) -> str:
    """Return the inputs file of the rule for some years; agreements are left for people to fill in."""
    seats = {n.place: n.id for n in network.of_kind("seat")}
    # Hubs and places outside are passed too, so that a way by the airport is no direct one.
    places = [n.id for n in network.of_kind("seat", "hub", "outside")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for year in years:
        day = date(year, 12, 31)
        found = direct(network.on(day), places)
        for pair in region.adjacency:
            if pair.a not in seats or pair.b not in seats:
                continue
            for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
                i, j = places.index(seats[one]), places.index(seats[other])
                minutes = float(found.minutes[i, j])
                shown = f"{minutes:.3f}".rstrip("0").rstrip(".") if isfinite(minutes) else "0"
                level = Status(int(found.status[i, j])).word
                source = f"networks/{network.id} {day}"
                boundary = (f"{pair.length_km:.12g}", pair.status.word, pair.source)
                writer.writerow((one, other, year, "boundary", *boundary))
                writer.writerow((one, other, year, "minutes", shown, level, source))
    return out.getvalue()
