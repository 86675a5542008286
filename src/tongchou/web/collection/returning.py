"""A filled table that came back: read against what is asked of a unit, first as a trial, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from tongchou.surfaces.typed import Said
from tongchou.surfaces.workbook.messy import Found, Reading, Wanted, read_figures
from tongchou.web.collection.cells import Cell, Written, sheet_of
from tongchou.web.collection.models import Answer
from tongchou.web.figures.regions import region_named


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that a file would change."""

    cell: Cell
    found: Found
    written: Written


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file would do, before it does: changes by answer, cells that stay as they are, what was wrong."""

    reading: Reading
    changes: dict[int, list[Change]]
    same: int

    @property
    def every(self) -> list[Change]:
        """All changes."""
        return [change for held in self.changes.values() for change in held]


def trial(name: str, data: bytes, answers: Sequence[Answer], on: date) -> Trial:
    """Read a file against the editable answers of one unit in one round. A cell left empty changes nothing."""
    region = region_named(settings.REGION)
    sheets = {answer.place: sheet_of(answer, on) for answer in answers}
    some = next(iter(sheets.values()))
    periods = frozenset(some.answer.round.periods)
    wanted = Wanted(
        indicators={c.indicator.id: c.indicator for sheet in sheets.values() for c in sheet.cells},
        places={place: region.places[place] for place in sheets},
        periods=periods,
        place=next(iter(sheets)) if len(sheets) == 1 else "",
        period=next(iter(periods)) if len(periods) == 1 else "",
        bases={"": ""},
    )
    reading = read_figures(name, data, wanted)
    changes: dict[int, list[Change]] = {}
    same = 0
    for found in reading.cells:
        sheet = sheets[found.place]
        cell = next((c for c in sheet.cells if c.key == (found.indicator, found.period)), None)
        if cell is None or found.typed.said is Said.NOTHING:
            continue
        written = _written(cell, found)
        if _differs(cell, written):
            changes.setdefault(sheet.answer.pk, []).append(Change(cell, found, written))
        else:
            same += 1
    return Trial(reading, changes, same)


def _written(cell: Cell, found: Found) -> Written:
    entry = cell.entry
    absent = found.typed.said is Said.NOT_APPLICABLE
    value = found.typed.value
    return Written(
        indicator=found.indicator,
        period=found.period,
        typed="" if absent or value is None else f"{value:.15g}",
        not_applicable=absent,
        source=found.source or (entry.source if entry else ""),
        note=found.note or (entry.note if entry else ""),
        explanation=entry.explanation if entry else "",
        version=entry.version if entry else 0,
    )


def _differs(cell: Cell, written: Written) -> bool:
    entry = cell.entry
    if entry is None:
        return True
    value, absent, _, _ = written.read(cell.indicator.unit)
    return (entry.value, entry.not_applicable, entry.source, entry.note) != (
        value,
        absent,
        written.source,
        written.note,
    )
