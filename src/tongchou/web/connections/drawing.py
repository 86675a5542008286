"""The network as a picture: lines and points where they lie, what stands, what is new, what is not there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import hypot

from tongchou.kernel.text import Text
from tongchou.networks.package import Line, Link, Node, Standing
from tongchou.networks.package.model import holds
from tongchou.web.connections.frames import Frame, Position, crowd, frame_of
from tongchou.web.connections.held import Held
from tongchou.web.connections.placing import Label, placed
from tongchou.web.connections.routes import routes
from tongchou.web.connections.words import kind_word, mode_word

_NAMED = ("seat", "centre", "hub", "outside")
_MOST_LINES = 400  # drawn of a map of streets: links of these modes, besides its lines and its quickest ways
_LARGE = ("expressway", "rail", "metro")
_WIDE, _NEAR = 760.0, 63.0  # what is crowded on a drawing so wide, its names so near, is drawn larger on any
_APART = 7.0  # between two links of the same ends, in drawing units


@dataclass(frozen=True, slots=True)
class Stroke:
    """One link or line: its path, kind and state (standing, new, later, gone, left), and what it is in words."""

    path: str
    mode: str
    state: str
    says: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One node."""

    x: float
    y: float
    kind: str
    says: Text


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
    """A map for one width of screen: the whole, the crowded part larger, and what stands on neither."""

    whole: Picture
    detail: Picture | None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A link, a stretch of a line or a way before it is put into a frame; ``row`` of ``rows`` between the same ends."""

    points: tuple[Position, ...]
    mode: str
    state: str
    says: Text
    row: int
    rows: int


def state_of(opens: date | None, closes: date | None, project: str, stands: Standing, before: date) -> str:
    """Return how something stands on the day: new is what was not there ``before``."""
    if project and project in stands.without:
        return "left"
    if opens is not None and opens > stands.day:
        return "later"
    if not holds(opens, closes, stands.day):
        return "gone"
    return "new" if opens is not None and opens > before else "standing"


def position(node: Node) -> Position | None:
    """Return where a node lies, ``None`` where nobody knows."""
    return None if node.lon is None or node.lat is None else (node.lon, node.lat)


def drawn_map(whole: Held, stands: Standing, before: date, width: float, size: float, language: str) -> Map | None:
    """Return the map in drawings of this width with words of this size; ``None`` where no node has a position."""
    nodes = {n.id: n for n in whole.network.nodes}
    named = [n for n in whole.network.of_kind(*_NAMED) if position(n)]
    inner = [p for n in named if n.kind != "outside" and (p := position(n))]
    frame = frame_of(inner, width)
    if frame is None:
        return None
    # A neighbour just outside belongs on the map; a far one would shrink everything else.
    near = [p for n in named if n.kind == "outside" and (p := position(n)) and _is_near(frame, p)]
    frame = frame_of([*inner, *near], width) or frame
    strokes = list(_all(whole, nodes, stands, before))
    shown = [n for n in named if frame.holds(position(n) or (0, 0))]
    rows = crowd(
        [position(n) or (0, 0) for n in shown], replace(frame, width=_WIDE, height=frame.height * _WIDE / width), _NEAR
    )
    if not rows:
        return Map(_picture(frame, strokes, whole, shown, size, language), None)
    close = [shown[row] for row in rows]
    inside = frame_of([position(n) or (0, 0) for n in close], min(width, 560.0))
    assert inside is not None  # noqa: S101 — there are rows
    rest = [n for n in shown if not inside.holds(position(n) or (0, 0))]
    left, top = frame.at((inside.west, inside.north))
    right, bottom = frame.at((inside.east, inside.south))
    box = (left, top, round(right - left, 1), round(bottom - top, 1))
    outer = _picture(frame, strokes, whole, rest, size, language, box)
    return Map(outer, _picture(inside, strokes, whole, named, size, language))


def _is_near(frame: Frame, at: Position) -> bool:
    room = 0.4
    across, up = (frame.east - frame.west) * room, (frame.north - frame.south) * room
    return frame.west - across <= at[0] <= frame.east + across and frame.south - up <= at[1] <= frame.north + up


def _all(whole: Held, nodes: dict[str, Node], stands: Standing, before: date) -> Iterable[_Drawn]:
    links = [k for k in whole.network.links if nodes[k.tail].lon is not None and nodes[k.head].lon is not None]
    if whole.is_streets:
        links = [k for k in links if k.mode in _LARGE][:_MOST_LINES]
        for points, says in routes(whole, stands):
            yield _Drawn(points, "road", "standing", says, 0, 1)
    beside: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        beside[tuple(sorted((link.tail, link.head)))].append(link)
    standing = {link.row for link in stands.links}
    for link in links:
        tail, head = position(nodes[link.tail]), position(nodes[link.head])
        if tail is None or head is None or tail == head:
            continue
        state = state_of(link.opens, link.closes, link.project, stands, before)
        if state == "gone" and link.row in standing:
            state = "standing"  # what would have taken its place is left out
        ends = sorted((link.tail, link.head))
        row = beside[tuple(ends)].index(link)
        pair = (tail, head) if link.tail == ends[0] else (head, tail)
        yield _Drawn(pair, link.mode, state, link_words(link, nodes, state), row, len(beside[tuple(ends)]))
    for line in whole.network.lines:
        yield from _along(whole, line, nodes, stands, before)


def _along(whole: Held, line: Line, nodes: dict[str, Node], stands: Standing, before: date) -> Iterable[_Drawn]:
    """Yield the stretches of a line between neighbouring stops that have positions."""
    stops = whole.network.stops_of(line.id)
    state = state_of(line.opens, None, line.project, stands, before)
    says = Text(f"{line.name.zh}：{state_word(state).zh}", f"{line.name.en}: {state_word(state).en}")
    for one, other in pairwise(stops):
        tail, head = position(nodes[one.node]), position(nodes[other.node])
        if tail is not None and head is not None and tail != head:
            yield _Drawn((tail, head), "metro", state, says, 0, 1)


_STATES = {
    "standing": Text("已通", "in use"),
    "new": Text("两个日期之间开通", "opened between the two days"),
    "later": Text("尚未开通", "not open yet"),
    "gone": Text("已停用", "closed"),
    "left": Text("已勾去，不计入", "left out by you"),
}


def state_word(state: str) -> Text:
    """Return how something stands, in words."""
    return _STATES[state]


def link_words(link: Link, nodes: dict[str, Node], state: str) -> Text:
    """Return what a link is: ends, kind, kilometres, status, state."""
    tail, head, mode, told = nodes[link.tail].name, nodes[link.head].name, mode_word(link.mode), state_word(state)
    km = f" {link.km:g} km" if link.km is not None else ""
    when = f" {link.opens}" if link.opens and state in ("new", "later") else ""
    return Text(
        f"{tail.zh}—{head.zh} {mode.zh}{km} · {link.status.label.zh} · {told.zh}{when}",
        f"{tail.en}–{head.en} {mode.en}{km} · {link.status.label.en} · {told.en}{when}",
    )


def _picture(
    frame: Frame,
    drawn: Sequence[_Drawn],
    whole: Held,
    named: Sequence[Node],
    size: float,
    language: str,
    detail: tuple[float, float, float, float] | None = None,
) -> Picture:
    order = {"later": 0, "gone": 0, "left": 0, "standing": 1, "new": 2}
    strokes = [s for one in drawn if (s := _stroke(frame, one)) is not None]
    strokes.sort(key=lambda s: order[s.state])
    marks = []
    for node in whole.network.nodes:
        at = position(node) if node.kind in (*_NAMED, "station") else None
        if at is None or not frame.holds(at):
            continue
        if node.kind == "station" and whole.is_streets:
            continue
        says = Text(f"{node.name.zh}（{kind_word(node.kind).zh}）", f"{node.name.en} ({kind_word(node.kind).en})")
        marks.append(Mark(*frame.at(at), node.kind, says))
    marks.sort(key=lambda m: m.kind != "station")
    points = [(*frame.at(position(n) or (0, 0)), n.name.in_(language), n.kind) for n in named]
    held = [p for p in points if 0 <= p[0] <= frame.width and 0 <= p[1] <= frame.height]
    taken = [] if detail is None else [(detail[0], detail[1], detail[0] + detail[2], detail[1] + detail[3])]
    labels, _ = placed(held, size, (2, 2, frame.width - 2, frame.height - 2), taken)
    return Picture(frame.width, frame.height, tuple(strokes), tuple(marks), tuple(labels), detail)


def _stroke(frame: Frame, one: _Drawn) -> Stroke | None:
    if len(one.points) > 2:
        inside = [frame.at(p) for p in one.points if frame.holds(p)]
        path = "M" + "L".join(f"{x:g},{y:g}" for x, y in inside)
        return Stroke(path, one.mode, one.state, one.says) if len(inside) > 1 else None
    part = frame.clipped(*one.points)
    if part is None:
        return None
    (ax, ay), (bx, by) = frame.at(part[0]), frame.at(part[1])
    long = hypot(bx - ax, by - ay)
    if long < 2:
        return None
    aside = (one.row - (one.rows - 1) / 2) * 2 * _APART
    if not aside:
        return Stroke(f"M{ax:g},{ay:g}L{bx:g},{by:g}", one.mode, one.state, one.says)
    # Bent aside, so that the old road and the new one between the same towns are both seen.
    cx, cy = (ax + bx) / 2 - (by - ay) / long * aside * 2, (ay + by) / 2 + (bx - ax) / long * aside * 2
    return Stroke(f"M{ax:g},{ay:g}Q{cx:.1f},{cy:.1f} {bx:g},{by:g}", one.mode, one.state, one.says)
