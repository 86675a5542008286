"""The rows of ``infrastructure.connection`` from a network of a package: direct times of every pair, year by year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite

import numpy as np

from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork, Node
from tongchou.networks.package.direct import direct
from tongchou.networks.transit.modes import snapped
from tongchou.region.model import Region

HEADER = ("tail", "head", "period", "name", "value", "status", "source")
KINDS = ("seat", "hub", "outside")
OUTPUT = "gdp.total"
PLANNED = "（计划 planned）"
Row = tuple[str, str, str, str, str, str, str]


def told(region: Region, network: CityNetwork, day: date) -> str:
    """Return where a number of a day comes from; a day after the package was compiled is a plan and says so."""
    plan = region.updated is not None and day > region.updated
    return f"networks/{network.id} {day}{PLANNED if plan else ''}"


def years_of(network: CityNetwork) -> tuple[int, ...]:
    """Return the years in which a link or line opens or closes."""
    days = {k.opens for k in network.links} | {k.closes for k in network.links} | {k.opens for k in network.lines}
    return tuple(sorted({day.year for day in days if day is not None}))


def text(region: Region, network: CityNetwork, years: Sequence[int] = ()) -> str:
    """Return the inputs file of the rule for some years, without any for all of :func:`years_of`.

    People and output are those the network and the region hold last, the same in every year, so that what changes is
    the network alone. What a place outside and a hub weigh is 0.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for year in years or years_of(network):
        writer.writerows(_year(region, network, year))
    return out.getvalue()


def _year(region: Region, network: CityNetwork, year: int) -> Iterator[Row]:
    places = [n.id for n in network.of_kind(*KINDS)]
    period = str(year)
    for name, day in (("direct_before", date(year, 1, 1)), ("direct_after", date(year, 12, 31))):
        found = direct(network.on(day), places)
        source = told(region, network, day)
        for i, tail in enumerate(places):
            for j, head in enumerate(places):
                if i != j:
                    minutes = float(found.minutes[i, j])
                    value = f"{minutes:.3f}".rstrip("0").rstrip(".") if isfinite(minutes) else "0"
                    yield tail, head, period, name, value, Status(int(found.status[i, j])).word, source
    centre = centre_of(region, network)
    for node in network.of_kind(*KINDS):
        people, output = _people(network, node), _output(region, node, year)
        yield "", node.id, period, "people", *people
        yield "", node.id, period, "output", *output
        yield "", node.id, period, "centre", str(int(node.id == centre)), Status.ASSUMED.word, _CENTRE


_CENTRE = "离市中心点最近的驻地 the seat nearest to the city's own point"


def centre_of(region: Region, network: CityNetwork) -> str:
    """Return the seat nearest to the point that the region's central city has, "" where it has none."""
    city = region.places[region.centre]
    if city.seat_lon is None or city.seat_lat is None:
        return ""
    seats = [n for n in network.of_kind("seat") if n.lon is not None and n.lat is not None]
    at = snapped((city.seat_lon, city.seat_lat), np.array([[n.lon, n.lat] for n in seats], dtype=np.float64))
    return seats[int(at.nodes[0])].id


def _people(network: CityNetwork, node: Node) -> tuple[str, str, str]:
    if node.kind != "seat":
        return "0", Status.DERIVED.word, "枢纽和市外节点不计人口 hubs and places outside have none"
    return "" if node.people is None else f"{node.people:.12g}", node.status.word, f"networks/{network.id} nodes.csv"


def _output(region: Region, node: Node, year: int) -> tuple[str, str, str]:
    if node.kind != "seat":
        return "0", Status.DERIVED.word, "枢纽和市外节点不计产出 hubs and places outside have none"
    held = [f for f in region.of(node.place, OUTPUT) if f.value is not None]
    if not held:
        return "", Status.ASSUMED.word, OUTPUT
    last = max(held, key=lambda f: (f.period.end.year in _common(region), f.period.end, f.status))
    same = last.period.code == str(year)
    return f"{last.value:.12g}", (last.status if same else Status.ASSUMED).word, f"{last.source} {last.period.code}"


def _common(region: Region) -> set[int]:
    """Return the years in which every county has an output, so that all stand for the same year."""
    years = [{f.period.end.year for f in region.of(c, OUTPUT) if f.value is not None} for c in region.county_level()]
    return {max(common)} if years and (common := set.intersection(*years)) else set()
