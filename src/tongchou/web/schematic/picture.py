"""A network as a picture: lines and points where they lie, named where there is room, its crowd drawn larger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot

from tongchou.kernel.text import Text
from tongchou.networks.package import Node
from tongchou.web.schematic.frames import Frame, Position, crowd, frame_of
from tongchou.web.schematic.placing import Label, Point, placed

#: A map for a wide screen and one for a phone: its name, the width of the drawing, the size of its words.
SIZES = (("wide", 760.0, 14.0), ("narrow", 360.0, 12.0))
_WIDE, _NEAR = 760.0, 63.0  # what is crowded on a drawing so wide, its names so near, is drawn larger on any
_LARGER = 560.0  # at most so wide
_APART = 7.0  # between two lines of the same ends, in drawing units
_ARROW, _HALF = 9.0, 4.5  # length of an arrow head and half its width


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line before it is put into a frame: ``row`` of ``rows`` between the same ends, drawn in order of ``rank``.

    ``weight`` (0 to 5) is how thick it is, ``is_lit`` underlays it, ``has_arrow`` says which way it carries.
    """

    points: tuple[Position, ...]
    mode: str
    state: str
    says: Text
    row: int = 0
    rows: int = 1
    rank: int = 1
    weight: int = 0
    is_lit: bool = False
    has_arrow: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point before it is put into a frame; without a ``name`` it gets no words.

    ``is_far`` is a neighbour that belongs on the map where it is near and else would shrink everything.
    """

    at: Position
    kind: str
    says: Text
    name: Text | None = None
    is_far: bool = False
    is_lit: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as drawn; ``arrow`` is the path of its head, "" for none."""

    path: str
    mode: str
    state: str
    says: Text
    weight: int
    is_lit: bool
    arrow: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point as drawn."""

    x: float
    y: float
    kind: str
    says: Text
    is_lit: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a part of the network; ``detail`` is the rectangle that another picture shows larger."""

    width: float
    height: float
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    detail: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A map for one width of screen: the whole, and the crowded part larger."""

    whole: Picture
    detail: Picture | None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its one or two drawings."""
        return (self.whole,) if self.detail is None else (self.whole, self.detail)


def position(node: Node) -> Position | None:
    """Return where a node lies, ``None`` where nobody knows."""
    return None if node.lon is None or node.lat is None else (node.lon, node.lat)


def drawn_map(dots: Sequence[Dot], strokes: Sequence[Drawn], width: float, size: float, language: str) -> Map | None:
    """Return the map in drawings of this width with words of this size; ``None`` where nothing named has a place."""
    named = [d for d in dots if d.name is not None]
    inner = [d.at for d in named if not d.is_far]
    frame = frame_of(inner, width)
    if frame is None:
        return None
    near = [d.at for d in named if d.is_far and _is_near(frame, d.at)]
    frame = frame_of([*inner, *near], width) or frame
    shown = [d for d in named if frame.holds(d.at)]
    wide = replace(frame, width=_WIDE, height=frame.height * _WIDE / width)
    close = [shown[row].at for row in crowd([d.at for d in shown], wide, _NEAR)]
    inside = frame_of(close, min(width, _LARGER))
    if inside is None:
        return Map(_picture(frame, strokes, dots, shown, size, language), None)
    rest = [d for d in shown if not inside.holds(d.at)]
    left, top = frame.at((inside.west, inside.north))
    right, bottom = frame.at((inside.east, inside.south))
    box = (left, top, round(right - left, 1), round(bottom - top, 1))
    outer = _picture(frame, strokes, dots, rest, size, language, box)
    return Map(outer, _picture(inside, strokes, dots, named, size, language))


def _is_near(frame: Frame, at: Position) -> bool:
    room = 0.4
    across, up = (frame.east - frame.west) * room, (frame.north - frame.south) * room
    return frame.west - across <= at[0] <= frame.east + across and frame.south - up <= at[1] <= frame.north + up


def _picture(
    frame: Frame,
    drawn: Sequence[Drawn],
    dots: Sequence[Dot],
    named: Sequence[Dot],
    size: float,
    language: str,
    detail: tuple[float, float, float, float] | None = None,
) -> Picture:
    strokes = [s for one in sorted(drawn, key=lambda d: d.rank) if (s := _stroke(frame, one)) is not None]
    marks = [Mark(*frame.at(d.at), d.kind, d.says, d.is_lit) for d in dots if frame.holds(d.at)]
    points = [Point(*frame.at(d.at), d.name.in_(language), d.kind) for d in named if d.name is not None]
    held = [p for p in points if 0 <= p.x <= frame.width and 0 <= p.y <= frame.height]
    taken = [] if detail is None else [(detail[0], detail[1], detail[0] + detail[2], detail[1] + detail[3])]
    labels, _ = placed(held, size, (2, 2, frame.width - 2, frame.height - 2), taken)
    return Picture(frame.width, frame.height, tuple(strokes), tuple(marks), tuple(labels), detail)


def _stroke(frame: Frame, one: Drawn) -> Stroke | None:
    if len(one.points) > 2:
        inside = [frame.at(p) for p in one.points if frame.holds(p)]
        path = "M" + "L".join(f"{x:g},{y:g}" for x, y in inside)
        return Stroke(path, one.mode, one.state, one.says, one.weight, one.is_lit, "") if len(inside) > 1 else None
    part = frame.clipped(*one.points)
    if part is None:
        return None
    (ax, ay), (bx, by) = frame.at(part[0]), frame.at(part[1])
    long = hypot(bx - ax, by - ay)
    if long < 2:
        return None
    aside = (one.row - (one.rows - 1) / 2) * 2 * _APART
    # Bent aside, so that two lines between the same ends are both seen.
    cx, cy = (ax + bx) / 2 - (by - ay) / long * aside * 2, (ay + by) / 2 + (bx - ax) / long * aside * 2
    path = f"M{ax:g},{ay:g}Q{cx:.1f},{cy:.1f} {bx:g},{by:g}" if aside else f"M{ax:g},{ay:g}L{bx:g},{by:g}"
    # The middle of the curve lies half way between the chord's and the point it bends to.
    middle = ((ax + bx) / 4 + cx / 2, (ay + by) / 4 + cy / 2)
    arrow = _head(middle, ((bx - ax) / long, (by - ay) / long)) if one.has_arrow and long > 2 * _ARROW else ""
    return Stroke(path, one.mode, one.state, one.says, one.weight, one.is_lit, arrow)


def _head(at: tuple[float, float], way: tuple[float, float]) -> str:
    """Return an arrow head about a point, in the direction ``way`` (of length one)."""
    (x, y), (across, down) = at, way
    tip = x + across * _ARROW / 2, y + down * _ARROW / 2
    foot = x - across * _ARROW / 2, y - down * _ARROW / 2
    corners = (
        tip,
        (foot[0] - down * _HALF, foot[1] + across * _HALF),
        (foot[0] + down * _HALF, foot[1] - across * _HALF),
    )
    return "M" + "L".join(f"{px:.1f},{py:.1f}" for px, py in corners) + "Z"
