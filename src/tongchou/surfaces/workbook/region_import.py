"""Taking a filled template back: rows are merged by key, the whole is checked, and only then is anything written."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region import check, codes, read_tables
from tongchou.region.load import TableFile
from tongchou.region.new import write_table
from tongchou.region.tables import Table
from tongchou.surfaces.workbook.reading import opened
from tongchou.surfaces.workbook.region_templates import FIRST_ROW, MARK, sheet_name

_MAX_ROWS = 200_000
_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 date system as every spreadsheet program counts it
_OURS = ("填写说明", "选项")
_WHERE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+)(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows added and changed by table, and the warnings that remain."""

    rows: dict[str, tuple[int, int]]
    warnings: tuple[Problem, ...]


@dataclass
class _Merge:
    """One table on its way: its rows in order, and which sheet row each new one came from."""

    file: TableFile
    rows: list[dict[str, str]] = field(default_factory=list)
    origin: dict[int, str] = field(default_factory=dict)  # index into rows: "数据!12"
    added: int = 0
    changed: int = 0

    def typed(self) -> dict[int, str]:
        """Return, for each line of the file to be written that came from the workbook, the sheet and row."""
        lines: dict[int, str] = {}
        line = 2  # the header is line 1; a cell may hold line ends of its own
        for number, cells in enumerate(self.rows):
            if number in self.origin:
                lines[line] = self.origin[number]
            line += 1 + sum(cell.count("\n") for cell in cells.values())
        return lines


def import_workbook(directory: str | Path, workbook: str | Path, *, dry_run: bool = False) -> Imported:
    """Merge the sheets of a filled template into the package in ``directory``.

    A row whose key is new is added, one whose key stands already replaces it. Raises :class:`ProblemsError` with
    every fault, at its sheet and row, when the package was faulty before or would be after; nothing is written then.
    """
    folder = Path(directory)
    before = [p for p in check(folder) if p.severity == "error"]
    if before:
        raise ProblemsError(before)
    tables = {
        sheet_name(f.table): (name, f) for name, f in read_tables(folder).items() if not name.startswith("figures_")
    }
    warnings: list[Problem] = []
    faults: list[Problem] = []
    merges: dict[str, _Merge] = {}
    for title, rows in _sheets(Path(workbook)):
        if title in _OURS:
            continue
        if title not in tables:
            warnings.append(codes.UNKNOWN_SHEET.at(title, sheet=title))
            continue
        name, held = tables[title]
        merge = _merge(held, title, rows, faults)
        if merge.added or merge.changed:
            merges[name] = merge
    if faults:
        raise ProblemsError(faults)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "package"
        shutil.copytree(folder, copy)
        for merge in merges.values():
            write_table(copy / merge.file.path, merge.file.table, merge.rows)
        typed = {merge.file.path: merge.typed() for merge in merges.values()}
        after = [_located(problem, typed) for problem in check(copy)]
    errors = [p for p in after if p.severity == "error"]
    if errors:
        raise ProblemsError(errors)
    if not dry_run:
        for merge in merges.values():
            _replace(folder / merge.file.path, merge)
    counts = {name: (merge.added, merge.changed) for name, merge in merges.items()}
    return Imported(counts, tuple(warnings + after))


def _replace(path: Path, merge: _Merge) -> None:
    fresh = path.with_name(f".{path.name}.new")
    write_table(fresh, merge.file.table, merge.rows)
    fresh.replace(path)


def _merge(held: TableFile, title: str, rows: Iterator[tuple[Any, ...]], faults: list[Problem]) -> _Merge:
    table = held.table
    merge = _Merge(held, [dict(row.cells) for row in held.rows.good])
    index = {_key(table, cells): number for number, cells in enumerate(merge.rows)}
    names: list[str] | None = None
    for number, values in enumerate(rows, start=1):
        if number > _MAX_ROWS:
            faults.append(codes.BAD_WORKBOOK.at(title, reason=f"> {_MAX_ROWS} rows"))
            break
        if names is None:
            texts = ["" if v is None else str(v).strip() for v in values]
            if set(table.key or [c.name for c in table.columns if c.required]) <= set(texts):
                names = texts
            elif number > FIRST_ROW:
                break
            continue
        cells = _cells(table, names, values)
        if cells is None:
            continue
        place = index.setdefault(_key(table, cells), len(merge.rows))
        if place == len(merge.rows):
            merge.rows.append(cells)
            merge.added += 1
        elif merge.rows[place] != cells:
            merge.rows[place] = cells
            merge.changed += 1
        merge.origin[place] = f"{title}!{number}"
    if names is None:
        faults.append(codes.NO_COLUMN_NAMES.at(title, sheet=title))
    return merge


def _key(table: Table, cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in table.key or tuple(c.name for c in table.columns))


def _cells(table: Table, names: list[str], values: tuple[Any, ...]) -> dict[str, str] | None:
    """Return a row as the package writes it, or ``None`` for an example or an empty row."""
    by_name = dict(zip(names, values, strict=False))
    if str(by_name.get("mark") or "").strip() == MARK:
        return None
    cells = {c.name: _text(by_name.get(c.name), c.type == "date") for c in table.columns}
    return cells if any(cells.values()) else None


def _text(value: Any, is_date: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        if is_date and 1 <= value < 100_000:
            return (_EPOCH + timedelta(days=int(value))).isoformat()
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    return str(value).strip()


def _located(problem: Problem, typed: dict[str, dict[int, str]]) -> Problem:
    """Return the problem at the sheet and row it was typed into, where it came from the workbook."""
    match = _WHERE.match(problem.where)
    row = typed.get(match["path"], {}).get(int(match["line"])) if match else None
    if match is None or row is None:
        return problem
    return Problem(problem.code, row + match["rest"], problem.message, problem.hint, problem.severity)


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    """Yield every sheet's title and rows; raise :class:`ProblemsError` (G070) for what is no honest workbook."""
    with opened(path) as book:
        for sheet in book.worksheets:
            yield sheet.title, sheet.iter_rows(values_only=True)
