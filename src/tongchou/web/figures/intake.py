"""Pages by which indicators and many figures come in: for the city's coordinators."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.kernel.units import is_unit
from tongchou.region import Indicator
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.workbook.returned import returned_workbook
from tongchou.web.figures import codes
from tongchou.web.figures.actions import add_indicator
from tongchou.web.figures.importing import Tried, import_figures, read_table, try_table
from tongchou.web.figures.themes import THEMES
from tongchou.web.files.actions import keep, sent
from tongchou.web.files.kinds import TABLES
from tongchou.web.files.models import StoredFile
from tongchou.web.listings import file_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import User

_ID = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_FIELDS = (
    ("id", Text("编号", "Id")),
    ("title_zh", Text("名称", "Title")),
    ("title_en", Text("英文名称", "English title")),
    ("unit", Text("单位", "Unit")),
    ("definition_zh", Text("口径", "Definition")),
    ("definition_en", Text("英文口径", "English definition")),
)


@requires("figures.add_indicator")
@require_http_methods(["GET", "HEAD", "POST"])
def new_indicator(request: HttpRequest) -> HttpResponse:
    """Add an indicator, its definition written out."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            added = add_indicator(indicator=_indicator(request), by=_user(request), now=timezone.now())
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("indicator", args=[added.pk]))
    wrong = {p.where for p in problems}
    context = {
        "fields": [
            (name, label, request.POST.get(name, ""), [p for p in problems if p.where == name])
            for name, label in _FIELDS
        ],
        "themes": [(id_, label) for id_, label in THEMES.items() if id_ != "register"],
        "theme": request.POST.get("theme", ""),
        "better": request.POST.get("better", ""),
        "total": request.POST.get("total", ""),
        "problems": [p for p in problems if p.where not in {n for n, _ in _FIELDS}] if wrong else (),
    }
    return render(request, "figures/new_indicator.html", context, status=422 if problems else 200)


def _indicator(request: HttpRequest) -> Indicator:
    held = {name: request.POST.get(name, "").strip() for name, _ in _FIELDS}
    problems = [
        codes.ADDED_INDICATOR_INCOMPLETE.at(name, field=label)
        for name, label in _FIELDS
        if not held[name]
        or (name == "id" and (not _ID.fullmatch(held[name]) or len(held[name]) > 80))
        or (name == "unit" and (len(held[name]) > 40 or not is_unit(held[name])))
    ]
    theme = request.POST.get("theme", "")
    if theme not in THEMES or theme == "register":
        problems.append(codes.ADDED_INDICATOR_INCOMPLETE.at("theme", field=Text("主题", "Theme")))
    if problems:
        raise ProblemsError(problems)
    better, total = request.POST.get("better", ""), request.POST.get("total", "")
    return Indicator(
        id=held["id"],
        title=Text(held["title_zh"][:120], held["title_en"][:200]),
        unit=held["unit"],
        definition=Text(held["definition_zh"], held["definition_en"]),
        theme=theme,
        better=better if better in ("more", "less") else "",
        total="sum" if total else "",
    )


@requires("figures.import")
@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: HttpRequest) -> HttpResponse:
    """Take a table of figures: show what it would do, do it on a second press."""
    context: dict[str, Any] = {"max_mb": settings.UPLOAD_BYTES // 1024**2, "max_bytes": settings.UPLOAD_BYTES}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            stored, tried = _tried(request)
        except ProblemsError as error:
            problems = context["problems"] = error.problems
        else:
            if "confirm" in request.POST and not tried.errors:
                user = _user(request)
                context["kept"] = import_figures(
                    proposed=tried.proposed,
                    name=stored.name,
                    organisation=user.roles[0].organisation,
                    by=user,
                    now=timezone.now(),
                )
            else:
                problems = tuple(f.problem for f in tried.errors)
                context |= {"tried": tried, "stored": stored, "faults": tried.faults[:200]}
    return render(request, "figures/import.html", context, status=422 if problems else 200)


@requires("figures.import")
@require_safe
def import_returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the same table back, its wrong cells red."""
    stored = get_object_or_404(StoredFile, pk=pk, by=_user(request))
    try:
        _, faults = read_table(stored.name, stored.content())
    except ProblemsError:
        raise Http404 from None
    data = returned_workbook(stored.name, stored.content(), faults)
    return file_response(data, EXPORTS[".xlsx"].media_type, stored.name.rpartition(".")[0][:60], "xlsx")


def _tried(request: HttpRequest) -> tuple[StoredFile, Tried]:
    user = _user(request)
    if request.POST.get("stored", "").isdigit():
        stored = get_object_or_404(StoredFile, pk=int(request.POST["stored"]), by=user)
        return stored, try_table(stored.name, stored.content())
    name, data = sent(request, endings=TABLES)
    tried = try_table(name, data)
    with transaction.atomic():
        body = user.roles[0].organisation
        stored = keep(name=name, data=data, organisation=body, by=user, now=timezone.now(), endings=TABLES)
    return stored, tried


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — every view here requires a permission
    return request.user
