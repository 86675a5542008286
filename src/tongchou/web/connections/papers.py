"""The comparison on paper: a row for every pair, and what a reader of it must know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from django.conf import settings

from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.connections.asking import Question
from tongchou.web.connections.comparing import compared
from tongchou.web.connections.held import Held
from tongchou.web.connections.showing import end_name
from tongchou.web.figures.regions import check_code

_COLUMNS = (
    ListingColumn(Text("从", "From"), 14),
    ListingColumn(Text("到", "To"), 22),
    ListingColumn(Text("人口", "People"), 12, "number"),
    ListingColumn(Text("之前（分钟）", "Before (min)"), 12, "decimal"),
    ListingColumn(Text("之后（分钟）", "After (min)"), 12, "decimal"),
    ListingColumn(Text("节省（分钟）", "Saved (min)"), 12, "decimal"),
    ListingColumn(Text("状态", "Status"), 10, "centre"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A place and an end of the first table; minutes are infinite without a way, people ``None`` where not counted."""

    place: Text
    end: Text
    people: float | None
    before: float
    after: float
    status: Text | None


def pairs(whole: Held, asked: Question) -> Iterator[Pair]:
    """Yield every pair of the first table, by place and end."""
    found = compared(settings.REGION, asked)
    for i, place in enumerate(whole.places):
        for j, end in enumerate(whole.ends):
            if end is place:
                continue
            before, after = float(found.before.out[i, j]), float(found.after.out[i, j])
            sides = [side[i][j].status for side in found.ways] if found.ways is not None else []
            known = [s for s in sides if s is not None]
            status = min(known).label if known else None
            yield Pair(place.name, end_name(whole, end), place.people, before, after, status)


def listing(region: Region, whole: Held, asked: Question) -> Listing:
    """Return a row for every pair of the first table; a pair without a way has empty cells."""
    rows: list[list[Cell]] = [
        [
            pair.place,
            pair.end,
            None if pair.people is None else int(pair.people),
            minutes(pair.before),
            minutes(pair.after),
            minutes(pair.before - pair.after),
            pair.status,
        ]
        for pair in pairs(whole, asked)
    ]
    return Listing(title(whole, asked), note(whole, asked), _COLUMNS, rows, foot(region))


def title(whole: Held, asked: Question) -> Text:
    """Return the title of the paper."""
    name = whole.network.title
    return Text(f"{name.zh}：{asked.before} 与 {asked.on} 对比", f"{name.en}: {asked.before} and {asked.on}")


def note(whole: Held, asked: Question) -> Text:
    """Return what a reader of the paper must know."""
    left = ""
    if asked.without:
        left = "、".join(asked.without)
    said = whole.network.note
    return Text(
        f"节省＝之前−之后；空格为不通。{f'不计入：{left}。' if left else ''}{said.zh}",
        f"Saved is before less after; an empty cell is no way. {f'Left out: {left}. ' if left else ''}{said.en}",
    )


def foot(region: Region) -> Text:
    """Return the line at the foot of every page."""
    code = check_code(region.folder)
    return Text(
        f"{region.title.zh} {region.version} 核对码 {code}", f"{region.title.en} {region.version} check code {code}"
    )


def minutes(value: float) -> float | None:
    """Return minutes to the hundredth, ``None`` where there is no way (or none to take away)."""
    return round(value, 2) if isfinite(value) else None
