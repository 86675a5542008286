"""Rows a region package holds already, such as its projects, brought into the form of a register."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongchou.kernel.problems import Problem
from tongchou.kernel.status import Status
from tongchou.region import Region
from tongchou.region.model import Project
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.row import Row, accept

_OWN = ("key", "state", "place", "source", "status", "note")


@dataclass(frozen=True, slots=True)
class Seeded:
    """A row with the source it is from and how far it can be trusted."""

    row: Row
    source: str
    status: Status
    note: str = ""


def seeds(register: Register, region: Region, references: References) -> tuple[list[Seeded], list[Problem]]:
    """Return the rows ``region`` holds for a register, and the problems of those it cannot take.

    They stand in the table its ``seed`` names, and in ``registers/<register id>.csv`` of the package: fields as
    columns, with ``state``, ``place``, ``source``, ``status`` and ``note``.
    """
    found: list[Seeded] = []
    problems: list[Problem] = []
    for number, (given, state, source, status, note) in enumerate(_given(register, region), start=1):
        accepted = accept(register, given, references)
        if accepted.problems:
            problems += [
                Problem(p.code, f"{register.id}:{number} {p.where}", p.message, p.hint, p.severity)
                for p in accepted.problems
            ]
            continue
        row = Row(accepted.key, state or register.declared.first_state, accepted.values, {}, accepted.place)
        found.append(Seeded(row, source, status, note))
    return found, problems


def _given(register: Register, region: Region) -> Iterator[tuple[dict[str, Any], str, str, Status, str]]:
    seed = register.declared.seed
    if seed is not None:
        for record in _table(region, seed.table):
            given: dict[str, Any] = {name: record.get(column) or None for name, column in seed.fields.items()}
            if seed.place:
                given["place"] = record.get(seed.place)
            state = seed.states.get(str(record.get(seed.state) or ""), "") if seed.state else ""
            source = str(record.get(seed.source) or "") if seed.source else ""
            yield given, state, source, Status.parse(seed.status), ""
    for record in _file(register, region):
        given = {name: value for name, value in record.items() if name not in _OWN and value}
        if record.get("place"):
            given["place"] = record["place"]
        status = Status.parse(record.get("status") or "reported")
        yield given, record.get("state", ""), record.get("source", ""), status, record.get("note", "")


def _file(register: Register, region: Region) -> list[dict[str, str]]:
    path = Path(region.folder) / "registers" / f"{register.id}.csv"
    if not region.folder or not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v for k, v in record.items() if k} for record in csv.DictReader(file)]


def _table(region: Region, name: str) -> Iterator[Mapping[str, Any]]:
    if name == "projects":
        yield from (_project(project) for project in region.projects)
    else:
        yield from region.extra.get(name, ())


def _project(project: Project) -> dict[str, Any]:
    """Return a project as one record; its stages and quantities are columns called ``stage.…`` and ``quantity.…``."""
    return {
        "id": project.id,
        "name": project.name.zh,
        "name_en": project.name.en,
        "kind": project.kind,
        "clause": project.clause,
        "places": list(project.places),
        "promised": project.promised,
        "strength": project.strength,
        "outcome": project.outcome,
        "source": project.source,
        "note": project.note,
        **{f"stage.{stage}": day for stage, day in project.stages},
        **{f"quantity.{what}": f"{value:g}{unit}" for what, value, unit in project.quantities},
    }
