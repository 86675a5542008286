"""The file that comes back: tried first, kept when confirmed, given back with red cells where something is wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.workbook.returned import returned_workbook
from tongchou.web.collection.answering import save_entries
from tongchou.web.collection.filling import answer_seen, signed_in_user
from tongchou.web.collection.models import Answer
from tongchou.web.collection.returning import Trial, trial
from tongchou.web.collection.seen import place_named
from tongchou.web.collection.states import AnswerState
from tongchou.web.files.actions import keep, sent
from tongchou.web.files.kinds import TABLES
from tongchou.web.files.models import StoredFile
from tongchou.web.listings import file_response
from tongchou.web.people.access import requires
from tongchou.web.people.permissions import check, drafts_of


@requires("collection.enter")
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a table a unit sends back: show what it would change, keep it on a second press."""
    held = answer_seen(request, pk)
    check(request.user, "collection.enter", held.organisation_id)
    answers = _open_answers(held)
    context: dict[str, object] = {
        "answer": held,
        "round": held.round,
        "place": place_named(held.place),
        "max_mb": settings.UPLOAD_BYTES // 1024**2,
        "max_bytes": settings.UPLOAD_BYTES,
        "is_editable": bool(answers),
    }
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and answers:
        try:
            stored, tried = _tried(request, held, answers)
            if "confirm" in request.POST and not tried.reading.errors:
                _keep(request, answers, tried)
                return HttpResponseRedirect(reverse("collection:answer", args=[pk]))
            context |= {"stored": stored, "trial": tried, "faults": tried.reading.faults[:200]}
            problems = tuple(f.problem for f in tried.reading.errors)
        except ProblemsError as error:
            problems = error.problems
            context["problems"] = problems
    return render(request, "collection/come_back.html", context, status=422 if problems else 200)


@requires("collection.enter")
@require_safe
def returned(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Give the same file back, its wrong cells red, each with its reason."""
    held = answer_seen(request, pk)
    check(request.user, "collection.enter", held.organisation_id)
    stored = _stored(request, held, file)
    answers = _open_answers(held)
    if not answers:
        raise Http404
    tried = trial(stored.name, stored.content(), answers, timezone.localdate())
    data = returned_workbook(stored.name, stored.content(), tried.reading.faults)
    return file_response(data, EXPORTS[".xlsx"].media_type, stored.name.rpartition(".")[0][:60], "xlsx")


def _open_answers(held: Answer) -> list[Answer]:
    rows = Answer.objects.filter(round=held.round, organisation=held.organisation, state=AnswerState.OPEN)
    return [a for a in rows.select_related("round", "organisation") if a.is_editable]


def _tried(request: HttpRequest, held: Answer, answers: list[Answer]) -> tuple[StoredFile, Trial]:
    if "stored" in request.POST:
        stored = _stored(request, held, int(request.POST["stored"]) if request.POST["stored"].isdigit() else 0)
        return stored, trial(stored.name, stored.content(), answers, timezone.localdate())
    name, data = sent(request, endings=TABLES)
    tried = trial(name, data, answers, timezone.localdate())
    with transaction.atomic():
        stored = keep(
            name=name,
            data=data,
            organisation=held.organisation,
            by=signed_in_user(request),
            now=timezone.now(),
            endings=TABLES,
        )
    return stored, tried


def _keep(request: HttpRequest, answers: list[Answer], tried: Trial) -> None:
    with transaction.atomic():
        for answer in answers:
            if changes := tried.changes.get(answer.pk):
                written = [change.written for change in changes]
                save_entries(answer=answer, written=written, by=signed_in_user(request), now=timezone.now())


def _stored(request: HttpRequest, held: Answer, pk: int) -> StoredFile:
    stored = get_object_or_404(StoredFile, pk=pk, organisation=held.organisation)
    seen = drafts_of(request.user)
    if seen is not None and held.organisation_id not in seen:
        raise Http404
    return stored
