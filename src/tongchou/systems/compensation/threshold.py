"""At which value of a contested number does the answer flip?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats, additive, checked, members, members_of
from tongchou.systems.compensation.core import TOLERANCE
from tongchou.systems.compensation.shares import basis


@dataclass(frozen=True, slots=True)
class Agreeable:
    """The shares of all benefits, from ``low`` to ``high``, that may be put down to one member without anyone leaving.

    ``below`` are the members who would leave when the share is just under ``low``, ``above`` when just over ``high``;
    empty where the end is 0 or 1 and nobody does.
    """

    low: float
    high: float
    below: tuple[int, ...]
    above: tuple[int, ...]


def agreeable_share(costs: ArrayLike, benefits: ArrayLike, member: int) -> Agreeable | None:
    """Return the range of ``member``'s contested share of all benefits in which sharing by benefit stays in the core.

    With share p the member pays c(N)·p and the others c(N)·(1−p) in proportion to their own ``benefits`` (shape n; the
    member's own number is what is contested and is not used). Every coalition's payment is linear in p, so the ends
    are exact. ``None`` when no share is agreeable. A share p stands for a benefit of p/(1−p) × the others' sum.
    """
    game = checked(costs)
    n = members_of(game)
    own = np.array(np.asarray(benefits, dtype=np.float64))
    own[member] = 0.0
    others = basis(own, "benefits")
    if others.size != n:
        raise ProblemsError([codes.SIZE.at("benefits", expected=n, found=others.size)])
    total = float(game[-1])
    start = additive(total * others / others.sum())
    change = additive(total * (np.arange(n) == member)) - start
    room = game - start  # the coalition stays while change·p ≤ room
    scale = float(np.abs(game).max()) or 1.0
    inner = slice(1, -1)
    slope, limit = change[inner], room[inner]
    flat = np.abs(slope) <= TOLERANCE * scale
    if (limit[flat] < -TOLERANCE * scale).any():
        return None
    ends = np.divide(limit, slope, out=np.zeros_like(limit), where=~flat)
    highs = np.where(~flat & (slope > 0), ends, np.inf)
    lows = np.where(~flat & (slope < 0), ends, -np.inf)
    high, low = float(highs.min(initial=np.inf)), float(lows.max(initial=-np.inf))
    if max(low, 0.0) > min(high, 1.0) + TOLERANCE:
        return None
    return Agreeable(
        max(low, 0.0),
        min(high, 1.0),
        members(int(np.argmax(lows)) + 1) if low > 0 else (),
        members(int(np.argmin(highs)) + 1) if high < 1 else (),
    )


@dataclass(frozen=True, slots=True)
class Flip:
    """The answer is ``before`` up to ``low`` and the other from ``high``; they differ by no more than the tolerance."""

    low: float
    high: float
    before: bool


def flips(
    answer: Callable[[float], bool], low: float, high: float, *, tolerance: float, probes: int = 65
) -> list[Flip]:
    """Return every change of ``answer`` found between ``low`` and ``high``, each bracketed to ``tolerance``.

    The interval is probed at ``probes`` even points and every difference between neighbours is bisected: two changes
    closer together than a step can escape, and the caller should say so.
    """
    if not (isfinite(low) and isfinite(high) and low < high and tolerance > 0 and probes >= 2):
        raise ProblemsError([codes.INTERVAL.at("threshold", low=low, high=high)])
    points = [low + (high - low) * k / (probes - 1) for k in range(probes - 1)] + [high]
    answers = [answer(point) for point in points]
    found = []
    for left, right, before, after in zip(points, points[1:], answers, answers[1:], strict=False):
        if before == after:
            continue
        a, b = left, right
        while b - a > tolerance:
            middle = a + (b - a) / 2
            if middle in (a, b):
                break
            a, b = (middle, b) if answer(middle) == before else (a, middle)
        found.append(Flip(a, b, before))
    return found


def zeros_piecewise_linear(knots: Sequence[float], values: ArrayLike) -> Floats:
    """Return where a function that is linear between ``knots`` (rising, shape k) crosses zero, exactly.

    ``values`` has shape k. A stretch on which it is zero gives both of its ends.
    """
    x = np.asarray(knots, dtype=np.float64)
    y = np.asarray(values, dtype=np.float64)
    if x.shape != y.shape or x.size < 2 or not (np.diff(x) > 0).all():
        raise ProblemsError([codes.INTERVAL.at("knots", low=float(x[0]), high=float(x[-1]))])
    crossing = np.flatnonzero(y[:-1] * y[1:] < 0)
    inside = x[crossing] - y[crossing] * (x[crossing + 1] - x[crossing]) / (y[crossing + 1] - y[crossing])
    return np.unique(np.concatenate([inside, x[y == 0]]))
