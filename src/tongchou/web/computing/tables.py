"""The result of one period as tables: one for each set of keys, a matrix where that reads best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import same_dimension
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.rules.result import Result
from tongchou.web.computing.cells import Shown, shown, unit_of, value_of

_MOST_ROWS = 400
_LONG = 60  # rows
_MOST_ACROSS = 12
_MOST_MATRICES = 2
#: Keys whose rows overlap or measure different things, so that they are no parts of a whole.
_NOT_PARTS = frozenset(("coalition", "indicator", "item", "station"))
#: What can be added up over places: money, people, households, counted things, areas.
_ADDS_UP = ("元", "人", "户", "个", "公顷")


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table."""

    name: str
    label: Text
    unit: str
    note: Text | None
    is_result: bool
    is_input: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is called under each key, its cells, and its place where it is one."""

    names: tuple[Text, ...]
    cells: tuple[Shown | None, ...]
    place: str

    @property
    def status(self) -> Status | None:
        """The status most of its numbers have, the weaker of two; the others are marked one by one."""
        held = Counter(cell.status for cell in self.cells if cell is not None and cell.status is not None)
        return min(held, key=lambda s: (-held[s], s), default=None)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``keys`` name the columns of row names; rows stand in groups, each with its name where grouped.

    A matrix has the codes of its second key across: ``title`` is then the number it shows, ``heads`` the codes.
    """

    keys: tuple[Text, ...]
    heads: tuple[Head, ...]
    groups: tuple[tuple[Text | None, tuple[Row, ...]], ...]
    totals: tuple[str, ...]
    title: Head | None
    more: int

    @property
    def is_split(self) -> bool:
        """Whether it is so long that its groups are better opened one by one."""
        return self.is_grouped and sum(len(rows) for _, rows in self.groups) > _LONG

    @property
    def is_grouped(self) -> bool:
        """Whether rows stand in groups."""
        return any(name is not None for name, _ in self.groups)

    @property
    def parts(self) -> list[GridPart]:
        """The tables it is shown as: itself, or one for each group without totals."""
        if not self.is_split:
            return [GridPart(None, self)]
        return [GridPart(name, replace(self, groups=((None, rows),), totals=())) for name, rows in self.groups]

    @property
    def has_totals(self) -> bool:
        """Whether any column can be added up."""
        return any(self.totals)

    @property
    def width(self) -> int:
        """How many columns the table has, that of the status among them."""
        return len(self.keys) + len(self.heads) + 1


@dataclass(frozen=True, slots=True)
class GridPart:
    """One of the tables a long table is shown as."""

    name: Text | None
    grid: Grid

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(len(rows) for _, rows in self.grid.groups)


def rows_of(result: Result, period: str) -> list[int]:
    """Return the rows of a period in the region's order, as the table was given."""
    return [i for i, code in enumerate(result.table.periods) if code == period]


def distinct(result: Result, rows: Sequence[int], keys: tuple[str, ...]) -> list[int]:
    """Return the first row of each combination of ``keys``."""
    seen: dict[tuple[str, ...], int] = {}
    for i in rows:
        seen.setdefault(tuple(result.keys[key][i] for key in keys), i)
    return list(seen.values())


def answer_names(result: Result) -> list[str]:
    """Return the columns that are the answer, the result first."""
    declared = result.rule.declared
    return list(dict.fromkeys((declared.result, *declared.also)))


def grids(result: Result, names: Mapping[str, Text], period: str, *, all_steps: bool) -> list[Grid]:
    """Return the tables of a period: the answer, or with ``all_steps`` every input and column."""
    declared = result.rule.declared
    wanted = [*declared.inputs, *declared.columns] if all_steps else answer_names(result)
    by_keys: dict[tuple[str, ...], list[str]] = {}
    for name in wanted:
        by_keys.setdefault(result.rule.keys(name), []).append(name)
    rows = rows_of(result, period)
    found: list[Grid] = []
    for keys, columns in by_keys.items():
        first = distinct(result, rows, keys)
        across = {result.keys[keys[1]][i] for i in first} if len(keys) == 2 else set()
        if 1 < len(across) <= _MOST_ACROSS and len(columns) <= _MOST_MATRICES:
            found += [_matrix(result, names, keys, first, name) for name in columns]
        else:
            found.append(_list(result, names, keys, first, columns))
    return found


