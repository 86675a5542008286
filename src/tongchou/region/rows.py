"""Reading one CSV table: decode, header, cells. Every fault becomes a problem with its line; nothing raises."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongchou.kernel.problems import Problem
from tongchou.region import codes
from tongchou.region.tables import LIST_SEPARATOR, NOT_APPLICABLE, Column, Table

MAX_BYTES = 64 * 1024 * 1024
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+$", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,， \u00a0]\d{3})+(\.\d+)?$")
_WITH_UNIT = re.compile(r"([+-]?\d[\d,，]*(?:\.\d+)?)\s*[^\d\s.,+_-][^\d_]*$")
_DASHES = frozenset("-–—―－/／…·") | {"——", "--", "－－", "……", "...", "n/a", "N/A", "NA", "NULL", "null", "无", "nan"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its first line in the file and its cells by column name, stripped."""

    line: int
    cells: dict[str, str]

    def list(self, column: str) -> tuple[str, ...]:
        """Return the elements of a list column."""
        return split_list(self.cells.get(column, ""))


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as read: ``good`` rows without faults, ``all`` rows, and whether the file could be read at all."""

    good: list[Row]
    all: list[Row]
    readable: bool

    def values(self, column: str) -> set[str]:
        """Return every cell of a column, of faulty rows too, so that one fault is not reported twice."""
        return {row.cells.get(column, "") for row in self.all}


NO_ROWS = Rows([], [], False)


def split_list(cell: str) -> tuple[str, ...]:
    """Split a list cell at ``|``; empty elements do not count."""
    return tuple(part for part in (p.strip() for p in cell.split(LIST_SEPARATOR)) if part) if cell else ()


def decode(data: bytes, where: str, problems: list[Problem]) -> str | None:
    """Return the text of a file: UTF-8, or GB18030 with a warning; ``None`` when it is neither."""
    if len(data) > MAX_BYTES:
        problems.append(codes.UNREADABLE.at(where, reason=f"> {MAX_BYTES // 1024 // 1024} MB"))
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.append(codes.UNREADABLE.at(where, reason="UTF-16"))
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(codes.BYTE_ORDER_MARK.at(where))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            problems.append(codes.UNREADABLE.at(where, reason=f"UTF-8: {fault.reason}, byte {fault.start}"))
            return None
        problems.append(codes.NOT_UTF8.at(where))
    if "\x00" in text:
        problems.append(codes.UNREADABLE.at(where, reason="NUL"))
        return None
    return text


def read_table(path: Path, where: str, table: Table, problems: list[Problem]) -> Rows:
    """Return the rows of a CSV file, its faults appended to ``problems`` with ``where:line column``."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.append(codes.MISSING_FILE.at(where, file=where))
        return NO_ROWS
    except OSError as error:
        problems.append(codes.UNREADABLE.at(where, reason=error.strerror or type(error).__name__))
        return NO_ROWS
    text = decode(data, where, problems)
    return NO_ROWS if text is None else parse_table(text, where, table, problems)


