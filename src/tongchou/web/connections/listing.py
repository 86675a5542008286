"""What stands on the map, in lists: links with their state, lines with their stops, and what has no position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.package import Node, Standing
from tongchou.networks.package.standing import minutes_of
from tongchou.web.connections.drawing import state_of, state_word
from tongchou.web.connections.held import Held
from tongchou.web.connections.words import mode_word
from tongchou.web.schematic.picture import position

_MOST = 300  # links listed on a page


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link of the file, with how it stands on the day."""

    tail: Text
    head: Text
    mode: Text
    km: float | None
    minutes: float
    opens: date | None
    closes: date | None
    state: str
    state_word: Text
    project: Text
    status: Status
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop of a line: whether trains call on the day, whether it lies on the map, where one changes."""

    name: Text
    is_open: bool
    opens: date | None
    change: Text | None


@dataclass(frozen=True, slots=True)
class StopList:
    """A line with its stops in order."""

    name: Text
    state: str
    state_word: Text
    opens: date | None
    headway: float
    kmh: float
    km: float
    status: Status
    stops: tuple[StopRow, ...]

    @property
    def told(self) -> tuple[str, str, str]:
        """Kilometres, headway and speed as a page prints them."""
        return figure(round(self.km, 1)), figure(self.headway), figure(self.kmh)


def links_listed(whole: Held, stands: Standing, before: date, projects: Mapping[str, Text]) -> list[LinkRow]:
    """Return the links, those that changed first; of a map of streets the first few hundred."""
    nodes = {n.id: n for n in whole.network.nodes}
    standing = {link.row for link in stands.links}
    order = {"new": 0, "later": 1, "left": 2, "gone": 3, "standing": 4}
    found = []
    for link in whole.network.links[: 20 * _MOST]:
        state = state_of(link.opens, link.closes, link.project, stands, before)
        if state == "gone" and link.row in standing:
            state = "standing"
        found.append((order[state], state, link))
    found.sort(key=lambda each: each[0])
    return [
        LinkRow(
            nodes[k.tail].name,
            nodes[k.head].name,
            mode_word(k.mode),
            k.km,
            minutes_of(whole.network, k),
            k.opens,
            k.closes,
            state,
            state_word(state),
            projects.get(k.project, Text(k.project, k.project)),
            k.status,
            k.source,
            k.note,
        )
        for _, state, k in found[:_MOST]
    ]


def stop_lists(whole: Held, stands: Standing, before: date) -> list[StopList]:
    """Return every line with its stops."""
    network = whole.network
    nodes = {n.id: n for n in network.nodes}
    on_lines: dict[str, set[str]] = {}
    for stop in network.stops:
        on_lines.setdefault(stop.node, set()).add(stop.line)
    near: dict[str, Node] = {}
    for link in stands.links:
        if link.mode == "walk":
            for one, other in ((link.tail, link.head), (link.head, link.tail)):
                if one in on_lines and other not in on_lines:
                    near[one] = nodes[other]
    names = {line.id: line.name for line in network.lines}
    found = []
    for line in network.lines:
        state = state_of(line.opens, None, line.project, stands, before)
        stops = network.stops_of(line.id)
        rows = []
        for stop in stops:
            others = [names[o] for o in sorted(on_lines[stop.node] - {line.id})]
            change = others[0] if others else near[stop.node].name if stop.node in near else None
            is_open = state in ("standing", "new") and (stop.opens is None or stop.opens <= stands.day)
            rows.append(StopRow(nodes[stop.node].name, is_open, stop.opens, change))
        km = sum(s.km_to_next for s in stops[:-1])
        found.append(
            StopList(
                line.name, state, state_word(state), line.opens, line.headway, line.kmh, km, line.status, tuple(rows)
            )
        )
    return found


def nowhere(whole: Held) -> list[Node]:
    """Return the nodes that no map can show: nobody knows where they lie. Stations stand in the lists of lines."""
    on_lines = {s.node for s in whole.network.stops}
    return [n for n in whole.network.nodes if position(n) is None and n.id not in on_lines][:_MOST]
