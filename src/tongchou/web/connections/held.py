"""Networks of a region package, read once a process, and their tables of minutes on a day, kept while asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.graph import Graph
from tongchou.networks.package import CityNetwork, Node, Standing, names
from tongchou.networks.search import cost_table
from tongchou.networks.transit import snapped
from tongchou.region import Region
from tongchou.web.figures.regions import region_named
from tongchou.web.package_networks import network

#: A network with more nodes is a map of streets: it is drawn and examined in part, see ``docs/networks.md``.
STREETS = 5_000
_PLACES = ("seat",)
_ENDS = ("hub", "outside")
_CENTRES = ("centre", "seat", "hub")


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A network with who sets out (``places``) and where to (``ends``, the centre first); people by place."""

    network: CityNetwork
    places: tuple[Node, ...]
    ends: tuple[Node, ...]
    centre: Node | None
    people: NDArray[np.float64]
    number: dict[str, int]

    @property
    def targets(self) -> tuple[Node, ...]:
        """Everything there is to go to: the ends, then the places that are no end, each once."""
        return (*self.ends, *(n for n in self.places if n not in self.ends))

    @property
    def is_streets(self) -> bool:
        """Whether it is a map of streets, too large to be drawn whole."""
        return len(self.network.nodes) > STREETS

    @property
    def counted(self) -> NDArray[np.float64]:
        """People by place as weights: those nobody counted weigh nothing."""
        return np.nan_to_num(self.people)


def travel_networks(region: str) -> tuple[str, ...]:
    """Return the networks of a package on which people travel between seats, and those that cannot be read."""
    return _travel(region_named(region).folder)


@lru_cache(maxsize=4)
def _travel(folder: str) -> tuple[str, ...]:
    return tuple(name for name in names(folder) if _joins_seats(folder, name))


def _joins_seats(folder: str, name: str) -> bool:
    try:
        found = network(folder, name)
    except ProblemsError:
        return True  # it is shown with what is wrong with it
    return found.kind == "travel" and len(found.of_kind(*_PLACES)) > 1


@lru_cache(maxsize=4)
def held(region: str, id_: str) -> Held:
    """Return a network, read once a process; raises :class:`ProblemsError` with all that is wrong with it."""
    package = region_named(region)
    whole = network(package.folder, id_)
    centre = _centre(package, whole)
    places = tuple(n for n in whole.of_kind(*_PLACES) if n.place != package.centre)
    ends = (*(() if centre is None else (centre,)), *(n for n in whole.of_kind(*_ENDS) if n is not centre))
    people = np.array([np.nan if n.people is None else n.people for n in places], dtype=np.float64)
    # Graphs of every day number the nodes of the file first, in its order.
    return Held(whole, places, ends, centre, people, {n.id: i for i, n in enumerate(whole.nodes)})


def _centre(package: Region, network: CityNetwork) -> Node | None:
    """Return the node of the city itself, else the seat nearest to where the package says the city lies."""
    own = next((n for kind in _CENTRES for n in network.of_kind(kind) if n.place == package.centre), None)
    city = next((p for p in package.places if p.code == package.centre), None)
    seats = [(n, (n.lon, n.lat)) for n in network.of_kind(*_PLACES) if n.lon is not None and n.lat is not None]
    if own is not None or city is None or city.seat_lon is None or city.seat_lat is None or not seats:
        return own
    near = snapped([(city.seat_lon, city.seat_lat)], [at for _, at in seats])
    return seats[int(near.nodes[0])][0]


@lru_cache(maxsize=32)
def standing(region: str, id_: str, day: date, without: tuple[str, ...]) -> Standing:
    """Return a network as it stands on a day."""
    return held(region, id_).network.on(day, without)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Minutes on a day, infinite without a way: places × targets, of them places × ends, and places × places."""

    every: NDArray[np.float64]
    out: NDArray[np.float64]
    between: NDArray[np.float64]


def table_of(whole: Held, graph: Graph) -> Table:
    """Return the minutes over a graph of the network from every place."""
    starts = [whole.number[n.id] for n in whole.places]
    targets = [whole.number[n.id] for n in whole.targets]
    # A few starts on a small graph are done before threads have met.
    minutes = cost_table(graph, starts, targets, by="search", threads=None if whole.is_streets else 1)
    own = [targets.index(number) for number in starts]
    return Table(minutes, minutes[:, : len(whole.ends)], minutes[:, own])


@lru_cache(maxsize=512)
def table(region: str, id_: str, day: date, without: tuple[str, ...]) -> Table:
    """Return the minutes on a day, left without some projects."""
    return table_of(held(region, id_), standing(region, id_, day, without).graph)
