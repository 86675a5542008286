"""What turns on what is assumed: the saving of every project with each assumption a fifth lower and higher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tongchou.kernel.text import Text
from tongchou.networks.changes import Comparison, minutes_saved
from tongchou.networks.package import CityNetwork
from tongchou.networks.package.assuming import rests_on
from tongchou.networks.package.effects import Trips, minutes
from tongchou.region.model import Region
from tongchou.surfaces.listing import Cell, Listing, ListingColumn

_BY = 0.2
_URBAN = ("speed_street", "speed_arterial")  # one driver meets both: they move together


def sensitivity(
    region: Region,
    network: CityNetwork,
    day: date,
    projects: Sequence[str],
    trips: Sequence[Trips],
    without: Sequence[str] = (),
) -> Listing:
    """Return what each project saves as the last of all, with assumptions as they are and a fifth lower and higher."""
    names = {p.id: p.name for p in region.projects}
    rows: list[Sequence[Cell]] = [(Text("照此", "As they are"), "", *_last(network, day, projects, trips, without))]
    for group in _groups(network):
        labels = [network.assumed[n].label for n in group]
        label = Text("、".join(t.zh for t in labels), "; ".join(t.en for t in labels))
        for sign in (-1, 1):
            other = network.assuming({n: network.assumed[n].value * (1 + sign * _BY) for n in group})
            values = "、".join(f"{other.assumed[n].value:g}" for n in group)
            found = _last(other, day, projects, trips, without)
            rows.append((label, f"{'−' if sign < 0 else '+'}20%：{values}", *found))
    columns = (
        ListingColumn(Text("假定", "Assumption"), 34),
        ListingColumn(Text("改为", "Made"), 16, "centre"),
        *(ListingColumn(names.get(p, Text(p, p)), 18, "decimal") for p in projects),
    )
    note = Text(
        "敏感性：每个项目最后建时每日省下的人·分钟。一个假定改两成而变成零或翻几倍的项目，不能据此排序。",
        "Sensitivity: person-minutes a day each project saves as the last. One that falls to nothing or grows "
        "severalfold when an assumption moves by a fifth cannot be ranked by these numbers.",
    )
    return Listing(Text("敏感性", "Sensitivity"), note, columns, rows if projects else [])


def _groups(network: CityNetwork) -> list[tuple[str, ...]]:
    known = rests_on(network)
    urban = tuple(name for name in known if name in _URBAN)
    return [*([urban] if urban else []), *((name,) for name in known if name not in _URBAN)]


def _last(
    network: CityNetwork, day: date, projects: Sequence[str], trips: Sequence[Trips], without: Sequence[str]
) -> list[float]:
    everything = network.on(day, tuple(without))
    after = [minutes(everything, t.origins, t.targets) for t in trips]
    found = []
    for project in projects:
        left = network.on(day, (*without, project))
        saved = 0.0
        for t, held in zip(trips, after, strict=True):
            saved += minutes_saved(Comparison(minutes(left, t.origins, t.targets), held), t.number)
        found.append(round(saved, 2))
    return found
