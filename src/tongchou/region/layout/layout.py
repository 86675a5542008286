"""The layout of a region's units, and how far it keeps what it promises."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tongchou.kernel.problems import ProblemsError
from tongchou.region import codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tongchou.region.model import Region

_VIEW = 1000.0  # width of the drawing; its height follows from the region's shape
_CORNERS = 28  # of the outline, a superellipse: close to a rectangle, without its corners
_EXPONENT = 3.2
_VISIBLE = 0.035  # a contact shorter than this share of the region's radius cannot be seen
_SETTLING = 6  # steps of half the way
_NARROWEST = 0.62  # the outline is never slimmer than this


@dataclass(frozen=True, slots=True)
class UnitShape:
    """What the layout needs of a unit: code, seat (degrees) and area (km², or any one unit for all)."""

    code: str
    lon: float
    lat: float
    area: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Polygons in a drawing of ``width`` × ``height``, y downwards, with measures of what was kept."""

    width: float
    height: float
    polygons: dict[str, tuple[tuple[float, float], ...]]
    labels: dict[str, tuple[float, float]]
    held: tuple[tuple[str, str], ...]  # wanted adjacencies that are in the drawing
    lost: tuple[tuple[str, str], ...]  # wanted and not in the drawing
    spurious: tuple[tuple[str, str], ...]  # in the drawing and not wanted
    area_error: float  # largest relative error of an area

    def to_json(self) -> str:
        """Return the layout as JSON, for a cache or a page."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """Return the layout that :meth:`to_json` wrote; raise ``ValueError`` or ``KeyError`` for anything else."""
        data = json.loads(text)

        def pairs(name: str) -> tuple[tuple[str, str], ...]:
            return tuple((a, b) for a, b in data[name])

        return cls(
            width=data["width"],
            height=data["height"],
            polygons={k: tuple((x, y) for x, y in v) for k, v in data["polygons"].items()},
            labels={k: (x, y) for k, (x, y) in data["labels"].items()},
            held=pairs("held"),
            lost=pairs("lost"),
            spurious=pairs("spurious"),
            area_error=data["area_error"],
        )


def shapes_of(region: Region, area_indicator: str, period: str) -> list[UnitShape]:
    """Return the shapes of a region's county-level units.

    Raises :class:`ProblemsError` naming every unit without a seat or an area.
    """
    shapes, problems = [], []
    for code in region.county_level():
        place, figure = region.places[code], region.figure(code, area_indicator, period)
        if place.seat_lon is None or place.seat_lat is None:
            problems.append(codes.NO_SEAT.at(code, name=place.name))
        elif figure is None or not figure.value or figure.value <= 0:
            problems.append(codes.NO_AREA.at(code, name=place.name, indicator=area_indicator, period=period))
        else:
            shapes.append(UnitShape(code, place.seat_lon, place.seat_lat, figure.value))
    if problems:
        raise ProblemsError(problems)
    return shapes


def schematic_layout(units: Iterable[UnitShape], adjacency: Collection[tuple[str, str]]) -> Layout:
    """Lay the units out; neither the order of ``units`` nor that of ``adjacency`` matters.

    Pairs that name a unit which is not there are left out. Raises ``ValueError`` for no units, a code twice, or an
    area that is not positive.
    """
    import numpy as np

    from tongchou.region.layout.arrange import arrange
    from tongchou.region.layout.diagram import solve

    shapes = sorted(units, key=lambda u: u.code)
    names = [u.code for u in shapes]
    if not shapes or len(set(names)) != len(names) or any(not u.area > 0 for u in shapes):
        raise ValueError("a layout needs units with codes of their own and positive areas")
    index = {name: i for i, name in enumerate(names)}
    wanted = np.zeros((len(names), len(names)), dtype=bool)
    for a, b in adjacency:
        if a in index and b in index and a != b:
            wanted[index[a], index[b]] = wanted[index[b], index[a]] = True
    areas = np.array([u.area for u in shapes])
    areas = areas / areas.sum()
    home, outline = _frame(shapes, areas)
    areas = areas * _polygon_area(outline)
    radius = float(np.sqrt(areas.sum() / np.pi))
    home = _settled(outline, home, areas)
    sites = arrange(outline, home, areas, wanted, 4 * _VISIBLE * radius) if len(names) > 1 else home
    _, polygons = solve(outline, sites, areas)
    return _drawing(names, polygons, areas, wanted, _VISIBLE * radius)


def _frame(shapes: list[UnitShape], areas: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the seats in a local plane, spread inside an outline of the region's proportions, and the outline."""
    import numpy as np

    lon, lat = np.array([u.lon for u in shapes]), np.array([u.lat for u in shapes])
    middle_lat = float(areas @ lat)
    points = np.stack([(lon - areas @ lon) * np.cos(np.radians(middle_lat)), lat - middle_lat], axis=1)
    # A unit's own extent counts as well as the distance of its seat: two seats on a line are not a line.
    spread = np.sqrt(areas @ points**2 + 0.08 * float(areas @ (points**2).sum(axis=1)) + 1e-12)
    ratio = float(np.clip(spread[1] / spread[0], _NARROWEST, 1 / _NARROWEST))
    half = np.array([1.0, ratio])
    angle = 2 * np.pi * (np.arange(_CORNERS) + 0.5) / _CORNERS
    cos, sin = np.cos(angle), np.sin(angle)
    outline = half * np.stack(
        [np.sign(cos) * np.abs(cos) ** (2 / _EXPONENT), np.sign(sin) * np.abs(sin) ** (2 / _EXPONENT)], axis=1
    )
    reach = np.abs(points / half).max() or 1.0
    inside = points / reach * 0.72
    # Seats that coincide would have no line between them; a fixed small turn by rank keeps them apart.
    rank = np.arange(len(shapes))
    inside = inside + 1e-4 * np.stack([np.cos(2.4 * rank), np.sin(2.4 * rank)], axis=1)
    return inside, outline


