"""Settling amounts in whole units (fen, persons, seats) so that they add up to their total, by largest remainder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Remainders closer than this (in units) are equal: they differ by rounding in the machine, not by a claim.
_EQUAL = 1e-6


def settle(amounts: ArrayLike, total: int, priority: Sequence[int] | None = None) -> NDArray[np.int64]:
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
    slack = max(_EQUAL, 8 * float(np.spacing(np.abs(values).sum())) if values.size else _EQUAL)
    if abs(float(values.sum()) - total) >= 1 + slack:
        raise ValueError(f"amounts sum to {values.sum():.6f}, not to {total}")
    whole = np.floor(values + slack)
    remainder = np.maximum(values - whole, 0.0)
    left = int(total - whole.sum())
    ranked = np.lexsort((order, -np.round(remainder / slack / 2)))
    result = whole.astype(np.int64)
    if left >= 0:
        result[ranked[:left]] += 1
    else:  # a sum a fraction of a unit above the total: the smallest remainders give one back
        result[ranked[left:]] -= 1
    return result


def in_units(amount: float, unit: float) -> int:
    """Return ``amount`` as a whole number of ``unit``; raise ``ValueError`` when it is not one to a millionth."""
    count = amount / unit
    nearest = round(count)
    if abs(count - nearest) > max(_EQUAL, 8 * float(np.spacing(abs(count)))):
        raise ValueError(f"{amount} is not a whole number of {unit}")
    return nearest
