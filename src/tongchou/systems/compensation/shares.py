"""Shares without coalitions: equal, in proportion to a basis, and a declared mixture of bases."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats


def basis(values: ArrayLike, where: str) -> Floats:
    """Return ``values`` (shape n) checked as a basis of shares: finite, none negative, not all zero."""
    array = np.asarray(values, dtype=np.float64)
    problems: list[Problem] = []
    for i, value in enumerate(array):
        if not np.isfinite(value):
            problems.append(codes.MISSING.at(f"{where}[{i}]", what=where))
        elif value < 0:
            problems.append(codes.NEGATIVE.at(f"{where}[{i}]", what=where))
    if not problems and array.sum() == 0:
        problems.append(codes.NO_BASIS.at(where))
    if problems:
        raise ProblemsError(problems)
    return array


def equal(total: float, n: int) -> Floats:
    """Return ``n`` equal shares of ``total``."""
    return np.full(n, total / n)


def proportional(total: float, measure: ArrayLike, where: str = "measure") -> Floats:
    """Return shares of ``total`` in proportion to ``measure`` (shape n): stand-alone cost, benefit, use, capacity."""
    array = basis(measure, where)
    share: Floats = total * (array / array.sum())
    return share


def mixed(total: float, measures: ArrayLike, weights: ArrayLike) -> Floats:
    """Return shares of ``total`` by several bases at once.

    ``measures`` has shape (bases, n), each made shares of its own sum first so that units do not matter; ``weights``
    (shape bases) says how much each counts and is itself made to sum to one.
    """
    table = np.atleast_2d(np.asarray(measures, dtype=np.float64))
    weight = basis(weights, "weights")
    if weight.size != table.shape[0]:
        raise ProblemsError([codes.SIZE.at("weights", expected=table.shape[0], found=weight.size)])
    parts = np.stack([proportional(1.0, row, f"measures[{k}]") for k, row in enumerate(table)])
    share: Floats = total * (weight / weight.sum()) @ parts
    return share