def _settled(
    outline: NDArray[np.float64], sites: NDArray[np.float64], areas: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the sites moved towards the middle of their cells, so that a crowd of small units finds room."""
    import numpy as np

    from tongchou.region.layout.diagram import solve

    weights = None
    for _ in range(_SETTLING):
        weights, polygons = solve(outline, sites, areas, weights)
        sites = 0.5 * sites + 0.5 * np.array([_centroid(p) for p in polygons])
    return sites


def _polygon_area(outline: NDArray[np.float64]) -> float:
    from tongchou.region.layout.diagram import area

    return area(outline)


def _drawing(
    names: list[str],
    polygons: list[NDArray[np.float64]],
    areas: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    visible: float,
) -> Layout:
    import numpy as np

    from tongchou.region.layout.diagram import area, contacts

    every = np.concatenate(polygons)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = _VIEW / (high[0] - low[0])
    touching = contacts(polygons, 1e-7) >= visible
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]

    def named(keep: NDArray[np.bool_]) -> tuple[tuple[str, str], ...]:
        return tuple((names[i], names[j]) for i, j in pairs if keep[i, j])

    def drawn(points: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
        return tuple((round(float((x - low[0]) * scale), 2), round(float((high[1] - y) * scale), 2)) for x, y in points)

    have = np.array([area(p) for p in polygons])
    return Layout(
        width=_VIEW,
        height=round(float((high[1] - low[1]) * scale), 2),
        polygons={n: drawn(p) for n, p in zip(names, polygons, strict=True)},
        labels={n: drawn(_centroid(p)[None])[0] for n, p in zip(names, polygons, strict=True)},
        held=named(wanted & touching),
        lost=named(wanted & ~touching),
        spurious=named(~wanted & touching),
        area_error=float(np.abs(have / areas - 1).max()),
    )


def _centroid(polygon: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    following = np.roll(polygon, -1, axis=0)
    cross = polygon[:, 0] * following[:, 1] - polygon[:, 1] * following[:, 0]
    centre: NDArray[np.float64] = ((polygon + following) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
    return centre
