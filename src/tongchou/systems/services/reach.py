"""What all rules of reach share: access by every method beside each other, and how evenly it is spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.networks.catchments import mean_cost, opportunities, three_step, two_step
from tongchou.networks.decay import Decay, power, step, zones
from tongchou.networks.fairness import gini, share_below, theil
from tongchou.networks.raam import raam
from tongchou.rules.algorithm import Withheld

Floats = NDArray[np.float64]
Note = Callable[[str, float, Text], None]


@dataclass(frozen=True, slots=True)
class Zones:
    """Three zones of travel, the last up to the limit of a catchment, and the weights of the two farther ones."""

    near: float
    middle: float
    limit: float
    weight_middle: float
    weight_far: float

    def decay(self) -> Decay:
        """Return the zones as a decay; withheld where they do not follow one another."""
        try:
            return zones((self.near, self.middle, self.limit), (1.0, self.weight_middle, self.weight_far))
        except ProblemsError as error:
            raise Withheld(Text("三个分区的界限应由近到远", "the limits of the three zones must rise")) from error


def access(
    cost: Floats, people: Floats, supply: Floats, of: Zones, exponent: float, travel: float
) -> dict[str, Floats]:
    """Return access of every place by each method; ``cost`` has shape (places, facilities), infinite where no way is.

    Supply a head: ``two_step``, ``enhanced``, ``three_step``; supply: ``within`` (the limit) and ``gravity``
    (supply/minutes^exponent, under a minute counts as one); ``mean_minutes``, weighted by supply, over what is reached;
    ``visit``, what a visit costs by RAAM in units of mean congestion.
    """
    decay = of.decay()
    return {
        "two_step": two_step(cost, people, supply, step(of.limit)),
        "enhanced": two_step(cost, people, supply, decay),
        "three_step": three_step(cost, people, supply, decay),
        "within": opportunities(cost, supply, step(of.limit)),
        "gravity": opportunities(cost, supply, power(exponent)),
        "mean_minutes": mean_reached(cost, supply),
        "visit": raam(cost, people, supply, travel)[0],
    }


def mean_reached(cost: Floats, mass: Floats) -> Floats:
    """Return the mean cost to the facilities a place reaches, weighted by mass; NaN where it reaches none."""
    found = np.full(len(cost), np.nan)
    for i, row in enumerate(cost):
        there = np.isfinite(row)
        if mass[there].sum() > 0:
            found[i] = mean_cost(row[None, there], mass[there])[0]
    return found


def spread(level: Floats, people: Floats, groups: Floats, standard: float) -> dict[str, float]:
    """Return how evenly ``level`` is spread among people: Gini, Theil and its parts by groups, the share below."""
    parts = theil(level, people, groups)
    return {
        "gini": gini(level, people),
        "theil": parts.total,
        "theil_between": parts.between,
        "theil_within": parts.within,
        "share_below": 100.0 * share_below(level, people, standard),
    }


def covered_share(is_covered: NDArray[np.bool_], people: Floats) -> float:
    """Return the people covered out of all, in per cent; NaN where nobody lives."""
    return float(100.0 * people[is_covered].sum() / people.sum()) if people.sum() > 0 else np.nan
