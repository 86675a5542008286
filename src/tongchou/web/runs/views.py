"""Pages of runs: the list, one run with its steps, history and result, its files and workings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.web.computing.account import account
from tongchou.web.computing.systems import module
from tongchou.web.computing.tables import rows_of
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.listings import file_response, listing_response
from tongchou.web.money.queries import entries_of
from tongchou.web.people.access import public
from tongchou.web.people.permissions import may
from tongchou.web.runs.computing import opened
from tongchou.web.runs.listing import runs_listing, standing
from tongchou.web.runs.models import Run
from tongchou.web.runs.pages import period_words, periods_words, result_context, settings_tried, titles
from tongchou.web.runs.queries import in_full, job_of, may_try_for, moves, told, visible
from tongchou.web.runs.steps import State
from tongchou.web.runs.terms import objections_until
from tongchou.web.runs.verification import check as check_record

_ROWS = 50
_MOST = 5000  # in a file


def _matching(request: HttpRequest) -> tuple[QuerySet[Run], dict[str, str]]:
    """Return the runs that the filters leave, and the filters."""
    chosen = {name: request.GET.get(name, "").strip()[:100] for name in ("state", "rule", "words")}
    found = visible(request.user)
    if chosen["state"] in State.values:
        found = found.filter(state=chosen["state"])
    if chosen["rule"]:
        found = found.filter(rule=chosen["rule"])
    if chosen["words"]:
        found = found.filter(title__icontains=chosen["words"])
    return found, chosen


@public
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs a person may see."""
    found, chosen = _matching(request)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    called = titles(settings.REGION)
    held = visible(request.user).order_by().values_list("rule", flat=True).distinct()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(run, called.get(run.rule, run.rule), periods_words(run), standing(run)) for run in page],
        "chosen": chosen,
        "states": [(s.value, s.words) for s in State],
        "rules": [(id_, called.get(id_, id_)) for id_ in sorted(held)],
        "matching": page.paginator.count,
        "query": query.urlencode(),
        "may_draft": may(request.user, "runs.draft"),
    }
    return render(request, "runs/runs.html", context)


@public
@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list as a file."""
    found, _ = _matching(request)
    return listing_response(runs_listing(found[:_MOST], titles(settings.REGION), timezone.now()), suffix)


@public
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: where it stands, who did what, its result and what may be done with it."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    return run_page(request, found, [])


def run_page(request: HttpRequest, found: Run, problems: list[Problem], typed: str = "") -> HttpResponse:
    """Answer with the page of a run, with what kept something from being done."""
    user = request.user
    job = job_of(found) if found.record_id is None else None
    if job is not None and job.is_over:  # it may have ended after the run was read: then there is a result to show
        found = get_object_or_404(in_full(user), pk=found.pk)
    called = titles(found.region)
    entries = entries_of(user, found)
    context: dict[str, Any] = {
        "run": found,
        "rule_title": called.get(found.rule, found.rule),
        "periods": periods_words(found),
        "standing": standing(found),
        "moves": moves(user, found),
        "history": told(found),
        "job": job if found.record_id is None else None,
        "successor": found.successors.exclude(state=State.WITHDRAWN).first(),
        "others": visible(user).filter(rule=found.rule, record__isnull=False).exclude(pk=found.pk)[:20],
        "may_edit": found.state == State.DRAFT and may(user, "runs.draft", found.organisation_id),
        "may_supersede": found.state != State.WITHDRAWN and may(user, "runs.draft", found.organisation_id),
        "may_try": bool(found.record_id) and found.is_settled and bool(may_try_for(user)),
        "objections_until": objections_until(found),
        "entries": entries,
        "may_post": found.pays and found.is_settled and may(user, "money.post") and not any(e.is_open for e in entries),
        "exports": RUN_EXPORTS,
        "problems": problems,
        "typed_comment": typed,
    }
    if found.record is not None:
        workings = reverse("runs:workings", args=[found.pk])
        shown = result_context(request, found.record, found.region, workings)
        context |= {**shown, "problems": [*problems, *shown.get("problems", [])]}
        if "held" in shown:
            context["tried"] = settings_tried(shown["held"].result.rule, found)
    return render(request, "runs/run.html", context, status=422 if problems else 200)


@public
@require_safe
def result(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Give the result of a run as a file, from its record; the JSON file is the record as it is kept."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    kind = RUN_EXPORTS.get(f".{suffix}")
    if kind is None or found.record is None:
        raise Http404
    if suffix == "json":
        data = (found.record.text + "\n").encode()
    else:
        try:
            held = opened(found.record, found.region)
        except ProblemsError:
            raise Http404 from None
        data = kind.render(held.result, held.answer.names, current())
    return file_response(data, kind.media_type, f"{found.title} {kind.label.in_(current())}", suffix)


@public
@require_safe
def workings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one number of a run came about: of place code ``row``, column ``number``, period ``at``."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    if found.record is None:
        raise Http404
    try:
        held = opened(found.record, found.region)
    except ProblemsError:
        raise Http404 from None
    rule = held.result.rule
    name = request.GET.get("number", rule.declared.result)
    period = request.GET.get("at", max(held.result.table.periods))
    place = request.GET.get("row")
    rows = rows_of(held.result, period)
    row = next((i for i in rows if place is None or held.result.table.places[i] == place), None)
    if row is None or name not in (*rule.declared.columns, *rule.declared.inputs):
        raise Http404
    context = {
        "region": region_named(found.region),
        "rule": rule,
        "module": module(rule.id),
        "account": account(held.result, held.answer.names, row, name),
        "period": period_words(period),
        "here": "",
        "at": period,
        "back": f"{reverse('runs:run', args=[pk])}#result",
        "workings_address": reverse("runs:workings", args=[pk]),
    }
    return render(request, "computing/workings.html", context)


@public
@require_safe
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a run again from its record and say whether it gives the same, to the last bit."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    if found.record is None:
        raise Http404
    return render(request, "runs/verify.html", {"run": found, "problems": check_record(found.record)})
