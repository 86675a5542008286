"""Groups of rows that a window looks at: the rows of one period, or those of it alike in further columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Groups:
    """A partition of the rows. Arrays have rows along their last axis; axes before it (parameter sets) pass through.

    ``order`` brings the rows group after group, ``None`` where they stand so. ``unknown`` marks rows whose own group
    is not known, ``open`` those in whose period some row's is not, so that no group there is complete.
    """

    order: Rows | None
    starts: Rows
    sizes: Rows
    of_row: Rows
    unknown: Mask | None = None
    open: Mask | None = None

    def reduce(self, function: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """Return one value for each group."""
        ordered = values if self.order is None else values[..., self.order]
        found: NDArray[Any] = function.reduceat(ordered, self.starts, axis=-1)
        return found

    def spread(self, of_group: NDArray[Any]) -> NDArray[Any]:
        """Give every row the value of its group."""
        if self.order is None:
            return np.repeat(of_group, self.sizes, axis=-1)
        found: NDArray[Any] = of_group[..., self.of_row]
        return found


def by_period(period: Rows) -> Groups:
    """Return the groups of rows that stand in the order of their ``period`` (numbered from 0, none left out)."""
    starts = np.searchsorted(period, np.arange(period[-1] + 1 if period.size else 0)).astype(np.intp)
    return Groups(None, starts, np.diff(starts, append=period.size), period)


def within(periods: Groups, columns: Sequence[Numbers]) -> Groups:
    """Return the groups of rows of one period alike in every one of ``columns`` (one number a row each)."""
    group = periods.of_row
    unknown = np.zeros(group.size, dtype=np.bool_)
    for column in columns:
        unknown |= np.isnan(column)
        _, alike = np.unique(column, return_inverse=True, equal_nan=True)
        _, group = np.unique(group * (int(alike.max(initial=0)) + 1) + alike, return_inverse=True)
    # Stable: within a group the rows keep the one order there is, so that sums add in the same sequence.
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(int(group.max(initial=-1)) + 1)).astype(np.intp)
    sizes = np.diff(starts, append=group.size)
    if not unknown.any():
        return Groups(order, starts, sizes, group)
    open_ = periods.spread(periods.reduce(np.logical_or, unknown))
    return Groups(order, starts, sizes, group, unknown, open_)


def rank(groups: Groups, values: Numbers, descending: bool) -> Numbers:
    """Return the place of every row in its group (1 for the first, equal values share theirs), one number a row."""
    keys = -values if descending else values
    order = np.lexsort((keys, groups.of_row))
    ordered, group = keys[order], groups.of_row[order]
    new = np.ones(values.size, dtype=np.bool_)
    new[1:] = (group[1:] != group[:-1]) | (ordered[1:] != ordered[:-1])
    begins = np.concatenate(([0], np.cumsum(groups.sizes)[:-1]))
    first = np.maximum.accumulate(np.where(new, np.arange(values.size), 0))
    found = np.empty(values.size)
    found[order] = first - begins[group] + 1
    return found
