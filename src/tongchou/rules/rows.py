"""The one order of rows: by period, then by place code; whatever order they are given in, sums add in this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """``order`` gives the row of the table that stands at each place of the order, ``back`` the reverse (the
    same array where the table has its rows in order).

    ``codes`` are the periods in order, ``period`` the number of that of each row, in the order; ``repeated`` lists
    the rows of the table that say again what an earlier one says.
    """

    places: tuple[str, ...]
    periods: tuple[str, ...]
    order: Rows
    back: Rows
    codes: tuple[str, ...]
    period: Rows
    repeated: Rows

    def in_order(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values of the table's rows (along the last axis) in the order."""
        return values if self.order is self.back else values[..., self.order]

    def in_table(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values in the order as the table has its rows."""
        return values if self.order is self.back else values[..., self.back]

    def of_period(self, row: int) -> Rows:
        """Return the rows of the table in the same period as one of its rows."""
        at = self.period[self.back[row]]
        first, last = np.searchsorted(self.period, [at, at + 1])
        return self.order[first:last]


def arrange(places: tuple[str, ...], periods: tuple[str, ...]) -> Arranged:
    """Return how to bring rows into order."""
    _, place = numbered(places)
    codes, period = numbered(periods)
    keys = period * (int(place.max(initial=0)) + 1) + place
    if (keys[1:] > keys[:-1]).all():
        order = np.arange(keys.size)
        return Arranged(places, periods, order, order, codes, period, order[:0])
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    again = order[1:][ordered[1:] == ordered[:-1]]
    return Arranged(places, periods, order, back, codes, period[order], np.sort(again))


def numbered(words: Sequence[str]) -> tuple[tuple[str, ...], Rows]:
    """Return the distinct words in order, and for each word its number among them."""
    distinct = tuple(sorted(set(words)))
    number = {word: i for i, word in enumerate(distinct)}
    return distinct, np.fromiter(map(number.__getitem__, words), dtype=np.intp, count=len(words))
