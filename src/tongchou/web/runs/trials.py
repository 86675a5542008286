"""Pages on which an organisation tries a run with its own figures: seen by itself only."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.web.computing.changing import change_shown
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.permissions import may
from tongchou.web.runs import contesting, counterfactual
from tongchou.web.runs.comparing import compared, held_of
from tongchou.web.runs.computing import opened
from tongchou.web.runs.counterfactual import difference
from tongchou.web.runs.listing import difference_listing, standing
from tongchou.web.runs.own_figures import own_figures, placed, read_cells
from tongchou.web.runs.pages import titles
from tongchou.web.runs.queries import acting_for, in_full, scenarios
from tongchou.web.runs.terms import objections_until

_ROWS = 50


@requires("runs.try")
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a run with one's own figures: only the organisation's own can be changed, and only it sees the result."""
    run = get_object_or_404(in_full(request.user), pk=pk)
    organisation = acting_for(request.user, "runs.try", request.POST.get("organisation", ""))
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
    own, elsewhere = placed(own_figures(held, organisation, request.POST.dict()), problems)
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
        "cells": counterfactual.figures_changed(before, found.figures),
        "change": change_shown(compared(before, after, (last, last))),
        "until": objections_until(run),
        "may_object": may(request.user, "runs.object", found.organisation_id),
    }
    return render(request, "runs/scenario.html", context)


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
    changed = counterfactual.figures_changed(before, found.figures)
    return listing_response(difference_listing(title, said, changed, shown, foot), suffix)
