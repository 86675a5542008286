"""How unequal are the units? One number a period, over any number of periods at once.

Every function takes ``values`` (per head; last axis units) and optionally ``weights`` (population; same units) and
returns one number for each leading axis, without unit. All are zero when everybody has the same, do not change when
all values are multiplied by one number, nor when every unit is doubled (replication); none depends on the order of
units. Missing numbers, negative ones and sums of zero are refused (``ProblemsError``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, weighed, x_log_x


def theil_t(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Theil T (Theil 1967): Σ p·(y/μ)·ln(y/μ). Zeros count as their limit 0. Ranges from 0 to ln n."""
    ratio, share, _ = weighed(values, weights)
    index: Floats = np.maximum((share * x_log_x(ratio)).sum(axis=-1), 0.0)
    return index


def theil_l(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Theil L, mean logarithmic deviation (Theil 1967): Σ p·ln(μ/y). Refused when a unit has zero."""
    ratio, share, _ = weighed(values, weights)
    if ((ratio == 0) & (share > 0)).any():
        raise ProblemsError([codes.ZERO_LOG.at("values", what="values", measure="泰尔L Theil L")])
    logs = np.log(ratio, out=np.zeros_like(ratio), where=share > 0)
    index: Floats = np.maximum(-(share * logs).sum(axis=-1), 0.0)
    return index


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Gini coefficient (Gini 1914): ΣΣ pᵢpⱼ|yᵢ − yⱼ|/(2μ), by the Lorenz curve. Ranges from 0 to 1 − 1/n."""
    ratio, share, _ = weighed(values, weights)
    order = np.argsort(ratio, axis=-1, kind="stable")
    people = np.take_along_axis(share, order, axis=-1)
    income = people * np.take_along_axis(ratio, order, axis=-1)
    below = np.cumsum(income, axis=-1) - income
    index: Floats = np.maximum(1.0 - (people * (2 * below + income)).sum(axis=-1), 0.0)
    return index


def coefficient_of_variation(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Coefficient of variation with the divisor n; with population weights it is the Williamson index.

    Williamson 1965: √(Σ p·(y − ȳ)²)/ȳ, p the population share and ȳ = Σ p·y.
    """
    ratio, share, _ = weighed(values, weights)
    index: Floats = np.sqrt((share * (ratio - 1) ** 2).sum(axis=-1))
    return index


def williamson(values: ArrayLike, population: ArrayLike) -> Floats:
    """Williamson index: the coefficient of variation weighted by population."""
    return coefficient_of_variation(values, population)


def hoover(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Hoover index (Hoover 1936): ½ Σ p·|y/μ − 1|, the part of all income that would have to move."""
    ratio, share, _ = weighed(values, weights)
    index: Floats = 0.5 * (share * np.abs(ratio - 1)).sum(axis=-1)
    return index


def atkinson(values: ArrayLike, aversion: float, weights: ArrayLike | None = None) -> Floats:
    """Atkinson index (Atkinson 1970): 1 − equally distributed equivalent / mean, for an ``aversion`` of 0 or more.

    With an aversion of 1 or more a unit with zero makes it 1, the limit.
    """
    if not (np.isfinite(aversion) and aversion >= 0):
        raise ProblemsError([codes.OUT_OF_RANGE.at("aversion", what="aversion", low=0, high="∞", found=aversion)])
    ratio, share, _ = weighed(values, weights)
    ratio = np.where(share > 0, ratio, 1.0)
    if aversion >= 1:
        nothing = (ratio == 0).any(axis=-1)
        ratio = np.where(ratio == 0, 1.0, ratio)
        if aversion == 1:
            equivalent = np.exp((share * np.log(ratio)).sum(axis=-1))
        else:
            # Relative to the least, so that no power overflows however large the aversion: its limit is the least.
            least = ratio.min(axis=-1, keepdims=True)
            powers = (share * (ratio / least) ** (1 - aversion)).sum(axis=-1)
            equivalent = least[..., 0] * powers ** (1 / (1 - aversion))
        equivalent = np.where(nothing, 0.0, equivalent)
    else:
        equivalent = (share * ratio ** (1 - aversion)).sum(axis=-1) ** (1 / (1 - aversion))
    index: Floats = np.clip(1.0 - equivalent, 0.0, 1.0)
    return index


def log_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Standard deviation of logarithms with the divisor n (σ of σ-convergence). Refused when a unit has zero."""
    ratio, share, _ = weighed(values, weights)
    if (ratio == 0).any():
        raise ProblemsError([codes.ZERO_LOG.at("values", what="values", measure="对数标准差 log deviation")])
    logs = np.log(ratio)
    centred = logs - (share * logs).sum(axis=-1, keepdims=True)
    index: Floats = np.sqrt((share * centred**2).sum(axis=-1))
    return index
