"""Who can reach what: floating catchments, opportunities, mean travel time, potential (people × supply tables).

A table of costs has a row for each place where people live and a column for each facility; what cannot be reached is
infinite. None of these says whether a facility is good, open, or affordable.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.decay import Decay, weights
from tongchou.networks.graph import Floats


def two_step(cost: ArrayLike, people: ArrayLike, supply: ArrayLike, decay: Decay) -> Floats:
    """Return supply per head at every place: 2SFCA (Luo & Wang 2003), with ``zones`` E2SFCA (Luo & Qi 2009).

    Each facility's supply is divided by the weighted people of its catchment; a place adds up the weighted ratios of
    the facilities it reaches. Where every place reaches some facility, Σ people·result is the supply of facilities
    that anybody reaches. Shapes: cost (places, facilities), people (places), supply (facilities).
    """
    table, heads, stock = checked(cost, people, supply)
    near = weights(table, decay)
    served = heads @ near
    ratio = np.divide(stock, served, out=np.zeros_like(stock), where=served > 0)
    return np.asarray(near @ ratio)


def three_step(cost: ArrayLike, people: ArrayLike, supply: ArrayLike, decay: Decay) -> Floats:
    """Return supply per head by 3SFCA (Wan, Zou & Sternberg 2012): facilities compete for people before people do.

    A place's people are shared among the facilities it reaches in proportion to their weights first.
    """
    table, heads, stock = checked(cost, people, supply)
    near = weights(table, decay)
    every = near.sum(axis=1, keepdims=True)
    chosen = near * np.divide(near, every, out=np.zeros_like(near), where=every > 0)
    served = heads @ chosen
    ratio = np.divide(stock, served, out=np.zeros_like(stock), where=served > 0)
    return np.asarray(chosen @ ratio)


def opportunities(cost: ArrayLike, supply: ArrayLike, decay: Decay) -> Floats:
    """Return the weighted supply within reach of every place: cumulative opportunities, or gravity (Hansen 1959)."""
    table = np.asarray(cost, dtype=np.float64)
    table, _, stock = checked(table, np.ones(table.shape[0]), supply)
    return np.asarray(weights(table, decay) @ stock)


def uncovered(cost: ArrayLike, people: ArrayLike, limit: float) -> tuple[Floats, float]:
    """Return the people of every place with no facility within ``limit``, and the share of people covered."""
    table = np.asarray(cost, dtype=np.float64)
    table, heads, _ = checked(table, people, np.ones(table.shape[1]))
    left = np.where((table <= limit).any(axis=1), 0.0, heads)
    total = float(heads.sum())
    return left, 1.0 - float(left.sum()) / total if total > 0 else 1.0


def mean_cost(cost: ArrayLike, mass: ArrayLike) -> Floats:
    """Return the mean cost from every place to all facilities, weighted by their ``mass`` (Gutiérrez 2001).

    Infinite where some facility that counts cannot be reached.
    """
    table = np.asarray(cost, dtype=np.float64)
    table, _, weight = checked(table, np.ones(table.shape[0]), mass)
    counted = np.where(weight > 0, table, 0.0)
    return np.asarray(counted @ weight / weight.sum()) if weight.sum() > 0 else np.full(table.shape[0], np.nan)


def potential(cost: ArrayLike, mass: ArrayLike, exponent: float = 1.0) -> Floats:
    """Return Σ mass/cost^exponent over the facilities that cost something to reach (Hansen 1959), so not one's own."""
    table = np.asarray(cost, dtype=np.float64)
    table, _, weight = checked(table, np.ones(table.shape[0]), mass)
    with np.errstate(divide="ignore"):
        pull = np.where((table > 0) & np.isfinite(table), np.maximum(table, 1e-300) ** -exponent, 0.0)
    return np.asarray(pull @ weight)


def efficiency(cost: ArrayLike) -> float:
    """Return the mean of 1/cost over all ordered pairs of different places (Latora & Marchiori 2001); no way counts 0.

    ``cost`` is square, places in one order. NaN for fewer than two places.
    """
    table = np.atleast_2d(np.asarray(cost, dtype=np.float64))
    count = table.shape[0]
    if table.shape != (count, count):
        raise ProblemsError([codes.SHAPE.at("cost", what="cost", found=table.shape[1], expected=count)])
    apart = ~np.eye(count, dtype=np.bool_)
    if (table[apart] <= 0).any():
        raise ProblemsError([codes.OUT_OF_RANGE.at("cost", what="cost", low=0, found=float(table[apart].min()))])
    return float((1.0 / table[apart]).mean()) if count > 1 else float("nan")


def checked(cost: ArrayLike, people: ArrayLike, supply: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the table, the people and the supply as arrays; raise with everything that is wrong with them."""
    table = np.atleast_2d(np.asarray(cost, dtype=np.float64))
    heads, stock = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (people, supply))
    problems: list[Problem] = []
    for what, found, expected in (("people", heads, table.shape[0]), ("supply", stock, table.shape[1])):
        if found.shape != (expected,):
            problems.append(codes.SHAPE.at(what, what=what, found=found.size, expected=expected))
        elif not (np.isfinite(found) & (found >= 0)).all():
            problems.append(codes.NO_SUPPLY.at(what, what=what))
    if (table < 0).any():
        problems.append(codes.OUT_OF_RANGE.at("cost", what="cost", low=0, found=float(np.nanmin(table))))
    if problems:
        raise ProblemsError(problems)
    return table, heads, stock
