"""Where rows are, drawn without a map: positions to their own extent, seats of counties for orientation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tongchou.registers.geometry import centre
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.web.registers.models import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """One row on the drawing of positions."""

    name: str
    address: str
    x: float
    y: float
    path: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Positions of rows, drawn to their own extent with the seats of counties for orientation; not a map."""

    width: float
    height: float
    spots: list[Spot]
    seats: list[tuple[str, float, float]]


_WIDTH, _MARGIN, _STRETCH = 640.0, 30.0, 0.79  # cos of 38° north, so that a kilometre is one in both directions


def sketch(register: Register, rows: Sequence[Row], references: References, language: str) -> Sketch | None:
    """Return the drawing of the rows that have a position, ``None`` where none has."""
    placed = [row for row in rows if row.geometry]
    if not placed:
        return None
    county = [p for p in references.places if p.kind.is_county_level and p.seat_lon is not None]
    seats = [(p.name if language == "zh" else p.name_en, p.seat_lon, p.seat_lat) for p in county]
    positions = [pair for row in placed for pair in _pairs(row.geometry or {})]
    positions += [(lon, lat) for _, lon, lat in seats if lon is not None and lat is not None]
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    scale = (_WIDTH - 2 * _MARGIN) / max((east - west) * _STRETCH, 0.05)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(_MARGIN + (lon - west) * _STRETCH * scale, 1), round(_MARGIN + (north - lat) * scale, 1)

    spots = []
    for row in placed:
        x, y = at(*centre(row.geometry or {}))
        address = reverse("register-row", args=[register.id, row.pk])
        spots.append(Spot(row.name, address, x, y, _path(row.geometry or {}, at)))
    drawn = [(name, *at(lon, lat)) for name, lon, lat in seats if lon is not None and lat is not None]
    return Sketch(_WIDTH, round(2 * _MARGIN + (north - south) * scale, 1), spots, drawn)


def _pairs(geometry: Mapping[str, Any]) -> list[tuple[float, float]]:
    if geometry["type"] == "Point":
        return [(geometry["coordinates"][0], geometry["coordinates"][1])]
    return [(p[0], p[1]) for p in geometry["coordinates"][0]]


def _path(geometry: Mapping[str, Any], at: Any) -> str:
    if geometry["type"] == "Point":
        return ""
    rings = [" L".join("{:g} {:g}".format(*at(p[0], p[1])) for p in ring) for ring in geometry["coordinates"]]
    return " ".join(f"M{ring} Z" for ring in rings)
