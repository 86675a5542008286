"""Coupling coordination of several systems measured from 0 to 1: classic, and as corrected by Wang Shujia et al."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, Ints, numbers, population_shares


def levels_checked(levels: ArrayLike) -> Floats:
    """Return ``levels`` (…, systems) checked: at least two systems, each between 0 and 1."""
    array = numbers(levels, "levels")
    if array.shape[-1] < 2:
        raise ProblemsError([codes.TOO_FEW.at("levels", what="系统 systems", found=array.shape[-1], least=2)])
    outside = array[(array < 0) | (array > 1)]
    if outside.size:
        raise ProblemsError([codes.OUT_OF_RANGE.at("levels", what="levels", low=0, high=1, found=float(outside[0]))])
    return array


def coupling(levels: ArrayLike) -> Floats:
    """Classic coupling degree: n·(Π U)^(1/n)/Σ U, from 0 to 1 (廖重斌 1999 and its general form). 0 when all are 0."""
    array = levels_checked(levels)
    n = array.shape[-1]
    total = array.sum(axis=-1)
    mean = np.prod(array, axis=-1) ** (1 / n)
    degree: Floats = np.divide(n * mean, total, out=np.zeros_like(total), where=total > 0)
    return degree


def corrected_coupling(levels: ArrayLike) -> Floats:
    """Corrected coupling degree (王淑佳 et al. 2021, 自然资源学报 36(3):793–810).

    √[(1 − mean |Uᵢ − Uⱼ|)·(Π Uᵢ/max U)^(1/(n−1))], the mean over pairs. Spreads over 0 to 1 where the classic
    degree crowds near 1. 0 when all systems are 0.
    """
    array = levels_checked(levels)
    n = array.shape[-1]
    rising = np.sort(array, axis=-1)
    rank = 2 * np.arange(n) - (n - 1)
    apart = (rising * rank).sum(axis=-1) / (n * (n - 1) / 2)
    top = rising[..., -1:]
    relative = np.divide(rising, top, out=np.zeros_like(rising), where=top > 0)
    degree: Floats = np.sqrt(np.maximum(1 - apart, 0.0) * np.prod(relative, axis=-1) ** (1 / (n - 1)))
    return degree


def coordination(levels: ArrayLike, weights: ArrayLike | None = None, *, corrected: bool = False) -> Floats:
    """Coordination degree D = √(C·T): coupling C times the weighted level T = Σ α·U (equal α without weights)."""
    array = levels_checked(levels)
    degree = corrected_coupling(array) if corrected else coupling(array)
    level = (population_shares(weights, array) * array).sum(axis=-1)
    result: Floats = np.sqrt(degree * level)
    return result


def step(degree: ArrayLike, edges: ArrayLike) -> Ints:
    """Return which step each degree stands on, 0 for the lowest. Steps are closed on the right: an edge belongs below.

    ``edges`` rise and end at the top (0.1, 0.2 … 1.0 in 田深圳 et al. 2021); a degree above the last is refused.
    """
    array, rising = numbers(degree, "degree"), numbers(edges, "edges")
    if (array > rising[-1]).any():
        top = float(array.max())
        raise ProblemsError([codes.OUT_OF_RANGE.at("degree", what="degree", low=0, high=float(rising[-1]), found=top)])
    return np.searchsorted(rising, array, side="left").astype(np.int64)
