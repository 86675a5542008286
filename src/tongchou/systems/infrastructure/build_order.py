"""``infrastructure.build_order``: the joint gain of projects shared among them, and an order to build them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.networks.changes import Project, shared
from tongchou.rules.algorithm import Withheld

Numbers = NDArray[np.float64]
JOIN = "+"


def order_of_building(
    to_places: Numbers, to_hubs: Numbers, cost: Numbers, trips: float, hub_trips: float, coalition: Sequence[str]
) -> Mapping[str, Numbers]:
    """Return what every set saves a day, and its members' Shapley shares, gains alone and last, summed; and its step.

    A set is done with the last of its members. Withheld unless every set of the projects has one row.
    """
    sets = [frozenset(name.split(JOIN)) for name in coalition]
    members = sorted(frozenset().union(*sets))
    if len(set(sets)) != len(sets) or len(sets) != (1 << len(members)) - 1:
        wanted = (1 << len(members)) - 1
        words = Text(f"要有每一组项目，共 {wanted} 行", f"every set of the projects needs a row, {wanted} in all")
        raise Withheld(words)
    saved = trips * to_places + hub_trips * to_hubs
    worth, price = ({frozenset(): 0.0, **dict(zip(sets, v.tolist(), strict=True))} for v in (saved, cost))
    parts = shared([Project(m, ()) for m in members], lambda chosen: worth[frozenset(p.name for p in chosen)])
    step = _steps(members, worth, price)
    at = {m: i for i, m in enumerate(members)}

    def summed(values: Numbers) -> Numbers:
        return np.array([sum(float(values[at[m]]) for m in sorted(s)) for s in sets])

    return {
        "saved": saved,
        "share": summed(parts.share),
        "alone": summed(parts.alone),
        "last": np.array([worth[frozenset(members)] - worth[frozenset(members) - s] for s in sets]),
        "step": np.array([float(max(step[m] for m in s)) for s in sets]),
    }


def _steps(
    members: Sequence[str], worth: Mapping[frozenset[str], float], price: Mapping[frozenset[str], float]
) -> dict[str, int]:
    """Return the step of each project: what adds most for its cost comes next, of equals the first by name."""
    built: frozenset[str] = frozenset()
    found: dict[str, int] = {}
    while len(found) < len(members):
        left = [m for m in members if m not in built]
        best = max(left, key=lambda m: (worth[built | {m}] - worth[built]) / price[frozenset((m,))])
        built |= {best}
        found[best] = len(found) + 1
    return found
