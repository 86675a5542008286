"""Putting a row into the database: the row itself, its yearly values, what it can be found by, and its revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tongchou.registers.register import Register
from tongchou.web.people.models import User
from tongchou.web.registers.models import Kind, Row, RowFacet, RowRevision, RowYear

_FACETS = ("choice", "place", "party", "flag")
_WORDS = ("text", "long_text")
_LONGEST = 4000
_AT_ONCE = 2000


def name_of(register: Register, values: Mapping[str, Any], key: str) -> str:
    """Return what a row is called."""
    named = register.declared.named
    value = values.get(named)
    choices = register.declared.fields[named].choices or {}
    return str(choices[value].zh if value in choices else value or key)[:300]


def words_of(register: Register, values: Mapping[str, Any], key: str) -> str:
    """Return what search looks through: key and texts in lower case, personal data never among them."""
    fields = register.declared.fields.items()
    texts = [str(values[n]) for n, f in fields if f.kind in _WORDS and not f.personal and values.get(n)]
    return " ".join([key, *texts]).lower()[:_LONGEST]


def facets_of(register: Register, values: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the choices, places and parties of a row as (field, value)."""
    found = set()
    for name, field in register.declared.fields.items():
        held = values.get(name)
        if field.kind in _FACETS and not field.personal and held is not None:
            for one in held if isinstance(held, list) else [held]:
                found.add((name, str(one).lower() if field.kind == "flag" else str(one)))
    return found


def fill(register: Register, row: Row, values: Mapping[str, Any]) -> None:
    """Set the values of a row and what follows from them."""
    row.values = dict(values)
    row.name = name_of(register, values, row.key)
    row.words = words_of(register, values, row.key)
    row.meaning = register.declared.states[row.state].meaning


def keep_parts(register: Register, rows: Iterable[tuple[Row, Mapping[int, Mapping[str, Any]] | None]]) -> None:
    """Write yearly values and facets of saved rows anew; ``None`` leaves the yearly values as they are."""
    given = list(rows)
    before = [row.pk for row, _ in given if row.version > 1]  # a row of version 1 has none yet
    for at in range(0, len(before), _AT_ONCE):
        RowFacet.objects.filter(row__in=before[at : at + _AT_ONCE]).delete()
    RowFacet.objects.bulk_create(
        [RowFacet(row=row, field=f, value=v) for row, _ in given for f, v in sorted(facets_of(register, row.values))],
        batch_size=2000,
    )
    with_years = [(row, years) for row, years in given if years is not None]
    before = [row.pk for row, _ in with_years if row.version > 1]
    for at in range(0, len(before), _AT_ONCE):
        RowYear.objects.filter(row__in=before[at : at + _AT_ONCE]).delete()
    RowYear.objects.bulk_create(
        [
            RowYear(row=row, year=year, values=dict(values))
            for row, years in with_years
            for year, values in sorted(years.items())
            if values
        ],
        batch_size=2000,
    )


def revision(
    row: Row,
    yearly: Mapping[int, Mapping[str, Any]],
    kind: Kind,
    *,
    by: User | None,
    now: datetime,
    move: str = "",
    reason: str = "",
    evidence: str = "",
) -> RowRevision:
    """Return the unsaved revision of a row as it stands."""
    return RowRevision(
        row=row,
        version=row.version,
        kind=kind,
        at=now,
        by=by,
        state=row.state,
        place=row.place,
        geometry=row.geometry,
        values=row.values,
        yearly={str(year): dict(values) for year, values in sorted(yearly.items()) if values},
        move=move,
        reason=reason,
        evidence=evidence,
    )


def years_of(row: Row) -> dict[int, dict[str, Any]]:
    """Return the yearly values of a row by year."""
    return {one.year: dict(one.values) for one in row.years.all()}
