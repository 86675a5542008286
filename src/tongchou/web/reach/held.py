"""The networks with facilities that the region package holds, read once a process; answers kept for a while."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks.access import codes
from tongchou.networks.access.served import services
from tongchou.networks.access.siting import ASSIGNING
from tongchou.networks.package import CityNetwork, names
from tongchou.networks.package.reading import FOLDER
from tongchou.surfaces.reach.answer import Answer, Asked, Placed, SitingAsked, answered, candidates, placed
from tongchou.surfaces.reach.commands import site_command
from tongchou.web.figures.regions import region_named
from tongchou.web.package_networks import network

SECONDS = 4.0  # a page waits for a plan
#: Pairs of points and candidates that a page solves while its reader waits, by whether pairs are variables.
MOST_PAIRS = {True: 20_000, False: 400_000}


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What there is: networks with facilities by id, and what is wrong with those that cannot be read."""

    networks: dict[str, CityNetwork]
    problems: tuple[Problem, ...]


def held() -> Held:
    """Return the networks of the configured region."""
    return _held(region_named(settings.REGION).folder)


@lru_cache(maxsize=4)
def _held(folder: str) -> Held:
    found: dict[str, CityNetwork] = {}
    problems: list[Problem] = []
    for id_ in names(folder) if folder else ():
        if not (Path(folder) / FOLDER / id_ / "facilities.csv").is_file():
            continue
        try:
            whole = network(folder, id_)
        except ProblemsError as error:
            problems += error.problems
            continue
        if services(whole):
            found[id_] = whole
    # In the order of the policy.
    order = sorted(found, key=lambda id_: (found[id_].system, id_))
    return Held({id_: found[id_] for id_ in order}, tuple(problems))


def answer_to(asked: Asked) -> Answer:
    """Return the answer to a question; raise :class:`ProblemsError` with what the network does not hold."""
    return _answer(region_named(settings.REGION).folder, asked)


@lru_cache(maxsize=64)
def _answer(folder: str, asked: Asked) -> Answer:
    return answered(_held(folder).networks[asked.network], asked, region_named(settings.REGION).places)


def plan_for(asked: Asked, siting: SitingAsked) -> Placed:
    """Return the plan asked for; raise :class:`ProblemsError` where it is too large for a page, or none is found."""
    return _plan(region_named(settings.REGION).folder, asked, siting)


@lru_cache(maxsize=32)
def _plan(folder: str, asked: Asked, siting: SitingAsked) -> Placed:
    answer = _answer(folder, asked)
    sites = candidates(answer.served.network, siting.candidates, {f.node for f in answer.served.facilities})
    pairs, most = len(sites) * len(answer.served.points), MOST_PAIRS[siting.method in ASSIGNING]
    if pairs > most:
        command = site_command(settings.REGION, asked, siting)
        raise ProblemsError([codes.TOO_LARGE.at("site", pairs=f"{pairs:,}", most=f"{most:,}", command=command)])
    return placed(answer, siting, seconds=SECONDS)


def first() -> None:
    """Compute one answer of every network, so that the kernels are there before the first reader comes."""
    for id_, whole in held().networks.items():
        service = next(iter(services(whole)))
        answer_to(Asked(id_, service, (), timezone.localdate(), "minutes", 30.0))


def forget() -> None:
    """Let go of everything, for tests that change the package."""
    for cached in (network, _held, _answer, _plan):
        cached.cache_clear()
