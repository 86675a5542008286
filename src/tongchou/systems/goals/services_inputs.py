"""The rows of ``goals.distance_to_services``: minutes from every seat of a network to the nearest of each service."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from math import isfinite

from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork
from tongchou.networks.search import cost_table

HEADER = ("county", "service", "period", "name", "value", "status", "source")
METRO = "metro"


def text(network: CityNetwork, years: Sequence[int]) -> str:
    """Return the inputs file of the rule for the ends of some years: open facilities by service, and metro stations.

    A service nobody can reach on the day has no row.
    """
    seats = network.of_kind("seat")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for year in years:
        standing = network.on(date(year, 12, 31))
        at: dict[str, list[str]] = {}
        for facility in standing.facilities:
            at.setdefault(facility.service, []).append(facility.node)
        running = {line.id for line in standing.lines}
        stops = [s.node for s in network.stops if s.line in running and (s.opens is None or s.opens <= standing.day)]
        if stops:
            at[METRO] = stops
        source = f"networks/{network.id} {standing.day}"
        level = min(Status.DERIVED, standing.status).word
        for service in sorted(at):
            table = cost_table(standing.graph, standing.numbers([s.id for s in seats]), standing.numbers(at[service]))
            for seat, nearest in zip(seats, table.min(axis=1).tolist(), strict=True):
                if isfinite(nearest):
                    shown = f"{nearest:.3f}".rstrip("0").rstrip(".")
                    writer.writerow((seat.place, service, year, "minutes", shown, level, source))
        for seat in seats:
            if seat.people is not None:
                people = (f"{seat.people:.12g}", seat.status.word, f"networks/{network.id} nodes.csv")
                writer.writerow((seat.place, "", year, "people", *people))
    return out.getvalue()
