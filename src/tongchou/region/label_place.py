"""Where a name fits into an area."""

from __future__ import annotations

import math
from typing import Any

_WIDER = 2.0  # a name over a number is about twice as wide as high
_FINE = 0.01  # of the area's extent


def label_place(geometry: Any) -> tuple[tuple[float, float], float]:
    """Return the best point for a label inside a shapely polygon, and the height of the upright box that fits there.

    The box is twice as wide as high. It lies in the largest ellipse of that form that the polygon holds.
    """
    from shapely import maximum_inscribed_circle
    from shapely.affinity import scale

    west, south, east, north = geometry.bounds
    pressed = scale(geometry, xfact=1 / _WIDER, yfact=1, origin=(0, 0))
    extent = max((east - west) / _WIDER, north - south)
    circle = maximum_inscribed_circle(pressed, tolerance=_FINE * extent)
    x, y = circle.coords[0]
    return (x * _WIDER, y), math.sqrt(2) * circle.length
