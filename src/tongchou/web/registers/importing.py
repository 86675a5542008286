"""Importing many rows at once, from a table somebody sent or from the region package: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.region import Region
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.seeds import seeds
from tongchou.web.events.record import record
from tongchou.web.people.models import Organisation, User
from tongchou.web.registers import codes
from tongchou.web.registers.models import Kind, Row, RowRevision
from tongchou.web.registers.ownership import is_published, owners
from tongchou.web.registers.writing import fill, keep_parts, revision

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row to be written: what it is to hold. ``years`` of ``None`` leaves yearly values; ``version`` was seen.

    An empty cell of one of the ``columns`` clears the field (``None``: of every field); other fields stay.
    """

    key: str
    values: Mapping[str, Any]
    place: str
    geometry: Mapping[str, Any] | None
    organisation: Organisation
    years: Mapping[int, Mapping[str, Any]] | None = None
    version: int | None = None
    state: str = ""  # only from a region package
    status: Status = Status.OFFICIAL
    source: str = ""
    columns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import does: rows added, changed, and left as they are."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_rows(
    *,
    register: Register,
    rows: Sequence[Incoming],
    by: User | None,
    now: datetime,
    about: str,
    kind: Kind = Kind.IMPORTED,
) -> Counts:
    """Add rows with new keys and change those there already; what is the same stays untouched.

    Raises :class:`ProblemsError` (D067) when a row was changed after it had been given out.
    """
    held = {
        row.key: row
        for row in Row.objects.select_for_update(of=("self",))
        .filter(register=register.id)
        .prefetch_related("years")
        .select_related("organisation")
    }
    added: list[tuple[Row, Incoming]] = []
    changed: list[tuple[Row, Incoming]] = []
    stale = []
    for incoming in rows:
        known = held.get(incoming.key)
        if known is None:
            added.append((_new(register, incoming, now), incoming))
        elif _differs(register, known, incoming):
            if incoming.version is not None and incoming.version != known.version:
                stale.append(codes.STALE.at(incoming.key, held=known.version, given=incoming.version))
            _put(register, known, incoming, now)
            changed.append((known, incoming))
    if stale:
        raise ProblemsError(stale)
    Row.objects.bulk_create([row for row, _ in added], batch_size=_BATCH)
    fields = ["name", "values", "words", "place", "geometry", "meaning", "version", "changed_at", "withdrawn_at"]
    Row.objects.bulk_update([row for row, _ in changed], fields, batch_size=_BATCH)
    both = [*added, *changed]
    keep_parts(register, [(row, incoming.years) for row, incoming in both])
    RowRevision.objects.bulk_create(
        [revision(row, _years(row, incoming), kind, by=by, now=now) for row, incoming in both], batch_size=_BATCH
    )
    counts = Counts(len(added), len(changed), len(rows) - len(both))
    if both:
        data = {"register": register.id, "added": counts.added, "changed": counts.changed}
        record(f"registers.rows_{kind.value}", about=about, by=by, now=now, data=data)
    return counts


def preview(*, register: Register, rows: Sequence[Incoming]) -> Counts:
    """Return what :func:`import_rows` would do, and do nothing; raise as it does."""
    held = {row.key: row for row in Row.objects.filter(register=register.id).prefetch_related("years")}
    added = sum(incoming.key not in held for incoming in rows)
    differing = [i for i in rows if i.key in held and _differs(register, held[i.key], i)]
    stale = [
        codes.STALE.at(i.key, held=held[i.key].version, given=i.version)
        for i in differing
        if i.version is not None and i.version != held[i.key].version
    ]
    if stale:
        raise ProblemsError(stale)
    return Counts(added, len(differing), len(rows) - added - len(differing))


def receive_seeds(*, register: Register, region: Region, references: References, now: datetime) -> Counts:
    """Take the rows a region package holds for a register that are not there yet; what people changed stays.

    A package's row whose owner the region does not know is left out, as is one that is not as the register asks.
    """
    found, _ = seeds(register, region, references)
    held = set(Row.objects.filter(register=register.id).values_list("key", flat=True))
    incoming = []
    for seeded in found:
        if seeded.row.key in held:
            continue
        organisation = Organisation.objects.filter(owners(register, seeded.row.place)).first()
        if organisation is not None:
            incoming.append(
                Incoming(
                    seeded.row.key,
                    seeded.row.values,
                    seeded.row.place,
                    None,
                    organisation,
                    {},
                    state=seeded.row.state,
                    status=seeded.status,
                    source=seeded.source,
                )
            )
    if not incoming:
        return Counts(0, 0, len(found))
    return import_rows(register=register, rows=incoming, by=None, now=now, about=region.id, kind=Kind.SEEDED)


def receive_all(*, region: Region, known: Mapping[str, Register], references: References, now: datetime) -> None:
    """Take what a region package holds for every register."""
    for register in known.values():
        receive_seeds(register=register, region=region, references=references, now=now)


def _new(register: Register, incoming: Incoming, now: datetime) -> Row:
    state = incoming.state or register.declared.first_state
    row = Row(
        register=register.id,
        key=incoming.key,
        state=state,
        since=timezone.localdate(now),
        organisation=incoming.organisation,
        place=incoming.place,
        geometry=incoming.geometry,
        is_published=is_published(register, state),
        status=incoming.status.word,
        source=incoming.source,
        created_at=now,
        changed_at=now,
    )
    fill(register, row, incoming.values)
    return row


def _merged(register: Register, row: Row, incoming: Incoming) -> dict[str, Any]:
    """Return what the row is to hold: personal data and files, which no table carries, stay as they are."""
    fields = register.declared.fields
    columns = incoming.columns if incoming.columns is not None else frozenset(fields)
    stays = {n for n, f in fields.items() if n not in columns or f.personal or f.kind == "file"}
    return {**{n: v for n, v in row.values.items() if n in stays}, **incoming.values}


def _put(register: Register, row: Row, incoming: Incoming, now: datetime) -> None:
    row.place = incoming.place
    row.geometry = incoming.geometry if incoming.geometry is not None else row.geometry
    fill(register, row, _merged(register, row, incoming))
    row.withdrawn_at = None
    row.version += 1
    row.changed_at = now


def _years(row: Row, incoming: Incoming) -> Mapping[int, Mapping[str, Any]]:
    if incoming.years is not None:
        return incoming.years
    return {one.year: one.values for one in row.years.all()}


def _differs(register: Register, row: Row, incoming: Incoming) -> bool:
    if row.withdrawn_at is not None or row.place != incoming.place:
        return True
    if _merged(register, row, incoming) != row.values:
        return True
    if incoming.geometry is not None and row.geometry != incoming.geometry:
        return True
    years = {one.year: one.values for one in row.years.all()}
    return incoming.years is not None and years != {y: dict(v) for y, v in incoming.years.items() if v}
