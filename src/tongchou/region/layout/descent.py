"""Minimising a function of some tens of variables by L-BFGS (Nocedal 1980, Math. Comp. 35).

The line search asks for the weak Wolfe conditions by doubling and halving, which also works at the kinks of a function
that is smooth almost everywhere (Lewis & Overton 2013, Math. Program. 141). SciPy's routine calls a threaded LAPACK on
matrices this small and is several times slower on a busy machine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from tongchou.region.layout.envelope import Values

_MEMORY = 20
_DECREASE, _CURVATURE = 1e-4, 0.9
_TRIALS = 20
_SETTLED = 1e-9  # a step that gains less than this share of the value is the last one

Function = Callable[[Values], tuple[float, Values]]


def minimise(function: Function, start: Values, steps: int) -> Values:
    """Return where at most ``steps`` steps from ``start`` lead; ``function`` gives its value and its gradient."""
    at = start
    value, gradient = function(at)
    memory: deque[tuple[Values, Values, float]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        direction = -_scaled(gradient, memory)
        if not direction @ gradient < 0:
            memory.clear()
            direction = -gradient
        norm = float(np.sqrt(gradient @ gradient))
        if norm == 0:
            break
        found = _search(function, at, value, gradient, direction, 1.0 if memory else min(1.0, 1 / norm))
        if found is None:
            break
        point, lower, slope = found
        moved, turned = point - at, slope - gradient
        if (curvature := float(moved @ turned)) > 1e-12 * float(turned @ turned):
            memory.append((moved, turned, curvature))
        gained = value - lower
        at, value, gradient = point, lower, slope
        if gained <= _SETTLED * max(1.0, abs(value)):
            break
    return at


def _scaled(gradient: Values, memory: deque[tuple[Values, Values, float]]) -> Values:
    """Return the gradient times the inverse Hessian that the remembered steps suggest."""
    direction = gradient.copy()
    shares = []
    for moved, turned, curvature in reversed(memory):
        share = float(moved @ direction) / curvature
        shares.append(share)
        direction -= share * turned
    if memory:
        _, turned, curvature = memory[-1]
        direction *= curvature / float(turned @ turned)
    for (moved, turned, curvature), share in zip(memory, reversed(shares), strict=True):
        direction += (share - float(turned @ direction) / curvature) * moved
    return direction


def _search(
    function: Function, at: Values, value: float, gradient: Values, direction: Values, length: float
) -> tuple[Values, float, Values] | None:
    """Return a lower point on the way, with its value and gradient; ``None`` when none is found."""
    slope = float(gradient @ direction)
    low, high = 0.0, np.inf
    best: tuple[Values, float, Values] | None = None
    for _ in range(_TRIALS):
        point = at + length * direction
        here, there = function(point)
        if not here <= value + _DECREASE * length * slope:
            high = length
        else:
            best = point, here, there
            if float(there @ direction) >= _CURVATURE * slope:
                return best
            low = length
        length = 2 * length if np.isinf(high) else (low + high) / 2
    return best
