"""Rows of figures written by hand for one rule: long (one number a row, with status and source) or wide (a form)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes
from tongchou.rules.keys import JOIN
from tongchou.rules.rule import Rule

_LONG = ("period", "name", "value", "status", "source")


@dataclass(frozen=True, slots=True)
class Given:
    """One number that somebody wrote down, ``None`` where the cell says there is none."""

    value: float | None
    status: Status
    source: str


#: (parts of the place code, empty where the input does not go by that key; period; input) → number
Cells = dict[tuple[tuple[str, ...], str, str], Given]


@dataclass(slots=True)
class Book:
    """What a file gives: its cells, and every combination of keys and period that a row of it stands for."""

    cells: Cells = field(default_factory=dict)
    rows: dict[tuple[tuple[str, ...], str], None] = field(default_factory=dict)


def read_long(path: Path, rule: Rule, file: str) -> Book:
    """Read ``<keys…>,period,name,value,status,source``; raise :class:`ProblemsError` with everything wrong with it.

    An input that does not go by one of the keys leaves that cell empty, and stands for every row alike in the others.
    """
    header, records = _records(path, file)
    wanted = (*rule.rows, *_LONG)
    if tuple(header) != wanted:
        raise ProblemsError([codes.HEADER.at(f"{file}:1", found=",".join(header), expected=",".join(wanted))])
    book, problems = Book(), list[Problem]()
    for line, record in records:
        at = f"{file}:{line}"
        row = dict(zip(wanted, record, strict=True))
        name, parts = row["name"], tuple(row[key] for key in rule.rows)
        if name not in rule.declared.inputs:
            known = "、".join(rule.declared.inputs)
            problems.append(codes.UNKNOWN_INPUT.at(at, name=name, known=known))
            continue
        goes_by = rule.keys(name)
        if any((part != "") != (key in goes_by) for key, part in zip(rule.rows, parts, strict=True)):
            problems.append(codes.KEYS_OF_INPUT.at(at, name=name, keys="、".join(goes_by)))
            continue
        given = _given(row["value"], row["status"], row["source"], at, problems)
        _add(book, parts, row["period"], name, given, at, problems)
    if problems:
        raise ProblemsError(problems)
    return book


def wide(rule: Rule, header: list[str], records: Iterable[tuple[int, list[str]]], file: str) -> Book:
    """Read a form: one column for each key, ``period`` and each input, named by identifier or label.

    Its numbers are assumed, for the file does not say whose they are; an empty cell is a missing number.
    """
    columns, problems = _columns(rule, header, file)
    book = Book()
    for line, record in records:
        if not any(record):
            continue
        at = f"{file}:{line}"
        row = {columns[i]: cell for i, cell in enumerate(record) if i in columns}
        parts = tuple(row[key] for key in rule.rows)
        period = row.get("period", "")
        book.rows[parts, period] = None
        for name in rule.declared.inputs:
            if name not in row:
                continue
            given = _given(row[name], Status.ASSUMED.word, file, at, problems)
            goes_by = rule.keys(name)
            own = tuple(part if key in goes_by else "" for key, part in zip(rule.rows, parts, strict=True))
            held = book.cells.get((own, period, name))
            if held is None or held != given:
                _add(book, own, period, name, given, at, problems)
    if problems:
        raise ProblemsError(problems)
    return book


def read_wide(path: Path, rule: Rule, file: str) -> Book:
    """Read a form from a CSV file; see :func:`wide`."""
    header, records = _records(path, file)
    return wide(rule, header, records, file)


def _columns(rule: Rule, header: list[str], file: str) -> tuple[dict[int, str], list[Problem]]:
    from tongchou.rules.keys import label

    names = {name: name for name in (*rule.declared.per, *rule.declared.inputs, "period")}
    names |= {rule.declared.per[-1]: "period", "时期": "period"}
    for key in rule.declared.per:
        target = "period" if key == rule.declared.per[-1] else key
        names |= {label(key).zh: target, label(key).en: target}
    for name, declared in rule.declared.inputs.items():
        names |= {declared.label.zh: name, declared.label.en: name}
    problems: list[Problem] = []
    columns: dict[int, str] = {}
    for i, cell in enumerate(header):
        bare = cell.split("（")[0].split("(")[0].strip()
        meant = names.get(cell.strip()) or names.get(bare)
        if meant is None:
            if cell.strip():
                problems.append(codes.UNKNOWN_INPUT.at(f"{file}:1", name=cell, known="、".join(dict.fromkeys(names))))
        elif meant in columns.values():
            problems.append(codes.REPEATED_NAME.at(f"{file}:1", name=meant))
        else:
            columns[i] = meant
    absent = [key for key in (*rule.rows, "period") if key not in columns.values()]
    problems += [codes.HEADER.at(f"{file}:1", found=",".join(header), expected=key) for key in absent]
    if problems:
        raise ProblemsError(problems)
    return columns, problems


def _given(value: str, status: str, source: str, at: str, problems: list[Problem]) -> Given:
    number: float | None = None
    if value.strip():
        try:
            number = float(value.replace(",", "").replace("，", ""))
            if not isfinite(number):
                raise ValueError
        except ValueError:
            problems.append(codes.BAD_FIELD.at(at, field="value", reason=value))
    try:
        level = Status.parse(status)
    except ValueError as error:
        problems.append(codes.BAD_FIELD.at(at, field="status", reason=str(error)))
        level = Status.ILLUSTRATIVE
    return Given(number, level, source)


def _add(
    book: Book, parts: tuple[str, ...], period: str, name: str, given: Given, at: str, problems: list[Problem]
) -> None:
    try:
        Period.parse(period)
    except ValueError as error:
        problems.append(codes.BAD_FIELD.at(at, field="period", reason=str(error)))
    if (parts, period, name) in book.cells:
        place = JOIN.join(part for part in parts if part)
        problems.append(codes.REPEATED_ROW.at(at, place=f"{name} {place}", period=period))
    book.cells[parts, period, name] = given
    if all(parts):
        book.rows[parts, period] = None


def _records(path: Path, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = path.read_text(encoding="gb18030")  # what WPS and Excel write here as "CSV"
        except UnicodeDecodeError as error:
            raise ProblemsError([codes.BAD_FIELD.at(file, field=file, reason=str(error))]) from None
    except OSError as error:
        raise ProblemsError([codes.BAD_FIELD.at(file, field=file, reason=error.strerror or str(error))]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = [(reader.line_num, [cell.strip() for cell in record]) for record in reader if any(record)]
    header = rows[0][1] if rows else []
    wrong = [
        codes.BAD_FIELD.at(f"{file}:{line}", field=file, reason=f"{len(record)} ≠ {len(header)}")
        for line, record in rows[1:]
        if len(record) != len(header)
    ]
    if wrong:
        raise ProblemsError(wrong)
    return header, rows[1:]


def lookup(book: Book, rule: Rule, parts: Mapping[str, str], period: str, name: str) -> Given | None:
    """Return what a file gives for an input of the row with these key parts, or ``None``."""
    goes_by = rule.keys(name)
    own = tuple(parts[key] if key in goes_by else "" for key in rule.rows)
    return book.cells.get((own, period, name))
