"""What may stand in a table of figures, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongchou.kernel.places import Place
from tongchou.kernel.problems import ProblemKind
from tongchou.region.model import Indicator
from tongchou.surfaces.typed import Typed
from tongchou.surfaces.workbook.returned import Fault


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a table may speak of. ``place`` and ``period`` are taken where the table itself names none."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]  # by code
    periods: frozenset[str] | None = None  # codes; ``None`` where any will do
    place: str = ""
    period: str = ""
    bases: Mapping[str, str] = field(default_factory=dict)  # id and title → id


@dataclass(frozen=True, slots=True)
class Found:
    """What one cell says. Row and column count from 1, as the sheet does."""

    indicator: str
    place: str
    period: str
    base: str
    typed: Typed
    source: str
    note: str
    status: str
    sheet: str
    row: int
    column: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The cell of the data."""
        return (self.indicator, self.place, self.period, self.base)


@dataclass(slots=True)
class Reading:
    """Everything found in a file. ``totals`` counts the totals that were checked."""

    cells: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    totals: int = 0

    @property
    def errors(self) -> list[Fault]:
        """The faults that keep the file from being taken."""
        return [f for f in self.faults if f.problem.severity == "error"]


def fault_at(kind: ProblemKind, sheet: str, row: int, column: int = 0, **values: object) -> Fault:
    """Return a problem at a cell, or at a row as a whole; rows and columns count from 1."""
    return Fault(kind.at(f"{sheet}!{row}" + (f":{column}" if column else ""), **values), sheet, row, column)
