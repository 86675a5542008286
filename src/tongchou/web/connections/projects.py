"""What each project of a network changes: alone, as the last, and its share where several interact (Shapley 1953)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tongchou.networks.changes import Project, shared
from tongchou.networks.package import CityNetwork
from tongchou.surfaces.listing import Listing
from tongchou.surfaces.network_sensitivity import sensitivity
from tongchou.web.connections.asking import Question
from tongchou.web.connections.comparing import people_minutes
from tongchou.web.connections.held import Held, held, table
from tongchou.web.connections.trips import rates, trips, weighed
from tongchou.web.figures.regions import region_named

MOST = 8  # projects shared exactly while a reader waits: 256 networks


@dataclass(frozen=True, slots=True)
class Effect:
    """People-minutes a day of a project ``alone`` with none of the others, as the ``last`` of all, its ``share``."""

    project: str
    alone: float
    last: float
    share: float


@dataclass(frozen=True, slots=True)
class Effects:
    """Effects of the projects opened between two days, what ``others`` (links of no project) bring, and the whole."""

    projects: tuple[Effect, ...]
    others: float
    whole: float
    unshared: tuple[str, ...]  # too many to share, or a map of streets


def opened_between(network: CityNetwork, before: date, on: date) -> tuple[str, ...]:
    """Return the projects of which something opens after ``before`` and by ``on``."""
    return tuple(p for p in network.projects() if any(before < day <= on for day in network.opens(p)))


def effects(region: str, asked: Question) -> Effects:
    """Return what the projects opened between the two days change; kept while the same is asked."""
    return _effects(region, asked.network, asked.before, asked.on, asked.without)


@lru_cache(maxsize=64)
def _effects(region: str, id_: str, before: date, on: date, without: tuple[str, ...]) -> Effects:
    whole = held(region, id_)
    weight = trips(region, id_)
    projects = [p for p in opened_between(whole.network, before, on) if p not in without]
    start = table(region, id_, before, without)
    end = table(region, id_, on, without)
    total = people_minutes(weight, start, end)
    if not projects or whole.is_streets or len(projects) > MOST:
        rest = total if not projects else 0.0
        return Effects((), rest, total, tuple(projects))
    bare = table(region, id_, on, _out(whole, without, projects))

    def gain(chosen: Sequence[Project]) -> float:
        names = {p.name for p in chosen}
        left = [p for p in projects if p not in names]
        return people_minutes(weight, bare, table(region, id_, on, _out(whole, without, left)))

    found = shared([Project(p, ()) for p in projects], gain)
    rows = (
        Effect(p, float(a), float(b), float(s))
        for p, a, b, s in zip(projects, found.alone, found.last, found.share, strict=True)
    )
    return Effects(tuple(rows), people_minutes(weight, start, bare), total, ())


def turned(region: str, asked: Question) -> Listing:
    """Return what the projects opened between the two days save, each last, with assumptions a fifth off.

    Without rows where there is none, or where the network is a map of streets.
    """
    return _turned(region, asked.network, asked.before, asked.on, asked.without, *(r.value for r in rates(region)))


@lru_cache(maxsize=16)
def _turned(
    region: str, id_: str, before: date, on: date, without: tuple[str, ...], to_places: float, to_hubs: float
) -> Listing:
    whole = held(region, id_)
    projects = [p for p in opened_between(whole.network, before, on) if p not in without]
    if whole.is_streets:
        projects = []
    return sensitivity(region_named(region), whole.network, on, projects, weighed(region, id_), without)


def _out(whole: Held, without: tuple[str, ...], left: Sequence[str]) -> tuple[str, ...]:
    """Return the projects left out, in the order of the network, so that the same set is the same table."""
    out = {*without, *left}
    return tuple(p for p in whole.network.projects() if p in out)
