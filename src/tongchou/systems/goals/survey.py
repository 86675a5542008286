"""Scores of a sample survey with their sampling error, and the change between two waves."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import amounts, numbers


@dataclass(frozen=True, slots=True)
class Score:
    """Weighted mean, its standard error, and the effective number of answers (Kish 1965: (Σw)²/Σw²)."""

    mean: float
    standard_error: float
    effective: float


def score(answers: ArrayLike, weights: ArrayLike | None = None) -> Score:
    """Return the weighted mean of ``answers`` (persons) with the linearised error of a ratio mean.

    Variance: n/(n−1)·Σ w²(y − ȳ)²/(Σw)²; without weights the usual s²/n. At least two answers are needed.
    """
    given = numbers(answers, "answers")
    weight = np.ones_like(given) if weights is None else amounts(weights, "weights")
    if weight.shape != given.shape:
        raise ProblemsError([codes.SHAPE.at("weights", what="weights", expected=given.size, found=weight.size)])
    n = given.size
    if n < 2:
        raise ProblemsError([codes.TOO_FEW.at("answers", what="答卷 answers", found=n, least=2)])
    total = float(weight.sum())
    mean = float(weight @ given) / total
    variance = n / (n - 1) * float((weight**2) @ (given - mean) ** 2) / total**2
    return Score(mean, sqrt(variance), total**2 / float(weight @ weight))


@dataclass(frozen=True, slots=True)
class Change:
    """Change between two waves, its standard error and two-sided normal p."""

    change: float
    standard_error: float
    p: float


def change(before: Score, after: Score) -> Change:
    """Compare two independent waves; raise when either has fewer than 30 effective answers (normal theory)."""
    for wave in (before, after):
        if wave.effective < 30:
            raise ProblemsError(
                [
                    codes.TOO_FEW.at(
                        "answers", what="有效答卷 effective answers", found=f"{wave.effective:.1f}", least=30
                    )
                ]
            )
    difference = after.mean - before.mean
    error = sqrt(before.standard_error**2 + after.standard_error**2)
    if error == 0:
        return Change(difference, 0.0, 1.0 if difference == 0 else 0.0)
    return Change(difference, error, erfc(abs(difference) / error / sqrt(2)))
