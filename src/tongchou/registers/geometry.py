"""Where a row is: a point or polygon as GeoJSON in longitude and latitude."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from tongchou.registers import codes
from tongchou.registers.reading import Refused

_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$")
_MOST = 5000  # vertices
_DECIMALS = 6  # about a decimetre


def read(raw: Any, kind: str, where: str = "geometry") -> dict[str, Any] | None:
    """Return GeoJSON of ``kind`` (point, polygon) or ``None`` where nothing is given; raise :class:`Refused`.

    Takes a GeoJSON object or its text, or for a point ``longitude,latitude``.
    """
    if raw is None or raw == "":
        return None
    try:
        found = _parsed(raw)
        wanted = kind.capitalize()
        if found.get("type") != wanted:
            raise ValueError(f"type: {wanted} ?")
        if kind == "point":
            return {"type": "Point", "coordinates": _position(found["coordinates"])}
        rings = [[_position(position) for position in ring] for ring in found["coordinates"]]
        _check(rings)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(codes.BAD_GEOMETRY.at(where, reason=str(error) or "GeoJSON ?")) from None
    return {"type": "Polygon", "coordinates": rings}


def centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """Return a position that stands for a geometry: the point, or the mean of the outer ring's vertices."""
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"]
        return float(lon), float(lat)
    ring = geometry["coordinates"][0][:-1]
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def _parsed(raw: Any) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    if pair := _PAIR.match(str(raw)):
        return {"type": "Point", "coordinates": [float(pair[1]), float(pair[2])]}
    found = json.loads(str(raw))
    if not isinstance(found, dict):
        raise TypeError("GeoJSON ?")
    return found


def _position(pair: Any) -> list[float]:
    lon, lat = (float(v) for v in pair[:2])
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon}, {lat} ?")
    return [round(lon, _DECIMALS), round(lat, _DECIMALS)]


def _check(rings: list[list[list[float]]]) -> None:
    from shapely.geometry import Polygon
    from shapely.validation import explain_validity

    if not rings or sum(len(ring) for ring in rings) > _MOST:
        raise ValueError(f"1–{_MOST} vertices")
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise ValueError("a ring has four positions at least and ends where it begins")
    shape = Polygon(rings[0], rings[1:])
    if not shape.is_valid or shape.area == 0:
        raise ValueError(explain_validity(shape))
