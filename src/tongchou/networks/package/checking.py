"""What the tables of a network must satisfy beyond the form of their cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from tongchou.kernel.declared import Lines
from tongchou.kernel.problems import Problem
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks import codes
from tongchou.networks.package import codes as package_codes
from tongchou.networks.package.model import Assumption, Line, Link
from tongchou.region.rows import Row, Rows

#: What a line takes from the assumptions where its own cell is empty.
TIMING = {"headway": "headway", "kmh": "line_speed"}
PLATFORM_WALK = "platform_walk"  # minutes from a station's street to its platform
_WHAT = {"headway": Text("发车间隔", "headway"), "kmh": Text("旅行速度", "speed")}


def speed_name(mode: str) -> str:
    """Return what the assumed speed of a mode is called in ``network.yaml``."""
    return f"speed_{mode}"


def check_assumed(where: str, assumed: Mapping[str, Assumption], lines: Lines) -> list[Problem]:
    """Return the assumed speeds that are none, and headways and walks that are less than nothing."""
    problems: list[Problem] = []
    for name, held in assumed.items():
        at = f"{where}:{lines.get(('assumed', name), 1)}"
        if (name.startswith(speed_name("")) or name == TIMING["kmh"]) and held.value <= 0:
            problems.append(codes.NO_SPEED.at(at, speed=held.value))
        elif name in (TIMING["headway"], PLATFORM_WALK) and held.value < 0:
            problems.append(codes.OUT_OF_RANGE.at(at, what=name, low=0, found=held.value))
    return problems


def check_nodes(where: str, rows: Sequence[Row]) -> list[Problem]:
    """Return the nodes with half a position."""
    return [
        codes.HALF_POSITION.at(f"{where}:{row.line}", node=row.cells["id"])
        for row in rows
        if bool(row.cells["lon"]) != bool(row.cells["lat"])
    ]


def check_sources(where: str, rows: Sequence[Row]) -> list[Problem]:
    """Return the rows without a source; only what is made up as an example has none."""
    return [
        codes.NO_SOURCE.at(f"{where}:{row.line}")
        for row in rows
        if not row.cells.get("source") and row.cells.get("status") not in (None, Status.ILLUSTRATIVE.word)
    ]


def check_links(
    where: str, links: Sequence[Link], assumed: Mapping[str, Assumption], *, timed: bool = True
) -> list[Problem]:
    """Return what keeps links from being travelled (if ``timed``), and rows that hold at the same time as another."""
    problems: list[Problem] = []
    alike: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        at = f"{where}:{link.row}"
        if link.tail == link.head:
            problems.append(codes.TO_ITSELF.at(at, node=link.tail))
        problems += _span(at, link.opens, link.closes)
        if timed and link.minutes is None:
            if link.km is None:
                problems.append(codes.NO_LENGTH.at(at, tail=link.tail, head=link.head))
            else:
                name = speed_name(link.mode)
                speed = assumed.get(name)
                if speed is None or speed.value <= 0:
                    problems.append(codes.NO_MODE_SPEED.at(at, mode=link.mode, name=name))
        ends = (link.tail, link.head) if link.one_way else tuple(sorted((link.tail, link.head)))
        for other in alike[(*ends, link.mode)]:
            if _meet(link, other):
                problems.append(codes.OVERLAP.at(at, tail=link.tail, head=link.head, mode=link.mode, line=other.row))
                break
        alike[(*ends, link.mode)].append(link)
    return problems


def check_lines(where: str, rows: Sequence[Row], assumed: Mapping[str, Assumption]) -> list[Problem]:
    """Return the lines that have no headway or speed, their own or assumed."""
    return [
        codes.NO_TIMING.at(f"{where}:{row.line}", line=row.cells["line"], what=_WHAT[column], name=name)
        for row in rows
        for column, name in TIMING.items()
        if not row.cells[column] and name not in assumed
    ]


def check_stops(where: str, lines: Sequence[Line], rows: Sequence[Row], read: Rows) -> list[Problem]:
    """Return the lines with fewer than two stops, those that call twice at a node, and stops without km to the next."""
    problems: list[Problem] = []
    told = Counter(row.cells.get("line", "") for row in read.all)  # faulty rows too: their fault is told already
    for line in lines:
        own = sorted((r for r in rows if r.cells["line"] == line.id), key=lambda r: int(r.cells["position"]))
        if told[line.id] < 2:
            problems.append(codes.SHORT_LINE.at(where, line=line.id))
        nodes = [row.cells["node"] for row in own]
        problems += [
            package_codes.TWICE_ON_LINE.at(f"{where}:{row.line}", line=line.id, node=nodes[k])
            for k, row in enumerate(own)
            if nodes[k] in nodes[:k]
        ]
        problems += [
            codes.NO_SPACING.at(f"{where}:{row.line}", line=line.id, position=row.cells["position"])
            for row in own[:-1]
            if not row.cells["km_to_next"]
        ]
    return problems


def check_spans(where: str, rows: Sequence[Row]) -> list[Problem]:
    """Return the rows that close before they open."""
    found: list[Problem] = []
    for row in rows:
        opens, closes = (date.fromisoformat(c) if c else None for c in (row.cells["opens"], row.cells["closes"]))
        found += _span(f"{where}:{row.line}", opens, closes)
    return found


def _span(at: str, opens: date | None, closes: date | None) -> list[Problem]:
    if opens is not None and closes is not None and closes <= opens:
        return [codes.CLOSED_FIRST.at(at, opens=opens, closes=closes)]
    return []


def _meet(a: Link, b: Link) -> bool:
    """Whether both hold on some day; what different projects build side by side may."""
    if a.project != b.project and a.project and b.project:
        return False
    return (a.closes is None or b.opens is None or b.opens < a.closes) and (
        b.closes is None or a.opens is None or a.opens < b.closes
    )
