"""Cells of a CSV file read one by one: for what the fast reader refuses, so that every bad row is named."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import file_codes

_ENCODINGS = ("utf-8-sig", "gb18030")  # what WPS and Excel write here as CSV is the second
_SEPARATORS = (",", ";", "\t")
_LONGEST = 1 << 16  # bytes of a first line
_MOST = 20


def separator(file: Path) -> str:
    """Return what parts the cells of the first line: of the known ones that which is there most often."""
    line = _first_line(file)
    return max(_SEPARATORS, key=line.count)


def header_of(file: Path) -> list[str]:
    """Return the cells of the first line of a CSV file."""
    return [name.strip() for name in next(csv.reader([_first_line(file)], delimiter=separator(file)), [])]


def cells_of(file: Path) -> dict[str, Any]:
    """Return the columns of a CSV file by name as text, empty cells masked; the file is UTF-8 or GB18030.

    Raises :class:`ProblemsError` with every row that has not as many cells as the first.
    """
    rows = csv.reader(io.StringIO(_decoded(file.read_bytes(), file), newline=""), delimiter=separator(file))
    problems: list[Problem] = []
    table: list[list[str]] = []
    try:
        names = [name.strip() for name in next(rows, [])]
        for row in rows:
            if not row:
                continue
            if len(row) != len(names):
                at = f"{file.name} row {len(table) + len(problems) + 1}"
                problems.append(file_codes.CELLS.at(at, found=len(row), expected=len(names)))
                continue
            table.append([cell.strip() for cell in row])
    except csv.Error as error:
        problems.append(file_codes.UNREADABLE.at(f"{file.name}:{rows.line_num}", reason=str(error)))
    if problems:
        raise ProblemsError(problems[:_MOST])
    columns = np.array(table, dtype=np.str_).reshape(len(table), len(names)).T
    return {name: np.ma.masked_array(cells, cells == "") for name, cells in zip(names, columns, strict=True)}


def numbers_of(column: Any) -> NDArray[np.float64]:
    """Return a column as numbers, NaN where a cell is empty or holds none."""
    values = np.ma.asarray(column)
    try:
        return np.asarray(np.ma.filled(values.astype(np.float64), np.nan))
    except (ValueError, TypeError):
        return np.array([_number(cell) for cell in np.ma.filled(values.astype(object), None)], dtype=np.float64)


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (ValueError, TypeError):
        return float("nan")


def _first_line(file: Path) -> str:
    with file.open("rb") as opened:
        return _decoded(opened.readline(_LONGEST), file)


def _decoded(data: bytes, file: Path) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ProblemsError([file_codes.UNREADABLE.at(file.name, reason="UTF-8, GB18030?")])
