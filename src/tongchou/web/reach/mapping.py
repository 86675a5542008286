"""What the gap map draws of an answer: links, points by state, facilities by level, new sites with whom they serve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongchou.kernel.text import Text
from tongchou.networks.package import Node
from tongchou.surfaces.reach.answer import Answer, Placed
from tongchou.surfaces.reach.words import cost_words, level_words, people_words
from tongchou.web.reach.drawing import Drawing, Spot, drawing, shape

NUMBERED = 99  # gaps that carry their number of the list
_LINKS = 4000  # more would be a blot
_ROOM = 0.15  # around a place shown larger, of its extent


def map_of(answer: Answer, plan: Placed | None, zoom: str = "") -> Drawing | None:
    """Return the drawing, of one place larger where ``zoom`` is its id, ``None`` where positions are not known."""
    nodes = {n.id: n for n in answer.served.network.nodes}
    links = answer.served.standing.links
    drawn = [(nodes[k.tail], nodes[k.head], k.mode) for k in links[:_LINKS]]
    lines = [(_at(a), _at(b), "rail" if mode == "rail" else "road") for a, b, mode in drawn if _known(a) and _known(b)]
    lines += [(_at(a), _at(b), "served") for a, b in _served_by(plan, answer) if _known(a) and _known(b)]
    spots = [*_points(answer), *_facilities(answer, nodes), *_new(plan)]
    frame = _frame(answer, zoom)
    shown = [s for s in spots if frame is None or _inside((s.lon, s.lat), frame)]
    edge = _around([(s.lon, s.lat) for s in shown], 0.0)  # links that leave it are not drawn
    return drawing(shown, [(a, b, kind) for a, b, kind in lines if _inside(a, edge) and _inside(b, edge)])


def _frame(answer: Answer, zoom: str) -> tuple[float, float, float, float] | None:
    """Return the west, south, east and north of a place's points, with some room around."""
    of = zip(answer.served.points, answer.coverage.of, strict=True)
    held = [_at(point) for point, group in of if group.id == zoom and _known(point)]
    return _around(held, _ROOM) if zoom and len(set(held)) > 1 else None


def _around(held: list[tuple[float, float]], room: float) -> tuple[float, float, float, float]:
    """Return the frame of positions, with ``room`` around as a part of its extent."""
    if not held:
        return 0.0, 0.0, 0.0, 0.0
    (west, south), (east, north) = map(min, zip(*held, strict=True)), map(max, zip(*held, strict=True))
    across, up = room * (east - west), room * (north - south)
    return west - across, south - up, east + across, north + up


def _inside(at: tuple[float, float], frame: tuple[float, float, float, float]) -> bool:
    return frame[0] <= at[0] <= frame[2] and frame[1] <= at[1] <= frame[3]


def _points(answer: Answer) -> Iterator[Spot]:
    served, limit = answer.served, answer.asked.limit
    number = {point: i + 1 for i, point in enumerate(answer.coverage.beyond.tolist()[:NUMBERED])}
    # The most people first, so that small points lie on top of large ones.
    for i in sorted(range(len(served.points)), key=lambda i: (i in number, -served.people[i])):
        point, cost = served.points[i], float(served.least[i])
        if not _known(point):
            continue
        kind = "covered" if cost <= limit else "apart" if cost == float("inf") else "beyond"
        told = cost_words(cost, served.measure)
        people = people_words(float(served.people[i]))
        title = f"{point.name.zh} {people}人 {told.zh}", f"{point.name.en}, {people} people, {told.en}"
        label = str(number[i]) if i in number else ""
        yield Spot(point.id, *_at(point), float(served.people[i]), label, kind, title)


def _facilities(answer: Answer, nodes: dict[str, Node]) -> Iterator[Spot]:
    served = answer.served
    level = {one: min(i, 3) for i, one in enumerate(served.levels)}
    # The highest level last, for it stands where lower ones do.
    for facility in sorted(served.facilities, key=lambda f: -level[f.level]):
        node = nodes[facility.node]
        if _known(node):
            name = facility.name.zh, facility.name.en
            yield Spot(facility.id, *_at(node), 0.0, "", f"facility-{level[facility.level]}", name)


def _new(plan: Placed | None) -> Iterator[Spot]:
    if plan is None:
        return
    for i, node in enumerate(plan.chosen):
        if _known(node):
            name = f"新 {i + 1}：{node.name.zh}", f"new {i + 1}: {node.name.en}"
            yield Spot(node.id, *_at(node), 0.0, f"+{i + 1}", "chosen", name)


def _served_by(plan: Placed | None, answer: Answer) -> Iterator[tuple[Node, Node]]:
    if plan is None:
        return
    for i, site in enumerate(plan.sited.served.tolist()):
        if site >= 0 and plan.candidates[site].id != answer.served.points[i].id:
            yield answer.served.points[i], plan.candidates[site]


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: a shape about (0, 0), what it says, and how many are drawn."""

    kind: str
    outline: str
    words: Text
    count: int


def legend(answer: Answer, plan: Placed | None) -> tuple[Key, ...]:
    """Return what the shapes of the map mean, those that are on it."""
    served = answer.served
    near = served.least <= answer.asked.limit
    apart = served.least == float("inf")
    held = [f.level for f in served.facilities]
    keys = [
        ("covered", Text("标准以内", "within the standard"), int(near.sum())),
        ("beyond", Text("超出，数字是图号", "beyond, numbered as listed"), int((~near & ~apart).sum())),
        ("apart", Text("不通", "no way"), int(apart.sum())),
    ]
    for i, level in enumerate(served.levels):
        word = level_words(level)
        words = Text(f"{word.zh}设施", f"{word.en}: facility") if level else Text("设施", "facility")
        keys.append((f"facility-{min(i, 3)}", words, held.count(level)))
    if plan is not None:
        words = Text("布点，虚线连到它服务的点", "next site, dashes to whom it serves")
        keys.append(("chosen", words, len(plan.chosen)))
    return tuple(Key(kind, shape(kind, 0, 0, 8 if kind == "chosen" else 6), words, n) for kind, words, n in keys if n)


def nowhere(answer: Answer) -> int:
    """Return how many points have no position and are not drawn."""
    return sum(not _known(n) for n in answer.served.points)


def _known(node: Node) -> bool:
    return node.lon is not None and node.lat is not None


def _at(node: Node) -> tuple[float, float]:
    return node.lon or 0.0, node.lat or 0.0
