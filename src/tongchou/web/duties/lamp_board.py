"""Units against lamps: how many commitments of each stand under which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.lamps import Colour, lamp
from tongchou.web.duties.parameters import lamp_parameters
from tongchou.web.duties.standing import Standing, facts_of_unit
from tongchou.web.people.models import Organisation
from tongchou.web.signals import ICONS


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit with its counts, in the order of the colours, and all its commitments."""

    organisation: Organisation
    counts: tuple[tuple[Colour, str, int], ...]
    total: int


def board(rows: Sequence[Standing], on: date, *, counties: bool) -> list[BoardRow]:
    """Return counties (or all other units) in the region's order, each by its own words alone; no query."""
    parameters = lamp_parameters(on)
    counted: dict[str, Counter[Colour]] = {}
    units: dict[str, Organisation] = {}
    for row in rows:
        unspoken = lamp(facts_of_unit(row, ""), on, parameters).colour  # most units have said nothing about most
        for duty in row.duties:
            unit = duty.organisation
            if unit is not None and unit.is_county == counties:
                units[unit.pk] = unit
                spoke = unit.pk in row.by_unit or unit.pk in row.shown_by_unit
                colour = lamp(facts_of_unit(row, unit.pk), on, parameters).colour if spoke else unspoken
                counted.setdefault(unit.pk, Counter())[colour] += 1
    return [
        BoardRow(unit, tuple((c, ICONS[c], counted[unit.pk][c]) for c in Colour), sum(counted[unit.pk].values()))
        for unit in sorted(units.values(), key=lambda u: u.order)
    ]


def board_listing(rows: Sequence[BoardRow], title: Text, on: date) -> Listing:
    """Return the board for paper and file."""
    columns = (
        ListingColumn(Text("单位", "Unit"), 20),
        *(ListingColumn(Text(f"{ICONS[c]} {c.label.zh}", f"{ICONS[c]} {c.label.en}"), 9, "number") for c in Colour),
        ListingColumn(Text("合计", "Total"), 8, "number"),
    )
    lines: list[list[Cell]] = [[r.organisation.title, *(n for _, _, n in r.counts), r.total] for r in rows]
    day = Text(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {on:%B} {on.year}")
    note = Text(
        "截至{day}，按各单位自己的报告计；同一承诺由多个单位承担的，各计一次。",
        "As of {day}, by each unit's own words; a commitment several units bear counts once for each.",
    ).format(day=day)
    return Listing(title, note, columns, lines)