def parse_table(text: str, where: str, table: Table, problems: list[Problem]) -> Rows:
    """Return the rows of CSV text; see :func:`read_table`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    line = 1
    try:
        for record in reader:
            first, line = line, reader.line_num + 1
            if not any(record) or (len(record) == 1 and not record[0].strip()):
                continue
            if header is None:
                header = [name.strip() for name in record]
                if not _check_header(header, where, table, problems):
                    return NO_ROWS
                continue
            if len(record) != len(header):
                if any(cell.strip() for cell in record):
                    problems.append(codes.CELL_COUNT.at(f"{where}:{first}", found=len(record), expected=len(header)))
                continue
            cells = dict(zip(header, (cell.strip() for cell in record), strict=True))
            if any(cells.values()):
                rows.append(Row(first, cells))
    except csv.Error as error:
        problems.append(codes.UNREADABLE.at(f"{where}:{reader.line_num}", reason=str(error)))
        return NO_ROWS
    if header is None:
        _check_header([], where, table, problems)
        return NO_ROWS
    return Rows(_without_faults(rows, where, table, problems), rows, True)


def _check_header(header: list[str], where: str, table: Table, problems: list[Problem]) -> bool:
    before = len(problems)
    known = {c.name for c in table.columns}
    place = f"{where}:1"
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(codes.DUPLICATE_COLUMN.at(place, column=name))
        elif name not in known:
            problems.append(codes.EXTRA_COLUMN.at(place, column=name))
    present = set(header)
    missing = [c.name for c in table.columns if c.name not in present]
    problems.extend(codes.MISSING_COLUMN.at(place, column=name) for name in missing)
    # An extra column leaves the others readable; a missing or doubled one does not.
    return not any(p.code in ("G010", "G012") for p in problems[before:])


def _without_faults(rows: list[Row], where: str, table: Table, problems: list[Problem]) -> list[Row]:
    """Return the rows whose cells are all well formed and whose key is new."""
    checked = [
        c
        for c in table.columns
        if c.required or c.allowed or c.pattern or c.type not in ("string", "list") or c.low is not None
    ]
    patterns = {c.name: re.compile(c.pattern) for c in checked if c.pattern}
    seen: dict[tuple[str, ...], int] = {}
    good: list[Row] = []
    for row in rows:
        faults: list[Problem] = []
        for column in checked:
            cell = row.cells[column.name]
            if not cell:
                if column.required:
                    faults.append(codes.EMPTY_CELL.at(f"{where}:{row.line} {column.name}", column=column.title))
                continue
            fault = _cell_fault(cell, column, f"{where}:{row.line} {column.name}", patterns.get(column.name))
            if fault is not None:
                faults.append(fault)
        if table.key and not faults:
            key = tuple(row.cells[name] for name in table.key if name in row.cells)
            if (line := seen.setdefault(key, row.line)) != row.line:
                faults.append(
                    codes.DUPLICATE_KEY.at(f"{where}:{row.line}", line=line, key=" × ".join(filter(None, key)))
                )
        problems.extend(faults)
        if not faults:
            good.append(row)
    return good


def _cell_fault(cell: str, column: Column, where: str, pattern: re.Pattern[str] | None) -> Problem | None:
    if column.allowed and cell not in column.allowed:
        if column.name == "status":
            return codes.UNKNOWN_STATUS.at(where, value=cell)
        return codes.NOT_ALLOWED.at(where, column=column.title, value=cell, allowed="、".join(column.allowed))
    if pattern is not None and not pattern.fullmatch(cell):
        return codes.BAD_FORM.at(where, column=column.title, value=cell, form=column.form)
    if column.type == "date":
        return _date_fault(cell, column, where)
    if column.type in ("number", "integer"):
        return number_fault(cell, column, where)
    if column.type == "boolean" and cell not in ("true", "false"):
        return codes.NOT_ALLOWED.at(where, column=column.title, value=cell, allowed="true、false")
    return None


def _date_fault(cell: str, column: Column, where: str) -> Problem | None:
    try:
        if len(cell) != 10 or not cell.isascii():
            raise ValueError
        date.fromisoformat(cell)
    except ValueError:
        return codes.BAD_DATE.at(where, column=column.title, value=cell)
    return None


def number_fault(cell: str, column: Column, where: str) -> Problem | None:
    """Return what is wrong with a number cell, naming the better way to write it, or ``None``."""
    name = column.title
    shape = _INTEGER if column.type == "integer" else _NUMBER
    if shape.match(cell):
        value = float(cell)
        low = float("-inf") if column.low is None else column.low
        high = float("inf") if column.high is None else column.high
        if not low <= value <= high or value in (float("inf"), float("-inf")):
            return codes.OUT_OF_RANGE.at(where, column=name, value=cell, low=low, high=high)
        return None
    if column.required and cell == NOT_APPLICABLE:
        return None
    plain = unicodedata.normalize("NFKC", cell).strip()
    if cell in _DASHES or plain in _DASHES:
        return codes.DASH_FOR_VALUE.at(where, column=name, value=cell)
    if _THOUSANDS.match(cell) or _THOUSANDS.match(plain):
        return codes.THOUSANDS.at(where, column=name, value=cell, better=re.sub(r"[,， \u00a0]", "", plain))
    if match := _WITH_UNIT.match(plain):
        return codes.UNIT_IN_CELL.at(where, column=name, value=cell, better=re.sub(r"[,，]", "", match[1]))
    return codes.NOT_A_NUMBER.at(where, column=name, value=cell)
