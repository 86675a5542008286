"""``services.access``: who can reach how much of a service, by every method beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tongchou.kernel.text import Text
from tongchou.networks.pairs import named, pair_table
from tongchou.systems.services.reach import Floats, Note, Zones, access, covered_share, spread


def access_to_a_service(
    minutes: Floats, people: Floats, supply: Floats, group: Floats, near: float, middle: float, limit: float,
    weight_middle: float, weight_far: float, exponent: float, travel: float, standard: float,
    demand: Sequence[str], facility: Sequence[str], note: Note,
) -> dict[str, Any]:  # fmt: skip
    """Return access of every place where people live, and how evenly it is spread, one number a row.

    Minutes a pair; people and the group of a place; supply of a facility. A pair without a row is not reached.
    """
    pairs = pair_table(minutes, demand, facility)
    heads, stock = people[pairs.of_place], supply[pairs.of_facility]
    found = access(pairs.cost, heads, stock, Zones(near, middle, limit, weight_middle, weight_far), exponent, travel)
    nearest = pairs.cost.min(axis=1)
    is_covered = nearest <= limit
    note(
        "uncovered",
        float(heads[~is_covered].sum()),
        Text("够不着的人数，在：{places}", "people out of reach, at: {places}").format(
            places=named(pairs.places, ~is_covered, heads)
        ),
    )
    whole = spread(found["enhanced"], heads, group[pairs.of_place], standard)
    return {
        "nearest": nearest[pairs.at_place],
        "covered": np.asarray(is_covered, dtype=np.float64)[pairs.at_place],
        **{name: values[pairs.at_place] for name, values in found.items()},
        "coverage": covered_share(is_covered, heads),
        **whole,
    }