def _head(result: Result, name: str) -> Head:
    declared = result.rule.declared
    item = declared.quantities()[name]
    note = item.note.text() if item.note is not None else None
    is_input = name in declared.inputs
    return Head(name, item.label.text(), unit_of(result, name), note, name == declared.result, is_input)


def _list(
    result: Result, names: Mapping[str, Text], keys: tuple[str, ...], rows: list[int], columns: list[str]
) -> Grid:
    heads = tuple(_head(result, name) for name in columns)
    grouped = len(keys) > 1
    groups: dict[str, tuple[Text | None, list[Row]]] = {}
    for i in rows[:_MOST_ROWS]:
        called = [words.key_name(result, i, key, names.get(result.table.places[i])) for key in keys]
        place = result.keys[keys[0]][i] if keys else ""
        held = groups.setdefault(place if grouped else "", (called[0] if grouped else None, []))
        own = tuple(called[1:] if grouped else called) or (_ALL,)
        held[1].append(Row(own, tuple(shown(result, names, name, i) for name in columns), "" if grouped else place))
    totals = tuple(_total(result, name, rows) for name in columns) if keys else ()
    labels = tuple(key_label(key) for key in (keys[1:] if grouped else keys)) or (_SCOPE,)
    made = tuple((title, tuple(held)) for title, held in groups.values())
    return Grid(labels, heads, made, totals, None, max(0, len(rows) - _MOST_ROWS))


def _matrix(result: Result, names: Mapping[str, Text], keys: tuple[str, ...], rows: list[int], name: str) -> Grid:
    down, across = keys
    heads: dict[str, Head] = {}
    lines: dict[str, tuple[Text, dict[str, Shown]]] = {}
    for i in rows:
        called = [words.key_name(result, i, key, names.get(result.table.places[i])) for key in keys]
        code = result.keys[across][i]
        heads.setdefault(code, Head(code, called[1], "", None, False, False))
        lines.setdefault(result.keys[down][i], (called[0], {}))[1][code] = shown(result, names, name, i)
    made = tuple(Row((called,), tuple(cells.get(code) for code in heads), "") for called, cells in lines.values())
    by_code: dict[str, list[int]] = {code: [] for code in heads}
    for i in rows:
        by_code[result.keys[across][i]].append(i)
    totals = tuple(_total(result, name, held) for held in by_code.values())
    return Grid((key_label(down),), tuple(heads.values()), ((None, made),), totals, _head(result, name), 0)


def _total(result: Result, name: str, rows: Sequence[int]) -> str:
    """Return the sum of a column, "" where it has none: rates, totals already taken, places without a number."""
    if len(rows) < 2 or not adds_up(result, name):
        return ""
    values = [value_of(result, name, i) for i in rows]
    unit = result.rule.units()[name]
    return "" if np.isnan(values).any() else figure(exact_sum(values), unit)


def exact_sum(values: Sequence[float]) -> float:
    """Return a sum in which no digit is lost, so that fen add up as they are printed."""
    from math import fsum

    return fsum(values)


def adds_up(result: Result, name: str) -> bool:
    """Whether adding a column up over places means anything."""
    declared = result.rule.declared
    item = declared.columns.get(name)
    unit = result.rule.units()[name]
    if unit_of(result, name) == "" or "/" in unit or not any(same_dimension(unit, one) for one in _ADDS_UP):
        return False
    if item is not None and item.closes is not None:
        return True
    if _NOT_PARTS & set(result.rule.keys(name)):
        return False
    if item is None:
        return True
    step = next((step for step in result.rule.steps if step.name == name), None)
    return step is not None and not step.windows


_ALL, _SCOPE = Text("全部", "All"), Text("范围", "Scope")
