"""Tables of duties: which column holds the number, the task, the parties and the date."""

from __future__ import annotations

from typing import NamedTuple

from tongchou.policy.lexicon import rows
from tongchou.policy.spans import Span

_DUTY_ROLES = ("lead", "support", "responsible")


class Cell(NamedTuple):
    """One cell with content: what its column is for, and where its words stand."""

    role: str  # number, task, lead, support, responsible, deadline, other
    span: Span


class Table:
    """The roles of the columns of one table, told from its header row."""

    def __init__(self, header: str, roles: tuple[str, ...]) -> None:
        self.header = header
        self.roles = roles
        self.has_duties = "task" in roles and any(r in roles for r in _DUTY_ROLES)

    def is_header(self, line: str) -> bool:
        """Return whether ``line`` repeats the header row, as tables over several pages do."""
        return line.split() == self.header.split()

    def cells(self, text: str, start: int, end: int) -> tuple[Cell, ...]:
        """Return the cells with content of the row at ``text[start:end]``."""
        return tuple(
            Cell(role, span) for role, span in zip(self._all_roles(), _cells(text, start, end), strict=False) if span
        )

    def number_in(self, text: str, start: int, end: int) -> Span | None:
        """Return where the number of the row is printed, if the table has a column for it."""
        cells = self.cells(text, start, end)
        return cells[0].span if cells and cells[0].role == "number" else None

    def _all_roles(self) -> tuple[str, ...]:
        return self.roles + ("other",) * 50


def _cells(text: str, start: int, end: int) -> list[Span | None]:
    spans: list[Span | None] = []
    at = start
    for cell in text[start:end].split("\t"):
        words = cell.strip()
        left = at + len(cell) - len(cell.lstrip())
        spans.append(Span(left, left + len(words)) if words else None)
        at += len(cell) + 1
    return spans


def header_of(text: str, start: int, end: int) -> Table | None:
    """Return the table whose header row is ``text[start:end]``, or ``None`` when that row is no header."""
    line = text[start:end]
    roles = []
    for cell in line.split("\t"):
        words = "".join(cell.split())
        role = (
            next((r["role"] for r in rows("table_columns") if r["word"] in words), "other") if len(words) <= 12 else ""
        )
        if not role:
            return None
        roles.append(role)
    known = sum(r != "other" for r in roles)
    return Table(line, tuple(roles)) if known >= 2 else None
