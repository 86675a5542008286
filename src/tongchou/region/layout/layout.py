"""The layout of a region's units, and how far it keeps what it promises."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tongchou.kernel.problems import ProblemsError
from tongchou.region import codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tongchou.region.layout.envelope import Outline, Points, Values
    from tongchou.region.model import Region

_METHOD = 2  # to be raised whenever the same units would be laid out otherwise
_VIEW = 1000.0  # width of the drawing; its height follows from the region's shape
_COARSE, _FINE = 28, 120  # corners of the outline while arranging and as drawn
_VISIBLE = 0.035  # a contact shorter than this share of the region's radius cannot be seen, ten units or fewer
_MANY, _VERY_MANY = 12, 30  # with more units fewer beginnings are tried, for each takes longer


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
        return json.dumps({"method": _METHOD, **asdict(self)}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """Return the layout that :meth:`to_json` wrote; raise ``ValueError`` or ``KeyError`` for anything else.

        What an earlier method computed is refused as well, so that a cache renews itself.
        """
        data = json.loads(text)
        if data["method"] != _METHOD:
            raise ValueError("computed by another method")

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

    Pairs that name a unit which is not there are left out. Raises ``ValueError`` for no units, a code twice, a
    position that is no number, or an area that is not positive.
    """
    shapes = sorted(units, key=lambda u: u.code)
    names = [u.code for u in shapes]
    if not shapes or len(set(names)) != len(names) or any(not u.area > 0 for u in shapes):
        raise ValueError("a layout needs units with codes of their own and positive areas")
    if any(not math.isfinite(x) for u in shapes for x in (u.lon, u.lat, u.area)):
        raise ValueError("a layout needs finite seats and areas")
    index = {name: i for i, name in enumerate(names)}
    wanted = sorted({tuple(sorted((index[a], index[b]))) for a, b in adjacency if a in index and b in index and a != b})
    return min(
        _layouts(shapes, [(a, b) for a, b in wanted]), key=lambda layout: (len(layout.lost), len(layout.spurious))
    )


def _layouts(shapes: list[UnitShape], wanted: list[tuple[int, int]]) -> Iterator[Layout]:
    """Yield a layout for each beginning tried, until one keeps everything or two lose nothing."""
    import numpy as np

    from tongchou.region.layout.areas import balance
    from tongchou.region.layout.arrange import Task, arrangements
    from tongchou.region.layout.frame import frame, spread

    n = len(shapes)
    between = np.zeros((n, n), dtype=bool)
    for i, j in wanted:
        between[i, j] = between[j, i] = True
    share = np.array([u.area for u in shapes])
    share = share / share.sum()
    ground = frame(shapes)
    coarse, fine = ground.outline(_COARSE), ground.outline(_FINE)
    sites, centres = spread(coarse, ground.seats, share * coarse.area)
    task = Task(coarse, ground.seats, sites, centres, share * coarse.area, between)
    complete = 0
    tries = 5 if n <= _MANY else 3 if n <= _VERY_MANY else 2
    for sites, heights in islice(arrangements(task), tries):
        heights = balance(fine, sites, share * fine.area, heights)
        layout = _drawing([u.code for u in shapes], fine, sites, heights, share, between)
        yield layout
        complete += not layout.lost
        if complete == 2 or not (layout.lost or layout.spurious):
            return


def _drawing(
    names: list[str], outline: Outline, sites: Points, heights: Values, share: Values, wanted: NDArray[np.bool_]
) -> Layout:
    from shapely.geometry import Polygon

    from tongchou.region.label_place import label_place
    from tongchou.region.layout.envelope import Diagram, Pairs, cells

    n = len(names)
    pairs = Pairs.every(n)
    diagram = Diagram(outline, sites, heights, pairs)
    visible = _VISIBLE * math.sqrt(outline.area / math.pi) * min(1.0, math.sqrt(10 / n))
    low, high = outline.corners.min(axis=0), outline.corners.max(axis=0)
    scale = _VIEW / (high[0] - low[0])

    def drawn(x: float, y: float) -> tuple[float, float]:
        return round(float((x - low[0]) * scale), 2), round(float((high[1] - y) * scale), 2)

    polygons = {
        name: tuple(drawn(x, y) for x, y in cell)
        for name, cell in zip(names, cells(outline, sites, heights), strict=True)
    }
    places = {name: label_place(Polygon(polygon)) for name, polygon in polygons.items()}
    touching = [
        (i, j, length >= visible) for i, j, length in zip(pairs.first, pairs.second, diagram.lengths, strict=True)
    ]
    return Layout(
        width=_VIEW,
        height=round(float((high[1] - low[1]) * scale), 2),
        polygons=polygons,
        labels={name: (round(x, 2), round(y, 2)) for name, (x, y) in places.items()},
        held=tuple((names[i], names[j]) for i, j, touch in touching if wanted[i, j] and touch),
        lost=tuple((names[i], names[j]) for i, j, touch in touching if wanted[i, j] and not touch),
        spurious=tuple((names[i], names[j]) for i, j, touch in touching if touch and not wanted[i, j]),
        area_error=float(abs(diagram.areas / (share * outline.area) - 1).max()),
    )
