"""The gap map as numbers a template draws: points by people, covered or not, facilities by level, new sites.

Longitude and latitude are laid flat about their middle (an error under 1 % within a city). No boundary is drawn, so
this is a drawing of a network and not a map of territory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

WIDTH = 760.0
_MARGIN = 28.0
_LOWEST, _HIGHEST = 380.0, 760.0
_SMALLEST, _LARGEST = 3.0, 13.0  # radius of a point
_CHARACTER = 12.5  # width of a Chinese character of a label; a Latin one takes half
_HEIGHT = 15.0
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
class Label:
    """Words beside a mark, begun at the left (``start``) or ended there (``end``)."""

    words: str
    x: float
    y: float
    anchor: str
    kind: str


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


Position = tuple[float, float]


def drawing(spots: Sequence[Spot], links: Sequence[tuple[Position, Position, str]]) -> Drawing | None:
    """Return the drawing of spots and links, ``None`` where fewer than two positions are known.

    Spots are drawn in order, so what must not be hidden comes last; labels of later spots are placed first.
    """
    places = [(s.lon, s.lat) for s in spots]
    if len(set(places)) < 2:
        return None
    flat, height, per_km = _laid_flat(places)
    most = max((s.people for s in spots), default=0.0)
    size = _size([flat(x, y) for x, y in sorted({(s.lon, s.lat) for s in spots if s.people})])
    marks = []
    for spot in spots:
        (x, y), r = flat(spot.lon, spot.lat), size * _radius(spot, most)
        marks.append(Mark(spot, round(x, 1), round(y, 1), r, shape(spot.kind, x, y, r)))
    lines = [Line(*_rounded(flat(*a)), *_rounded(flat(*b)), kind) for a, b, kind in links]
    scale_km = next((km for km in (50, 20, 10, 5, 2, 1, 0.5, 0.2) if km * per_km <= WIDTH / 4), 0.1)
    labels = _labels(marks, height)
    return Drawing(WIDTH, height, tuple(lines), tuple(marks), labels, round(scale_km * per_km, 1), scale_km)


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


def _rounded(at: Position) -> Position:
    return round(at[0], 1), round(at[1], 1)


def _laid_flat(places: Sequence[Position]) -> tuple[Callable[[float, float], Position], float, float]:
    """Return what lays a position flat, the height of the drawing, and how long a kilometre is."""
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    shrink = cos(radians((south + north) / 2))
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    inner = WIDTH - 2 * _MARGIN
    height = min(_HIGHEST, max(_LOWEST, inner * high / wide + 2 * _MARGIN))
    per_degree = min(inner / wide, (height - 2 * _MARGIN) / high)
    left, top = (WIDTH - wide * per_degree) / 2, (height - high * per_degree) / 2

    def flat(lon: float, lat: float) -> Position:
        return left + (lon - west) * shrink * per_degree, top + (north - lat) * per_degree

    return flat, round(height, 1), per_degree / 111.2


def _labels(marks: Sequence[Mark], height: float) -> tuple[Label, ...]:
    """Place labels right or left of their marks where they cover no label placed before; leave out what has no room."""
    taken: list[tuple[float, float, float, float]] = [
        (m.x - r, m.y - r, m.x + r, m.y + r) for m in marks if m.spot.label for r in [m.radius * 0.8]
    ]
    placed = []
    for mark in reversed(marks):
        words = mark.spot.label
        if not words:
            continue
        r, wide = mark.radius * 1.25 + 2, sum(_CHARACTER if c > "ÿ" else _CHARACTER * 0.56 for c in words)
        for x, y, anchor in (
            (mark.x + r, mark.y + 4, "start"),
            (mark.x - r, mark.y + 4, "end"),
            (mark.x, mark.y - r - 1, "middle"),
            (mark.x, mark.y + r + 11, "middle"),
        ):
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left, y - 12, left + wide, y - 12 + _HEIGHT)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 2
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                placed.append(Label(words, round(x, 1), round(y, 1), anchor, mark.spot.kind))
                break
    return tuple(placed)


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
