"""Composite indices with declared weights: distance from a reference group, equality of services, and how far the
ranking hangs on the weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.inequality import gini
from tongchou.systems.goals.measured import Floats, Ints, amounts, numbers


def weights_checked(weights: ArrayLike, indicators: int) -> Floats:
    """Return declared weights made to sum to one; raise when their number differs from that of the indicators."""
    weight = amounts(weights, "weights")
    if weight.shape != (indicators,):
        raise ProblemsError([codes.SHAPE.at("weights", what="weights", expected=indicators, found=weight.size)])
    scaled: Floats = weight / weight.sum()
    return scaled


def gap_index(ratios: ArrayLike, weights: ArrayLike, cap: float | None = 1.0) -> Floats:
    """Return how far each unit is from the reference level: 1 − Σ w·min(ratio, cap), 0 being no gap.

    ``ratios`` (…, units, indicators) say what part of the reference each unit has (:func:`parity.ratios`). A cap of
    one keeps a surplus in one service from filling a gap in another; ``None`` lets it.
    """
    value = numbers(ratios, "ratios")
    weight = weights_checked(weights, value.shape[-1])
    index: Floats = 1.0 - (value if cap is None else np.minimum(value, cap)) @ weight
    return index


def service_equality(levels: ArrayLike, weights: ArrayLike, population: ArrayLike | None = None) -> Floats:
    """Return the equality of services over all units: 1 − Σ w·Gini of each indicator; 1 is the same for everybody.

    ``levels`` (…, units, indicators) are services per head, ``population`` (units) weighs the units. One number for
    each leading axis.
    """
    value = amounts(np.swapaxes(numbers(levels, "levels"), -1, -2), "levels")
    weight = weights_checked(weights, value.shape[-2])
    index: Floats = 1.0 - gini(value, population) @ weight
    return index


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the ranking owes to the weights.

    ``best`` and ``worst`` are the first and last rank each unit can take (1 is the highest score) when every weight
    may move by the declared part of itself; ``flips`` (units, units) is the smallest such part at which unit i no
    longer scores above unit j: infinite when no change of weights does it, 0 where i is not above j now.
    """

    best: Ints
    worst: Ints
    flips: Floats


def weight_sensitivity(scores: ArrayLike, weights: ArrayLike, freedom: float) -> Sensitivity:
    """Return rank intervals when every weight may be w·(1 ± ``freedom``), all still summing to one (exact).

    ``scores`` (units, indicators), more being better. For units i, j the lead d·w falls by at most freedom·h, with
    h = max Σ w·d·u over |u| ≤ 1, Σ w·u = 0: a fractional knapsack, Σ w·|d − m| for m the weighted median of d.
    """
    table = numbers(scores, "scores")
    if table.ndim != 2:
        raise ProblemsError(
            [codes.SHAPE.at("scores", what="scores 的维数 axes of scores", expected=2, found=table.ndim)]
        )
    weight = weights_checked(weights, table.shape[1])
    if not 0 <= freedom <= 1:
        raise ProblemsError([codes.OUT_OF_RANGE.at("freedom", what="freedom", low=0, high=1, found=freedom)])
    lead = table[:, None, :] - table[None, :, :]
    order = np.argsort(lead, axis=-1, kind="stable")
    half = np.cumsum(weight[order], axis=-1) >= 0.5 - 1e-12
    median = np.take_along_axis(np.take_along_axis(lead, order, axis=-1), np.argmax(half, axis=-1)[..., None], axis=-1)
    sway = np.abs(lead - median) @ weight
    ahead = lead @ weight
    noise = 1e-12 * np.abs(table).max(initial=1.0)
    surely = ahead - freedom * sway > noise
    possibly = ahead + freedom * sway > noise
    np.fill_diagonal(possibly, False)
    with_sway = sway > noise
    flips = np.divide(ahead, sway, out=np.full_like(ahead, np.inf), where=with_sway)
    flips = np.where(ahead <= noise, 0.0, np.where(flips > 1, np.inf, flips))
    return Sensitivity(1 + surely.sum(axis=0), 1 + possibly.sum(axis=0), flips)
