"""Tables on a terminal that never break a number: columns that do not fit go into a further table below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.console import RenderableType

#: A heading (lines of it parted by line ends) and the cells below it.
Column = tuple[str, list[str]]
_HEAD = 12  # a heading wraps at this many cells; numbers never do
_EDGE = 3  # what the frame takes for each column


def fitting_tables(first: list[Column], others: list[Column], width: int) -> list[RenderableType]:
    """Return tables of all columns, none wider than the screen where that can be; ``first`` stand in each of them."""
    return [_table(first, few) for few in _fitting(first, others, width)]


def _width(column: Column) -> int:
    head = max(min(cell_len(line), _HEAD) for line in column[0].split("\n"))
    return _EDGE + max([head, *map(cell_len, column[1])])


def _fitting(first: list[Column], others: list[Column], width: int) -> list[list[Column]]:
    """Split the columns so that each part, beside the first ones, is no wider than the screen; one always goes in."""
    room = width - 1 - sum(map(_width, first))
    parts: list[list[Column]] = [[]]
    used = 0
    for column in others:
        if parts[-1] and used + _width(column) > room:
            parts.append([])
            used = 0
        parts[-1].append(column)
        used += _width(column)
    return parts


def _table(first: list[Column], others: list[Column]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text as Rich

    table = Table()
    for head, cells in first:
        table.add_column(head, no_wrap=True, min_width=max(map(cell_len, cells), default=0))
    for head, cells in others:
        table.add_column(head, justify="right", overflow="fold", min_width=max(map(cell_len, cells), default=0))
    for row in zip(*(cells for _, cells in (*first, *others)), strict=True):
        table.add_row(*(Rich(cell) for cell in row))
    return table
