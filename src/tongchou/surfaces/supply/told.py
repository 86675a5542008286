"""A table as the page, the terminal and the files show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.listing import Cell, Listing, ListingColumn

_STATUS = ListingColumn(Text("状态", "Status"), 10, "centre")
_SOURCE = ListingColumn(Text("来源", "Source"), 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the weakest status it rests on, which cells are worth attention, what it is in short."""

    cells: tuple[Cell, ...]
    status: Status | None
    lit: tuple[int, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A table: ``listing`` holds every row with its status behind it, and the source where ``sources`` gives one."""

    id: str
    listing: Listing
    rows: tuple[Row, ...]
    has_source: bool = False

    @property
    def columns(self) -> tuple[ListingColumn, ...]:
        """The columns without status and source."""
        return self.listing.columns[: -2 if self.has_source else -1]


def told(
    id: str, title: Text, note: Text, columns: Sequence[ListingColumn], rows: Sequence[Row],
    sources: Sequence[str] | None = None,
) -> Told:  # fmt: skip
    """Return a table of rows, each with its status behind it and, with ``sources``, where its numbers come from."""
    heads = (*columns, _STATUS, *([_SOURCE] if sources is not None else []))
    cells: list[tuple[Cell, ...]] = []
    for i, row in enumerate(rows):
        status = row.status.label if row.status is not None else None
        cells.append((*row.cells, status, *([sources[i]] if sources is not None else [])))
    return Told(id, Listing(title, note, heads, cells), tuple(rows), sources is not None)


def column(answer: Answer, name: str, width: float = 12) -> ListingColumn:
    """Return the column of a listing for an input or column of a rule, with its unit in its head."""
    declared = answer.result.rule.declared.quantities()[name]
    unit = label(declared.unit)
    title = declared.label.text()
    head = Text(f"{title.zh}（{unit.zh}）", f"{title.en} ({unit.en})") if unit.zh else title
    coded = getattr(declared, "codes", None) is not None
    return ListingColumn(head, width, "text" if coded else "decimal")


def cell(answer: Answer, name: str, row: int) -> Cell:
    """Return a number (in per cent where that is its unit), what it stands for, or ``None`` where it is missing."""
    result = answer.result
    value = float((result.values[name] if name in result.values else result.table.values[name])[row])
    declared = result.rule.declared.quantities()[name]
    if value != value:
        return None
    if getattr(declared, "codes", None) is not None:
        return words.cell(result, name, row, status=False)
    return round(value, 6)


def level(answer: Answer, row: int, *names: str) -> Status | None:
    """Return the weakest status of some numbers of a row, ``None`` where all are missing."""
    result = answer.result
    held = [int((result.status if n in result.status else result.table.status)[n][row]) for n in names]
    known = [one for one in held if one > 0]
    return Status(min(known)) if known else None


def key(answer: Answer, row: int, name: str) -> Text:
    """Return what a row is called under one of its keys."""
    return words.key_name(answer.result, row, name, answer.names.get(answer.result.table.places[row]))


def source(answer: Answer, name: str, row: int) -> str:
    """Return where an input of a row comes from, sources of the package by their titles."""
    known = answer.region.sources
    parts = answer.result.table.sources[name][row].split("；")
    return "；".join(known[part].title if part in known else part for part in parts)


def months(numbers: Sequence[int]) -> str:
    """Return months in runs: 3–6, 11."""
    runs: list[list[int]] = []
    for month in sorted(numbers):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def joined(parts: Sequence[Text]) -> Text:
    """Return names one after the other."""
    return Text("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def amount(value: float) -> str:
    """Return a number as a sentence says it: to a tenth."""
    return figure(round(value, 1))
