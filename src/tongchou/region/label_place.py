"""Where a name fits best into an area."""

from __future__ import annotations

from typing import Any

_WIDER = 2.0  # a name over a number is about twice as wide as high
_FINE = 0.01  # of the area's extent


_NEARLY = 0.95  # of the largest ellipse is as good, if it lies nearer to the middle


def label_place(geometry: Any) -> tuple[float, float]:
    """Return the middle of about the largest ellipse, twice as wide as high, inside a shapely polygon.

    Where many are as large, as in a long band, it is the one towards the polygon's centre.
    """
    from shapely import maximum_inscribed_circle
    from shapely.affinity import scale
    from shapely.geometry import Point

    west, south, east, north = geometry.bounds
    pressed = scale(geometry, xfact=1 / _WIDER, yfact=1, origin=(0, 0))
    extent = max((east - west) / _WIDER, north - south)
    circle = maximum_inscribed_circle(pressed, tolerance=_FINE * extent)
    (x, y), centre = circle.coords[0], pressed.centroid
    for share in (1.0, 0.75, 0.5, 0.25):
        nearer = Point(x + share * (centre.x - x), y + share * (centre.y - y))
        if pressed.contains(nearer) and pressed.boundary.distance(nearer) >= _NEARLY * circle.length:
            return nearer.x * _WIDER, nearer.y
    return x * _WIDER, y
