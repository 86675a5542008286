"""What every measure here first checks: numbers that are there, not negative, and weights that can be shares.

The last axis is always units; whatever axes come before it (periods, indicators) are worked through at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.systems.goals import codes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def numbers(values: ArrayLike, what: str) -> Floats:
    """Return ``values`` as floats with at least one axis, or raise when any is missing or infinite."""
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    bad = int((~np.isfinite(array)).sum())
    if bad:
        raise ProblemsError([codes.MISSING.at(what, what=what, count=bad)])
    return array


def amounts(values: ArrayLike, what: str = "values") -> Floats:
    """Return numbers of which none is negative and, along the last axis, not all are zero."""
    array = numbers(values, what)
    problems: list[Problem] = []
    if (array < 0).any():
        problems.append(codes.NEGATIVE.at(what, what=what))
    elif (array.sum(axis=-1) == 0).any():
        problems.append(codes.ZERO_TOTAL.at(what, what=what))
    if problems:
        raise ProblemsError(problems)
    return array


def population_shares(weights: ArrayLike | None, like: Floats) -> Floats:
    """Return weights as shares of one along the last axis, in the shape of ``like``; equal shares when ``None``."""
    if weights is None:
        return np.full(like.shape, 1 / like.shape[-1])
    array = amounts(weights, "weights")
    if array.shape[-1] != like.shape[-1]:
        raise ProblemsError([codes.SHAPE.at("weights", what="weights", expected=like.shape[-1], found=array.shape[-1])])
    shares = array / array.sum(axis=-1, keepdims=True)
    return np.ascontiguousarray(np.broadcast_to(shares, like.shape))


def weighed(values: ArrayLike, weights: ArrayLike | None, what: str = "values") -> tuple[Floats, Floats, Floats]:
    """Return (values relative to their mean, population shares, mean), checked. The mean loses the last axis."""
    array = amounts(values, what)
    shares = population_shares(weights, array)
    mean = (shares * array).sum(axis=-1)
    if (mean == 0).any():  # somebody has an income, but nobody lives there
        raise ProblemsError([codes.ZERO_TOTAL.at(what, what=what)])
    return array / mean[..., None], shares, mean


def group_numbers(groups: ArrayLike, units: int) -> tuple[Ints, int]:
    """Return each unit's group as a number from 0 in order of name, and how many groups there are."""
    names = np.asarray(groups)
    if names.shape != (units,):
        raise ProblemsError([codes.SHAPE.at("groups", what="groups", expected=units, found=names.size)])
    found, number = np.unique(names, return_inverse=True)
    return number.astype(np.int64), found.size


def x_log_x(values: Floats) -> Floats:
    """Return x·ln x with its limit 0 at 0."""
    return values * np.log(values, out=np.zeros_like(values), where=values > 0)
