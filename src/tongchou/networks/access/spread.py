"""How well a service is within reach, not only whether: supply per head by floating catchments, and how even it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tongchou.networks.catchments import three_step, two_step
from tongchou.networks.decay import Decay, step, zones
from tongchou.networks.fairness import Theil, gini, share_below, theil
from tongchou.networks.graph import Floats

Method = Literal["two_step", "enhanced", "three_step"]
METHODS: tuple[Method, ...] = ("two_step", "enhanced", "three_step")
#: Weights of the three zones of a catchment, thirds of its limit (Luo & Qi 2009, the slower of their two decays).
ZONE_WEIGHTS = (1.0, 0.68, 0.22)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Supply per head at every place, and how it is spread among people.

    ``below`` is the share of people whose access is under ``standard`` (half the mean unless one was given), ``none``
    of those with no access at all.
    """

    method: Method
    access: Floats
    mean: float
    gini: float
    theil: Theil
    standard: float
    below: float
    none: float


def spread(
    cost: ArrayLike,
    people: ArrayLike,
    supply: ArrayLike,
    groups: ArrayLike,
    method: Method,
    limit: float,
    standard: float | None = None,
) -> Spread:
    """Return the access of every place within a catchment of ``limit``, and its evenness among people and groups.

    Shapes: cost (places, facilities), people and groups (places), supply (facilities). ``enhanced`` is E2SFCA,
    ``three_step`` 3SFCA; both weigh thirds of the catchment by :data:`ZONE_WEIGHTS`.
    """
    heads = np.atleast_1d(np.asarray(people, dtype=np.float64))
    access = _BY[method](cost, heads, supply, limit)
    everyone = float(heads.sum())
    mean = float(heads @ access / everyone) if everyone else float("nan")
    least = mean / 2 if standard is None else standard
    return Spread(
        method,
        access,
        mean,
        _not_below_nothing(gini(access, heads)),
        theil(access, heads, groups),
        least,
        share_below(access, heads, least),
        float(heads[access <= 0].sum() / everyone) if everyone else float("nan"),
    )


def _not_below_nothing(value: float) -> float:
    # Where all have the same, the last digit of a sum may make it a little less than none.
    return 0.0 if value < 0 else value


def _zones(limit: float) -> Decay:
    return zones([limit / 3, 2 * limit / 3, limit], ZONE_WEIGHTS)


_BY: dict[Method, Callable[[ArrayLike, ArrayLike, ArrayLike, float], Floats]] = {
    "two_step": lambda cost, people, supply, limit: two_step(cost, people, supply, step(limit)),
    "enhanced": lambda cost, people, supply, limit: two_step(cost, people, supply, _zones(limit)),
    "three_step": lambda cost, people, supply, limit: three_step(cost, people, supply, _zones(limit)),
}
