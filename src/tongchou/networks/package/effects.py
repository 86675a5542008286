"""What projects of a network save: minutes between places, and people-minutes for stated trips, for any set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.changes import MOST_PROJECTS, Comparison, minutes_saved
from tongchou.networks.graph import Floats
from tongchou.networks.package.model import CityNetwork, Link
from tongchou.networks.package.standing import Standing
from tongchou.networks.search import cost_table

PLACES = ("seat",)
HUBS = ("hub",)
WALK = "walk"


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """Trips from ``origins`` to ``targets`` (ids of nodes), shape (origins, targets)."""

    origins: tuple[str, ...]
    targets: tuple[str, ...]
    number: Floats


def trips_to_places(network: CityNetwork) -> Trips:
    """Return one trip of each resident to another seat, shared by the people who live at each."""
    seats = network.of_kind(*PLACES)
    people = np.array([n.people or 0.0 for n in seats])
    others = people.sum() - people
    shares = np.divide(people[None, :], others[:, None], out=np.zeros((people.size,) * 2), where=others[:, None] > 0)
    np.fill_diagonal(shares, 0.0)
    ids = tuple(n.id for n in seats)
    return Trips(ids, ids, people[:, None] * shares)


def trips_to_hubs(network: CityNetwork) -> Trips:
    """Return one trip of each resident to a hub, each hub alike."""
    seats, hubs = network.of_kind(*PLACES), network.of_kind(*HUBS)
    people = np.array([n.people or 0.0 for n in seats])
    number = np.repeat(people[:, None] / max(1, len(hubs)), len(hubs), axis=1)
    return Trips(tuple(n.id for n in seats), tuple(n.id for n in hubs), number)


def minutes(standing: Standing, origins: Sequence[str], targets: Sequence[str]) -> Floats:
    """Return the least minutes from each origin to each target, infinite where there is no way."""
    if not origins or not targets:
        return np.zeros((len(origins), len(targets)))
    return cost_table(standing.graph, standing.numbers(list(origins)), standing.numbers(list(targets)))


def worths(
    network: CityNetwork, day: date, candidates: Sequence[str], trips: Sequence[Trips], without: Sequence[str] = ()
) -> list[Mapping[frozenset[str], float]]:
    """Return, for each table of trips, the people-minutes that every set of ``candidates`` saves on a day.

    Saved against the day without any of them; projects ``without`` are never there. At most twelve candidates.
    """
    if not 1 <= len(candidates) <= MOST_PROJECTS:
        what = {"what": "projects", "most": MOST_PROJECTS, "found": len(candidates)}
        raise ProblemsError([codes.TOO_MANY.at("projects", **what)])
    base = network.on(day, (*without, *candidates))
    before = [minutes(base, t.origins, t.targets) for t in trips]
    found: list[dict[frozenset[str], float]] = [{} for _ in trips]
    for size in range(1, len(candidates) + 1):
        for chosen in combinations(candidates, size):
            with_them = network.on(day, (*without, *(c for c in candidates if c not in chosen)))
            for i, t in enumerate(trips):
                after = Comparison(before[i], minutes(with_them, t.origins, t.targets))
                found[i][frozenset(chosen)] = minutes_saved(after, t.number)
    return list(found)


@dataclass(frozen=True, slots=True)
class Cut:
    """What closing one row of ``links.csv`` does to trips: people-minutes ``lost``, and trips ``cut`` off."""

    link: Link
    lost: float
    cut: float


def cuts(network: CityNetwork, day: date, trips: Sequence[Trips], without: Sequence[str] = ()) -> list[Cut]:
    """Return what closing each link standing on a day does to trips, worst first; walks are left out.

    Other links between the same places stay open. A link is worse the more trips it cuts, then the more it delays.
    """
    standing = network.on(day, without)
    before = [minutes(standing, t.origins, t.targets) for t in trips]
    found = []
    for link in standing.links:
        if link.mode == WALK:
            continue
        left = replace(network, links=tuple(k for k in network.links if k.row != link.row))
        closed = left.on(day, [p for p in without if p in left.projects()])
        lost = cut = 0.0
        for t, held in zip(trips, before, strict=True):
            after = minutes(closed, t.origins, t.targets)
            lost -= minutes_saved(Comparison(held, after), t.number)
            cut += float(t.number[np.isfinite(held) & ~np.isfinite(after)].sum())
        found.append(Cut(link, lost + 0.0, cut))
    return sorted(found, key=lambda c: (-c.cut, -c.lost, c.link.row))
