"""Pages on which an organisation objects to a run, and the city answers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.kernel.text import Text
from tongchou.web.files.actions import sent
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, may
from tongchou.web.runs import contesting, counterfactual
from tongchou.web.runs.clock import clock
from tongchou.web.runs.comparing import held_of
from tongchou.web.runs.computing import Held
from tongchou.web.runs.listing import difference_listing, objections_listing
from tongchou.web.runs.models import Answer, Objection, Run
from tongchou.web.runs.own_figures import FIGURE, own_figures, placed, read_cells
from tongchou.web.runs.pages import periods_words, titles
from tongchou.web.runs.queries import acting_for, in_full, objections, scenarios
from tongchou.web.runs.terms import objections_until, term

_ROWS = 50


@requires("runs.object")
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a run: own figures in place of those used, the source, files, and the reason."""
    run = get_object_or_404(in_full(request.user), pk=pk)
    organisation = acting_for(request.user, "runs.object", request.POST.get("organisation", ""))
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
    own, elsewhere = placed(own_figures(held, organisation, typed), problems)
    context = {
        "run": run,
        "rule_title": titles(run.region).get(run.rule, run.rule),
        "organisation": organisation,
        "own": own,
        "problems": problems,
        "wrong": by_field(elsewhere),
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
    changed = counterfactual.figures_changed(before, found.figures)
    return listing_response(difference_listing(title, said, changed, shown, foot), suffix)


def _objection(request: HttpRequest, pk: int, problems: list[Problem], typed: str = "") -> HttpResponse:
    found = get_object_or_404(objections(request.user).select_related("run__record"), pk=pk)
    before = held_of(found.run)
    context = {
        "objection": found,
        "run": found.run,
        "rule_title": titles(found.run.region).get(found.run.rule, found.run.rule),
        "periods": periods_words(found.run),
        "cells": counterfactual.figures_changed(before, found.figures),
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
