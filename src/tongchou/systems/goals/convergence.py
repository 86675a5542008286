"""Are places drawing together? β-convergence: do the poorer grow faster? σ: does the spread shrink?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.inequality import coefficient_of_variation, log_deviation
from tongchou.systems.goals.measured import Floats, amounts, numbers


@dataclass(frozen=True, slots=True)
class Beta:
    """Absolute β-convergence over ``years``: growth = alpha + beta·ln(first value), ordinary least squares.

    ``growth`` is the mean yearly logarithmic growth. ``speed`` λ = −ln(1 + β·T)/T and ``half_life`` ln 2/λ in years
    (negative when the gap widens; infinite when β is zero); both are ``nan`` when 1 + β·T ≤ 0. The standard error is
    that of least squares; with few units take the exact p of :func:`permutation.slope_test` instead of a t table.
    """

    alpha: float
    beta: float
    standard_error: float
    r_squared: float
    speed: float
    half_life: float


def beta_convergence(first: ArrayLike, last: ArrayLike, years: float) -> Beta:
    """Fit absolute β-convergence (Barro & Sala-i-Martin 1992). ``first`` and ``last`` (units) must be above zero.

    Raises with fewer than three units, or when all units start from the same value.
    """
    growth, start = growth_and_start(first, last, years)
    n = start.size
    centred = start - start.mean()
    spread = float(centred @ centred)
    if spread <= 1e-24:
        raise ProblemsError([codes.TOO_FEW.at("first", what="不同的起点 different first values", found=1, least=2)])
    beta = float(centred @ growth) / spread
    alpha = float(growth.mean() - beta * start.mean())
    residual = growth - alpha - beta * start
    total = float(((growth - growth.mean()) ** 2).sum())
    left = float(residual @ residual)
    error = float(np.sqrt(left / (n - 2) / spread))
    try:
        speed = speed_of_convergence(beta, years)
    except ProblemsError:
        speed = float("nan")
    return Beta(alpha, beta, error, 1 - left / total if total > 0 else 1.0, speed, half_life(speed))


def growth_and_start(first: ArrayLike, last: ArrayLike, years: float) -> tuple[Floats, Floats]:
    """Return mean yearly logarithmic growth and the logarithm of the first value, checked."""
    a, b = amounts(first, "first"), amounts(last, "last")
    problems = []
    if a.shape != b.shape:
        problems.append(codes.SHAPE.at("last", what="last", expected=a.size, found=b.size))
    elif a.size < 3:
        problems.append(codes.TOO_FEW.at("first", what="单位 units", found=a.size, least=3))
    if (a == 0).any() or (b == 0).any():
        problems.append(codes.ZERO_LOG.at("first", what="first, last", measure="增长率 growth"))
    if not years > 0:
        problems.append(codes.OUT_OF_RANGE.at("years", what="years", low=0, high="∞", found=years))
    if problems:
        raise ProblemsError(problems)
    growth: Floats = np.log(b / a) / years
    return growth, np.log(a)


def speed_of_convergence(beta: float, years: float) -> float:
    """Return λ = −ln(1 + β·T)/T (Barro & Sala-i-Martin 1992); raise when 1 + β·T ≤ 0."""
    if 1 + beta * years <= 0:
        raise ProblemsError([codes.SPEED.at("beta", product=beta * years)])
    return -float(np.log1p(beta * years)) / years


def half_life(speed: float) -> float:
    """Return the years in which half of the gap closes, ln 2/λ; infinite at speed zero."""
    return float(np.log(2)) / speed if speed != 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Sigma:
    """Spread of each period, and its mean change a year (least squares over the periods)."""

    variation: Floats
    log_deviation: Floats
    yearly_change: float

    @property
    def narrowing(self) -> bool:
        """Whether the spread of logarithms fell over the periods."""
        return self.yearly_change < 0


def sigma_convergence(values: ArrayLike, years: ArrayLike, weights: ArrayLike | None = None) -> Sigma:
    """Spread over time: ``values`` (periods, units), ``years`` (periods). Raises with a single period."""
    table = np.atleast_2d(amounts(values))
    when = numbers(years, "years")
    if when.shape != table.shape[:1]:
        raise ProblemsError([codes.SHAPE.at("years", what="years", expected=table.shape[0], found=when.size)])
    if np.unique(when).size < 2:
        raise ProblemsError([codes.TOO_FEW.at("years", what="时期 periods", found=np.unique(when).size, least=2)])
    spread = log_deviation(table, weights)
    centred = when - when.mean()
    change = float(centred @ spread) / float(centred @ centred)
    return Sigma(coefficient_of_variation(table, weights), spread, change)
