"""Methods that charge each member its separable cost first: SCRB, alternative cost avoided, Gately.

Separable cost of i: c(N) − c(N∖i). What is left, the non-separable cost, is shared by what each still gains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats, checked, members_of, separable, singles
from tongchou.systems.compensation.shares import basis

# A remaining benefit this small against the costs is zero: it is what subtraction leaves behind.
_ZERO = 1e-12


def scrb(costs: ArrayLike, benefits: ArrayLike | None = None) -> Floats:
    """Separable costs–remaining benefits (Federal Inter-Agency River Basin Committee 1950).

    ``costs`` has 2ⁿ values by bit mask; ``benefits`` (shape n) caps what each member would spend alone. A member's
    remaining benefit is min(benefit, stand-alone cost) − separable cost; without benefits the cap is the
    stand-alone cost and the method is alternative cost avoided (ACA). Returns n shares that sum to c(N).
    Raises when a member's remaining benefit is negative, or when all are zero and something is left to share.
    """
    game = checked(costs)
    alone, own = singles(game), separable(game)
    if benefits is not None:
        cap = basis(benefits, "benefits")
        if cap.size != alone.size:
            raise ProblemsError([codes.SIZE.at("benefits", expected=alone.size, found=cap.size)])
        alone = np.minimum(alone, cap)
    remaining = alone - own
    scale = max(float(np.abs(game).max()), 1e-300)
    remaining[np.abs(remaining) <= _ZERO * scale] = 0.0
    if (remaining < 0).any():
        who = ", ".join(str(int(i)) for i in np.flatnonzero(remaining < 0))
        raise ProblemsError([codes.SUBADDITIVE.at("benefits", who=who)])
    left = float(game[-1] - own.sum())
    if remaining.sum() == 0:
        if abs(left) <= _ZERO * scale:
            return own
        raise ProblemsError([codes.NO_REMAINING_BENEFIT.at("costs", left=left)])
    share: Floats = own + left * remaining / remaining.sum()
    return share


def gately(costs: ArrayLike) -> Floats:
    """Gately point (Gately 1974): every member's propensity to disrupt is the same.

    Propensity: what the others would lose if i left, over what i would lose. Equal propensities give
    xᵢ = mᵢ + (c(i) − mᵢ)·(c(N) − Σm)/Σ(c(j) − mⱼ), mᵢ the separable cost: for a cost game this is ACA. Members may
    have gains of either sign here; raises when the gains sum to zero and something is left to share.
    """
    game = checked(costs)
    own = separable(game)
    gain = singles(game) - own
    left = float(game[-1] - own.sum())
    scale = max(float(np.abs(game).max()), 1e-300)
    if abs(gain.sum()) <= _ZERO * scale * members_of(game):
        if abs(left) <= _ZERO * scale:
            return own
        raise ProblemsError([codes.NO_REMAINING_BENEFIT.at("costs", left=left)])
    share: Floats = own + left * gain / gain.sum()
    return share
