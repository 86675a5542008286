"""A joint project along a line or around common works: what every coalition would pay is built from a few numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import MOST, Floats, additive
from tongchou.systems.compensation.demands import airport


def line_costs(common: float, reach: ArrayLike, own: ArrayLike) -> Floats:
    """Return the cost of every coalition of a project whose works are shared as far as the farthest member needs.

    c(S) = common + max of ``reach`` over S + sum of ``own`` over S, and 0 for nobody: ``common`` is what any project
    needs (intake, control centre), ``reach`` (n) the trunk line as far as each member, ``own`` (n) each member's own
    branch. Joining never costs more than staying apart, so the core is not empty. Raises for missing or negative
    numbers.
    """
    problems = []
    if not np.isfinite(common):
        problems.append(codes.MISSING.at("common", what="common"))
    elif common < 0:
        problems.append(codes.NEGATIVE.at("common", what="common"))
    trunk, branch = np.asarray(reach, dtype=np.float64), np.asarray(own, dtype=np.float64)
    for name, array in (("reach", trunk), ("own", branch)):
        for i, value in enumerate(array):
            if not np.isfinite(value):
                problems.append(codes.MISSING.at(f"{name}[{i}]", what=name))
            elif value < 0:
                problems.append(codes.NEGATIVE.at(f"{name}[{i}]", what=name))
    if trunk.shape != branch.shape:
        problems.append(codes.SIZE.at("own", expected=trunk.size, found=branch.size))
    if trunk.size > MOST:
        problems.append(codes.TOO_MANY.at("reach", n=trunk.size, method="", most=MOST))
    if problems:
        raise ProblemsError(problems)
    farthest = np.zeros(1 << trunk.size)
    for i, need in enumerate(trunk):
        farthest[1 << i : 2 << i] = np.maximum(farthest[: 1 << i], need)
    costs = additive(branch) + farthest + common
    costs[0] = 0.0
    return costs


def by_use(common: float, reach: ArrayLike, own: ArrayLike) -> Floats:
    """Return the Shapley value of a line project in closed form: common works, trunk and branches apart.

    Common works in equal parts, each stretch of trunk equally among those it serves, branches by whoever has them
    (Littlechild & Owen 1973). The same as ``shapley(line_costs(…))``, for any number of members.
    """
    trunk, branch = np.asarray(reach, dtype=np.float64), np.asarray(own, dtype=np.float64)
    if trunk.any():
        trunk = airport(trunk)
    share: Floats = common / branch.size + trunk + branch
    return share
