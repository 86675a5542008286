"""The supply networks of the region package, and answers about them, kept while they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tongchou.kernel.declared import read_model
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks.package import CityNetwork, names
from tongchou.networks.package.declaration import FILE, Declared
from tongchou.networks.package.reading import FOLDER
from tongchou.surfaces.supply.answering import KINDS, Supplied, supplied, years
from tongchou.surfaces.supply.things import Change
from tongchou.surfaces.supply.view import View
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.figures.regions import region_named
from tongchou.web.package_networks import network
from tongchou.web.supply.asking import Question


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What there is: networks by id, and what is wrong with those that cannot be read, by id."""

    networks: dict[str, CityNetwork]
    broken: dict[str, tuple[Problem, ...]]


def held() -> Held:
    """Return the supply networks of the configured region: water, energy, information."""
    return _held(region_named(settings.REGION).folder)


@lru_cache(maxsize=4)
def _held(folder: str) -> Held:
    found: dict[str, CityNetwork] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for id_ in names(folder) if folder else ():
        try:
            whole = network(folder, id_)
        except ProblemsError as error:
            if _kind(Path(folder), id_) in KINDS:
                broken[id_] = error.problems
            continue
        if whole.kind in KINDS:
            found[id_] = whole
    order = sorted(found, key=lambda id_: (KINDS.index(found[id_].kind), id_))
    return Held({id_: found[id_] for id_ in order}, broken)


def _kind(folder: Path, id_: str) -> str:
    """Return the kind that a network which cannot be read says it is of, "" where it does not even say that."""
    try:
        return read_model(Declared, folder / FOLDER / id_ / FILE, FILE)[0].kind
    except ProblemsError:
        return ""


def view_of(asked: Question) -> View:
    """Return what is asked for, computed; raise :class:`ProblemsError` with what keeps it from being so."""
    folder = region_named(settings.REGION).folder
    return _view(settings.REGION, folder, asked.network, asked.year, asked.month, asked.change)


@lru_cache(maxsize=32)
def _view(region: str, folder: str, id_: str, year: int, month: str, change: Change | None) -> View:
    found = _answer(region, folder, id_, year, change)
    before = _answer(region, folder, id_, year, None) if change is not None else None
    return View(region_named(region), found, month, before)


@lru_cache(maxsize=32)
def _answer(region: str, folder: str, id_: str, year: int, change: Change | None) -> Supplied:
    return supplied(region_named(region), _held(folder).networks[id_], year, rules_of(region)[0], change)


def first() -> None:
    """Compute the answers that are asked for first, so that they are there before the first reader comes."""
    for id_, whole in held().networks.items():
        today = timezone.localdate()
        region = region_named(settings.REGION)
        if choices := years(whole, region, rules_of(settings.REGION)[0], today):
            _answer(settings.REGION, region.folder, id_, usual_year(choices, today), None)


def usual_year(choices: Sequence[int], today: date) -> int:
    """Return the year to show unless another is asked for: the last that has begun, else the first."""
    begun = [year for year in choices if year <= today.year]
    return begun[-1] if begun else choices[0]


def forget() -> None:
    """Let go of everything, for tests that change the package."""
    for cached in (network, _held, _answer, _view):
        cached.cache_clear()
