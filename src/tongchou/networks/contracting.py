"""Contraction of a graph, round by round: what is left lies together in memory, what went is written down once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Ints
from tongchou.networks.threads import how_many

Progress = Callable[[int, int], None]
_PAIRS = 1 << 25  # pairs of neighbours a round works on at a time
_FEW = 8  # nodes that one thread contracts sooner than two are woken
_DENSE = 24  # so many nodes left for every neighbour they have: cheaper to know all their distances
_KNOWN = 8192  # … but never more nodes than this
_PATCH = 2048  # nodes that are held together at first where neighbours lie apart
_APART = 1 / 64  # … in the mean by more than this part of all
_THINNED = 0.6  # what is left is numbered anew when it is no more than this part of what is held


@dataclass(slots=True, eq=False)
class _Left:
    """The nodes not yet contracted and their neighbours, numbered by places in ``names``; pool as in adjacency."""

    names: NDArray[np.int32]
    level: NDArray[np.int32]
    start: Ints
    count: NDArray[np.int32]
    room: NDArray[np.int32]
    near: NDArray[np.int32]
    out: NDArray[Any]
    into: NDArray[Any]
    end: int

    def lists(self) -> tuple[Any, ...]:
        return self.start, self.count, self.near, self.out, self.into

    def closer(self, live: NDArray[np.int32], number: NDArray[np.int32]) -> _Left:
        """Return the nodes ``live`` alone, in their order; ``number`` is the place of each of them."""
        from tongchou.networks.kernels import patches

        return _Left(self.names[live], self.level[live], *patches.closer(*(*self.lists(), live, number)))

    def numbers(self, live: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return for each of the nodes ``live`` its place among them; of others, anything."""
        number = np.empty(self.start.size, dtype=np.int32)
        number[live] = np.arange(live.size, dtype=np.int32)
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """Nodes in the order they went: ``names[k]`` in round ``rounds[k]``, its later neighbours and costs in one pool."""

    names: NDArray[np.int32]
    rounds: NDArray[np.int32]
    count: NDArray[np.int32]
    near: NDArray[np.int32]
    out: NDArray[Any]
    into: NDArray[Any]


def contracted(
    first: Ints, heads: NDArray[np.int32], weights: NDArray[Any], top: Any, progress: Progress | None
) -> tuple[Contracted, bool]:
    """Return every node with its neighbours at the time it went, and whether every cost is the same both ways."""
    from tongchou.networks.kernels import adjacency, contraction, patches
    from tongchou.networks.kernels.room import room_for

    nodes = first.size - 1
    lists = adjacency.both_ways(first, heads, weights, top)
    left = _Left(np.arange(nodes, dtype=np.int32), np.zeros(nodes, dtype=np.int32), *lists)
    del lists
    alike = adjacency.is_alike(*(left.start, left.count, left.out, left.into))
    if patches.mean_span(*(left.start, left.count, left.near)) > _APART * nodes:
        by_patches = patches.by_patches(*(left.start, left.count, left.near, _PATCH))
        left = left.closer(by_patches, left.numbers(by_patches))
    standing = np.zeros(nodes, dtype=np.int32)
    more = np.zeros(nodes, dtype=np.int32)
    gone, seen = np.zeros(nodes, dtype=np.bool_), np.zeros(nodes, dtype=np.bool_)
    live = np.arange(nodes, dtype=np.int32)
    changed = live
    work = room_for(nodes, how_many(), top)
    known = None
    done = 0
    went: list[tuple[Any, ...]] = []
    while live.size:
        if known is None and live.size < _THINNED * left.start.size:
            standing[: live.size] = standing[live]
            number = left.numbers(live)
            changed = number[changed]
            left = left.closer(live, number)
            live = np.arange(live.size, dtype=np.int32)
            gone[: live.size] = False
        contraction.weigh(left.count, left.level, changed, standing)
        chosen = contraction.choose(*(left.start, left.count, left.near, live, standing))
        if known is None and live.size <= min(_KNOWN, _DENSE * float(left.count[live].mean())):
            known = _known(left, live, top)
        which, live = live[chosen], live[~chosen]
        gone[which] = True
        went.append((left.names[which], left.count[which], *patches.lists_of(*(*left.lists(), which, left.names))))
        made = _shortcuts(left, which, gone, alike, work, known, top)
        changed = contraction.raise_levels(left.start, left.count, left.near, which, left.level, seen)
        adjacency.unlink(*(*left.lists(), changed, gone))
        for places, tails, heads_of, costs, number_of in made:
            ends = places, number_of, tails, heads_of
            contraction.count_ends(*ends, more)
            left.near, left.out, left.into, left.end = adjacency.make_room(
                left.start, left.count, left.room, left.near, left.out, left.into, left.end, changed, more
            )
            contraction.put_in(*(*left.lists(), *ends, costs, alike, top, how_many()))
        done += which.size
        if progress is not None:
            progress(done, nodes)
    rounds = np.repeat(np.arange(len(went), dtype=np.int32), [len(part[0]) for part in went])
    names, count, near, out, into = (np.concatenate([part[i] for part in went]) for i in range(5))
    return Contracted(names, rounds, count, near, out, into), alike


def _known(left: _Left, live: Any, top: Any) -> tuple[Any, Any]:
    from tongchou.networks.kernels.core import distances, eliminated

    number = left.numbers(live)  # every neighbour that is left is one of them
    table = np.empty((live.size, live.size), dtype=top.dtype)
    held = eliminated(left.start, left.count, left.near, left.out, live, number, top, table)
    distances(*(*held, top, table))
    return number, table


def _slices(pairs: Ints) -> list[tuple[int, int]]:
    """Return ranges of the nodes of a round, each of so few pairs that their shortcuts fit in memory."""
    cuts = [0]
    while cuts[-1] < pairs.size - 1:
        reach = int(np.searchsorted(pairs, pairs[cuts[-1]] + _PAIRS, side="right")) - 1
        cuts.append(max(reach, cuts[-1] + 1))
    return list(pairwise(cuts))


def _shortcuts(
    left: _Left, which: Any, gone: Any, alike: bool, work: Any, known: tuple[Any, Any] | None, top: Any
) -> list[tuple[Any, ...]]:
    """Return the shortcuts of a round, slice by slice: where each node's begin, tails, heads, costs and numbers."""
    from tongchou.networks.kernels import contraction
    from tongchou.networks.kernels.core import shortcuts_known

    degree = left.count[which].astype(np.int64)
    pairs = np.zeros(which.size + 1, dtype=np.int64)
    np.cumsum(degree * (degree - 1) // (2 if alike else 1), out=pairs[1:])
    found = []
    for low, high in _slices(pairs):
        some, places = which[low:high], pairs[low : high + 1] - pairs[low]
        tails, heads = np.empty(places[-1], dtype=np.int32), np.empty(places[-1], dtype=np.int32)
        costs, made = np.empty(places[-1], dtype=top.dtype), np.zeros(some.size, dtype=np.int64)
        given = (*left.lists(), some, places)
        if known is not None:
            margin = 0.0 if np.issubdtype(top.dtype, np.integer) else 1e-9
            shortcuts_known(*(*given, alike, *known, margin, top, tails, heads, costs, made))
        elif some.size < _FEW or len(work.dist) == 1:
            contraction.contract_some(*(*given, gone, alike, work, 0, top, tails, heads, costs, made, 0, some.size))
        else:
            contraction.contract_all(*(*given, gone, alike, work, top, tails, heads, costs, made))
        found.append((places, tails, heads, costs, made))
    return found
