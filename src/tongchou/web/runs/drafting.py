"""Drafting a run from a rule's page, mending a draft, and moving a run step by step."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web import codes as web_codes
from tongchou.web.computing.answers import answer, base_in_use
from tongchou.web.computing.catalogue import Entry, entries
from tongchou.web.computing.questions import Question, question
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check
from tongchou.web.runs import actions, codes
from tongchou.web.runs.models import Run
from tongchou.web.runs.pages import period_words, settings_tried
from tongchou.web.runs.queries import in_full, may_draft_for, visible
from tongchou.web.runs.steps import STEPS, State
from tongchou.web.runs.views import run_page


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
    return question(form, entry.rule, entry.periods, region_named(settings.REGION))


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
