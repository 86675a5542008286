"""Inequality between and within groups: Theil T and L, and Dagum's Gini with its overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, Ints, group_numbers, weighed, x_log_x


@dataclass(frozen=True, slots=True)
class Parts:
    """Total = between + within, one number a period; ``within_groups`` (…, groups) are the parts of ``within``."""

    total: Floats
    between: Floats
    within: Floats
    within_groups: Floats


def theil_t_parts(values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None) -> Parts:
    """Split Theil T by groups (Theil 1967; Shorrocks 1980).

    Between: Σ P_g·(μ_g/μ)·ln(μ_g/μ); a group's part of within: its income share times its own T. Shapes as in
    :mod:`inequality`; ``groups`` (units) names each unit's group. A group of one unit has nothing within.
    """
    ratio, share, _ = weighed(values, weights)
    number, count = group_numbers(groups, ratio.shape[-1])
    people, income = _by_group(share, number, count), _by_group(share * ratio, number, count)
    between = (people * x_log_x(_over(income, people))).sum(axis=-1)
    total = (share * x_log_x(ratio)).sum(axis=-1)
    own = _by_group(share * x_log_x(ratio), number, count) - people * x_log_x(_over(income, people))
    own = np.where(_single(number, count), 0.0, np.maximum(own, 0.0))
    return Parts(np.maximum(total, 0.0), np.maximum(between, 0.0), own.sum(axis=-1), own)


def theil_l_parts(values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None) -> Parts:
    """Split Theil L by groups: between Σ P_g·ln(μ/μ_g), within by population shares. Refused when a unit has zero."""
    ratio, share, _ = weighed(values, weights)
    if (ratio == 0).any():
        raise ProblemsError([codes.ZERO_LOG.at("values", what="values", measure="泰尔L Theil L")])
    number, count = group_numbers(groups, ratio.shape[-1])
    people, income = _by_group(share, number, count), _by_group(share * ratio, number, count)
    means = np.where(people > 0, _over(income, people), 1.0)
    between = -(people * np.log(means)).sum(axis=-1)
    own = people * np.log(means) - _by_group(share * np.log(ratio), number, count)
    own = np.where(_single(number, count), 0.0, np.maximum(own, 0.0))
    return Parts(
        np.maximum(-(share * np.log(ratio)).sum(axis=-1), 0.0), np.maximum(between, 0.0), own.sum(axis=-1), own
    )


@dataclass(frozen=True, slots=True)
class DagumParts:
    """Dagum's three parts of the Gini: within, net between, and transvariation (overlap of groups); they add up."""

    total: Floats
    within: Floats
    between: Floats
    overlap: Floats


def dagum(values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None) -> DagumParts:
    """Decompose the Gini by groups (Dagum 1997).

    Δ_jh is the mean difference between a person of j and one of h. Within: Σ Δ_jj·P_j²/(2μ); of every pair of groups
    the part D_jh = |μ_j − μ_h|/Δ_jh is net between, the rest overlap. O(n·(groups + log n)) a period, no n² table.
    """
    ratio, share, _ = weighed(values, weights)
    units = ratio.shape[-1]
    number, count = group_numbers(groups, units)
    rows = ratio.reshape(-1, units), share.reshape(-1, units)
    parts = np.array([_dagum(y, p, number, count) for y, p in zip(*rows, strict=True)]).T
    within, between, overlap = (part.reshape(ratio.shape[:-1]) for part in parts)
    return DagumParts(within + between + overlap, within, between, overlap)


def _dagum(ratio: Floats, share: Floats, number: Ints, count: int) -> tuple[float, float, float]:
    order = np.argsort(ratio, kind="stable")
    y, p, g = ratio[order], share[order], number[order]
    mine = g[:, None] == np.arange(count)
    people = np.cumsum(np.where(mine, p[:, None], 0.0), axis=0)  # people of each group at or below each unit
    income = np.cumsum(np.where(mine, (p * y)[:, None], 0.0), axis=0)
    ahead = p[:, None] * (y[:, None] * people - income)  # how far each unit is ahead of those below it
    gap = np.stack([ahead[g == j].sum(axis=0) for j in range(count)])
    difference = np.maximum(gap + gap.T, 0.0)  # P_j·P_h·Δ_jh; on the diagonal P_j²·Δ_jj
    size, earned = people[-1], income[-1]
    net = np.abs(np.outer(earned, size) - np.outer(size, earned))  # P_j·P_h·|μ_j − μ_h|
    net = np.minimum(net, difference)
    rest = difference - net  # added up pair by pair: a difference of sums may come out below zero
    for table in (net, rest):
        np.fill_diagonal(table, 0.0)
    return float(np.trace(difference)) / 2, float(net.sum()) / 2, float(rest.sum()) / 2


def _by_group(values: Floats, number: Ints, count: int) -> Floats:
    sums: Floats = values @ (number[:, None] == np.arange(count)).astype(np.float64)
    return sums


def _over(income: Floats, people: Floats) -> Floats:
    return np.divide(income, people, out=np.zeros_like(income), where=people > 0)


def _single(number: Ints, count: int) -> NDArray[np.bool_]:
    return np.asarray(np.bincount(number, minlength=count) == 1)
