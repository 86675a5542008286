"""Costs counted in whole ticks, so that sums are exact and the same in whatever order they are added up.

Costs with at most six decimals (minutes to a thousandth, kilometres to the metre) are whole numbers of a decimal tick;
kernels then add whole numbers, and a result is the double nearest to the exact decimal sum. Other costs are added as
doubles and are exact but for rounding in the last digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

MOST_DECIMALS = 6
TOP = 2**30 - 1  # two of it still fit a 32-bit number


@dataclass(frozen=True, slots=True)
class Ticks:
    """``counts`` (int32, edges) are costs times ``scale``, a power of ten."""

    counts: NDArray[np.int32]
    scale: float

    def at_most(self, cutoff: float) -> int:
        """Return the largest whole number of ticks that is no more than ``cutoff``."""
        if cutoff == inf or cutoff * self.scale >= 2**61:
            return 2**62
        most = floor(cutoff * self.scale)
        if (most + 1) / self.scale <= cutoff:
            most += 1
        return most - 1 if most / self.scale > cutoff else most


def whole_ticks(costs: NDArray[np.float64], decimals: int | None = None) -> Ticks | None:
    """Return ``costs`` in ticks of the fewest decimals that hold them (or rounded to ``decimals``), if any do."""
    dearest = float(costs.max(initial=0.0))
    for places in range(MOST_DECIMALS + 1) if decimals is None else (decimals,):
        scale = 10.0**places
        if dearest * scale >= TOP:
            return None
        counts = np.rint(costs * scale)
        if decimals is not None or (counts / scale == costs).all():
            return Ticks(counts.astype(np.int32), scale)
    return None
