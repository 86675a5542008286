"""How many trips a day weigh minutes saved or lost: those the rule for the order of building assumes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.networks.package.effects import Trips, trips_to_hubs, trips_to_places
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.connections.held import held

_RULE = "infrastructure.build_order"


@dataclass(frozen=True, slots=True)
class Rate:
    """Trips a day and person, and what says so."""

    value: float
    source: Text
    assumed: bool


def rates(region: str) -> tuple[Rate, Rate]:
    """Return how often a resident goes to another county, and to a hub, as in force today."""
    dated = [rules_of(region)[0].parameters[_RULE].at(name, timezone.localdate()) for name in ("trips", "hub_trips")]
    found = []
    for one in dated:
        assert isinstance(one.value, float | int)  # noqa: S101 — one number for all
        found.append(Rate(float(one.value), one.source.text(), one.assumed))
    return found[0], found[1]


def weighed(region: str, id_: str) -> tuple[Trips, Trips]:
    """Return the trips of a day to other seats, shared by the people there, and to hubs, each alike."""
    network = held(region, id_).network
    tables = trips_to_places(network), trips_to_hubs(network)
    places, hubs = (
        Trips(t.origins, t.targets, t.number * rate.value) for t, rate in zip(tables, rates(region), strict=True)
    )
    return places, hubs


def trips(region: str, id_: str) -> NDArray[np.float64]:
    """Return the trips of a day from every place to every target; to places outside nobody is counted."""
    to_places, to_hubs = (rate.value for rate in rates(region))
    return _trips(region, id_, to_places, to_hubs)


@lru_cache(maxsize=8)
def _trips(region: str, id_: str, to_places: float, to_hubs: float) -> NDArray[np.float64]:
    whole = held(region, id_)
    rows = {n.id: i for i, n in enumerate(whole.places)}
    columns = {n.id: j for j, n in enumerate(whole.targets)}
    found = np.zeros((len(rows), len(columns)))
    for told, rate in ((trips_to_places(whole.network), to_places), (trips_to_hubs(whole.network), to_hubs)):
        for i, origin in enumerate(told.origins):
            for j, target in enumerate(told.targets):
                if origin in rows and target in columns and origin != target:
                    found[rows[origin], columns[target]] += rate * told.number[i, j]
    return found
