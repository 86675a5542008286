"""A network of travel as a picture: what stands, what is new, what is not there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from tongchou.kernel.text import Text
from tongchou.networks.package import Line, Link, Node, Standing
from tongchou.networks.package.model import holds
from tongchou.web.connections.held import Held
from tongchou.web.connections.routes import routes
from tongchou.web.connections.words import kind_word, mode_word
from tongchou.web.schematic.picture import Dot, Drawn, Map, drawn_map, position

_NAMED = ("seat", "centre", "hub", "outside")
_MOST_LINES = 400  # drawn of a map of streets: links of these modes, besides its lines and its quickest ways
_LARGE = ("expressway", "rail", "metro")
_RANKS = {"later": 0, "gone": 0, "left": 0, "standing": 1, "new": 2}


def state_of(opens: date | None, closes: date | None, project: str, stands: Standing, before: date) -> str:
    """Return how something stands on the day: new is what was not there ``before``."""
    if project and project in stands.without:
        return "left"
    if opens is not None and opens > stands.day:
        return "later"
    if not holds(opens, closes, stands.day):
        return "gone"
    return "new" if opens is not None and opens > before else "standing"


def map_of(whole: Held, stands: Standing, before: date, width: float, size: float, language: str) -> Map | None:
    """Return the map in drawings of this width with words of this size; ``None`` where no node has a position."""
    nodes = {n.id: n for n in whole.network.nodes}
    return drawn_map(list(_dots(whole)), list(_all(whole, nodes, stands, before)), width, size, language)


def _dots(whole: Held) -> Iterable[Dot]:
    """Yield stations, which have no names on the map, below what has."""
    kinds = _NAMED if whole.is_streets else ("station", *_NAMED)
    for node in sorted(whole.network.of_kind(*kinds), key=lambda n: n.kind != "station"):
        if (at := position(node)) is not None:
            says = Text(f"{node.name.zh}（{kind_word(node.kind).zh}）", f"{node.name.en} ({kind_word(node.kind).en})")
            name = None if node.kind == "station" else node.name
            yield Dot(at, node.kind, says, name, node.kind == "outside")


def _all(whole: Held, nodes: dict[str, Node], stands: Standing, before: date) -> Iterable[Drawn]:
    links = [k for k in whole.network.links if nodes[k.tail].lon is not None and nodes[k.head].lon is not None]
    if whole.is_streets:
        links = [k for k in links if k.mode in _LARGE][:_MOST_LINES]
        for points, says in routes(whole, stands):
            yield Drawn(points, "road", "standing", says)
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
        rows, says = len(beside[tuple(ends)]), link_words(link, nodes, state)
        yield Drawn(pair, link.mode, state, says, row, rows, _RANKS[state], is_lit=state == "new")
    for line in whole.network.lines:
        yield from _along(whole, line, nodes, stands, before)


def _along(whole: Held, line: Line, nodes: dict[str, Node], stands: Standing, before: date) -> Iterable[Drawn]:
    """Yield the stretches of a line between neighbouring stops that have positions."""
    stops = whole.network.stops_of(line.id)
    state = state_of(line.opens, None, line.project, stands, before)
    says = Text(f"{line.name.zh}：{state_word(state).zh}", f"{line.name.en}: {state_word(state).en}")
    for one, other in pairwise(stops):
        tail, head = position(nodes[one.node]), position(nodes[other.node])
        if tail is not None and head is not None and tail != head:
            yield Drawn((tail, head), "metro", state, says, rank=_RANKS[state], is_lit=state == "new")


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
