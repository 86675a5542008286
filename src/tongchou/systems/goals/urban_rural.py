"""Town and country: ratio, difference, and whether the divide has closed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, numbers


def urban_rural_ratio(urban: ArrayLike, rural: ArrayLike) -> Floats:
    """Return urban over rural level (same shapes; any unit). Raises for missing or negative numbers, or rural zero."""
    town, country = numbers(urban, "urban"), numbers(rural, "rural")
    if (town < 0).any() or (country < 0).any():
        raise ProblemsError([codes.NEGATIVE.at("urban", what="urban, rural")])
    if (country == 0).any():
        raise ProblemsError([codes.ZERO_TOTAL.at("rural", what="rural")])
    ratio: Floats = town / country
    return ratio


def closed(ratio: ArrayLike, band: float) -> NDArray[np.bool_]:
    """Return whether each ratio lies within the declared band around parity: from 1/(1 + band) to 1 + band."""
    if not band >= 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("band", what="band", low=0, high="∞", found=band)])
    value = numbers(ratio, "ratio")
    return (value <= 1 + band) & (value * (1 + band) >= 1)
