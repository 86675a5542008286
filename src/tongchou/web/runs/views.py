"""Pages of runs: the list, a new one from a rule's page, one run with its steps, history, result and files."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.web import codes as web_codes
from tongchou.web.computing.account import account
from tongchou.web.computing.answers import answer, base_in_use
from tongchou.web.computing.catalogue import Entry, entries
from tongchou.web.computing.questions import Question, question
from tongchou.web.computing.systems import module
from tongchou.web.computing.tables import rows_of
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.listings import file_response, listing_response
from tongchou.web.money.queries import entries_of
from tongchou.web.people.access import public, requires, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, may
from tongchou.web.runs import actions, codes
from tongchou.web.runs.computing import opened
from tongchou.web.runs.listing import runs_listing, standing
from tongchou.web.runs.models import Run
from tongchou.web.runs.pages import period_words, periods_words, result_context, settings_tried, titles
from tongchou.web.runs.queries import in_full, job_of, may_draft_for, may_try_for, moves, told, visible
from tongchou.web.runs.steps import STEPS, State
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


@requires("runs.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, id_: str) -> HttpResponse:
    """Save what the page of a rule computed as a run: ask for title and purpose, then draft it."""
    entry = next((e for e in entries(settings.REGION) if e.rule.id == id_), None)
    organisations = may_draft_for(request.user)
    if entry is None:
        raise Http404
    if not organisations:
        raise PermissionDenied("runs.draft")
    form = request.POST if request.method == "POST" else request.GET
    asked = _question(form, entry)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            made = _draft(request, asked, organisations)
            return HttpResponseRedirect(reverse("runs:run", args=[made.pk]))
        except ProblemsError as error:
            problems += error.problems
    try:
        answer(settings.REGION, asked)
    except ProblemsError as error:
        problems += [p for p in error.problems if p not in problems]
    title = entry.rule.declared.title.text().in_(current())
    context = {
        "entry": entry,
        "rule": entry.rule,
        "asked": asked,
        "periods": [period_words(p) for p in asked.periods],
        "tried": settings_tried(entry.rule, Run(settings=dict(asked.settings))),
        "organisations": [(one.pk, one.title) for one in organisations],
        "problems": problems,
        "typed": {
            "title": form.get(
                "title", f"{title} {period_words(asked.period).in_(current())}" if asked.period else title
            ),
            "purpose": form.get("purpose", ""),
            "organisation": form.get("organisation", organisations[0].pk),
            "figures_on": form.get("figures_on", f"{timezone.localdate():%Y-%m-%d}"),
        },
        "supersedes": form.get("supersedes", ""),
        "back": f"{reverse('rule', args=[id_])}?{asked.address()}",
    }
    return render(request, "runs/new.html", context, status=422 if problems else 200)


def _question(form: QueryDict, entry: Entry) -> Question:
    return question(form, entry.rule, entry.periods, tuple(region_named(settings.REGION).bases))


def _draft(request: HttpRequest, asked: Question, organisations: list[Organisation]) -> Run:
    now = timezone.now()
    problems = list(asked.problems)
    owner = next((one for one in organisations if one.pk == request.POST.get("organisation")), None)
    if owner is None:
        problems.append(web_codes.NO_SUCH_CHOICE.at("organisation", text=request.POST.get("organisation", "")[:40]))
    text = request.POST.get("figures_on", "").strip()
    try:
        on = parse_date(text)
    except ValueError:
        on = None
    if on is None or on > timezone.localdate():
        problems.append(web_codes.NO_SUCH_CHOICE.at("figures_on", text=text[:40]))
    earlier = None
    if given := request.POST.get("supersedes", ""):
        earlier = visible(request.user).filter(pk=given if given.isdigit() else 0, rule=asked.rule).first()
        if earlier is None or owner is None or earlier.organisation_id != owner.pk:
            problems.append(web_codes.NO_SUCH_CHOICE.at("supersedes", text=given[:40]))
    if problems or owner is None or on is None:
        raise ProblemsError(problems)
    # Figures as of a day are those at its end; of today, those of now.
    end = timezone.make_aware(datetime.combine(on, time.max))
    check(request.user, "runs.draft", owner.pk)
    return actions.draft(
        rule=asked.rule,
        title=request.POST.get("title", ""),
        purpose=request.POST.get("purpose", ""),
        organisation=owner,
        region=settings.REGION,
        periods=asked.periods,
        base=base_in_use(settings.REGION, asked) or "",
        settings=dict(asked.settings),
        figures_at=min(end, now),
        by=request.user,  # type: ignore[arg-type]
        now=now,
        supersedes=earlier,
    )


@public
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: where it stands, who did what, its result and what may be done with it."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    return run_page(request, found, [])


def run_page(request: HttpRequest, found: Run, problems: list[Problem], typed: str = "") -> HttpResponse:
    """Answer with the page of a run, with what kept something from being done."""
    called = titles(found.region)
    user = request.user
    entries = entries_of(user, found)
    context: dict[str, Any] = {
        "run": found,
        "rule_title": called.get(found.rule, found.rule),
        "periods": periods_words(found),
        "standing": standing(found),
        "moves": moves(user, found),
        "history": told(found),
        "job": job_of(found) if found.record_id is None else None,
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


@requires("runs.draft")
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title and purpose of a draft, or compute it again where that failed."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    check(request.user, "runs.draft", found.organisation_id)
    by, now = request.user, timezone.now()
    try:
        if "again" in request.POST:
            actions.compute_again(run=found, by=by, now=now)  # type: ignore[arg-type]
        else:
            title, purpose = request.POST.get("title", ""), request.POST.get("purpose", "")
            actions.retitle(run=found, title=title, purpose=purpose, by=by, now=now)  # type: ignore[arg-type]
    except ProblemsError as error:
        return run_page(request, found, list(error.problems))
    return HttpResponseRedirect(reverse("runs:run", args=[pk]))


@signed_in
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a run one step, with a comment; each step asks for its own permission."""
    found = get_object_or_404(in_full(request.user), pk=pk)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    seen = request.POST.get("seen", "")
    permission = step.permissions.get(State(seen)) if seen in State.values else None
    if permission is None:
        return run_page(request, found, [codes.NOT_NOW.at("step", state=found.state_words, step=step.label)])
    check(request.user, permission, found.organisation_id)
    comment = request.POST.get("comment", "")
    try:
        actions.move(
            run=found,
            step=step.id,
            comment=comment,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            seen=seen,
        )
    except ProblemsError as error:
        return run_page(request, get_object_or_404(in_full(request.user), pk=pk), list(error.problems), comment)
    return HttpResponseRedirect(reverse("runs:run", args=[pk]))


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
