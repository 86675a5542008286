"""How evenly access is spread among people: inequality weighted by people, and who is below a standard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats


def gini(access: ArrayLike, people: ArrayLike) -> float:
    """Return the Gini coefficient of ``access`` among ``people`` (both shape (places)); NaN where nobody has any."""
    level, heads = _given(access, people)
    order = np.argsort(level, kind="stable")
    level, heads = level[order], heads[order]
    total, everyone = float(heads @ level), float(heads.sum())
    if total <= 0:
        return float("nan")
    below = np.cumsum(heads) - heads / 2  # people ranked below, and half of one's own place
    return float(2.0 * (heads * level) @ below / (total * everyone) - 1.0)


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's T of access among people, and its parts between and within groups."""

    total: float
    between: float
    within: float


def theil(access: ArrayLike, people: ArrayLike, groups: ArrayLike) -> Theil:
    """Return Theil's T (1967) with people as weights and its exact parts by ``groups`` (shape (places))."""
    level, heads = _given(access, people)
    of = np.unique(np.asarray(groups), return_inverse=True)[1]
    if of.shape != level.shape:
        raise ProblemsError([codes.SHAPE.at("groups", what="groups", found=of.size, expected=level.size)])
    everyone, mass = heads.sum(), heads * level
    if mass.sum() <= 0:
        return Theil(*[float("nan")] * 3)
    mean = mass.sum() / everyone
    total = float((mass * _log(level / mean)).sum() / mass.sum())
    persons, masses = np.bincount(of, heads), np.bincount(of, mass)
    means = np.divide(masses, persons, out=np.zeros_like(masses), where=persons > 0)
    between = float((masses * _log(means / mean)).sum() / masses.sum())
    return Theil(total, between, total - between)


def share_below(access: ArrayLike, people: ArrayLike, standard: float) -> float:
    """Return the share of people whose access is below ``standard`` (at the standard is not below)."""
    level, heads = _given(access, people)
    return float(heads[level < standard].sum() / heads.sum()) if heads.sum() > 0 else float("nan")


def _log(ratio: Floats) -> Floats:
    # Where there is nothing, x·ln x has the limit 0.
    return np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)


def _given(access: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats]:
    level, heads = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (access, people))
    if level.shape != heads.shape:
        raise ProblemsError([codes.SHAPE.at("people", what="people", found=heads.size, expected=level.size)])
    wrong = [what for what, v in (("access", level), ("people", heads)) if not (np.isfinite(v) & (v >= 0)).all()]
    if wrong:
        raise ProblemsError(codes.NO_SUPPLY.at(what, what=what) for what in wrong)
    return level, heads
