"""``services.health_network``: three levels of health care, who is covered, and how evenly doctors are spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tongchou.kernel.text import Text
from tongchou.networks.pairs import named, pair_table
from tongchou.systems.services.reach import Floats, Note, Zones, access, covered_share, spread

COUNTY, TOWN, VILLAGE = 1, 2, 3
_LEVELS = {
    "basic": (VILLAGE, Text("最近卫生机构", "any facility")),
    "town": (TOWN, Text("乡镇及以上机构", "a town centre or hospital")),
    "county": (COUNTY, Text("县级机构", "a county hospital")),
}


def three_levels(
    minutes: Floats, people: Floats, town: Floats, level: Floats, doctors: Floats, basic_limit: float,
    town_limit: float, county_limit: float, near: float, middle: float, limit: float, weight_middle: float,
    weight_far: float, exponent: float, travel: float, standard: float, demand: Sequence[str],
    facility: Sequence[str], note: Note,
) -> dict[str, Any]:  # fmt: skip
    """Return minutes to each level, who is covered, and access to doctors by every method, one number a row.

    Minutes a pair; people and the town of a place; level and doctors of a facility. A higher level serves for a lower
    one. Doctors a head are given a thousand people.
    """
    pairs = pair_table(minutes, demand, facility)
    heads, stock, rank = people[pairs.of_place], doctors[pairs.of_facility], level[pairs.of_facility]
    found: dict[str, Any] = {}
    is_covered = np.ones(heads.size, dtype=np.bool_)
    for (name, (lowest, words)), within in zip(_LEVELS.items(), (basic_limit, town_limit, county_limit), strict=True):
        serves = rank <= lowest
        cost = pairs.cost[:, serves].min(axis=1) if serves.any() else np.full(heads.size, np.inf)
        is_near = cost <= within
        is_covered &= is_near
        found[f"to_{name}"] = cost[pairs.at_place]
        found[f"{name}_coverage"] = covered_share(is_near, heads)
        found[f"{name}_covered"] = is_near.astype(np.float64)[pairs.at_place]
        text = Text("{words}在限时之外的人数，在：{places}", "people beyond the limit of {words}, at: {places}")
        note(
            f"beyond_{name}",
            float(heads[~is_near].sum()),
            text.format(words=words, places=named(pairs.places, ~is_near, heads)),
        )
    by_method = access(
        pairs.cost, heads, stock, Zones(near, middle, limit, weight_middle, weight_far), exponent, travel
    )
    for name in ("two_step", "enhanced", "three_step"):
        by_method[name] = 1000.0 * by_method[name]
    del by_method["within"], by_method["mean_minutes"]
    return {
        **found,
        **{name: values[pairs.at_place] for name, values in by_method.items()},
        "full_coverage": covered_share(is_covered, heads),
        "uncovered": float(heads[pairs.cost.min(axis=1) > basic_limit].sum()),
        **spread(by_method["enhanced"], heads, town[pairs.of_place], standard),
    }
