"""Implementation plans: the register of filed and missing ones, a plan with its versions, and filing one."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.web.duties import codes
from tongchou.web.duties.actions.planning import Task, file_plan
from tongchou.web.duties.coverage import coverage_listing, coverages
from tongchou.web.duties.filled import Filled, scan_sent
from tongchou.web.duties.models import Commitment, Plan
from tongchou.web.duties.words import Decision
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.ledger.models import Document
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, organisations_of

_BETWEEN = re.compile(r"[、，,;；\s]+")
_MORE = 5  # empty rows of the form


@signed_in
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show who has filed a plan, who has not, and what share of its commitments each takes up."""
    rows = coverages(chosen_document(request, read=False))
    context = {
        "rows": rows,
        "filed": sum(r.plan is not None for r in rows),
        "mine": organisations_of(request.user, "duties.answer"),
        "all_mine": organisations_of(request.user, "duties.answer") is None,
    }
    return render(request, "duties/plans.html", context)


@signed_in
@require_safe
def plans_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the register of plans as a file."""
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    return listing_response(coverage_listing(document, coverages(document)), suffix)


@signed_in
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of a plan with its tasks, and the other versions."""
    one = get_object_or_404(Plan.objects.select_related("organisation", "file", "filed_by"), pk=pk)
    versions = list(Plan.objects.filter(document=one.document_id, organisation=one.organisation_id))
    tasks = list(one.tasks.prefetch_related("commitments"))
    taken = {c.pk for t in tasks for c in t.commitments.all()}
    borne = _borne(one.document_id, one.organisation)
    context = {
        "plan": one,
        "tasks": tasks,
        "versions": versions,
        "is_newest": versions[0].pk == one.pk,
        "left": [c for c in borne if c.pk not in taken],
        "borne": len(borne),
        "taken": sum(c.pk in taken for c in borne),
        "may_file": _may_file(request, one.organisation_id),
    }
    return render(request, "duties/plan.html", context)


def _may_file(request: HttpRequest, organisation: str) -> bool:
    held = organisations_of(request.user, "duties.answer")
    return held is None or organisation in held


def _borne(document: int, organisation: Organisation) -> list[Commitment]:
    found = Commitment.objects.filter(document=document, decision=Decision.CONFIRMED)
    return list(found.filter(duties__organisation=organisation))


@requires("duties.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest, id_: str) -> HttpResponse:
    """File a unit's plan as its next version, starting from the tasks of the last."""
    check(request.user, "duties.answer", id_)
    organisation = get_object_or_404(Organisation, pk=id_)
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    borne = _borne(document.pk, organisation)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            filed = _file(request, document, organisation, borne)
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("duties:plan", args=[filed.pk]))
        rows = _typed_rows(request)
    else:
        last = Plan.objects.filter(document=document, organisation=organisation).first()
        rows = _rows_of(last)
    context = {
        "organisation": organisation,
        "document": document,
        "borne": borne,
        "rows": rows,
        "problems": problems,
        "wrong": by_field(problems),
        "typed": request.POST,
    }
    return render(request, "duties/new_plan.html", context, status=422 if problems else 200)


Row = dict[str, str]


def _rows_of(last: Plan | None) -> list[Row]:
    tasks = last.tasks.prefetch_related("commitments") if last else ()
    rows = [
        {
            "words": t.words,
            "post": t.post,
            "date": t.date.isoformat() if t.date else "",
            "measure": t.measure,
            "codes": "、".join(c.code for c in t.commitments.all()),
        }
        for t in tasks
    ]
    return rows + [{} for _ in range(_MORE)]


def _typed_rows(request: HttpRequest) -> list[Row]:
    columns = {k: request.POST.getlist(f"task-{k}") for k in ("words", "post", "date", "measure", "codes")}
    count = max((len(v) for v in columns.values()), default=0)
    return [{k: v[i] if i < len(v) else "" for k, v in columns.items()} for i in range(min(count, 500))]


def _file(request: HttpRequest, document: Document, organisation: Organisation, borne: list[Commitment]) -> Plan:
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    form = Filled(request.POST.dict())
    by_code = {c.code: c for c in borne}
    tasks: list[Task] = []
    for row in _typed_rows(request):
        if not any(v.strip() for v in row.values()):
            continue
        where = f"task-{len(tasks) + 1}"
        line = Filled({f"{where}": row.get("date", "")})
        day = line.day(where, needed=False)
        form.problems += line.problems
        wanted = [
            c for c in row.get("codes", "").replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if c
        ]
        form.problems += [
            codes.NOT_ITS_DUTY.at(where, unit=organisation.title, code=c[:20]) for c in wanted if c not in by_code
        ]
        taken = tuple(by_code[c] for c in dict.fromkeys(wanted) if c in by_code)
        tasks.append(Task(row.get("words", ""), row.get("post", ""), day, row.get("measure", ""), taken))
    file = None
    try:
        file = scan_sent(request, "file")
    except ProblemsError as error:
        form.problems += error.problems
    form.stop()
    return file_plan(
        document=document,
        organisation=organisation,
        title=form.text("title"),
        words=form.text("words"),
        tasks=tasks,
        file=file,
        by=request.user,
        now=timezone.now(),
    )
