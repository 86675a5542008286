"""Bends of a road taken out: segments between two crossings become one, if they are alike and go the same way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Floats, Ints

LONGEST = 0.25  # km


def merged(
    nodes: int,
    tails: Ints,
    heads: Ints,
    km: Floats,
    kinds: NDArray[np.str_],
    one_way: NDArray[np.bool_],
    longest: float = LONGEST,
) -> tuple[Ints, Ints, Floats, NDArray[np.str_], NDArray[np.bool_]]:
    """Return the segments with bends between two alike left out, and of parallel ones the shortest of a kind.

    No bend is left out that would make a segment longer than ``longest`` (km), so that a place beside a long road finds
    a node nearby.
    """
    ends = np.concatenate([tails, heads])
    own = np.tile(np.arange(tails.size), 2)
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(nodes + 1))
    at = own[order]
    two = np.flatnonzero(np.diff(first) == 2)
    a, b = at[first[two]], at[first[two] + 1]
    through = (heads[a] == two) == (tails[b] == two)  # into by one, out by the other
    alike = (kinds[a] == kinds[b]) & (one_way[a] == one_way[b]) & (~one_way[a] | through) & (a != b)
    other = [np.where(tails[e] == two, heads[e], tails[e]) for e in (a, b)]
    bend = np.zeros(nodes, dtype=np.bool_)
    bend[two[alike & (other[0] != other[1])]] = True
    used = np.zeros(tails.size, dtype=np.bool_)
    made: list[tuple[int, int, float, int]] = []
    for e in np.flatnonzero(~(bend[tails] & bend[heads])).tolist():
        if used[e]:
            continue
        used[e] = True
        start, end = (tails[e], heads[e]) if not bend[tails[e]] else (heads[e], tails[e])
        length, segment = float(km[e]), e
        while True:
            goes_on = bend[end]
            near = at[first[end] : first[end + 1]]
            following = int(near[0] if near[1 % near.size] == segment else near[1 % near.size])
            if not goes_on or length + float(km[following]) > longest:
                # A one-way chain walked from its far end is turned back.
                turned = one_way[e] and tails[segment] == end
                made.append((int(end), int(start), length, e) if turned else (int(start), int(end), length, e))
                start, length = end, 0.0
            if not goes_on:
                break
            segment = following
            used[segment] = True
            length += float(km[segment])
            end = heads[segment] if tails[segment] == end else tails[segment]
    made += [(int(tails[e]), int(heads[e]), float(km[e]), e) for e in np.flatnonzero(~used).tolist()]  # rings
    return _least(made, kinds, one_way)


def _least(made: list[tuple[int, int, float, int]], kinds: Any, one_way: Any) -> tuple[Any, ...]:
    arcs: dict[tuple[int, int, str], float] = {}
    for tail, head, length, e in made:
        kind = str(kinds[e])
        for a, b in ((tail, head), (head, tail))[: 1 if one_way[e] else 2]:
            if a != b and length < arcs.get((a, b, kind), np.inf):
                arcs[a, b, kind] = length
    rows = [
        (a, b, length, kind, arcs.get((b, a, kind)) != length)
        for (a, b, kind), length in sorted(arcs.items())
        if a < b or arcs.get((b, a, kind)) != length
    ]
    tails, heads = (np.array([row[i] for row in rows], dtype=np.int64) for i in range(2))
    found = np.array([row[3] for row in rows], dtype=np.str_)
    return tails, heads, np.array([row[2] for row in rows]), found, np.array([row[4] for row in rows], dtype=np.bool_)
