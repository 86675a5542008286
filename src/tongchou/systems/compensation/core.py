"""Would a coalition be better off leaving? The core test, and what it takes to keep everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats, additive, checked, members, members_of
from tongchou.systems.compensation.lexicographic import MOST, Programme

# Shares are usually rounded to the fen; an excess below this part of the whole cost is rounding, not a grievance.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class CoreTest:
    """The outcome of a core test, in the unit of the costs.

    ``leaving`` are the members of the coalition with the largest excess (what it pays beyond going alone), empty when
    every coalition stays; ``excess`` is then the slack of the least satisfied one, zero or negative.
    ``side_payment`` is the smallest sum that, paid to it by the others, keeps that coalition. ``transfers`` is the
    smallest sum that must change hands within the project so that *every* coalition stays, ``None`` when none suffices
    because the core is empty; ``subsidy`` is then the smallest sum from outside that would do it.
    """

    leaving: tuple[int, ...]
    excess: float
    side_payment: float
    transfers: float | None
    subsidy: float

    @property
    def stays(self) -> bool:
        """Whether no coalition gains by leaving."""
        return not self.leaving


def excesses(costs: ArrayLike, shares: ArrayLike) -> Floats:
    """Return, for every coalition, what it pays under ``shares`` (shape n) beyond its own cost; 0 for nobody."""
    game = checked(costs)
    each = np.asarray(shares, dtype=np.float64)
    if each.shape != (members_of(game),):
        raise ProblemsError([codes.SIZE.at("shares", expected=members_of(game), found=each.size)])
    if not np.isfinite(each).all():
        raise ProblemsError([codes.MISSING.at("shares", what="shares")])
    return additive(each) - game


def worst_coalition(costs: ArrayLike, shares: ArrayLike, priority: Sequence[int] | None = None) -> tuple[int, float]:
    """Return the bit mask of the coalition with the largest excess, and the excess; (0, 0.0) for a single member.

    Coalitions within the tolerance of the largest are tied; of those the one with fewest members is named, then the
    one whose members come first in the declared order (``priority``, lowest first; positions without it).
    """
    game = checked(costs)
    over = excesses(game, shares)
    if over.size == 2:
        return 0, 0.0
    inner = over[1:-1]
    best = float(inner.max())
    tied = np.flatnonzero(inner >= best - TOLERANCE * float(np.abs(game).max())) + 1
    rank = range(members_of(game)) if priority is None else priority
    return min((int(m) for m in tied), key=lambda m: (m.bit_count(), sorted(rank[i] for i in members(m)))), best


def core_test(costs: ArrayLike, shares: ArrayLike, priority: Sequence[int] | None = None) -> CoreTest:
    """Test whether any coalition would be better off by leaving (Gillies 1959) and price keeping it.

    ``costs`` has 2ⁿ values by bit mask, ``shares`` n values. The amounts that keep *every* coalition come from linear
    programmes and are worked out for n ≤ 18.
    """
    game = checked(costs)
    mask, excess = worst_coalition(game, shares, priority)
    scale = float(np.abs(game).max()) or 1.0
    if excess <= TOLERANCE * scale:
        return CoreTest((), min(excess, 0.0), 0.0, 0.0, 0.0)
    transfers, subsidy = keeping_everyone(game, np.asarray(shares, dtype=np.float64))
    return CoreTest(members(mask), excess, excess, transfers, subsidy)


def keeping_everyone(game: Floats, shares: Floats) -> tuple[float | None, float]:
    """Return (smallest transfers among members, smallest subsidy from outside) that leave no coalition a reason to go.

    The subsidy is zero and the transfers a number when the core is not empty; otherwise transfers is ``None``.
    """
    from scipy.optimize import linprog

    n = members_of(game)
    if n > MOST:
        raise ProblemsError([codes.TOO_MANY.at("costs", n=n, method="核心检验 core test", most=MOST)])
    scale = float(np.abs(game).max()) or 1.0
    scaled = game / scale
    every = np.ones(game.size, dtype=bool)
    every[0] = False
    # The most that can be raised without anybody leaving; the core is empty when it is short of the cost.
    raised = Programme(scaled, np.zeros(game.size), rational=True)
    raised.fixed = []
    x, *_ = raised.solve(np.append(-np.ones(n), 0.0), every, 0.0)
    short = float(scaled[-1] - x[:n].sum())
    if short > 1e-9:
        return None, short * scale
    # Pay up, pay down: x = shares + up − down, as little as possible. Rows grow as coalitions object.
    base = shares / scale
    rows = list(raised.rows)
    limit = scaled - additive(base)
    while True:
        pattern = np.fromiter(rows, dtype=np.int64)[:, None] >> np.arange(n) & 1
        result = linprog(
            np.ones(2 * n),
            A_ub=np.hstack([pattern, -pattern]),
            b_ub=limit[rows],
            A_eq=np.concatenate([np.ones(n), -np.ones(n)])[None, :],
            b_eq=[limit[-1]],
            method="highs-ds",
        )
        if result.status != 0:
            raise ProblemsError([codes.UNSOLVED.at("costs", reason=result.message)])
        over = additive(result.x[:n] - result.x[n:]) - limit
        over[[0, -1]] = -np.inf
        over[rows] = -np.inf
        worst = int(np.argmax(over))
        if over[worst] <= 1e-9:
            return float(result.fun) / 2 * scale, 0.0
        rows.append(worst)
