"""``territory.green_access``: green space within walking distance, a head, and how evenly it is spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.networks.catchments import two_step
from tongchou.networks.decay import step
from tongchou.networks.fairness import gini, share_below, theil
from tongchou.networks.pairs import PairTable, named, pair_table

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def green_space(
    metres: Floats, people: Floats, area: Floats, inside: Floats, radius: float, large: float, large_radius: float,
    small: float, small_radius: float, area_standard: float, county: Sequence[str], demand: Sequence[str],
    plot: Sequence[str], note: Callable[[str, float, Text], None],
) -> dict[str, Any]:  # fmt: skip
    """Return who walks no farther than the standard to green space, and green area a head, one number a row.

    Metres a pair of block and plot; people of a block; m² of a plot; whether the plot lies in the block's district.
    """
    pairs = pair_table(metres, demand, plot)
    heads, size = people[pairs.of_place], area[pairs.of_facility]
    district, of = np.unique(np.asarray(county)[pairs.of_place], return_inverse=True)
    is_near = np.asarray((pairs.cost <= radius).any(axis=1))
    reach = _reach(size, large, large_radius, small, small_radius)
    is_served = np.asarray((pairs.cost <= reach[None, :]).any(axis=1))
    shared = two_step(pairs.cost, heads, size, step(radius))
    persons = np.bincount(of, heads, minlength=district.size).astype(np.float64)
    a_head = _a_head(_within(pairs, inside, size, of, district.size), persons)
    parts = theil(shared, heads, of)
    gaps = Text(
        "步行距离内没有绿地的人数，人多的在前：{places}",
        "people with no green space within walking distance, most people first: {places}",
    )
    note("gaps", float(heads[~is_near].sum()), gaps.format(places=named(pairs.places, ~is_near, heads)))
    return {
        "nearest": pairs.cost.min(axis=1)[pairs.at_place],
        "near": is_near.astype(np.float64)[pairs.at_place],
        "served": is_served.astype(np.float64)[pairs.at_place],
        "shared_area": shared[pairs.at_place],
        "district_coverage": _share(is_near, heads, of, district.size)[of][pairs.at_place],
        "district_area": a_head[of][pairs.at_place],
        "coverage": _share(is_near, heads, np.zeros_like(of), 1)[0],
        "tiered_coverage": _share(is_served, heads, np.zeros_like(of), 1)[0],
        "share_below": 100.0 * share_below(shared, heads, area_standard),
        "gini": gini(shared, heads),
        "gini_districts": gini(a_head, persons),
        "theil_between": parts.between,
        "theil_within": parts.within,
    }


def _a_head(size: Floats, people: Floats) -> Floats:
    found: Floats = np.zeros_like(size)
    np.divide(size, people, out=found, where=people > 0)
    return found


def _reach(size: Floats, large: float, large_radius: float, small: float, small_radius: float) -> Floats:
    """Return how far a plot serves by its size; one below ``small`` serves nobody."""
    return np.select([size >= large, size >= small], [large_radius, small_radius], -1.0)


def _within(pairs: PairTable, inside: Floats, size: Floats, of: NDArray[np.intp], count: int) -> Floats:
    """Return the area of the plots that lie in each district, each plot counted once."""
    lies = np.zeros((count, size.size), dtype=np.bool_)
    rows = inside > 0
    lies[of[pairs.at_place[rows]], pairs.at_facility[rows]] = True
    return np.asarray(lies @ size)


def _share(flags: Flags, people: Floats, of: NDArray[np.intp], count: int) -> Floats:
    all_ = np.bincount(of, people, minlength=count)
    held = np.bincount(of, np.where(flags, people, 0.0), minlength=count)
    found: Floats = np.full(count, np.nan)
    np.divide(100.0 * held, all_, out=found, where=all_ > 0)
    return found
