"""A filled-in register read back: .xlsx, .xls or .csv, every fault at its cell; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.registers import codes
from tongchou.registers.dates import read_year
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.row import Accepted, accept, accept_year, key_of
from tongchou.surfaces.workbook.received import ReceivedSheet, received_sheets
from tongchou.surfaces.workbook.register_template import (
    GUIDE,
    LISTS,
    STATE,
    VERSION,
    SheetColumn,
    columns_of,
    names_by_head,
    year_columns,
)
from tongchou.surfaces.workbook.returned import LIST_SHEET, Fault

MOST_ROWS = 200_000
_SEARCHED = 12  # rows in which the names of columns are looked for
_TOTALS = ("合计", "总计", "小计", "全市合计")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the sheet, accepted; where it stood; the version it was given out with; the columns there were."""

    accepted: Accepted
    sheet: str
    line: int
    version: int | None
    columns: frozenset[str]


@dataclass
class ReadRegister:
    """What a file holds: rows, yearly values by key and year (``None``: no such sheet), faults, columns not read."""

    rows: list[ReadRow] = field(default_factory=list)
    years: dict[str, dict[int, dict[str, Any]]] | None = None
    faults: list[Fault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """The problems with sheet and cell as their place."""
        return [
            Problem(f.problem.code, f"{f.sheet}!{_address(f)}", f.problem.message, f.problem.hint, f.problem.severity)
            for f in self.faults
        ]


def read_register(
    register: Register, name: str, data: bytes, references: References, known: Sequence[str] = ()
) -> ReadRegister:
    """Read a file; ``known`` are keys there already, to which yearly values may belong.

    Raises :class:`ProblemsError` (O008) for what is no table at all.
    """
    found = ReadRegister()
    main, yearly = columns_of(register), year_columns(register)
    sheets = [s for s in received_sheets(name, data) if s.title not in (GUIDE, LISTS, LIST_SHEET)]
    for sheet in sheets:
        years = _head(sheet, yearly, register) if register.declared.yearly else None
        if years is not None and "year" in years[1].values():
            continue
        head = _head(sheet, main, register)
        if head is not None:
            _rows(register, sheet, head, references, found)
    if not found.rows and not found.faults and not any(_head(s, yearly, register) for s in sheets):
        title = sheets[0].title if sheets else name
        found.faults.append(Fault(codes.NO_COLUMNS.at("head"), title, 1, 1))
    keys = {*known, *(row.accepted.key for row in found.rows)}
    for sheet in sheets:
        head = _head(sheet, yearly, register) if register.declared.yearly else None
        if head is not None and "year" in head[1].values():
            _years(register, sheet, head, references, keys, found)
    return found


Head = tuple[int, dict[int, str], list[str]]  # first row of values, names by column, columns not read


def _head(sheet: ReceivedSheet, columns: Sequence[SheetColumn], register: Register) -> Head | None:
    """Return where values begin and which column is which; the heading and the names below it both serve."""
    known = names_by_head(columns)
    needed = set(register.declared.key)
    found: Head | None = None
    for number, cells in enumerate(sheet.rows[:_SEARCHED]):
        texts = {i: str(v).strip() for i, v in enumerate(cells) if v is not None}
        named = {i: known[t] for i, t in texts.items() if t in known}
        if needed <= set(named.values()):
            found = (number + 1, named, [t for i, t in texts.items() if i not in named])
        elif found is not None:
            break
    return found


def _rows(register: Register, sheet: ReceivedSheet, head: Head, references: References, found: ReadRegister) -> None:
    start, names, unread = head
    found.unread += unread
    columns = {name: number for number, name in names.items()}
    seen: dict[str, int] = {}
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        given = {names[i]: value for i, value in enumerate(cells) if i in names and value not in (None, "")}
        version = _version(given.pop(VERSION, None))
        given.pop(STATE, None)
        if not given or _is_total(given):
            continue
        if len(found.rows) >= MOST_ROWS:
            found.faults.append(Fault(codes.TOO_MANY_ROWS.at("row", most=MOST_ROWS), sheet.title, number))
            return
        accepted = accept(register, given, references)
        _faults(accepted.problems, sheet.title, number, columns, found)
        if accepted.key and accepted.key in seen:
            problem = codes.REPEATED.at("key", line=seen[accepted.key], key=accepted.key)
            _faults([problem], sheet.title, number, columns, found)
        seen.setdefault(accepted.key, number)
        found.rows.append(ReadRow(accepted, sheet.title, number, version, frozenset(columns)))


def _years(
    register: Register,
    sheet: ReceivedSheet,
    head: Head,
    references: References,
    keys: set[str],
    found: ReadRegister,
) -> None:
    start, names, unread = head
    found.unread += unread
    found.years = found.years or {}
    columns = {name: number for number, name in names.items()}
    declared = register.declared
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        given = {names[i]: value for i, value in enumerate(cells) if i in names and value not in (None, "")}
        if not given or _is_total(given):
            continue
        of_key = {name: given.get(name) for name in declared.key}
        whole = accept(register, of_key, references)
        key = key_of(register, whole.values, whole.place)
        problems = [p for p in whole.problems if p.where in declared.key]
        try:
            year = read_year(given.get("year"))
        except ValueError:
            year = 0
            shown = str(given.get("year") or "")
            problems.append(
                codes.NOT_A_DATE.at(
                    "year", label=Text("年份", "Year"), value=shown, form=Text("年份", "a year"), example="2020"
                )
            )
        if key and key not in keys:
            problems.append(codes.NO_SUCH_ROW.at(declared.key[0], key=key))
        accepted = accept_year(register, {n: v for n, v in given.items() if n in declared.yearly}, references)
        _faults([*problems, *accepted.problems], sheet.title, number, columns, found)
        by_year = found.years.setdefault(key, {})
        if year in by_year:
            _faults([codes.REPEATED.at("year", line=number, key=f"{key} {year}")], sheet.title, number, columns, found)
        by_year[year] = accepted.values


def _faults(
    problems: Sequence[Problem], title: str, line: int, columns: Mapping[str, int], found: ReadRegister
) -> None:
    for problem in problems:
        column = columns.get(problem.where)
        found.faults.append(Fault(problem, title, line, 0 if column is None else column + 1))


def _is_total(given: Mapping[str, Any]) -> bool:
    return any(str(value).strip().replace(" ", "") in _TOTALS for value in given.values())


def _version(value: Any) -> int | None:
    try:
        return int(float(str(value))) if value is not None else None
    except ValueError:
        return None


def _address(fault: Fault) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(max(fault.column, 1))}{fault.row}"
