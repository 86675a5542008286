"""How much a place counts by what it costs to get there: nothing beyond the catchment, all at no cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.graph import Floats

STEP, ZONES, GAUSSIAN, EXPONENTIAL, POWER = range(5)
_NONE = np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class Decay:
    """A decay of one ``kind`` with its ``rate`` (width, rate or exponent), cut off beyond ``limit``.

    ``nearest`` is what a power takes for nearer costs; ``edges`` and ``values`` are the limits and weights of zones,
    with a 0 for what lies beyond the last.
    """

    kind: int
    rate: float = 0.0
    nearest: float = 0.0
    limit: float = inf
    edges: Floats = field(default_factory=lambda: _NONE)
    values: Floats = field(default_factory=lambda: _NONE)

    @property
    def terms(self) -> tuple[int, float, float, float, Floats, Floats]:
        """What kernels ask of a decay, in their order; always doubles, for each type they compile anew."""
        return self.kind, float(self.rate), float(self.nearest), float(self.limit), self.edges, self.values

    def __call__(self, cost: ArrayLike) -> Floats:
        """Return the weights of costs (any shape); what cannot be reached (infinite) or is not known (NaN) has none."""
        from tongchou.networks.kernels.weight import weights

        given = np.asarray(cost, dtype=np.float64)
        found = np.empty(given.size)
        weights(*self.terms, given.ravel(), found)
        return found.reshape(given.shape)


def step(limit: float) -> Decay:
    """Return 1 up to ``limit`` (itself included), 0 beyond."""
    _above("limit", limit, 0.0)
    return Decay(STEP, limit=limit)


def zones(limits: Sequence[float], weights: Sequence[float]) -> Decay:
    """Return the weight of the first zone whose limit is not passed, 0 beyond the last (Luo & Qi 2009: E2SFCA)."""
    edges, values = np.asarray(limits, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if not edges.size or edges.size != values.size:
        raise ProblemsError([codes.SHAPE.at("weights", what="weights", found=len(weights), expected=len(limits))])
    if not ((np.diff(edges) > 0).all() and edges[0] >= 0 and np.isfinite(values).all() and (values >= 0).all()):
        raise ProblemsError([file_codes.NOT_RISING.at("zones")])
    return Decay(ZONES, limit=float(edges[-1]), edges=edges, values=np.append(values, 0.0))


def gaussian(width: float) -> Decay:
    """Return exp(−c²/2σ²) for a width σ, of which only the size counts."""
    _above("width", abs(width), np.finfo(float).tiny)
    return Decay(GAUSSIAN, rate=abs(width))


def exponential(rate: float) -> Decay:
    """Return exp(−rate·c)."""
    _above("rate", rate, 0.0)
    return Decay(EXPONENTIAL, rate=rate)


def power(exponent: float, nearest: float = 1.0) -> Decay:
    """Return c^−exponent; what costs less than ``nearest`` (> 0) counts as that, for a power has no value at zero."""
    _above("exponent", exponent, 0.0)
    _above("nearest", nearest, np.finfo(float).tiny)
    return Decay(POWER, rate=exponent, nearest=nearest)


def inverse(nearest: float = 1.0) -> Decay:
    """Return 1/c, the inverse of time or distance; what costs less than ``nearest`` counts as that."""
    return power(1.0, nearest)


def within(decay: Decay, limit: float) -> Decay:
    """Return ``decay`` cut off beyond ``limit``."""
    _above("limit", limit, 0.0)
    return replace(decay, limit=min(limit, decay.limit))


def _above(what: str, value: float, low: float) -> None:
    if not value >= low:
        raise ProblemsError([codes.OUT_OF_RANGE.at(what, what=what, low=low, found=value)])


def weights(cost: ArrayLike, decay: Decay) -> Floats:
    """Return the weights of costs; what cannot be reached (infinite) or is not known (NaN) has none."""
    return decay(cost)
