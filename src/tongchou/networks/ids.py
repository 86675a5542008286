"""Ids of nodes, text or whole numbers, and their numbers: by a table where they lie close, by bisection else."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.str_] | NDArray[np.int64]
_SPREAD = 8  # a table may have so many places for every id


def sorted_ids(*given: NDArray[np.generic]) -> Ids:
    """Return every id there is, once, in order."""
    if all(np.issubdtype(g.dtype, np.integer) for g in given):
        low = min(int(g.min()) for g in given if g.size)
        high = max(int(g.max()) for g in given if g.size)
        if high - low < _SPREAD * sum(g.size for g in given):
            named = np.zeros(high - low + 1, dtype=np.bool_)
            for g in given:
                named[g.astype(np.int64) - low] = True
            return np.flatnonzero(named) + low
        return np.unique(np.concatenate([g.astype(np.int64) for g in given]))
    return np.unique(np.concatenate([g.astype(np.str_) for g in given]))


def numbered(ids: Any, wanted: Any) -> NDArray[np.int64]:
    """Return the place of each of ``wanted`` in ``ids`` (in any order), −1 where it is not there."""
    if not len(ids) or not wanted.size:
        return np.full(wanted.size, -1, dtype=np.int64)
    whole = np.issubdtype(ids.dtype, np.integer)
    if whole != np.issubdtype(wanted.dtype, np.integer):
        ids, wanted, whole = ids.astype(np.str_), wanted.astype(np.str_), False
    if whole:
        low, high = int(ids.min()), int(ids.max())
        if high - low < _SPREAD * max(len(ids), 1024):
            table = np.full(high - low + 1, -1, dtype=np.int64)
            table[ids.astype(np.int64) - low] = np.arange(len(ids))
            inside = (wanted >= low) & (wanted <= high)
            found = table[np.where(inside, wanted, low).astype(np.int64) - low]
            return np.where(inside, found, -1)
    order = None if (ids[1:] > ids[:-1]).all() else np.argsort(ids, kind="stable")
    known = ids if order is None else ids[order]
    at = np.minimum(np.searchsorted(known, wanted), len(ids) - 1)
    place = at if order is None else order[at]
    return np.where(known[at] == wanted, place, -1).astype(np.int64)
