"""Milestones: the pace still needed to a target, and whether the path so far is on it."""

from __future__ import annotations

from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, numbers


def needed_yearly(now: ArrayLike, target: ArrayLike, years: ArrayLike) -> Floats:
    """Return the equal yearly steps from ``now`` to ``target`` in ``years`` (> 0), in the unit of the figures."""
    left = _years(years)
    step: Floats = (numbers(target, "target") - numbers(now, "now")) / left
    return step


def needed_growth(now: ArrayLike, target: ArrayLike, years: ArrayLike) -> Floats:
    """Return the equal yearly growth rate from ``now`` to ``target``, a part of one. Both must be above zero."""
    left, a, b = _years(years), numbers(now, "now"), numbers(target, "target")
    if (a <= 0).any() or (b <= 0).any():
        raise ProblemsError([codes.ZERO_LOG.at("now", what="now, target", measure="增长率 growth")])
    rate: Floats = (b / a) ** (1 / left) - 1
    return rate


def done(start: ArrayLike, now: ArrayLike, target: ArrayLike) -> Floats:
    """Return the part of the way from ``start`` to ``target`` that is done: 0 at the start, 1 there; may exceed both.

    Works for targets above and below the start; raises where start and target are the same.
    """
    a, b, c = numbers(start, "start"), numbers(now, "now"), numbers(target, "target")
    if (a == c).any():
        raise ProblemsError([codes.ZERO_TOTAL.at("target", what="目标与起点之差 target minus start")])
    part: Floats = (b - a) / (c - a)
    return part


def on_path(start: ArrayLike, now: ArrayLike, target: ArrayLike, elapsed: ArrayLike, years: ArrayLike) -> Floats:
    """Return the part done less the part of the time gone: zero or more is on the even path, below is behind."""
    behind: Floats = done(start, now, target) - numbers(elapsed, "elapsed") / _years(years)
    return behind


def _years(years: ArrayLike) -> Floats:
    left = numbers(years, "years")
    if (left <= 0).any():
        raise ProblemsError([codes.OUT_OF_RANGE.at("years", what="years", low=0, high="∞", found=float(left.min()))])
    return left
