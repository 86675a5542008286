"""Critical links: what closing each link or line, one at a time, cuts off or delays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.critical import closures
from tongchou.networks.package import CityNetwork, Node
from tongchou.networks.package.effects import WALK
from tongchou.networks.ways import ways
from tongchou.web.connections.asking import Question
from tongchou.web.connections.held import Held, held, standing, table, table_of
from tongchou.web.connections.trips import trips
from tongchou.web.connections.words import mode_word

_MOSTLY = 0.5  # of what a place could reach: who loses more is cut off from the others, not they from it
_MOST_STREETS = 15  # streets closed one by one where there are too many to close all


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing something does: people-minutes ``lost`` and trips ``cut`` off a day, which places and how far."""

    called: Text
    mode: Text
    status: Status | None
    lost: float
    cut: float
    apart: tuple[Node, ...]
    worst: Node | None
    worst_end: Node | None
    worst_minutes: float


@dataclass(frozen=True, slots=True)
class Criticals:
    """What was closed, worst first; ``harmless`` closings delay nobody; ``streets`` says that not all were tried."""

    closed: tuple[Closed, ...]
    harmless: int
    streets: bool


def criticals(region: str, asked: Question) -> Criticals:
    """Return what closing each thing that stands on the day asked for does; kept while the same is asked."""
    return _criticals(region, asked.network, asked.on, asked.without)


@lru_cache(maxsize=32)
def _criticals(region: str, id_: str, on: date, without: tuple[str, ...]) -> Criticals:
    whole = held(region, id_)
    if whole.is_streets:
        return _of_streets(whole, region, id_, on, without)
    network, stands = whole.network, standing(region, id_, on, without)
    names = {n.id: n.name for n in network.nodes}
    found: list[Closed] = []
    tried = 0
    rows = {link.row for link in stands.links if link.mode != WALK}  # nobody closes the walk to a platform
    for link in (k for k in network.links if k.row in rows):
        rest = replace(network, links=tuple(k for k in network.links if k is not link))
        called = _between(names[link.tail], names[link.head])
        found += _closed(whole, region, id_, on, without, rest, called, mode_word(link.mode), link.status)
        tried += 1
    for line in stands.lines:
        rest = replace(network, lines=tuple(k for k in network.lines if k is not line))
        found += _closed(whole, region, id_, on, without, rest, line.name, mode_word("metro"), line.status)
        tried += 1
    found.sort(key=lambda c: (-c.cut, -c.lost, c.called.zh, c.mode.zh))
    return Criticals(tuple(found), tried - len(found), False)


def _closed(
    whole: Held,
    region: str,
    id_: str,
    on: date,
    without: tuple[str, ...],
    rest: CityNetwork,
    called: Text,
    mode: Text,
    status: Status,
) -> list[Closed]:
    """Return what is lost without something, nothing where nobody loses; what has lost its project stays left out."""
    known = rest.projects()
    stands = rest.on(on, tuple(p for p in without if p in known))
    before, after = table(region, id_, on, without).every, table_of(whole, stands.graph).every
    cut = np.isfinite(before) & ~np.isfinite(after)
    both = np.isfinite(before) & np.isfinite(after)
    delay = np.where(both, np.where(both, after, 0.0) - np.where(both, before, 0.0), 0.0)
    if not cut.any() and delay.max(initial=0.0) < 1e-6:
        return []
    weight = trips(region, id_)
    row, column = np.unravel_index(int(delay.argmax()), delay.shape)
    is_delayed = delay[row, column] >= 1e-6
    return [
        Closed(
            called,
            mode,
            status,
            float((delay * weight).sum()),
            float((cut * weight).sum()),
            _severed(whole, cut),
            whole.places[row] if is_delayed else None,
            whole.targets[column] if is_delayed else None,
            float(delay[row, column]),
        )
    ]


def _severed(whole: Held, cut: NDArray[np.bool_]) -> tuple[Node, ...]:
    """Return the places that lose most of what they could reach; where none does, every place that loses anything."""
    most = cut.mean(axis=1) > _MOSTLY
    return tuple(whole.places[i] for i in np.flatnonzero(most if most.any() else cut.any(axis=1)))


def _of_streets(whole: Held, region: str, id_: str, on: date, without: tuple[str, ...]) -> Criticals:
    """Return what closing the streets that most people take to the ends does."""
    stands = standing(region, id_, on, without)
    starts = [whole.number[n.id] for n in whole.places]
    targets = [whole.number[n.id] for n in whole.targets]
    taken: Counter[tuple[int, int]] = Counter()
    for start, people in zip(starts, whole.counted.tolist(), strict=True):
        for nodes in ways(stands.graph, start, targets):
            for tail, head in pairwise(nodes.tolist()):
                taken[min(tail, head), max(tail, head)] += people
    most = [ends for ends, _ in taken.most_common(_MOST_STREETS)]
    if not most:
        return Criticals((), 0, True)
    names = [n.name for n in whole.network.nodes]

    def name(number: int) -> Text:
        at = stands.nodes[number]
        return names[number] if number < len(names) else Text(at, at)

    found = [
        Closed(_between(name(c.tail), name(c.head)), Text("", ""), None, c.lost, c.cut, (), None, None, 0.0)
        for c in closures(stands.graph, most, starts, targets, trips(region, id_))
        if c.lost > 0 or c.cut > 0
    ]
    return Criticals(tuple(found), len(most) - len(found), True)


def _between(a: Text, b: Text) -> Text:
    return Text(f"{a.zh}—{b.zh}", f"{a.en}–{b.en}")
