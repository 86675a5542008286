"""Pages on which an organisation tries a run with its own figures, objects to it, and the city answers."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.web.computing.changing import change_shown
from tongchou.web.files.actions import sent
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, may
from tongchou.web.runs import contesting, counterfactual
from tongchou.web.runs.clock import clock
from tongchou.web.runs.comparing import compared, held_of
from tongchou.web.runs.computing import Held, opened
from tongchou.web.runs.counterfactual import difference
from tongchou.web.runs.listing import difference_listing, objections_listing, standing
from tongchou.web.runs.models import Answer, Objection, Run
from tongchou.web.runs.own_figures import FIGURE, Own, own_figures, read_cells
from tongchou.web.runs.pages import period_words, periods_words, titles
from tongchou.web.runs.queries import in_full, may_try_for, objections, scenarios
from tongchou.web.runs.terms import objections_until, term

_ROWS = 50


def _mine(request: HttpRequest, permission: str, asked: str) -> Organisation:
    """Return the organisation a person acts for; raises 403 where there is none."""
    held = may_try_for(request.user, permission)
    found = next((one for one in held if one.pk == asked), held[0] if held else None)
    if found is None:
        raise PermissionDenied(permission)
    check(request.user, permission, found.pk)
    return found


def _placed(own: list[Own], problems: list[Problem]) -> tuple[list[Own], list[Problem]]:
    """Return the fields with their problems, and the problems of no field."""
    fields = {one.field for one in own}
    placed = [replace(one, problems=tuple(p for p in problems if p.where == one.field)) for one in own]
    return placed, [p for p in problems if p.where not in fields]


@requires("runs.try")
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a run with one's own figures: only the organisation's own can be changed, and only it sees the result."""
    run = get_object_or_404(in_full(request.user), pk=pk)
    organisation = _mine(request, "runs.try", request.POST.get("organisation", ""))
    held = held_of(run)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            cells = read_cells(held, organisation, request.POST, f"{organisation.name}试算")
            made = contesting.try_out(
                run=run,
                organisation=organisation,
                title=request.POST.get("title", ""),
                figures=cells,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
            return HttpResponseRedirect(reverse("runs:scenario", args=[made.pk]))
        except ProblemsError as error:
            problems += error.problems
    own, elsewhere = _placed(own_figures(held, organisation, request.POST.dict()), problems)
    context = {
        "run": run,
        "rule_title": titles(run.region).get(run.rule, run.rule),
        "organisation": organisation,
        "own": own,
        "problems": elsewhere,
        "standing": standing(run),
        "title": request.POST.get("title", f"{organisation.name}试算"),
    }
    return render(request, "runs/try.html", context, status=422 if problems else 200)


@requires("runs.try")
@require_safe
def scenario_list(request: HttpRequest) -> HttpResponse:
    """List the organisation's own scenarios."""
    page = Paginator(scenarios(request.user), _ROWS).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    return render(request, "runs/scenarios.html", {"page": page, "titles": titles(settings.REGION)})


@requires("runs.try")
@require_safe
def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a scenario beside the run: own results, everybody's change, and the way to an objection."""
    found = get_object_or_404(scenarios(request.user).select_related("record", "run__record"), pk=pk)  # type: ignore[arg-type]
    run = found.run
    before, after = held_of(run), opened(found.record, run.region)
    lines = difference(before, after, found.organisation)
    last = max(after.result.table.periods)
    context = {
        "scenario": found,
        "run": run,
        "rule_title": titles(run.region).get(run.rule, run.rule),
        "difference": counterfactual.shown(before, lines),
        "unit": before.result.rule.units()[before.result.rule.declared.result],
        "sentences": counterfactual.sentences(before, found.organisation, found.figures, lines),
        "cells": _cells(before, found.figures),
        "change": change_shown(compared(before, after, (last, last))),
        "until": objections_until(run),
        "may_object": may(request.user, "runs.object", found.organisation_id),
    }
    return render(request, "runs/scenario.html", context)


def _cells(held: Held, figures: list[dict[str, object]]) -> list[tuple[Text, str, Text, str, str]]:
    found: list[tuple[Text, str, Text, str, str]] = []
    for cell in figures:
        item = held.result.rule.declared.inputs[str(cell["name"])]
        before = cell["before"]
        was = "—" if before is None else figure(float(str(before)), item.unit)
        value = figure(float(str(cell["value"])), item.unit)
        found.append((item.label.text(), item.unit, period_words(str(cell["period"])), was, value))
    return found


@requires("runs.try")
@require_safe
def scenario_export(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Give a scenario as a file."""
    found = get_object_or_404(scenarios(request.user).select_related("record", "run__record"), pk=pk)  # type: ignore[arg-type]
    before, after = held_of(found.run), opened(found.record, found.run.region)
    lines = difference(before, after, found.organisation)
    said = counterfactual.sentences(before, found.organisation, found.figures, lines)
    title = Text(f"{found.title}（{found.run.title}）", f"{found.title} ({found.run.title})")
    shown = counterfactual.shown(before, lines)
    foot = Text(f"记录号 {found.record_id[:12]}", f"record {found.record_id[:12]}")
    return listing_response(difference_listing(title, said, _cells(before, found.figures), shown, foot), suffix)


@requires("runs.object")
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a run: own figures in place of those used, the source, files, and the reason."""
    run = get_object_or_404(in_full(request.user), pk=pk)
    organisation = _mine(request, "runs.object", request.POST.get("organisation", ""))
    held = held_of(run)
    problems: list[Problem] = []
    typed = request.POST.dict()
    if request.method == "POST":
        try:
            made = _file(request, run, held, organisation)
            return HttpResponseRedirect(reverse("runs:objection", args=[made.pk]))
        except ProblemsError as error:
            problems += error.problems
    elif (given := request.GET.get("scenario", "")).isdigit():
        tried = scenarios(request.user).filter(pk=given, run=run).first()  # type: ignore[arg-type]
        for cell in tried.figures if tried is not None else ():
            typed[f"{FIGURE}{cell['name']}.{cell['place']}.{cell['period']}"] = repr(cell["value"])
    own, elsewhere = _placed(own_figures(held, organisation, typed), problems)
    by_field: dict[str, list[Problem]] = {}
    for problem in elsewhere:
        by_field.setdefault(problem.where, []).append(problem)
    context = {
        "run": run,
        "rule_title": titles(run.region).get(run.rule, run.rule),
        "organisation": organisation,
        "own": own,
        "problems": problems,
        "wrong": by_field,
        "typed": typed,
        "until": objections_until(run),
        "days": term("answer_days", timezone.localdate()),
    }
    return render(request, "runs/object.html", context, status=422 if problems else 200)


def _file(request: HttpRequest, run: Run, held: Held, organisation: Organisation) -> Objection:
    source, problems = request.POST.get("source", ""), list[Problem]()
    cells, files = [], []
    try:
        cells = read_cells(held, organisation, request.POST, f"{organisation.name}异议：{source.strip()}"[:300])
    except ProblemsError as error:
        problems += error.problems
    if request.FILES.get("file"):
        try:
            files.append(sent(request))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return contesting.object_to(
        run=run,
        organisation=organisation,
        statement=request.POST.get("statement", ""),
        source=source,
        figures=cells,
        files=files,
        by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )


@signed_in
@require_safe
def objection_list(request: HttpRequest) -> HttpResponse:
    """List the objections a person may see, those to be answered first."""
    state = request.GET.get("answer", "")
    found = objections(request.user)
    if state in Answer.values:
        found = found.filter(answer=state)
    page = Paginator(found.order_by("answered_at", "due", "pk"), _ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(one, clock(one, today)) for one in page],
        "state": state,
        "states": [(a.value, a.words) for a in Answer],
        "query": f"answer={state}" if state else "",
    }
    return render(request, "runs/objections.html", context)


@signed_in
@require_safe
def objections_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list as a file."""
    state = request.GET.get("answer", "")
    found = objections(request.user)
    if state in Answer.values:
        found = found.filter(answer=state)
    return listing_response(objections_listing(found[:5000], timezone.now()), suffix)


@signed_in
@require_safe
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an objection: figures, evidence, the difference it would make, and the answer."""
    return _objection(request, pk, [])


@signed_in
@require_safe
def objection_export(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Give an objection as a file: reasons, figures, the difference, and the answer."""
    found = get_object_or_404(objections(request.user).select_related("run__record"), pk=pk)
    before = held_of(found.run)
    name = found.organisation.title
    title = Text(f"{name.zh}对《{found.run.title}》的异议", f"Objection of {name.en} to “{found.run.title}”")
    said = [
        Text(
            f"理由：{found.statement}　数据来源：{found.source}。",
            f"Reasons: {found.statement} Source: {found.source}.",
        ),
        *counterfactual.sentences(before, found.organisation, found.figures, found.difference),
        Text(f"答复：{found.answer_words.zh}。{found.reason}", f"Answer: {found.answer_words.en}. {found.reason}"),
    ]
    shown = counterfactual.shown(before, found.difference)
    foot = Text(f"记录号 {found.record_id[:12]}", f"record {found.record_id[:12]}")
    return listing_response(difference_listing(title, said, _cells(before, found.figures), shown, foot), suffix)


def _objection(request: HttpRequest, pk: int, problems: list[Problem], typed: str = "") -> HttpResponse:
    found = get_object_or_404(objections(request.user).select_related("run__record"), pk=pk)
    before = held_of(found.run)
    context = {
        "objection": found,
        "run": found.run,
        "rule_title": titles(found.run.region).get(found.run.rule, found.run.rule),
        "periods": periods_words(found.run),
        "cells": _cells(before, found.figures),
        "difference": counterfactual.shown(before, found.difference),
        "unit": before.result.rule.units()[before.result.rule.declared.result],
        "sentences": counterfactual.sentences(before, found.organisation, found.figures, found.difference),
        "files": list(found.files.all()),
        "lamp": clock(found, timezone.localdate()),
        "is_open": found.answer == Answer.OPEN,
        "may_answer": may(request.user, "runs.answer", found.run.organisation_id),
        "may_take_back": may(request.user, "runs.object", found.organisation_id),
        "problems": problems,
        "typed": typed,
    }
    return render(request, "runs/objection.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, reject or withdraw an objection."""
    found = get_object_or_404(objections(request.user), pk=pk)
    how, reason = request.POST.get("how", ""), request.POST.get("reason", "")
    by, now = request.user, timezone.now()
    if how not in ("accept", "reject", "withdraw"):
        raise Http404
    if how == "withdraw":
        check(by, "runs.object", found.organisation_id)
    else:
        check(by, "runs.answer", found.run.organisation_id)
    try:
        if how == "accept":
            contesting.accept(objection=found, reason=reason, by=by, now=now)  # type: ignore[arg-type]
        elif how == "reject":
            contesting.reject(objection=found, reason=reason, by=by, now=now)  # type: ignore[arg-type]
        else:
            contesting.take_back(objection=found, by=by, now=now)  # type: ignore[arg-type]
    except ProblemsError as error:
        return _objection(request, pk, list(error.problems), reason)
    return HttpResponseRedirect(reverse("runs:objection", args=[pk]))
