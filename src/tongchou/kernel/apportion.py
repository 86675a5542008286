"""Settling amounts in whole units (fen, persons, seats) so that they add up to their total, by largest remainder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

# Remainders closer than this (in units) are equal: they differ by rounding in the machine, not by a claim.
_EQUAL = 1e-6
# So many roundings of its last digit an amount may carry; a larger amount is known to a coarser fraction of a unit.
_ROUNDINGS = 8
# Groups larger than this on average are served one by one without sorting them; below, all are sorted at once.
_LARGE = 256


def settle(amounts: ArrayLike, total: int, priority: Sequence[int] | None = None) -> Whole:
    """Round ``amounts`` (one-dimensional, in units, e.g. fen) to whole units that sum to ``total`` exactly.

    Every amount is rounded down and the units left over go to the largest remainders (Hamilton's method), so no
    result is a full unit away from its amount. Equal remainders are served by ``priority``, lowest first; without
    it by position, which is then the declared order.

    Raises ``ValueError`` for amounts that are not finite, and when they do not add up to ``total`` within one unit
    in all (the amounts must be closed first; settling never hides a sum that is wrong).
    """
    values = np.asarray(amounts, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError("amounts must be one-dimensional")
    if not np.isfinite(values).all():
        raise ValueError("amounts must be finite numbers")
    order = np.arange(values.size) if priority is None else np.asarray(priority)
    if order.shape != values.shape or np.unique(order).size != order.size:
        raise ValueError("priority must give every amount a number of its own")
    starts = np.zeros(1, dtype=np.intp)
    if not values.size:
        if total:
            raise ValueError(f"amounts sum to 0, not to {total}")
        return np.zeros(0, dtype=np.int64)
    settled, open_ = settle_groups(values, starts, np.array([total], dtype=np.int64), order)
    if open_.any():
        raise ValueError(f"amounts sum to {values.sum():.6f}, not to {total}")
    return settled


def settle_groups(
    amounts: Numbers, starts: NDArray[np.intp], totals: Whole, priority: NDArray[np.generic]
) -> tuple[Whole, NDArray[np.bool_]]:
    """Settle many groups at once: each as :func:`settle` does it, to the unit.

    ``amounts`` holds finite numbers, group after group; ``starts`` where each group (of at least one) begins and
    ``totals`` what it must sum to. Of equal remainders in a group the lowest ``priority`` is served first, then the
    first. Returns whole units, and for each group whether it is left open because its sum does not fit its total.
    """
    sizes = np.diff(starts, append=amounts.size)
    magnitude = np.abs(amounts)
    # What the largest amount of a group is known to. (By the sum of them it would blur claims that do differ.)
    known = np.maximum(_EQUAL, _ROUNDINGS * np.spacing(np.maximum.reduceat(magnitude, starts)))
    every = np.repeat(known, sizes)
    whole = amounts + every
    np.floor(whole, out=whole)
    rank = amounts - whole
    np.maximum(rank, 0.0, out=rank)
    rank /= every + every
    rank += 0.5  # half up, as a spreadsheet rounds
    np.floor(rank, out=rank)
    slack = np.maximum(_EQUAL, _ROUNDINGS * np.spacing(np.add.reduceat(magnitude, starts)))
    does_not_fit = np.abs(np.add.reduceat(amounts, starts) - totals) >= 1 + slack
    result = whole.astype(np.int64)
    left = totals - np.add.reduceat(result, starts)
    left[does_not_fit] = 0
    if amounts.size > _LARGE * starts.size:
        _one_by_one(result, rank, priority, starts, sizes, left)
    else:
        _all_at_once(result, rank, priority, starts, sizes, left)
    return result, does_not_fit


def _all_at_once(
    result: Whole,
    rank: Numbers,
    priority: NDArray[np.generic],
    starts: NDArray[np.intp],
    sizes: NDArray[np.intp],
    left: Whole,
) -> None:
    group = np.repeat(np.arange(starts.size), sizes)
    served = np.lexsort((priority, -rank, group))
    place = np.arange(result.size) - np.repeat(starts, sizes)
    # Where the sum lies a fraction of a unit above the total, the smallest remainders give one back.
    change = (place < left[group]).astype(np.int64) - (place >= (sizes + left)[group])
    result[served] += change


def _one_by_one(
    result: Whole,
    rank: Numbers,
    priority: NDArray[np.generic],
    starts: NDArray[np.intp],
    sizes: NDArray[np.intp],
    left: Whole,
) -> None:
    for start, size, count in zip(starts.tolist(), sizes.tolist(), left.tolist(), strict=True):
        if not count:
            continue
        here = slice(start, start + size)
        chosen, ranks, order = result[here], rank[here], priority[here]
        if count < 0:
            chosen[np.lexsort((order, -ranks))[count:]] -= 1
            continue
        last = np.partition(ranks, size - count)[size - count]
        above = ranks > last
        chosen += above
        tied = (ranks == last).nonzero()[0]
        rest = count - int(np.count_nonzero(above))
        if rest < tied.size:
            tied = tied[np.argsort(order[tied], kind="stable")[:rest]]
        chosen[tied] += 1


def in_units(amount: float, unit: float) -> int:
    """Return ``amount`` as a whole number of ``unit``; raise ``ValueError`` when it is not one to a millionth."""
    count = amount / unit
    nearest = round(count)
    if abs(count - nearest) > max(_EQUAL, _ROUNDINGS * float(np.spacing(abs(count)))):
        raise ValueError(f"{amount} is not a whole number of {unit}")
    return nearest
