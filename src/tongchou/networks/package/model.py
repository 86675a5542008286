"""What a network of a region package holds once read. Lengths in km, times in minutes, speeds in km/h."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.package.tables import Kind

if TYPE_CHECKING:
    from tongchou.networks.package.standing import Standing


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number of ``network.yaml``: assumed, or quoted from ``source``."""

    name: str
    value: float
    unit: str
    label: Text
    status: Status
    source: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A point: ``kind`` seat, hub, station, outside, village, block, site, …; ``status`` is that of where it lies."""

    id: str
    name: Text
    kind: str
    place: str
    lon: float | None
    lat: float | None
    people: float | None
    status: Status
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two nodes from ``opens`` (always) until before ``closes`` (for ever); ``row`` is its line."""

    tail: str
    head: str
    mode: str
    km: float | None
    minutes: float | None
    one_way: bool
    opens: date | None
    closes: date | None
    project: str
    status: Status
    source: str
    note: str
    row: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that runs every ``headway`` minutes at ``kmh``, stops included, both ways, from ``opens`` on.

    ``assumes`` names the assumptions that stand in for its own headway and speed.
    """

    id: str
    name: Text
    headway: float
    kmh: float
    opens: date | None
    project: str
    status: Status
    source: str
    note: str
    row: int
    assumes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a line, with the km to the next one (0 at the last) and its own day of opening where later."""

    line: str
    position: int
    node: str
    km_to_next: float
    opens: date | None


@dataclass(frozen=True, slots=True)
class Facility:
    """Something that serves people, at a node: ``capacity`` in ``unit``, from ``opens`` until before ``closes``."""

    id: str
    node: str
    name: Text
    service: str
    level: str
    capacity: float | None
    unit: str
    opens: date | None
    closes: date | None
    status: Status
    source: str
    note: str


def holds(opens: date | None, closes: date | None, day: date) -> bool:
    """Return whether something open from ``opens`` until before ``closes`` is so on ``day``."""
    return (opens is None or opens <= day) and (closes is None or day < closes)


@dataclass(frozen=True, slots=True, eq=False)
class CityNetwork:
    """A network of a region package: what stands when, and every assumption it rests on."""

    id: str
    title: Text
    kind: Kind
    system: str
    clauses: tuple[str, ...]
    note: Text
    assumed: Mapping[str, Assumption]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    lines: tuple[Line, ...]
    stops: tuple[Stop, ...]
    facilities: tuple[Facility, ...]
    extra: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)  # tables of its kind, as read

    def node(self, id: str) -> Node:
        """Return the node of this id; raise ``KeyError`` where there is none."""
        return {n.id: n for n in self.nodes}[id]

    def of_kind(self, *kinds: str) -> tuple[Node, ...]:
        """Return the nodes of these kinds, in the order of the file."""
        return tuple(n for n in self.nodes if n.kind in kinds)

    def stops_of(self, line: str) -> tuple[Stop, ...]:
        """Return the stops of a line in the order it calls at them."""
        return tuple(sorted((s for s in self.stops if s.line == line), key=lambda s: s.position))

    def facilities_on(self, day: date) -> tuple[Facility, ...]:
        """Return the facilities open on a day."""
        return tuple(f for f in self.facilities if holds(f.opens, f.closes, day))

    def days(self) -> tuple[date, ...]:
        """Return every day on which something opens or closes, in order."""
        found: set[date | None] = {k.opens for k in self.lines} | {s.opens for s in self.stops}
        found |= {k.opens for k in self.links} | {k.closes for k in self.links}
        found |= {f.opens for f in self.facilities} | {f.closes for f in self.facilities}
        return tuple(sorted(day for day in found if day is not None))

    def projects(self) -> tuple[str, ...]:
        """Return the projects that links and lines belong to, in the order of the files."""
        named = [k.project for k in self.links] + [k.project for k in self.lines]
        return tuple(dict.fromkeys(p for p in named if p))

    def opens(self, project: str) -> tuple[date, ...]:
        """Return the days on which something of a project opens, in order."""
        parts: Iterable[Link | Line] = (*self.links, *self.lines)
        return tuple(sorted({p.opens for p in parts if p.project == project and p.opens is not None}))

    def assuming(self, values: Mapping[str, float]) -> CityNetwork:
        """Return the network with other values assumed; raise (N040) for a name that no minutes rest on."""
        from tongchou.networks.package.assuming import assuming

        return assuming(self, values)

    def on(self, day: date, without: Sequence[str] = ()) -> Standing:
        """Return the network as it stands on a day, left without some projects.

        A link that closes on the day a link of a left-out project takes its place (same ends) stays.
        """
        from tongchou.networks.package.standing import standing

        return standing(self, day, tuple(without))
