"""Methods that start from demands or claims instead of coalitions: airport, serial, Talmud."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats
from tongchou.systems.compensation.shares import basis


def serial(demands: ArrayLike, cost_of: Callable[[Floats], ArrayLike]) -> Floats:
    """Serial cost sharing (Moulin & Shenker 1992): nobody pays for others' demands beyond the size of one's own.

    ``demands`` (shape n) are quantities; ``cost_of`` gives the cost of an array of totals. With demands in rising
    order and Qₖ = q₁ + … + qₖ₋₁ + (n−k+1)·qₖ, member k pays Σ_{j≤k} [C(Qⱼ) − C(Qⱼ₋₁)]/(n−j+1), Q₀ = 0.
    """
    quantity = basis(demands, "demands")
    n = quantity.size
    order = np.argsort(quantity, kind="stable")
    rising = quantity[order]
    before = np.concatenate([[0.0], np.cumsum(rising)[:-1]])
    levels = np.concatenate([[0.0], before + rising * np.arange(n, 0, -1)])
    cost = np.asarray(cost_of(levels), dtype=np.float64)
    if not np.isfinite(cost).all():
        raise ProblemsError([codes.MISSING.at("cost_of", what="cost_of")])
    shares = np.empty(n)
    shares[order] = np.cumsum(np.diff(cost) / np.arange(n, 0, -1))
    return shares


def airport(needs: ArrayLike) -> Floats:
    """Airport rule (Littlechild & Owen 1973): each added length is shared equally by those who need it.

    ``needs`` (shape n) is the cost of what would serve each member alone, the largest being the cost of the whole;
    the result is the Shapley value of the game c(S) = max of its members' needs.
    """
    need = basis(needs, "needs")
    order = np.argsort(need, kind="stable")
    shares = np.empty(need.size)
    shares[order] = np.cumsum(np.diff(need[order], prepend=0.0) / np.arange(need.size, 0, -1))
    return shares


def talmud(estate: float, claims: ArrayLike) -> Floats:
    """Talmud rule for dividing too little (Aumann & Maschler 1985): the nucleolus of the bankruptcy game.

    Up to half of all claims is divided by equal awards of at most half a claim; beyond, losses are divided the same
    way. For a cost, the claims are what each member would pay at most. Raises when the estate exceeds the claims.
    """
    claim = basis(claims, "claims")
    if not np.isfinite(estate) or estate < 0:
        raise ProblemsError([codes.NEGATIVE.at("estate", what="estate")])
    total = float(claim.sum())
    if estate > total * (1 + 1e-12):
        raise ProblemsError([codes.ESTATE.at("estate", estate=estate, claims=total)])
    half = claim / 2
    if estate <= total / 2:
        return equal_awards(estate, half)
    return claim - equal_awards(max(total - estate, 0.0), half)


def equal_awards(estate: float, caps: Floats) -> Floats:
    """Give everyone the same amount, nobody more than its cap, ``estate`` in all (constrained equal awards)."""
    rising = np.sort(caps)
    n = rising.size
    spent = np.concatenate([[0.0], np.cumsum(rising)[:-1]]) + rising * np.arange(n, 0, -1)
    k = int(np.searchsorted(spent, estate))  # everybody before k is at the cap
    if k == n:
        return caps.copy()
    level = (estate - float(rising[:k].sum())) / (n - k)
    return np.minimum(caps, level)
