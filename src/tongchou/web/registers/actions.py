"""What can be done to rows of registers. One transaction and one event each; the time is passed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.registers import moving
from tongchou.registers.register import Register
from tongchou.registers.row import Accepted
from tongchou.registers.row import Row as Engine
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep, share
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation, User
from tongchou.web.registers import codes
from tongchou.web.registers.models import Kind, Row
from tongchou.web.registers.ownership import is_published
from tongchou.web.registers.writing import fill, keep_parts, revision, years_of

Years = Mapping[int, Mapping[str, Any]]
Sent = tuple[str, bytes]  # name and bytes of a file


@transaction.atomic
def add_row(
    *,
    register: Register,
    accepted: Accepted,
    years: Years,
    organisation: Organisation,
    by: User | None,
    now: datetime,
    files: Mapping[str, Sent] | None = None,
    status: Status = Status.OFFICIAL,
    source: str = "",
) -> Row:
    """Add a row in the first state; raise :class:`ProblemsError` when it is not as asked or its key is taken."""
    _refuse(accepted)
    if Row.objects.filter(register=register.id, key=accepted.key).exists():
        raise ProblemsError([codes.KEY_TAKEN.at(register.declared.key[0], key=accepted.key)])
    row = Row(
        register=register.id,
        key=accepted.key,
        state=register.declared.first_state,
        since=timezone.localdate(now),
        organisation=organisation,
        place=accepted.place,
        geometry=accepted.geometry,
        is_published=is_published(register, register.declared.first_state),
        status=status.word,
        source=source,
        created_at=now,
        changed_at=now,
    )
    fill(register, row, {**accepted.values, **_kept(files, organisation, by, now)})
    row.save(force_insert=True)
    keep_parts(register, [(row, years)])
    revision(row, years, Kind.ADDED, by=by, now=now).save()
    _share_files(register, row, now)
    record("registers.row_added", about=row, by=by, now=now, organisation=organisation, data={"register": register.id})
    return row


@transaction.atomic
def change_row(
    *,
    register: Register,
    row: Row,
    version: int,
    accepted: Accepted,
    years: Years,
    by: User,
    now: datetime,
    files: Mapping[str, Sent] | None = None,
    keeps: Collection[str] = (),
) -> Row:
    """Change a row that the person saw at ``version``; fields in ``keeps`` stay (they were not shown).

    Raises :class:`ProblemsError`: D060 when somebody else changed it meanwhile, D062 when the key would change.
    """
    held = _locked(row, version)
    _refuse(accepted)
    if accepted.key != held.key:
        raise ProblemsError([codes.KEY_FIXED.at(register.declared.key[0], key=held.key)])
    hidden = {name: held.values[name] for name in keeps if name in held.values}
    held.place, held.geometry = accepted.place, accepted.geometry
    fill(register, held, {**accepted.values, **hidden, **_kept(files, held.organisation, by, now)})
    held.version += 1
    held.changed_at = now
    held.save()
    keep_parts(register, [(held, years)])
    revision(held, years, Kind.CHANGED, by=by, now=now).save()
    _share_files(register, held, now)
    data = {"register": register.id, "version": held.version}
    record("registers.row_changed", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


@transaction.atomic
def move_row(
    *,
    register: Register,
    row: Row,
    version: int,
    move: str,
    roles: Collection[str],
    by: User,
    now: datetime,
    text: str = "",
    files: Sequence[Sent] = (),
    reason: str = "",
) -> Row:
    """Move a row to another state with its evidence; raise :class:`ProblemsError` with all that stands against it."""
    held = _locked(row, version)
    engine = Engine(held.key, held.state, held.values, {}, held.place)
    problems = moving.problems_of(register, engine, move, roles=roles, text=text, files=len(files), reason=reason)
    if problems:
        raise ProblemsError(problems)
    before = held.state
    held.state = register.declared.moves[move].to
    held.since = timezone.localdate(now)
    held.is_published = is_published(register, held.state, held.is_published)
    fill(register, held, held.values)
    held.version += 1
    held.changed_at = now
    held.save()
    made = revision(held, years_of(held), Kind.MOVED, by=by, now=now, move=move, reason=reason, evidence=text)
    made.save()
    stored = [keep(name=n, data=d, organisation=held.organisation, by=by, now=now) for n, d in files]
    made.files.set(stored)
    if held.is_published:
        share(files=stored, now=now)
    _share_files(register, held, now)
    data = {"register": register.id, "move": move, "from": before, "to": held.state, "files": len(stored)}
    record("registers.row_moved", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


@transaction.atomic
def move_rows(
    *,
    register: Register,
    rows: Sequence[tuple[Row, int]],
    move: str,
    roles: Callable[[Row], Collection[str]],
    by: User,
    now: datetime,
    text: str = "",
    files: Sequence[Sent] = (),
    reason: str = "",
) -> list[Row]:
    """Move several rows, each with the version that was seen, with the same evidence: all of them or none.

    Raises :class:`ProblemsError` with all that stands against any of them, each at its row's name.
    """
    moved, problems = [], []
    for row, version in rows:
        who = roles(row)
        try:
            made = move_row(
                register=register,
                row=row,
                version=version,
                move=move,
                roles=who,
                by=by,
                now=now,
                text=text,
                files=files,
                reason=reason,
            )
            moved.append(made)
        except ProblemsError as error:
            problems += [replace(p, where=row.name) for p in error.problems]
    if problems:
        raise ProblemsError(problems)
    return moved


@transaction.atomic
def withdraw_row(*, register: Register, row: Row, version: int, reason: str, by: User, now: datetime) -> Row:
    """Take a row out of the register; it stays in the history. Raises :class:`ProblemsError` without a reason."""
    held = _locked(row, version)
    if not reason.strip():
        raise ProblemsError([codes.NEEDS_REASON.at("reason")])
    held.withdrawn_at = now
    held.version += 1
    held.changed_at = now
    held.save()
    revision(held, years_of(held), Kind.WITHDRAWN, by=by, now=now, reason=reason).save()
    record(
        "registers.row_withdrawn", about=held, by=by, now=now, organisation=held.organisation, data={"reason": reason}
    )
    return held


@transaction.atomic
def receive_sheet(
    *, register: Register, name: str, data: bytes, organisation: Organisation | None, by: User, now: datetime
) -> StoredFile:
    """Keep a table somebody sent for a register, as received, before anything is read from it."""
    stored = keep(name=name, data=data, organisation=organisation, by=by, now=now)
    record(
        "registers.sheet_received",
        about=stored,
        by=by,
        now=now,
        organisation=organisation,
        data={"register": register.id, "sha256": stored.sha256},
    )
    return stored


def _refuse(accepted: Accepted) -> None:
    if accepted.problems:
        raise ProblemsError(accepted.problems)


def _locked(row: Row, version: int) -> Row:
    """Return the row as it stands now, held until the transaction ends; raise when it is not the one that was seen."""
    held = Row.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
    if held.version != version or held.withdrawn_at is not None:
        last = held.revisions.select_related("by").first()
        who = Text("地区包", "the region package") if last is None or last.by is None else last.by.name
        when = timezone.localtime(held.changed_at)
        told = Text(f"{when.month}月{when.day}日{when:%H:%M}", f"{when:%d %B %H:%M}")
        raise ProblemsError([codes.CHANGED_MEANWHILE.at("version", who=who, when=told)])
    return held


def _share_files(register: Register, row: Row, now: datetime) -> None:
    """Let everybody see the files in the fields of a published row; those of personal fields stay with the owner."""
    fields = register.declared.fields.items()
    names = [row.values.get(name) for name, field in fields if field.kind == "file" and not field.personal]
    ids = [int(one) for held in names for one in (held if isinstance(held, list) else [held]) if one]
    if row.is_published and ids:
        share(files=list(StoredFile.objects.filter(pk__in=ids, organisation=row.organisation_id)), now=now)


def _kept(
    files: Mapping[str, Sent] | None, organisation: Organisation, by: User | None, now: datetime
) -> dict[str, str]:
    return {
        field: str(keep(name=name, data=data, organisation=organisation, by=by, now=now).pk)
        for field, (name, data) in (files or {}).items()
    }


def on_day(now: datetime) -> date:
    """Return the day of a moment where the city is."""
    return timezone.localdate(now)
