"""``infrastructure.energy_links`` and ``infrastructure.interconnects``: from declared names to flows and widest paths.

Links carry both ways. What is never the end of a link is a source and gives as much as is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.networks.flow import most
from tongchou.networks.widest import widest
from tongchou.rules.algorithm import Withheld

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Note = Callable[[str, float, Text], None]
_DECIMALS = 6  # what the solver leaves open lies far below


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    tails: Ints
    heads: Ints
    nodes: int
    sources: Ints


def _links(tail: Sequence[str], head: Sequence[str]) -> _Links:
    names = {name: i for i, name in enumerate(dict.fromkeys([*tail, *head]))}
    sources = [i for name, i in names.items() if name not in set(head)]
    if not sources:
        raise Withheld(
            Text("没有源头：每个节点都是某条线的终点", "there is no source: every node is the end of a link")
        )
    tails, heads = (np.array([names[n] for n in side], dtype=np.int64) for side in (tail, head))
    return _Links(tails, heads, len(names), np.array(sources, dtype=np.int64))


def links_out(
    capacity: Floats, circuits: Floats, load: Floats, tail: Sequence[str], head: Sequence[str], note: Note
) -> Mapping[str, Floats]:
    """Return what is not served with one circuit of each link out, and what each node can draw, whole and then.

    ``capacity`` is that of all ``circuits`` of a link, ``load`` the peak at its end (alike for all links there). What a
    node can draw is what the network carries with its load without limit, less what it carries without it, the others
    at their peak: what is left to it when they come first.
    """
    found = outages(capacity, circuits, load, tail, head)
    note("unserved", found.short, Text("各线都在时不能满足", "not served with all links"))
    at = np.searchsorted(found.ends, found.heads)
    firm = found.left.min(axis=0, initial=np.inf)
    return {"unserved": found.unserved, "can_draw": found.can[at], "firm": firm[at]}


@dataclass(frozen=True, slots=True, eq=False)
class Outages:
    """What is not served (``short`` with all links, ``unserved`` by link with one circuit of it out) and can be drawn.

    ``ends`` are the nodes that links lead to, ``heads`` those of the links; what an end can draw is ``can`` (ends) with
    all links and ``left`` (links, ends) with one circuit of a link out.
    """

    ends: Ints
    heads: Ints
    short: float
    unserved: Floats
    can: Floats
    left: Floats


def outages(capacity: Floats, circuits: Floats, load: Floats, tail: Sequence[str], head: Sequence[str]) -> Outages:
    """Return what every single outage leaves; arguments as of :func:`links_out`."""
    links = _links(tail, head)
    ends, first = np.unique(links.heads, return_index=True)
    loads = load[first]
    short = round(float(loads.sum()) - _carried(links, capacity, ends, loads), _DECIMALS)
    unserved, left = np.zeros(len(tail)), np.zeros((len(tail), ends.size))
    for i in range(len(tail)):
        rest = capacity.copy()
        rest[i] -= capacity[i] / circuits[i]
        unserved[i] = round(loads.sum() - _carried(links, rest, ends, loads), _DECIMALS)
        left[i] = _draw(links, rest, ends, loads)
    return Outages(ends, links.heads, short, unserved, _draw(links, capacity, ends, loads), left)


def _carried(links: _Links, capacity: Floats, ends: Ints, loads: Floats) -> float:
    """Return the largest flow from the sources to the loads."""
    source, sink = links.nodes, links.nodes + 1
    endless = float(capacity.sum()) + 1.0  # more than all links can carry
    ones = np.ones_like
    tails = np.concatenate([links.tails, links.heads, source * ones(links.sources), ends])
    heads = np.concatenate([links.heads, links.tails, links.sources, sink * ones(ends)])
    room = np.concatenate([capacity, capacity, np.full(links.sources.size, endless), np.minimum(loads, endless)])
    return most(tails, heads, room, source, sink).value


def _draw(links: _Links, capacity: Floats, ends: Ints, loads: Floats) -> Floats:
    found = np.zeros(ends.size)
    for k in range(ends.size):
        others = loads.copy()
        others[k] = 0.0
        less = _carried(links, capacity, ends, others)
        others[k] = np.inf
        found[k] = round(_carried(links, capacity, ends, others) - less, _DECIMALS)
    return found


def narrowest(capacity: Floats, tail: Sequence[str], head: Sequence[str]) -> Ints:
    """Return for each link the one that narrows the widest way from a hub to its end, -1 where there is no way."""
    links = _links(tail, head)
    return widest(links.tails, links.heads, capacity, links.sources, links.nodes).narrowest[links.heads]


def widest_ways(
    capacity: Floats, used: Floats, people: Floats, tail: Sequence[str], head: Sequence[str], note: Note
) -> Mapping[str, Floats]:
    """Return how wide the widest way from a hub to each link's end is, how much of it is free, and whom a link narrows.

    ``used`` is the peak on each link, in the unit of ``capacity``; ``people`` are those at its end (alike for all links
    there).
    """
    links = _links(tail, head)
    ways = widest(links.tails, links.heads, capacity, links.sources, links.nodes)
    free = widest(links.tails, links.heads, np.maximum(capacity - used, 0.0), links.sources, links.nodes)
    narrowed = np.zeros(len(tail))
    ends, first = np.unique(links.heads, return_index=True)
    for node, at in zip(ends.tolist(), first.tolist(), strict=True):
        if ways.narrowest[node] >= 0:
            narrowed[ways.narrowest[node]] += people[at]
    cut = [float(people[at]) for node, at in zip(ends.tolist(), first.tolist(), strict=True) if ways.width[node] == 0]
    note("cut_off", float(sum(cut)), Text("与枢纽不通的人口", "people without a way from a hub"))
    return {"width": ways.width[links.heads], "free": free.width[links.heads], "narrows": narrowed}
