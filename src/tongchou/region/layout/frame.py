"""Where a layout begins: the outline of the region's proportions, and the seats spread inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tongchou.region.layout.areas import balance
from tongchou.region.layout.envelope import Diagram, Outline, Pairs, Points, Values

if TYPE_CHECKING:
    from tongchou.region.layout.layout import UnitShape

_EXPONENT = 3.2  # of the outline, a superellipse: close to a rectangle, without its corners
_NARROWEST = 0.62  # the outline is never slimmer than this
_WITHIN = 0.72  # how much of the outline the seats take up
_DIGITS = 9  # of the seats' positions: rounding noise of the degrees must not decide anything
_SETTLING = 6  # steps of half the way


@dataclass(frozen=True, slots=True)
class Frame:
    """Seats in a plane (x east, y north) around the origin, and the height of the outline, whose half width is 1."""

    seats: Points
    ratio: float

    def outline(self, corners: int) -> Outline:
        """Return the outline as a polygon of so many corners."""
        angle = 2 * np.pi * (np.arange(corners) + 0.5) / corners
        cos, sin = np.cos(angle), np.sin(angle)
        power = 2 / _EXPONENT
        rounded = np.stack([np.sign(cos) * np.abs(cos) ** power, np.sign(sin) * np.abs(sin) ** power], axis=1)
        return Outline(rounded * np.array([1.0, self.ratio]))


def frame(units: Sequence[UnitShape]) -> Frame:
    """Return the frame of units; moving all of them east or west changes nothing."""
    share = np.array([u.area for u in units])
    share = share / share.sum()
    lon, lat = np.array([u.lon for u in units]), np.array([u.lat for u in units])
    east, north = lon - share @ lon, lat - share @ lat
    points = np.stack([east * np.cos(np.radians(share @ lat)), north], axis=1)
    # A unit's own extent counts as well as the distance of its seat: two seats on a line are not a line.
    spread = np.sqrt(share @ points**2 + 0.08 * float(share @ (points**2).sum(axis=1)) + 1e-12)
    ratio = round(float(np.clip(spread[1] / spread[0], _NARROWEST, 1 / _NARROWEST)), _DIGITS)
    reach = np.abs(points / np.array([1.0, ratio])).max() or 1.0
    inside = np.round(points / reach * _WITHIN, _DIGITS)
    # Seats that coincide would have no line between them; a fixed small turn by rank keeps them apart.
    rank = np.arange(len(units))
    return Frame(inside + 1e-4 * np.stack([np.cos(2.4 * rank), np.sin(2.4 * rank)], axis=1), ratio)


def spread(outline: Outline, sites: Points, areas: Values) -> tuple[Points, Points]:
    """Return the sites moved so that a crowd of small units finds room, and the centres of their cells."""
    for _ in range(_SETTLING):
        sites = (sites + _centres(outline, sites, areas)) / 2
    return sites, _centres(outline, sites, areas)


def _centres(outline: Outline, sites: Points, areas: Values) -> Points:
    diagram = Diagram(outline, sites, balance(outline, sites, areas), Pairs.every(len(sites)))
    centres: Points = diagram.moments / diagram.areas[:, None]
    return centres
