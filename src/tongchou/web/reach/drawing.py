"""The gap map as numbers a template draws: points by people, covered or not, facilities by level, new sites.

No boundary is drawn, so this is a drawing of a network and not a map of territory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from tongchou.web.schematic.frames import Position, frame_of
from tongchou.web.schematic.placing import Label, Point, placed

WIDTH = 760.0
_MARGIN = 0.04  # of the extent, on every side
_SMALLEST, _LARGEST = 3.0, 13.0  # radius of a point
_WORDS = 13.0  # size of a label
_TIP = 1.1  # how far a mark's shape reaches beyond its radius
_MOST_COMPARED = 1500  # places whose gaps are measured pair by pair


@dataclass(frozen=True, slots=True)
class Spot:
    """Something with a position: its size in people (0: none), and the words it is labelled by ("" for none)."""

    id: str
    lon: float
    lat: float
    people: float = 0.0
    label: str = ""
    kind: str = ""  # covered, beyond, apart; facility-0 … facility-4 by level; chosen
    title: tuple[str, str] = ("", "")  # in Chinese and in English


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot as drawn: ``outline`` is the path of its shape."""

    spot: Spot
    x: float
    y: float
    radius: float
    outline: str


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two positions, by kind (``road``, ``rail``, ``served``)."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws, in the order it is drawn."""

    width: float
    height: float
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    scale: float  # length of ten kilometres or one, see ``scale_km``
    scale_km: float

    @property
    def scale_y(self) -> float:
        """Where the words of the scale stand."""
        return round(self.height - 12, 1)


def drawing(spots: Sequence[Spot], links: Sequence[tuple[Position, Position, str]]) -> Drawing | None:
    """Return the drawing of spots and links, ``None`` where fewer than two positions are known.

    Spots are drawn in order, so what must not be hidden comes last; labels of later spots are placed first.
    """
    places = [(s.lon, s.lat) for s in spots]
    if len(set(places)) < 2:
        return None
    frame = frame_of(places, WIDTH, _MARGIN)
    assert frame is not None  # noqa: S101 — there are places
    most = max((s.people for s in spots), default=0.0)
    size = _size([frame.at(at) for at in sorted({(s.lon, s.lat) for s in spots if s.people})])
    marks = []
    for spot in spots:
        (x, y), r = frame.at((spot.lon, spot.lat)), size * _radius(spot, most)
        marks.append(Mark(spot, x, y, r, shape(spot.kind, x, y, r)))
    lines = [Line(*frame.at(a), *frame.at(b), kind) for a, b, kind in links]
    scale_km = next((km for km in (50, 20, 10, 5, 2, 1, 0.5, 0.2) if km * frame.per_km <= WIDTH / 4), 0.1)
    points = [Point(m.x, m.y, m.spot.label, m.spot.kind, _TIP * m.radius) for m in reversed(marks) if m.spot.label]
    labels, _ = placed(points, _WORDS, (2, 2, WIDTH - 2, frame.height - 2))
    scale = round(scale_km * frame.per_km, 1)
    return Drawing(WIDTH, frame.height, tuple(lines), tuple(marks), tuple(labels), scale, scale_km)


def shape(kind: str, x: float, y: float, r: float) -> str:
    """Return the path of a mark of ``kind`` about (x, y): every kind has a shape of its own, not only a colour."""
    if kind == "covered":
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    if kind in _TURNS:
        return "M" + "L".join(f"{x + r * a:.1f} {y + r * b:.1f}" for a, b in _TURNS[kind]) + "z"
    raise KeyError(kind)


_STAR = tuple(
    (((1.0, 0.42)[i % 2]) * a, ((1.0, 0.42)[i % 2]) * b)
    for i, (a, b) in enumerate(
        [
            (0, -1), (0.588, -0.809), (0.951, -0.309), (0.951, 0.309), (0.588, 0.809),
            (0, 1), (-0.588, 0.809), (-0.951, 0.309), (-0.951, -0.309), (-0.588, -0.809),
        ]
    )
)  # fmt: skip
_CROSS = tuple(
    (a, b)
    for a, b in (
        (-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4), (0.4, 0.4),
        (0.4, 1), (-0.4, 1), (-0.4, 0.4), (-1, 0.4), (-1, -0.4), (-0.4, -0.4),
    )
)  # fmt: skip
_TURNS = {
    "beyond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "apart": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "facility-0": _CROSS,
    "facility-1": ((0, -1.1), (1, 0.8), (-1, 0.8)),
    "facility-2": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "facility-3": ((0, 1.1), (1, -0.8), (-1, -0.8)),
    "chosen": _STAR,
}
_SIZES = {"facility-0": 9.0, "facility-1": 6.5, "facility-2": 4.0, "facility-3": 5.0, "chosen": 13.0}


def _size(places: Sequence[Position]) -> float:
    """Return by how much marks are drawn smaller so that neighbours do not hide each other: the mean gap decides."""
    if len(places) < 2 or len(places) > _MOST_COMPARED:
        return 1.0
    gaps = [min(hypot(a - x, b - y) for x, y in places if (x, y) != (a, b)) for a, b in places]
    return min(1.0, max(0.4, sorted(gaps)[len(gaps) // 2] / _LARGEST * 0.8))


def _radius(spot: Spot, most: float) -> float:
    if spot.kind in _SIZES:
        return _SIZES[spot.kind]
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(spot.people / most) if most > 0 else _SMALLEST
