"""Registers and their rows, written through the same actions as the forms. Personal data is never given out here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tongchou.kernel.problems import ProblemsError
from tongchou.registers.register import Register
from tongchou.web.api.guard import Writer, person
from tongchou.web.api.kinds import Id, Long, Name, Pk, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import Problems, TextOut, answers, text
from tongchou.web.registers.actions import add_row, change_row, move_row
from tongchou.web.registers.forms import take, typed_of
from tongchou.web.registers.looking_up import references, registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.ownership import may_add, may_write, owner_of, roles_for, visible
from tongchou.web.registers.queries import Filters, rows_of
from tongchou.web.registers.views import found_register

router = Router(tags=["registers"])
_WRITES = {k: v for k, v in answers(Problems, 403, 404).items() if k != 200}


class RegisterOut(Schema):
    """A register: its fields, its states, the clauses it serves."""

    id: str
    title: TextOut
    system: str
    clauses: list[str]
    states: dict[str, TextOut]
    fields: dict[str, TextOut]


class RowOut(Schema):
    """A row. Fields with personal data are left out; ``version`` must be sent back with a change."""

    id: int
    register_id: str
    key: str
    name: str
    state: str
    since: date
    organisation: str
    place: str
    values: dict[str, Any]
    years: dict[str, dict[str, Any]]
    status: str
    source: str
    version: int
    changed_at: datetime


class RowIn(Schema):
    """A row as typed: field → value, yearly values as ``field:2021``; ``place`` where the register asks for one."""

    values: dict[str, str | float | bool | list[str] | None] = Field(max_length=200)


class RowChange(RowIn):
    """A change of a row that was seen at ``version``; fields left out stay."""

    version: int = Field(ge=1, le=2**31 - 1)


class RowMove(Schema):
    """A move of a row to another state; evidence that is a file is sent on the row's page."""

    move: Long
    version: int = Field(ge=1, le=2**31 - 1)
    text: str = Field("", max_length=2000, pattern=r"^[^\x00]*$")
    reason: str = Field("", max_length=500, pattern=r"^[^\x00]*$")


def _row(register: Register, one: Row) -> dict[str, Any]:
    hidden = set(register.personal)
    return {
        "id": one.pk,
        "register_id": one.register,
        "key": one.key,
        "name": one.name,
        "state": one.state,
        "since": one.since,
        "organisation": one.organisation_id,
        "place": one.place,
        "values": {k: v for k, v in one.values.items() if k not in hidden},
        "years": {str(y.year): y.values for y in one.years.all()},
        "status": one.status,
        "source": one.source,
        "version": one.version,
        "changed_at": one.changed_at,
    }


def _register(one: Register) -> dict[str, Any]:
    declared = one.declared
    return {
        "id": one.id,
        "title": text(declared.title.text()),
        "system": declared.system,
        "clauses": list(declared.clauses),
        "states": {code: text(s.label.text()) for code, s in declared.states.items()},
        "fields": {name: text(f.label.text()) for name, f in declared.fields.items() if not f.personal},
    }


@router.get("/registers", response=answers(Page[RegisterOut]), summary="登记簿 Registers")
def all_registers(request: HttpRequest, paging: Query[Paging]) -> Any:
    """List the registers there are."""
    return paged(list(registers().values()), paging, _register)


@router.get("/registers/{id}/rows", response=answers(Page[RowOut], 404), summary="登记事项 Rows")
def rows(
    request: HttpRequest,
    id: Name,
    paging: Query[Paging],
    state: Id = "",
    place: Id = "",
    organisation: Id = "",
    words: Words = "",
) -> Any:
    """List the rows of a register: published ones, drafts of one's own unit, for the city all."""
    register = found_register(id)
    filters = Filters(words=words, state=state, place=place, organisation=organisation)
    found = rows_of(register, request.user, filters).prefetch_related("years")
    return paged(found, paging, lambda one: _row(register, one))


def _found(register: Register, request: HttpRequest, pk: int) -> Row:
    seen = Row.objects.filter(visible(register, request.user), register=register.id)
    found = seen.select_related("organisation").prefetch_related("years").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/registers/{id}/rows/{pk}", response=answers(RowOut, 404), summary="一项登记 One row")
def row(request: HttpRequest, id: Name, pk: Pk) -> Any:
    """Return one row."""
    register = found_register(id)
    return _row(register, _found(register, request, pk))


@router.post("/registers/{id}/rows", response={201: RowOut, **_WRITES}, auth=Writer(), summary="新增登记 Add a row")
def add(request: HttpRequest, id: Name, body: RowIn) -> Any:
    """Add a row in the register's first state."""
    register, by = found_register(id), person(request)
    if not may_add(register, by):
        raise PermissionDenied
    accepted, years = take(register, body.values, references())
    organisation = owner_of(register, accepted.place, by)
    if organisation is None:
        if accepted.problems:
            raise ProblemsError(accepted.problems)
        raise PermissionDenied
    made = add_row(
        register=register, accepted=accepted, years=years, organisation=organisation, by=by, now=timezone.now()
    )
    return Status(201, _row(register, made))


@router.patch("/registers/{id}/rows/{pk}", response=answers(RowOut, 403, 404), auth=Writer(), summary="修改登记 Change")
def change(request: HttpRequest, id: Name, pk: Pk, body: RowChange) -> Any:
    """Change a row; refused with D060 when somebody else changed it since ``version``."""
    register, by = found_register(id), person(request)
    held = _found(register, request, pk)
    if not may_write(register, held, by):
        raise PermissionDenied
    typed = {**typed_of(register, held), **body.values}
    accepted, years = take(register, typed, references())
    kept = set(register.personal) - set(body.values)
    changed = change_row(
        register=register,
        row=held,
        version=body.version,
        accepted=accepted,
        years=years,
        by=by,
        now=timezone.now(),
        keeps=kept,
    )
    return _row(register, _found(register, request, changed.pk))


@router.post(
    "/registers/{id}/rows/{pk}/moves", response=answers(RowOut, 403, 404), auth=Writer(), summary="变更状态 Move"
)
def move(request: HttpRequest, id: Name, pk: Pk, body: RowMove) -> Any:
    """Move a row to another state, with the evidence the move asks for."""
    register, by = found_register(id), person(request)
    held = _found(register, request, pk)
    roles = roles_for(register, held, by)
    if not roles:
        raise PermissionDenied
    moved = move_row(
        register=register,
        row=held,
        version=body.version,
        move=body.move,
        roles=roles,
        by=by,
        now=timezone.now(),
        text=body.text,
        reason=body.reason,
    )
    return _row(register, _found(register, request, moved.pk))
