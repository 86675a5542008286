"""Cover: the fewest sites that reach everyone within a limit, or the most people that a number of sites reach."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, eye_array, hstack

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.siting.plan import Plan, given, nearest_of, solved


def set_cover(
    cost: ArrayLike, limit: float, *, existing: ArrayLike = (), price: ArrayLike | None = None, seconds: float = 60.0
) -> Plan:
    """Return the fewest sites (or the cheapest, by ``price``) with one within ``limit`` of every place.

    ``cost`` has shape (places, sites). Existing sites stay and cost nothing more. Toregas et al. (1971). Raises with
    every place that no site reaches.
    """
    table, _, stands, _ = given(cost, None, existing, None, None)
    near = table <= limit
    left = np.flatnonzero(~near.any(axis=1))
    if left.size:
        raise ProblemsError(codes.UNREACHED.at(f"place {i}", place=i, limit=limit) for i in left[:20])
    sites = table.shape[1]
    paid = np.ones(sites) if price is None else np.asarray(price, dtype=np.float64).copy()
    if paid.shape != (sites,):
        raise ProblemsError([codes.SHAPE.at("price", what="price", found=paid.size, expected=sites)])
    lower = np.zeros(sites)
    lower[stands], paid[stands] = 1.0, 0.0
    rows = [(csr_array(near.astype(float)), np.ones(len(near)), np.full(len(near), inf))]
    x, value, bound = solved(paid, rows, np.ones(sites, bool), np.ones(sites), lower, seconds)
    chosen = np.flatnonzero(x > 0.5)
    if price is None:  # a number of sites is whole: so is the bound
        value, bound = round(value) + stands.size, np.ceil(bound - 1e-6) + stands.size
    return Plan(chosen, nearest_of(table, chosen, limit), float(value), float(bound))


def maximal_cover(
    cost: ArrayLike, people: ArrayLike, limit: float, count: int, *, existing: ArrayLike = (), seconds: float = 60.0
) -> Plan:
    """Return ``count`` sites (existing ones among them) that most people have within ``limit``.

    Church & ReVelle (1974). ``value`` is the people covered.
    """
    table, heads, stands, _ = given(cost, people, existing, count, None)
    near = table <= limit
    places, sites = table.shape
    objective = np.concatenate([np.zeros(sites), -heads])
    lower, upper = np.zeros(sites + places), np.ones(sites + places)
    lower[stands] = 1.0
    covered = hstack([csr_array(near.astype(float)), -eye_array(places)])
    number = csr_array(np.concatenate([np.ones(sites), np.zeros(places)])[None, :])
    rows: list[tuple[Any, ArrayLike, ArrayLike]] = [
        (covered, np.zeros(places), np.full(places, inf)),
        (number, count, count),
    ]
    # Only sites are whole: given them, a place is covered or not of itself.
    whole = np.arange(sites + places) < sites
    x, value, bound = solved(objective, rows, whole, upper, lower, seconds)
    chosen = np.flatnonzero(x[:sites] > 0.5)
    return Plan(chosen, nearest_of(table, chosen, limit), -value, -bound)
