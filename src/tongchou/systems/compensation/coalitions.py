"""Cost functions over coalitions: one number for every set of members, ordered by bit mask.

Member ``i`` of ``n`` is bit ``i``: ``costs[0b101]`` is what members 0 and 2 would pay for a project of their own, and
``costs[0]`` is 0. Everything here is in the unit of the costs given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes

Floats = NDArray[np.float64]
MOST = 24  # 2^24 numbers are 128 MiB


def checked(costs: ArrayLike, where: str = "costs") -> Floats:
    """Return ``costs`` as an array of 2ⁿ numbers, 1 ≤ n ≤ 24, or raise every problem found.

    Costs must be finite and the empty coalition must cost nothing. Negative values are allowed, so that a game of
    savings can be given as the negative of a cost.
    """
    array = np.asarray(costs, dtype=np.float64)
    n = max(array.size.bit_length() - 1, 1)
    if array.ndim != 1 or array.size != 1 << n:
        raise ProblemsError([codes.SIZE.at(where, expected=1 << n, found=array.size)])
    if n > MOST:
        raise ProblemsError([codes.TOO_MANY.at(where, n=n, method="", most=MOST)])
    total = float(array.sum())  # one pass without a mask: not finite when any value is not
    if not np.isfinite(total) and not np.isfinite(array).all():
        bad = int(np.flatnonzero(~np.isfinite(array))[0])
        raise ProblemsError([codes.MISSING.at(f"{where}[{bad:0{n}b}]", what=where)])
    if array[0] != 0:
        raise ProblemsError([codes.SIZE.at(f"{where}[0]", expected=0, found=float(array[0]))])
    return array


def members_of(costs: Floats) -> int:
    """Return how many members a checked cost function has."""
    return costs.size.bit_length() - 1


def members(mask: int) -> tuple[int, ...]:
    """Return the positions of the members of a coalition, lowest first."""
    return tuple(i for i in range(mask.bit_length()) if mask >> i & 1)


def singles(costs: Floats) -> Floats:
    """Return what each member would pay alone."""
    alone: Floats = costs[1 << np.arange(members_of(costs))]
    return alone


def separable(costs: Floats) -> Floats:
    """Return each member's separable (marginal) cost: what the whole project costs more because it takes part."""
    full = costs.size - 1
    own: Floats = costs[full] - costs[full ^ (1 << np.arange(members_of(costs)))]
    return own


def additive(shares: ArrayLike) -> Floats:
    """Return what every coalition pays together under ``shares`` (shape n): an array of 2ⁿ sums."""
    each = np.asarray(shares, dtype=np.float64)
    sums = np.zeros(1 << each.size)
    for i, share in enumerate(each):
        sums[1 << i : 2 << i] = sums[: 1 << i] + share
    return sums


def sizes(n: int) -> NDArray[np.int64]:
    """Return how many members every coalition of ``n`` has."""
    return np.bitwise_count(np.arange(1 << n, dtype=np.uint32)).astype(np.int64)


def from_names(players: Sequence[str], costs: Mapping[str, float], separator: str = "+") -> Floats:
    """Return the array for a table keyed by names (``A+B``), or raise all that is unknown, doubled or missing."""
    place = {name: 1 << i for i, name in enumerate(players)}
    array = np.full(1 << len(players), np.nan)
    array[0] = 0.0
    problems = []
    for key, cost in costs.items():
        names = key.split(separator) if separator else list(key)
        if set(names) - set(place) or len(set(names)) != len(names):
            problems.append(codes.UNKNOWN_MEMBER.at("costs", coalition=key, players=" ".join(players)))
            continue
        array[sum(place[name] for name in names)] = cost
    missing = np.flatnonzero(np.isnan(array))
    if missing.size:
        example = separator.join(players[i] for i in members(int(missing[0])))
        problems.append(codes.MISSING_COALITIONS.at("costs", count=missing.size, example=example))
    if problems:
        raise ProblemsError(problems)
    return array


def reordered(costs: ArrayLike, order: Sequence[int]) -> Floats:
    """Return the cost function with members renumbered: new member ``k`` is old member ``order[k]``."""
    return checked(costs)[_masks(order)]


def _masks(order: Sequence[int]) -> NDArray[np.int64]:
    masks = np.zeros(1 << len(order), dtype=np.int64)
    for k, old in enumerate(order):
        masks[1 << k : 2 << k] = masks[: 1 << k] | (1 << old)
    return masks
