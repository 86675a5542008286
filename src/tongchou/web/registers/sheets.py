"""A register out to Excel and back: the template with its rows, what a table would do, doing it, giving it back."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.registers.register import Register
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.workbook.register_sheet import ReadRegister, read_register
from tongchou.surfaces.workbook.register_template import GivenRow, register_workbook
from tongchou.surfaces.workbook.returned import Fault, returned_workbook
from tongchou.web.files.actions import sent
from tongchou.web.files.kinds import TABLES
from tongchou.web.files.models import StoredFile
from tongchou.web.listings import file_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.registers import codes
from tongchou.web.registers.actions import receive_sheet
from tongchou.web.registers.importing import Incoming, import_rows, preview
from tongchou.web.registers.looking_up import references
from tongchou.web.registers.models import Row, RowYear
from tongchou.web.registers.ownership import may_add, may_write, owner_of
from tongchou.web.registers.queries import Filters, rows_of
from tongchou.web.registers.views import found_register

_SHOWN = 100  # problems on the page; the returned workbook has all


def _writable(request: HttpRequest, id_: str) -> tuple[Register, User]:
    register = found_register(id_)
    if not isinstance(request.user, User) or not may_add(register, request.user):
        raise PermissionDenied
    return register, request.user


@requires("registers.write")
@require_safe
def template(request: HttpRequest, id_: str) -> HttpResponse:
    """Give the workbook to fill in, with the rows the person may change that match the filters."""
    register, by = _writable(request, id_)
    found = rows_of(register, by, Filters.of(register, request.GET)).prefetch_related("years")
    held = organisations_of(by, "registers.write")
    everything = held is None or bool(held & set(register.declared.owner.parties))
    rows = [row for row in found if everything or may_write(register, row, by)]
    data = register_workbook(register, references(), [_given(register, row) for row in rows])
    name = f"{register.declared.title.zh}（填报）"
    return file_response(data, EXPORTS[".xlsx"].media_type, name, "xlsx")


def _given(register: Register, row: Row) -> GivenRow:
    return GivenRow(
        row.values,
        row.place,
        json.dumps(row.geometry) if row.geometry else "",
        register.declared.states[row.state].label.zh,
        row.version,
        {one.year: one.values for one in row.years.all()},
    )


@requires("registers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, id_: str) -> HttpResponse:
    """Take a table; it is kept as received and tried before anything is written."""
    register, by = _writable(request, id_)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            name, data = sent(request, "file", TABLES)
            own = Organisation.objects.filter(pk__in=by.organisations).first()
            stored = receive_sheet(register=register, name=name, data=data, organisation=own, by=by, now=timezone.now())
            return redirect("register-sheet", register.id, stored.pk)
        except ProblemsError as error:
            problems = error.problems
    context = {"register": register, "declared": register.declared, "problems": problems}
    return render(request, "registers/upload.html", context, status=422 if problems else 200)


@requires("registers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, id_: str, file: int) -> HttpResponse:
    """Show what a table would do, and with POST do it: all of it or nothing."""
    register, by = _writable(request, id_)
    stored = _sent_by(by, file)
    counts: Any = None
    problems: list[Problem] = []
    read: ReadRegister | None = None
    try:
        read = _read(register, stored)
        rows, faults = _incoming(register, read, by)
        read.faults += faults
        problems = [p for p in read.problems if p.severity == "error"]
        if not problems:
            if request.method == "POST":
                import_rows(register=register, rows=rows, by=by, now=timezone.now(), about=f"file {stored.pk}")
                return redirect("register", register.id)
            counts = preview(register=register, rows=rows)
    except ProblemsError as error:
        problems = list(error.problems)
    context = {
        "register": register,
        "declared": register.declared,
        "file": stored,
        "counts": counts,
        "problems": problems[:_SHOWN],
        "more": max(len(problems) - _SHOWN, 0),
        "can_return": bool(read is not None and read.faults),
        "unread": list(dict.fromkeys(read.unread)) if read is not None else [],
    }
    return render(request, "registers/sheet.html", context, status=422 if problems else 200)


@requires("registers.write")
@require_safe
def returned(request: HttpRequest, id_: str, file: int) -> HttpResponse:
    """Give the same table back, wrong cells red with the reason."""
    register, by = _writable(request, id_)
    stored = _sent_by(by, file)
    read = _read(register, stored)
    _, faults = _incoming(register, read, by)
    data = returned_workbook(stored.name, stored.content(), [*read.faults, *faults])
    return file_response(data, EXPORTS[".xlsx"].media_type, f"{stored.name.rpartition('.')[0]}（退回）", "xlsx")


def _sent_by(by: User, file: int) -> StoredFile:
    """Return a table the person sent; nobody else reads it here."""
    stored = StoredFile.objects.filter(pk=file, by=by, name__iregex=r"\.(xlsx|xls|csv)$").first()
    if stored is None:
        raise Http404
    return stored


def _read(register: Register, stored: StoredFile) -> ReadRegister:
    known = list(Row.objects.of(register.id).values_list("key", flat=True)) if register.declared.yearly else []
    return read_register(register, stored.name, stored.content(), references(), known)


def _incoming(register: Register, read: ReadRegister, by: User) -> tuple[list[Incoming], list[Fault]]:
    """Return the rows to be written, each with its owner, and the faults of those the person may not write."""
    held = {row.key: row for row in Row.objects.filter(register=register.id).select_related("organisation")}
    years: dict[str, dict[int, dict[str, Any]]] = {}
    if read.years is not None:
        for key, year, values in RowYear.objects.filter(row__register=register.id).values_list(
            "row__key", "year", "values"
        ):
            years.setdefault(key, {})[year] = values
    owners: dict[str, Organisation | None] = {}
    writable: dict[tuple[str, str], bool] = {}
    rows, faults, done = [], [], set()
    for one in read.rows:
        accepted = one.accepted
        if accepted.problems or not accepted.key:
            continue
        known = held.get(accepted.key)
        if accepted.place not in owners:
            owners[accepted.place] = owner_of(register, accepted.place, by)
        organisation = owners[accepted.place]
        if known is not None:
            at = (known.organisation_id, known.place)
            if at not in writable:
                writable[at] = may_write(register, known, by)
            organisation = known.organisation if writable[at] else None
        if organisation is None:
            faults.append(Fault(codes.NO_OWNER.at("place"), one.sheet, one.line))
            continue
        done.add(accepted.key)
        of_row = {**years.get(accepted.key, {}), **(read.years or {}).get(accepted.key, {})}
        rows.append(
            Incoming(
                accepted.key,
                accepted.values,
                accepted.place,
                accepted.geometry,
                organisation,
                of_row if read.years is not None else None,
                one.version,
                columns=one.columns,
            )
        )
    rows += _years_only(register, read, held, years, done, by)
    return rows, faults


def _years_only(
    register: Register,
    read: ReadRegister,
    held: dict[str, Row],
    years: dict[str, dict[int, dict[str, Any]]],
    done: set[str],
    by: User,
) -> list[Incoming]:
    """Return rows of which only yearly values were given, their fields as they stand."""
    found = []
    for key, given in (read.years or {}).items():
        row = held.get(key)
        if key in done or row is None or not may_write(register, row, by):
            continue
        of_row = {**years.get(key, {}), **given}
        found.append(Incoming(key, row.values, row.place, row.geometry, row.organisation, of_row))
    return found
