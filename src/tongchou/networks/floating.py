"""Floating catchments without a table of people × facilities: from pairs, or from compact catchments of a graph.

Both give what :func:`tongchou.networks.catchments.two_step` gives, up to the last digits, for as many pairs as there
are within reach and no more: a compact catchment holds four bytes a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.decay import ZONES, Decay
from tongchou.networks.graph import Floats, Graph, Ints
from tongchou.networks.reach import reach
from tongchou.networks.threads import threads_of


@dataclass(frozen=True, slots=True, eq=False)
class Catchments:
    """Places around facilities, zone by zone: those of zone ``z`` of facility ``j`` are
    ``places[starts[j, z]:starts[j, z + 1]]``; each zone's places count with its weight in ``values``.
    """

    count: int
    starts: Ints
    places: NDArray[np.int32]
    values: Floats


def pairs_within(
    graph: Graph, places: ArrayLike, facilities: ArrayLike, limit: float, *, threads: int | None = None
) -> tuple[NDArray[np.int32], Ints, Floats]:
    """Return every pair of a place and a facility (rows of both, given as node numbers) within ``limit``, and its cost.

    The cost is that of the way from the place to the facility; pairs come facility by facility.
    """
    stands = np.atleast_1d(np.asarray(places, dtype=np.int64))
    around = reach(graph, facilities, limit, towards=True, threads=threads)
    # Nodes become places: a node may hold several, most hold none.
    order = np.argsort(stands, kind="stable")
    low = np.searchsorted(stands[order], around.nodes, side="left")
    many = np.searchsorted(stands[order], around.nodes, side="right") - low
    of = np.repeat(np.arange(around.first.size - 1), np.diff(around.first))
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    who = order[np.repeat(low, many) + offset].astype(np.int32)
    return who, np.repeat(of, many), np.repeat(around.costs, many)


def catchments_of(
    graph: Graph, places: ArrayLike, facilities: ArrayLike, decay: Decay, *, threads: int | None = None
) -> Catchments:
    """Return the compact catchments of ``facilities`` among ``places`` (both node numbers) for a decay in ``zones``."""
    from tongchou.networks.kernels.floating import zone_starts

    if decay.kind != ZONES:
        raise ProblemsError([codes.NOT_ZONES.at("decay")])
    who, owner, paid = pairs_within(graph, places, facilities, decay.limit, threads=threads)
    count = np.atleast_1d(np.asarray(places)).size
    by_cost = np.lexsort((who, paid, owner))
    first = np.zeros(np.atleast_1d(np.asarray(facilities)).size + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=first.size - 1), out=first[1:])
    starts = np.empty((first.size - 1, decay.edges.size + 1), dtype=np.int64)
    zone_starts(first, paid[by_cost], decay.edges, starts)
    return Catchments(count, starts, np.ascontiguousarray(who[by_cost]), decay.values[:-1])


def two_step_of(catchments: Catchments, people: ArrayLike, supply: ArrayLike) -> Floats:
    """Return supply per head at every place by E2SFCA (Luo & Qi 2009) over compact catchments."""
    from tongchou.networks.kernels.floating import by_zones

    heads, stock = _amounts(people, supply, catchments.count, catchments.starts.shape[0])
    found = np.empty(catchments.count)
    by_zones(catchments.starts, catchments.places, catchments.values, heads, stock, found)
    return found


def two_step_pairs(
    places: ArrayLike,
    facilities: ArrayLike,
    costs: ArrayLike,
    people: ArrayLike,
    supply: ArrayLike,
    decay: Decay,
    *,
    threads: int | None = None,
) -> Floats:
    """Return supply per head at every place by 2SFCA or E2SFCA from a long table of pairs, in any order of rows.

    ``places`` and ``facilities`` (pairs) number the rows of ``people`` and ``supply``; a pair not given is not
    within reach.
    """
    from tongchou.networks.kernels.floating import PARTS, pairs_by_step

    near, far, paid, heads, stock = _pairs(places, facilities, costs, people, supply)
    served, found = np.empty((PARTS, stock.size)), np.empty((PARTS, heads.size))
    with threads_of(threads):
        pairs_by_step(*(near, far, paid, *decay.terms, heads, stock, served, found))
    total: Floats = found[0]
    return total


def three_step_pairs(
    places: ArrayLike, facilities: ArrayLike, costs: ArrayLike, people: ArrayLike, supply: ArrayLike, decay: Decay
) -> Floats:
    """Return supply per head by 3SFCA (Wan, Zou & Sternberg 2012) from a long table of pairs."""
    near, far, paid, heads, stock = _pairs(places, facilities, costs, people, supply)
    weight = decay(paid)
    every = np.bincount(near, weight, heads.size)[near]
    chosen = weight * np.divide(weight, every, out=np.zeros_like(weight), where=every > 0)
    served = np.bincount(far, heads[near] * chosen, stock.size)
    ratio = np.divide(stock, served, out=np.zeros_like(stock), where=served > 0)
    return np.asarray(np.bincount(near, chosen * ratio[far], heads.size), dtype=np.float64)


def _pairs(
    places: ArrayLike, facilities: ArrayLike, costs: ArrayLike, people: ArrayLike, supply: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], Floats, Floats]:
    """Return a long table of pairs as arrays, its numbers in the whole type they came in; raise with all its faults."""
    from tongchou.networks.kernels.floating import all_within

    near, far, paid = (np.atleast_1d(np.asarray(v)) for v in (places, facilities, costs))
    heads, stock = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (people, supply))
    problems: list[Problem] = [
        codes.SHAPE.at(what, what=what, found=found.size, expected=near.size)
        for what, found in (("facilities", far), ("costs", paid))
        if found.size != near.size
    ]
    for what, numbers, most in (("places", near, heads.size), ("facilities", far, stock.size)):
        if not all_within(numbers, most):
            problems.append(codes.OUTSIDE.at(what, what=what, most=most - 1))
    if problems:
        raise ProblemsError(problems)
    # All lie within, so that only what is no whole number changes here, and an empty list gets a type.
    near, far = (v if v.dtype.kind in "iu" else v.astype(np.int64) for v in (near, far))
    heads, stock = _amounts(heads, stock, heads.size, stock.size)
    return near, far, paid, heads, stock


def _amounts(people: ArrayLike, supply: ArrayLike, places: int, facilities: int) -> tuple[Floats, Floats]:
    heads, stock = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (people, supply))
    problems: list[Problem] = []
    for what, found, expected in (("people", heads, places), ("supply", stock, facilities)):
        if found.shape != (expected,):
            problems.append(codes.SHAPE.at(what, what=what, found=found.size, expected=expected))
        elif not (np.isfinite(found) & (found >= 0)).all():
            problems.append(codes.NO_SUPPLY.at(what, what=what))
    if problems:
        raise ProblemsError(problems)
    return heads, stock
