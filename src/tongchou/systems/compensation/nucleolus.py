"""Nucleolus, per-capita nucleolus and least cores: shares that leave the unhappiest coalition as happy as can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats, checked, members_of, sizes
from tongchou.systems.compensation.lexicographic import minimise


@dataclass(frozen=True, slots=True)
class LeastCore:
    """A least core: its complaint, one member of it, and how far each share may move without leaving it.

    ``complaint`` is per member (weak) or per unit of stand-alone cost (proportional); positive means that the core is
    empty. ``shares`` is the lexicographic centre, which does not depend on the order of members; ``low`` and ``high``
    are the ranges of each share over the whole set, equal where the least core settles it.
    """

    complaint: float
    shares: Floats
    low: Floats
    high: Floats

    @property
    def unique(self) -> bool:
        """Whether the least core is a single division."""
        scale = max(float(np.abs(self.shares).max()), 1e-300)
        return bool((self.high - self.low <= 1e-7 * scale).all())


def nucleolus(costs: ArrayLike) -> Floats:
    """Nucleolus of a cost game (Schmeidler 1969) among divisions that charge nobody more than its stand-alone cost.

    ``costs`` has 2ⁿ values by bit mask, n ≤ 18; returns n shares. Raises when apart is cheaper than together.
    """
    game = checked(costs)
    if members_of(game) == 1:
        return game[1:].copy()
    return minimise(game, np.ones(game.size), rational=True)[0]


def per_capita_nucleolus(costs: ArrayLike) -> Floats:
    """Per-capita nucleolus (Grotte 1970; Young, Okada & Hashimoto 1982): complaints divided by the members' number."""
    game = checked(costs)
    if members_of(game) == 1:
        return game[1:].copy()
    return minimise(game, sizes(members_of(game)).astype(np.float64), rational=True)[0]


def weak_least_core(costs: ArrayLike) -> LeastCore:
    """Weak least core (Shapley & Shubik 1973): the smallest uniform tax per member that keeps every coalition."""
    game = checked(costs)
    return _least_core(game, sizes(members_of(game)).astype(np.float64))


def proportional_least_core(costs: ArrayLike) -> LeastCore:
    """Proportional least core (Young, Okada & Hashimoto 1982): complaints relative to the coalition's own cost.

    Raises when a coalition costs nothing or less.
    """
    game = checked(costs)
    if (game[1:] <= 0).any():
        raise ProblemsError([codes.ZERO_COALITION.at("costs")])
    return _least_core(game, game)


def _least_core(game: Floats, weight: Floats) -> LeastCore:
    n = members_of(game)
    if n == 1:
        return LeastCore(0.0, game[1:].copy(), game[1:].copy(), game[1:].copy())
    shares, levels, _ = minimise(game, weight, rational=False)
    complaint = levels[0].complaint
    *_, programme = minimise(game, weight, rational=False, levels=1)
    programme.fixed = programme.fixed[:1]
    scale = float(np.abs(game).max())
    free = np.ones(game.size, dtype=bool)
    free[[0, -1]] = False
    ends = np.empty((2, n))
    for i in range(n):
        for k, sign in enumerate((1.0, -1.0)):
            objective = np.zeros(n + 1)
            objective[i] = sign
            ends[k, i] = programme.solve(objective, free, complaint * float(weight[-1]) / scale)[0][i] * scale
    low, high = np.minimum(ends[0], shares), np.maximum(ends[1], shares)
    return LeastCore(complaint, shares, low, high)
