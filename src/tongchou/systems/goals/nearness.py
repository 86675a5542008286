"""``goals.distance_to_services``: how unequal the minutes to the nearest service are among people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.fairness import gini, theil

Numbers = NDArray[np.float64]


def nearness(minutes: Numbers, people: Numbers, ring: Numbers, service: Sequence[str]) -> Mapping[str, Numbers]:
    """Return Gini and Theil of minutes among people, with Theil's parts between and within rings, for each service.

    NaN where everybody is there already.
    """
    of = np.asarray(service)
    found = {name: np.full(minutes.size, np.nan) for name in ("gini", "theil", "between", "within")}
    for code in dict.fromkeys(service):
        rows = of == code
        parts = theil(minutes[rows], people[rows], ring[rows])
        found["gini"][rows] = gini(minutes[rows], people[rows])
        for name, value in (("theil", parts.total), ("between", parts.between), ("within", parts.within)):
            found[name][rows] = value
    return found
