"""Parity of a county with the centre: how near, how much faster it must grow, and whether anybody ever has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, numbers


class Standing(StrEnum):
    """达到, 接近, 未达到."""

    REACHED = "reached"
    NEAR = "near"
    BELOW = "below"


def ratios(own: ArrayLike, centre: ArrayLike, lower_is_better: ArrayLike) -> Floats:
    """Return how much of the centre's level each place has, 1 being parity.

    ``own`` and ``centre`` broadcast (…, indicators); an indicator of which less is better is turned over, centre/own.
    Raises for missing or negative numbers and for a divisor of zero.
    """
    a, b = numbers(own, "own"), numbers(centre, "centre")
    turned = np.asarray(lower_is_better, dtype=bool)
    top, bottom = np.where(turned, b, a), np.where(turned, a, b)
    if (top < 0).any() or (bottom < 0).any():
        raise ProblemsError([codes.NEGATIVE.at("own", what="own, centre")])
    if (bottom == 0).any():
        raise ProblemsError([codes.ZERO_TOTAL.at("centre", what="对标水平 the level compared with")])
    result: Floats = top / bottom
    return result


def standings(ratio: ArrayLike, near: float) -> NDArray[np.str_]:
    """Return reached, near or below for each ratio: reached from 1, near from the declared threshold ``near``."""
    if not 0 < near <= 1:
        raise ProblemsError([codes.OUT_OF_RANGE.at("near", what="near", low=0, high=1, found=near)])
    value = numbers(ratio, "ratio")
    return np.select([value >= 1, value >= near], [Standing.REACHED, Standing.NEAR], Standing.BELOW)


def growth_difference(ratio: ArrayLike, wanted: float, years: float, centre_growth: float) -> Floats:
    """Return by how many points a year a place must outgrow the centre to have ``wanted`` of its level in ``years``.

    From r·[(1 + g)/(1 + g_c)]^T = wanted: g − g_c = (1 + g_c)·[(wanted/r)^(1/T) − 1]. Growth rates are parts of one
    (0.06 is 6 %). Negative when the place could grow more slowly and still arrive.
    """
    value = numbers(ratio, "ratio")
    if (value <= 0).any():
        raise ProblemsError([codes.ZERO_TOTAL.at("ratio", what="ratio")])
    if not years > 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("years", what="years", low=0, high="∞", found=years)])
    result: Floats = (1 + centre_growth) * ((wanted / value) ** (1 / years) - 1)
    return result


def years_to(ratio: float, wanted: float, own_growth: float, centre_growth: float) -> float:
    """Return after how many years at these growth rates the ratio reaches ``wanted``: 0 if it has, ∞ if never."""
    if ratio >= wanted:
        return 0.0
    pace = float(np.log((1 + own_growth) / (1 + centre_growth)))
    return float(np.log(wanted / ratio)) / pace if pace > 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The growth differences that places have sustained (``low`` middle ``high``), and how the required one compares.

    ``share`` of the observed differences are at or above the required one; ``within`` when it is not above ``high``.
    """

    low: float
    middle: float
    high: float
    share: float
    within: bool


def feasibility(required: float, observed: ArrayLike, quantiles: tuple[float, float] = (0.1, 0.9)) -> Feasibility:
    """Hold a required growth difference against those ``observed`` (any shape) over spans of like length.

    Quantiles interpolate linearly between the observations. Raises with fewer than three observations.
    """
    seen = numbers(observed, "observed").ravel()
    if seen.size < 3:
        raise ProblemsError([codes.TOO_FEW.at("observed", what="观察 observations", found=seen.size, least=3)])
    low, middle, high = (float(q) for q in np.quantile(seen, [quantiles[0], 0.5, quantiles[1]]))
    return Feasibility(low, middle, high, float((seen >= required).mean()), required <= high)


def common_centre(values: ArrayLike, weights: ArrayLike, members: ArrayLike) -> Floats:
    """Return the level of a group of places, the ``weights``-weighted mean of its ``members`` (units, true or false).

    ``values`` has shape (…, units); for a figure per head the weights are the population it was divided by.
    """
    array, weight = numbers(values, "values"), numbers(weights, "weights")
    inside = np.asarray(members, dtype=bool)
    people = np.where(inside, weight, 0.0)
    total = people.sum(axis=-1)
    if (np.asarray(total) <= 0).any():
        raise ProblemsError([codes.ZERO_TOTAL.at("members", what="中心城区人口 population of the centre")])
    level: Floats = (people * array).sum(axis=-1) / total
    return level
