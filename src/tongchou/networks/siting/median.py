"""Median and centre: the sites that people reach at least cost in all, or that nobody has too far to go to."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Ints
from tongchou.networks.siting.plan import Plan, given, nearest_of, solved


def p_median(
    cost: ArrayLike,
    people: ArrayLike,
    count: int,
    *,
    existing: ArrayLike = (),
    capacity: ArrayLike | None = None,
    seconds: float = 60.0,
) -> Plan:
    """Return ``count`` sites with the least people × cost in all, each place going to one site (Hakimi 1964).

    ``cost`` has shape (places, sites); a pair with an infinite cost is never used. With ``capacity`` (sites, people) a
    place goes to a site that has room for all of it.
    """
    table, heads, stands, room = given(cost, people, existing, count, capacity)
    i, j = np.nonzero(np.isfinite(table))
    rows, whole, lower, upper = _assignment(table.shape, i, j, heads, room, count, stands)
    objective = np.concatenate([np.zeros(table.shape[1]), heads[i] * table[i, j]])
    if capacity is None:
        whole[table.shape[1] :] = False  # given the sites, going to the nearest is whole of itself
    x, value, bound = solved(objective, rows, whole, upper, lower, seconds)
    chosen = np.flatnonzero(x[: table.shape[1]] > 0.5)
    if capacity is None:
        return Plan(chosen, nearest_of(table, chosen), value, bound)
    return Plan(chosen, _served(x[table.shape[1] :], i, j, len(table)), value, bound)


def p_centre(
    cost: ArrayLike,
    count: int,
    *,
    people: ArrayLike | None = None,
    existing: ArrayLike = (),
    capacity: ArrayLike | None = None,
    seconds: float = 60.0,
) -> Plan:
    """Return ``count`` sites with the least of the greatest costs (Minieka 1970: covers within ever smaller limits).

    With ``capacity`` (people a site has room for) and ``people``, each place goes to one site with room for all of it.
    """
    table, heads, stands, room = given(cost, people, existing, count, capacity)
    limits = np.unique(table[np.isfinite(table)])
    # The answer is one of the costs: halve the range until one is left.
    low, high = 0, limits.size - 1
    best: tuple[Ints, Ints] | None = None
    while low <= high:
        middle = (low + high) // 2
        found = _within(table, float(limits[middle]), heads, room, count, stands, capacity is not None, seconds)
        if found is None:
            low = middle + 1
        else:
            best, high = found, middle - 1
    if best is None:
        raise ProblemsError([codes.NO_PLAN.at("sites", seconds=seconds)])
    value = float(limits[low])
    return Plan(best[0], best[1], value, value)


def _within(
    table: Floats, limit: float, heads: Floats, room: Floats, count: int, stands: Ints, has_room: bool, seconds: float
) -> tuple[Ints, Ints] | None:
    near = table <= limit
    if not near.any(axis=1).all():
        return None
    i, j = np.nonzero(near)
    rows, whole, lower, upper = _assignment(table.shape, i, j, heads, room, count, stands)
    if not has_room:
        whole[table.shape[1] :] = False
    try:
        x, _, _ = solved(np.zeros(upper.size), rows, whole, upper, lower, seconds)
    except ProblemsError as caught:
        if caught.problems[0].code == codes.NO_PLAN.code:
            return None
        raise
    chosen = np.flatnonzero(x[: table.shape[1]] > 0.5)
    served = _served(x[table.shape[1] :], i, j, len(table)) if has_room else nearest_of(table, chosen, limit)
    return chosen, served


def _assignment(
    shape: tuple[int, ...], i: Ints, j: Ints, heads: Floats, room: Floats, count: int, stands: Ints
) -> tuple[list[tuple[Any, Any, Any]], NDArray[np.bool_], Floats, Floats]:
    """Return the rows of: every place goes to one site, only to a chosen one, within its room; ``count`` are chosen."""
    places, sites = shape
    size = sites + i.size
    pair = sites + np.arange(i.size)
    every = csr_array((np.ones(i.size), (i, pair)), shape=(places, size))
    ones = np.arange(i.size)
    only = csr_array(
        (np.concatenate([np.ones(i.size), -np.ones(i.size)]), (np.tile(ones, 2), np.concatenate([pair, j]))),
        shape=(i.size, size),
    )
    number = csr_array(np.concatenate([np.ones(sites), np.zeros(i.size)])[None, :])
    rows = [
        (every, np.ones(places), np.ones(places)),
        (only, np.full(i.size, -inf), np.zeros(i.size)),
        (number, count, count),
    ]
    if np.isfinite(room).any():
        bounded = np.flatnonzero(np.isfinite(room))
        used = np.isin(j, bounded)
        table = csr_array((heads[i[used]], (j[used], pair[used])), shape=(sites, size))[bounded]
        rows.append((table, np.full(bounded.size, -inf), room[bounded]))
    lower, upper = np.zeros(size), np.ones(size)
    lower[stands] = 1.0
    return rows, np.ones(size, dtype=np.bool_), lower, upper


def _served(share: Floats, i: Ints, j: Ints, places: int) -> Ints:
    served = np.full(places, -1, dtype=np.int64)
    used = share > 0.5
    served[i[used]] = j[used]
    return served
