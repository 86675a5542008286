"""``services.proximity``: mean travel time, potential and efficiency between places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tongchou.kernel.text import Text
from tongchou.networks.catchments import potential
from tongchou.networks.pairs import pair_table
from tongchou.rules.algorithm import Withheld
from tongchou.systems.services.reach import Floats, mean_reached


def proximity(
    minutes: Floats, mass: Floats, exponent: float, tail: Sequence[str], head: Sequence[str]
) -> dict[str, Any]:
    """Return mean minutes, potential and efficiency of every place over the pairs told, and of all of them.

    Minutes a pair, the mass of the place gone to; a place's own pair is left out if it costs nothing. Withheld where
    two different places are no time apart: the inverse of nothing has no value.
    """
    pairs = pair_table(minutes, tail, head)
    own = np.asarray(pairs.places)[:, None] == np.asarray(pairs.facilities)[None, :]
    if ((pairs.cost == 0) & ~own).any():
        raise Withheld(Text("有两个不同的地方相距零分钟", "two different places are no minutes apart"))
    away = np.where(own, np.inf, pairs.cost)
    weights = mass[pairs.of_facility]
    told = np.isfinite(away)
    inverse = np.divide(1.0, away, out=np.zeros_like(away), where=told)
    others = (~own).sum(axis=1)
    of_place = np.divide(inverse.sum(axis=1), others, out=np.full(len(others), np.nan), where=others > 0)
    return {
        "mean_minutes": mean_reached(away, weights)[pairs.at_place],
        "pull": potential(away, weights, exponent)[pairs.at_place],
        "closeness": of_place[pairs.at_place],
        "efficiency": inverse.sum() / others.sum() if others.sum() else np.nan,
    }
