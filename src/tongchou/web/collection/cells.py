"""The cells of an answer as the page, the template and the checks see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.db.models import Q

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.places import Place
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.region import Indicator, Region
from tongchou.region.plausibility import doubts, earlier, evidence_for, limits
from tongchou.surfaces.typed import Said, typed
from tongchou.surfaces.workbook.collection import AskedCell
from tongchou.web.collection import codes
from tongchou.web.collection.bases import base_for, fitting
from tongchou.web.collection.models import Answer, Entry
from tongchou.web.figures.store import region_with

_COUNTS = frozenset({"人", "户", "个", "项", "处", "座", "张", "所", "家", "辆", "站"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell to fill: what is asked, what stands in it, what is wrong with it, what about it must be explained."""

    indicator: Indicator
    place: Place
    period: Period
    entry: Entry | None
    before: float | None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """How the cell is named in a form."""
        return f"{self.indicator.id}|{self.period.code}"

    @property
    def key(self) -> tuple[str, str]:
        """The cell within its answer."""
        return (self.indicator.id, self.period.code)

    @property
    def period_label(self) -> Text:
        """The period as printed."""
        return Text(self.period.label("zh"), self.period.label("en"))

    @property
    def before_printed(self) -> str:
        """Last year's value as printed, "" where none is held."""
        return number(self.before) if self.before is not None else ""

    @property
    def is_filled(self) -> bool:
        """Whether a value or 不适用 stands in it."""
        return self.entry is not None and (self.entry.value is not None or self.entry.not_applicable)

    @property
    def state(self) -> str:
        """``missing``, ``invalid``, ``doubtful`` (not yet explained) or ``saved``."""
        if self.errors:
            return "invalid"
        if not self.is_filled:
            return "missing"
        explained = self.entry is not None and self.entry.explanation
        return "doubtful" if self.warnings and not explained else "saved"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one answer, in the order of the design, with the region they were held against."""

    answer: Answer
    place: Place
    cells: tuple[Cell, ...]
    region: Region = field(repr=False)

    @property
    def filled(self) -> int:
        """How many cells say something."""
        return sum(c.is_filled for c in self.cells)

    @property
    def doubtful(self) -> tuple[Cell, ...]:
        """The cells with a warning."""
        return tuple(c for c in self.cells if c.warnings)


def sheet_of(answer: Answer, on: date, asked: Sequence[str] | None = None) -> Sheet:
    """Return the cells of an answer: a handful of queries whatever their number."""
    ids = list(asked if asked is not None else answer.round.asked.values_list("indicator", flat=True))
    entries = {(e.indicator, e.period): e for e in answer.entries.select_related("by")}
    of = limits(on)
    parts = [part for id_ in ids for part in of.wholes.get(id_, ())]
    condition = Q(place=answer.place) | Q(period__in=answer.round.periods)
    region = region_with(settings.REGION, [*ids, *parts], condition)
    place = region.places[answer.place]
    coming = {(i, answer.place, p): e.value for (i, p), e in entries.items() if e.value is not None}
    left_out = set(answer.round.left_out)
    cells = []
    for id_ in ids:
        indicator = region.indicators[id_]
        for code in answer.round.periods:
            if f"{id_}|{answer.place}|{code}" in left_out:
                continue
            entry = entries.get((id_, code))
            held = region.held(answer.place, id_, earlier(code))
            bases = fitting(region, base_for(indicator, answer.round.base))
            before = next((f.value for f in held if f.base in bases), None)
            cell = Cell(indicator, place, Period.parse(code), entry, before)
            cells.append(_checked(cell, answer, region, coming, on))
    return Sheet(answer, place, tuple(cells), region)


def _checked(
    cell: Cell, answer: Answer, region: Region, coming: Mapping[tuple[str, str, str], float], on: date
) -> Cell:
    entry = cell.entry
    if entry is None:
        return cell
    if entry.typed and entry.value is None and not entry.not_applicable:
        return replace(cell, errors=(codes.NOT_A_FIGURE.at(cell.name, text=entry.typed),))
    if entry.value is None:
        return cell
    of = limits(on)
    base = base_for(cell.indicator, answer.round.base)
    evidence = evidence_for(region, cell.indicator.id, answer.place, cell.period.code, base, coming, of)
    found = doubts(cell.indicator, entry.value, evidence, of, cell.name)
    return replace(
        cell,
        errors=tuple(p for p in found if p.severity == "error"),
        warnings=tuple(p for p in found if p.severity == "warning"),
    )


def submitting_problems(sheet: Sheet) -> list[Problem]:
    """Return what keeps an answer from being submitted, each at its cell."""
    found: list[Problem] = []
    for cell in sheet.cells:
        found += cell.errors
        entry = cell.entry
        if cell.errors:
            continue
        explained = entry is not None and bool(entry.explanation.strip())
        if not cell.is_filled:
            if not explained:
                found.append(codes.NOT_REPORTED.at(cell.name))
            continue
        if entry is not None and entry.value is not None and not entry.source.strip():
            found.append(codes.SOURCE_NEEDED.at(cell.name))
        if cell.warnings and not explained:
            found += [codes.EXPLANATION_NEEDED.at(cell.name, doubt=w.message) for w in cell.warnings]
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes into one cell. ``version`` is that of the cell they saw, 0 where it was empty."""

    indicator: str
    period: str
    typed: str
    not_applicable: bool
    source: str
    note: str
    explanation: str
    version: int

    @property
    def name(self) -> str:
        """How the cell is named in a form."""
        return f"{self.indicator}|{self.period}"

    def read(self, unit: str) -> tuple[float | None, bool, str, Problem | None]:
        """Return value, 不适用, the text to keep and what is wrong."""
        said = typed(self.typed, unit)
        if said.said is Said.NOT_APPLICABLE:
            return None, True, "", None
        if self.not_applicable and said.said is not Said.NOTHING:
            return None, False, self.typed, codes.BOTH_GIVEN.at(self.name)
        if said.said is Said.UNREADABLE:
            return None, False, self.typed, codes.NOT_A_FIGURE.at(self.name, text=self.typed[:40])
        return said.value, self.not_applicable, self.typed if said.said is Said.VALUE else "", None


def asked_cells(sheet: Sheet) -> list[AskedCell]:
    """Return the cells as the template shows them."""
    return [
        AskedCell(
            indicator=c.indicator.id,
            title=c.indicator.title.zh,
            unit=c.indicator.unit,
            definition=c.indicator.definition.zh,
            place=c.place.code,
            place_name=c.place.name,
            period=c.period.code,
            period_label=c.period.label(),
            before=c.before,
            value=c.entry.value if c.entry else None,
            not_applicable=bool(c.entry and c.entry.not_applicable),
            source=c.entry.source if c.entry else "",
            note=c.entry.note if c.entry else "",
            whole=c.indicator.unit in _COUNTS,
        )
        for c in sheet.cells
    ]
