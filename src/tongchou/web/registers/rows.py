"""Pages of one row: what it says, its history, adding, changing, moving and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.registers.alerts import alerts
from tongchou.registers.moving import open_moves
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.register_cells import place_name
from tongchou.web.files.actions import sent
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public, requires
from tongchou.web.people.models import User
from tongchou.web.registers import codes
from tongchou.web.registers.actions import add_row, change_row, move_row, withdraw_row
from tongchou.web.registers.forms import files_sent, inputs, take, typed_in, typed_of, year_inputs
from tongchou.web.registers.lists import work
from tongchou.web.registers.looking_up import references
from tongchou.web.registers.models import Row
from tongchou.web.registers.ownership import may_add, may_write, owner_of, roles_for, sees_personal, visible
from tongchou.web.registers.past import differences, history
from tongchou.web.registers.showing import alert_lamp, engine, next_of, state_lamp, value_of, values_of
from tongchou.web.registers.views import found_register


def found_row(register: Register, request: HttpRequest, pk: int) -> Row:
    """Return a row the reader sees; whoever may not see it is told there is none."""
    rows = Row.objects.filter(visible(register, request.user), register=register.id)
    row = rows.select_related("organisation").prefetch_related("years").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _writer(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@public
@require_safe
def row(request: HttpRequest, id_: str, pk: int) -> HttpResponse:
    """Show a row: its fields, yearly values, warnings, what may be done with it, its history with evidence."""
    register = found_register(id_)
    return render(request, "registers/row.html", _row_page(register, found_row(register, request, pk), request))


def _row_page(register: Register, held: Row, request: HttpRequest, **more: Any) -> dict[str, Any]:
    looked_up, on = references(), timezone.localdate()
    personal = sees_personal(held, request.user)
    roles = roles_for(register, held, request.user)
    moves = {} if held.withdrawn_at else open_moves(register, held.state, roles)
    return {
        "register": register,
        "declared": register.declared,
        "row": held,
        "lamp": state_lamp(register, held.state),
        "lamps": {state: state_lamp(register, state) for state in register.declared.states},
        "status": Status.parse(held.status),
        "place": _place(held, looked_up),
        "values": values_of(register, held, looked_up, on, personal=personal),
        "hides_personal": bool(register.personal) and not personal,
        "years": _years(register, held, looked_up),
        "yearly": list(register.declared.yearly.values()),
        "work": work(register, held, looked_up, on) if register.declared.stages else None,
        "next_run": next_of(register, held),
        "alerts": [alert_lamp(alert) for alert in alerts(register, [engine(held)], on)],
        "moves": moves,
        "may_write": may_write(register, held, request.user) and held.withdrawn_at is None,
        "history": history(register, held, looked_up, personal=personal),
        **more,
    }


def _place(held: Row, looked_up: References) -> Text:
    return place_name(looked_up, held.place) if held.place else Text("", "")


def _years(register: Register, held: Row, looked_up: References) -> list[tuple[int, list[Any]]]:
    return [
        (one.year, [value_of(register, n, one.values.get(n), looked_up) for n in register.declared.yearly])
        for one in held.years.all()
    ]


@public
@require_safe
def row_export(request: HttpRequest, id_: str, pk: int, suffix: str) -> HttpResponse:
    """Give a row as a file: fields and yearly values, never personal data."""
    register = found_register(id_)
    held = found_row(register, request, pk)
    looked_up = references()
    rows: list[list[Cell]] = [[Text("状态", "State"), register.declared.states[held.state].label.text()]]
    if held.place:
        rows.append([Text("县（市、区）", "County"), _place(held, looked_up)])
    found = values_of(register, held, looked_up, timezone.localdate(), personal=False)
    rows += [[value.label, value.text] for value in found]
    for year, values in _years(register, held, looked_up):
        rows += [[Text(f"{year}年{v.label.zh}", f"{v.label.en} {year}"), v.text] for v in values if v.text.zh]
    title = register.declared.title
    note = Text(f"{held.name}；第 {held.version} 版", f"{held.name}; version {held.version}")
    columns = (ListingColumn(Text("项目", "Field"), 24), ListingColumn(Text("内容", "Content"), 46))
    foot = Text(f"{register.id} {held.key}", f"{register.id} {held.key}")
    return listing_response(Listing(title.text(), note, columns, rows, foot), suffix)


@requires("registers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, id_: str) -> HttpResponse:
    """Add a row; what is wrong is told at its field, and nothing typed is lost."""
    register = found_register(id_)
    by = _writer(request)
    if not may_add(register, by):
        raise PermissionDenied
    if request.method != "POST":
        typed = {n: request.GET[n] for n in (*register.declared.typed(), "place") if n in request.GET}
        return _form(request, register, None, typed, ())
    typed = typed_in(register, request.POST)
    looked_up = references()
    accepted, years = take(register, typed, looked_up)
    organisation = owner_of(register, accepted.place, by)
    problems = list(accepted.problems)
    if organisation is None and not any(p.where == "place" for p in problems):
        problems.append(codes.NO_OWNER.at("place" if register.declared.owner.place else register.declared.key[0]))
    try:
        files = files_sent(register, request)
        if problems or organisation is None:
            raise ProblemsError(problems)
        made = add_row(
            register=register,
            accepted=accepted,
            years=years,
            organisation=organisation,
            by=by,
            now=timezone.now(),
            files=files,
        )
    except ProblemsError as error:
        return _form(request, register, None, typed, _each([*problems, *error.problems]))
    return redirect("register-row", register.id, made.pk)


@requires("registers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, id_: str, pk: int) -> HttpResponse:
    """Change a row; whoever was overtaken sees what the other changed, beside what they typed."""
    register = found_register(id_)
    by = _writer(request)
    held = found_row(register, request, pk)
    if not may_write(register, held, by) or held.withdrawn_at is not None:
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, register, held, typed_of(register, held), ())
    typed = typed_in(register, request.POST)
    for name in register.declared.key:  # a key is shown, not typed
        typed[name] = held.place if name == "place" else held.values.get(name)
    personal = sees_personal(held, by)
    hidden = [] if personal else list(register.personal)
    accepted, years = take(register, {n: v for n, v in typed.items() if n not in hidden}, references())
    problems = tuple(p for p in accepted.problems if p.where not in hidden)
    version = request.POST.get("version", "")
    try:
        files = files_sent(register, request)
        if problems:
            raise ProblemsError(problems)
        kept = [n for n, f in register.declared.fields.items() if f.kind == "file" and n not in files]
        change_row(
            register=register,
            row=held,
            version=int(version) if version.isdigit() else 0,
            accepted=accepted,
            years=years,
            by=by,
            now=timezone.now(),
            files=files,
            keeps=[*hidden, *kept],
        )
    except ProblemsError as error:
        return _form(request, register, held, typed, _each([*problems, *error.problems]))
    return redirect("register-row", register.id, held.pk)


def _each(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _form(
    request: HttpRequest, register: Register, held: Row | None, typed: Mapping[str, Any], problems: Sequence[Problem]
) -> HttpResponse:
    """Show the form; after a change by somebody else, with what differs between the two and the version now held."""
    looked_up, on = references(), timezone.localdate()
    personal = held is None or sees_personal(held, request.user)
    theirs: list[Any] = []
    fresh = held
    if held is not None and any(p.code == codes.CHANGED_MEANWHILE.code for p in problems):
        fresh = Row.objects.select_related("organisation").prefetch_related("years").get(pk=held.pk)
        seen = request.POST.get("version", "")
        before = fresh.revisions.filter(version=int(seen)).first() if seen.isdigit() else None
        last = fresh.revisions.first()
        if before is not None and last is not None:
            theirs = differences(register, before, last, looked_up, personal=personal)
    placed = {i.name for i in inputs(register, typed, looked_up)} | {p.where for p in problems if ":" in p.where}
    context = {
        "register": register,
        "declared": register.declared,
        "row": fresh,
        "inputs": inputs(register, typed, looked_up, problems, personal=personal, keys_fixed=held is not None),
        "years": year_inputs(register, typed, looked_up, on, problems),
        "problems": problems,
        "elsewhere": [p for p in problems if p.where not in placed],
        "theirs": theirs,
    }
    return render(request, "registers/form.html", context, status=422 if problems else 200)


@requires("registers.move")
@require_POST
def move(request: HttpRequest, id_: str, pk: int) -> HttpResponse:
    """Move a row to another state with its evidence."""
    register = found_register(id_)
    held = found_row(register, request, pk)
    name, version = request.POST.get("move", ""), request.POST.get("version", "")
    text, reason = request.POST.get("evidence", "").strip()[:5000], request.POST.get("reason", "").strip()[:2000]
    try:
        files = [sent(request, "file")] if request.FILES.get("file") else []
        move_row(
            register=register,
            row=held,
            version=int(version) if version.isdigit() else 0,
            move=name,
            roles=roles_for(register, held, request.user),
            by=_writer(request),
            now=timezone.now(),
            text=text,
            files=files,
            reason=reason,
        )
    except ProblemsError as error:
        typed = {"move": name, "evidence": text, "reason": reason}
        held = found_row(register, request, pk)
        page = _row_page(register, held, request, problems=error.problems, typed=typed)
        return render(request, "registers/row.html", page, status=422)
    return redirect("register-row", register.id, held.pk)


@requires("registers.write")
@require_POST
def withdraw(request: HttpRequest, id_: str, pk: int) -> HttpResponse:
    """Take a row out of the register, with a reason; its history stays."""
    register = found_register(id_)
    held = found_row(register, request, pk)
    by = _writer(request)
    if not may_write(register, held, by):
        raise PermissionDenied
    version = request.POST.get("version", "")
    reason = request.POST.get("reason", "").strip()[:2000]
    try:
        withdraw_row(
            register=register,
            row=held,
            version=int(version) if version.isdigit() else 0,
            reason=reason,
            by=by,
            now=timezone.now(),
        )
    except ProblemsError as error:
        page = _row_page(register, found_row(register, request, pk), request, problems=error.problems)
        return render(request, "registers/row.html", page, status=422)
    return redirect("register", register.id)
