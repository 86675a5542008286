"""How much a place counts by what it costs to get there: nothing beyond the catchment, all at no cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats

Decay = Callable[[Floats], Floats]


def step(limit: float) -> Decay:
    """Return 1 up to ``limit`` (itself included), 0 beyond."""
    _above("limit", limit, 0.0)
    return lambda cost: np.where(np.asarray(cost) <= limit, 1.0, 0.0)


def zones(limits: Sequence[float], weights: Sequence[float]) -> Decay:
    """Return the weight of the first zone whose limit is not passed, 0 beyond the last (Luo & Qi 2009: E2SFCA)."""
    edges, values = np.asarray(limits, dtype=np.float64), np.asarray([*weights, 0.0], dtype=np.float64)
    if edges.size + 1 != values.size or (np.diff(edges) <= 0).any():
        raise ProblemsError([codes.SHAPE.at("weights", what="weights", found=len(weights), expected=len(limits))])
    return lambda cost: values[np.searchsorted(edges, np.asarray(cost), side="left")]


def gaussian(width: float) -> Decay:
    """Return exp(−c²/2σ²) for a width σ, of which only the size counts."""
    _above("width", abs(width), np.finfo(float).tiny)
    return lambda cost: np.exp(-0.5 * (np.asarray(cost, dtype=np.float64) / width) ** 2)


def exponential(rate: float) -> Decay:
    """Return exp(−rate·c)."""
    _above("rate", rate, 0.0)
    return lambda cost: np.exp(-rate * np.asarray(cost, dtype=np.float64))


def power(exponent: float, nearest: float = 1.0) -> Decay:
    """Return c^−exponent; what costs less than ``nearest`` (> 0) counts as that, for a power has no value at zero."""
    _above("exponent", exponent, 0.0)
    _above("nearest", nearest, np.finfo(float).tiny)
    return lambda cost: np.maximum(np.asarray(cost, dtype=np.float64), nearest) ** -exponent


def within(decay: Decay, limit: float) -> Decay:
    """Return ``decay`` cut off beyond ``limit``."""
    _above("limit", limit, 0.0)
    return lambda cost: np.where(np.asarray(cost) <= limit, decay(np.where(np.isfinite(cost), cost, 0.0)), 0.0)


def _above(what: str, value: float, low: float) -> None:
    if not value >= low:
        raise ProblemsError([codes.OUT_OF_RANGE.at(what, what=what, low=low, found=value)])


def weights(cost: ArrayLike, decay: Decay) -> Floats:
    """Return the weights of costs; what cannot be reached (infinite) or is not known (NaN) has none."""
    given = np.asarray(cost, dtype=np.float64)
    known = np.isfinite(given)
    found: Floats = np.where(known, decay(np.where(known, given, 0.0)), 0.0)
    return found
