"""A worked case of a register: a few rows, with each move, roll-up and warning as a person would do it by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from tongchou.kernel.declared import CodeText, Model, Name, Number, Words, read_model
from tongchou.kernel.problems import Problem
from tongchou.registers import codes
from tongchou.registers.alerts import alerts, derived
from tongchou.registers.cycle import next_run
from tongchou.registers.declaration import RegisterId, Role
from tongchou.registers.moving import problems_of
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.rollups import WHOLE, compute
from tongchou.registers.row import Row, accept, accept_year
from tongchou.registers.stages import promise

ALL = "all"


class GivenRow(Model):
    """A row as typed: its fields, state, place, geometry and yearly values."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)

    values: dict[Name, Any]
    state: Name | None = None
    place: CodeText | None = None
    geometry: Any = None
    since: date | None = None
    years: dict[int, dict[Name, Any]] = {}


class Try(Model):
    """A move tried: who makes it with what, and the state it leads to or the problems it meets."""

    row: CodeText
    move: Name
    by: Role
    text: str = ""
    files: int = 0
    reason: str = ""
    to: Name | None = None
    refused: list[str] = []


class Case(Model):
    """Rows given, and what comes of them on a day. Roll-ups by name, year and place (``all`` for all rows)."""

    title: Words
    register_: RegisterId = Field(alias="register")
    on: date
    rows: dict[CodeText, GivenRow]
    refused: dict[CodeText, list[str]] = {}
    moves: list[Try] = []
    derived: dict[Name, dict[CodeText, Number | None]] = {}
    rollups: dict[Name, dict[CodeText, dict[CodeText, Number | None]]] = {}
    warnings: dict[Name, list[CodeText]] = {}
    promises: dict[CodeText, str] = {}
    next_run: dict[CodeText, date | None] = {}
    by_hand: Words | None = None


def load(path: Path, file: str | None = None) -> Case:
    """Return the case a file holds; raise :class:`ProblemsError` with everything wrong with its form."""
    return read_model(Case, path, file or path.name)[0]


def rows_of(case: Case, register: Register, references: References) -> tuple[dict[str, Row], dict[str, list[str]]]:
    """Return the rows of a case that are taken, by name, and the codes of the problems of the others."""
    taken: dict[str, Row] = {}
    refused: dict[str, list[str]] = {}
    for name, given in case.rows.items():
        raw = {**given.values, "geometry": given.geometry} | ({"place": given.place} if given.place else {})
        accepted = accept(register, raw, references)
        problems = [p.code for p in accepted.problems]
        yearly = {}
        for year, values in given.years.items():
            of_year = accept_year(register, values, references)
            problems += [p.code for p in of_year.problems]
            yearly[year] = of_year.values
        if problems:
            refused[name] = sorted(problems)
            continue
        state = given.state or register.declared.first_state
        taken[name] = Row(accepted.key, state, accepted.values, yearly, accepted.place, accepted.geometry, given.since)
    return taken, refused


def differences(case: Case, register: Register, references: References, file: str) -> list[Problem]:
    """Return where what comes out is not what was done by hand."""
    rows, refused = rows_of(case, register, references)
    found: list[Problem] = []

    def same(what: str, expected: object, computed: object) -> None:
        if not _same(expected, computed):
            found.append(codes.CASE_DIFFERS.at(f"{file} {what}", what=what, expected=expected, found=computed))

    for name in {*refused, *case.refused}:
        same(f"refused {name}", sorted(case.refused.get(name, [])), refused.get(name, []))
    for number, attempt in enumerate(case.moves, start=1):
        _try(attempt, number, register, rows, same)
    listed, by_key = list(rows.values()), {row.key: name for name, row in rows.items()}
    computed = derived(register, listed, case.on)
    for name, by_row in case.derived.items():
        for row, expected in by_row.items():
            same(f"{name} {row}", expected, dict(zip(rows, computed.get(name, []), strict=False)).get(row))
    told = {(v.rollup, v.period, _place(v.place, v.by)): v.value for v in compute(register, listed, case.on)}
    for name, period, place, expected in _expected(case):
        same(f"{name} {period} {place}", expected, told.get((name, period, place), "—"))
    warned = alerts(register, listed, case.on)
    for name, expected_rows in case.warnings.items():
        same(f"warning {name}", sorted(expected_rows), sorted(by_key[a.key] for a in warned if a.name == name))
    for row, verdict in case.promises.items():
        kept = promise(register, rows[row].values, case.on, rows[row].state) if row in rows else None
        same(f"promise {row}", verdict, kept.verdict.value if kept else "—")
    for row, due in case.next_run.items():
        same(f"next {row}", due, next_run(register, rows[row].values) if row in rows else "—")
    return found


def covered(case: Case) -> set[str]:
    """Return the moves, roll-ups, warnings and derived fields a case tries, as ``moves.open``."""
    found = {f"moves.{attempt.move}" for attempt in case.moves if attempt.to is not None}
    found |= {f"rollups.{name}" for name in case.rollups}
    found |= {f"warnings.{name}" for name, rows in case.warnings.items() if rows}
    return found | {f"fields.{name}" for name in case.derived}


def _try(
    attempt: Try, number: int, register: Register, rows: dict[str, Row], same: Callable[[str, object, object], None]
) -> None:
    what = f"move {number} {attempt.row} {attempt.move}"
    row = rows.get(attempt.row)
    if row is None:
        same(what, "a row", "—")
        return
    problems = problems_of(
        register, row, attempt.move, roles={attempt.by}, text=attempt.text, files=attempt.files, reason=attempt.reason
    )
    same(what, sorted(attempt.refused), sorted(p.code for p in problems))
    move = register.declared.moves.get(attempt.move)
    if not problems and move is not None:
        same(what, attempt.to, move.to)


def _expected(case: Case) -> Iterator[tuple[str, str, str, float | None]]:
    for name, by_period in case.rollups.items():
        for period, by_place in by_period.items():
            for place, expected in by_place.items():
                yield name, period, place, expected


def _place(place: str, by: str) -> str:
    shown = ALL if place == WHOLE else place
    return f"{shown} {by}" if by else shown


def _same(expected: object, computed: object) -> bool:
    if isinstance(expected, (int, float)) and isinstance(computed, (int, float)):
        return math.isclose(expected, computed, rel_tol=1e-9, abs_tol=1e-9)
    return expected == computed
