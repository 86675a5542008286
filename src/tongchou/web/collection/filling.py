"""Pages of a unit: what it is asked, the grid of one answer, the template, and the file that comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.surfaces.workbook.collection import collection_template
from tongchou.web.collection.answering import (
    accept_answer,
    review_answer,
    save_entries,
    send_back,
    submit_answer,
)
from tongchou.web.collection.burden import cap, shares
from tongchou.web.collection.cells import Cell, Sheet, Written, asked_cells, sheet_of
from tongchou.web.collection.models import Answer
from tongchou.web.collection.seen import answers_for, place_named
from tongchou.web.collection.states import AnswerState
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.listings import file_response, listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import User
from tongchou.web.people.permissions import check, may

_ANSWERS = 50  # on one page
_WORDS = ("source", "note", "explanation")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the grid: the cell and what its inputs show, which after a refusal is what was typed."""

    cell: Cell
    value: str
    absent: bool
    source: str
    note: str
    explanation: str
    version: int
    seen: str  # by which it is known, when it comes back, whether anything was written
    problems: tuple[Problem, ...]


@requires("collection.see")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what the person's unit is asked to fill in, what waits and what is done; and its minutes this month."""
    page = Paginator(_mine(request), _ANSWERS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    user = signed_in_user(request)
    found = [s for s in shares(today.year, user.organisations) if s.month == today.replace(day=1)]
    context = {
        "page": page,
        "rows": [(a, place_named(a.place)) for a in page],
        "today": today,
        "minutes": sum(s.minutes for s in found),
        "cap": cap(today),
    }
    return render(request, "collection/mine.html", context)


@requires("collection.see")
@require_safe
def mine_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list as a file."""
    columns = (
        ListingColumn(Text("任务", "Round"), 34),
        ListingColumn(Text("条款", "Clause"), 8, "centre"),
        ListingColumn(Text("地方", "Place"), 12),
        ListingColumn(Text("填报单位", "Unit"), 20),
        ListingColumn(Text("截止", "Due"), 14, "date"),
        ListingColumn(Text("已填", "Filled"), 8, "number"),
        ListingColumn(Text("应填", "Cells"), 8, "number"),
        ListingColumn(Text("状态", "State"), 16),
    )
    rows = [
        (
            a.round.title,
            a.round.clause,
            place_named(a.place),
            a.organisation.title,
            a.round.due,
            a.filled,
            a.cells,
            a.state_label,
        )
        for a in _mine(request)[:5000]
    ]
    note = Text("未报的格不是零。", "What is not reported is not zero.")
    return listing_response(Listing(Text("填报任务", "What is to be filled in"), note, columns, rows), suffix)


def _mine(request: HttpRequest) -> Any:
    order = ("round__state", "round__due", "place")
    rows = answers_for(request.user).order_by("-round__state", *order[1:])
    user = signed_in_user(request)
    return rows if may(user, "collection.design") else rows.filter(organisation__in=user.organisations)


@requires("collection.see")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one answer as a grid; save it as a draft, submit it, review, accept, send back or reopen it."""
    held = answer_seen(request, pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            problems = _do(request, held)
        except ProblemsError as error:
            problems = error.problems
        if not problems:
            return HttpResponseRedirect(reverse("collection:answer", args=[pk]))
        held = answer_seen(request, pk)
    sheet = sheet_of(held, timezone.localdate())
    context = _context(request, held, sheet, problems)
    return render(request, "collection/answer.html", context, status=422 if problems else 200)


def _do(request: HttpRequest, held: Answer) -> tuple[Problem, ...]:
    """Do what a button says; return what is wrong with cells that were kept all the same."""
    user, now, on = signed_in_user(request), timezone.now(), timezone.localdate()
    verb, unit = request.POST.get("verb", "save"), held.organisation_id
    if verb in ("save", "submit"):
        check(user, "collection.enter", unit)
        saved = save_entries(answer=held, written=_written(request, held), by=user, now=now)
        if verb == "submit" and not saved.problems:
            submit_answer(answer=held, by=user, now=now, on=on)
        return saved.problems
    if verb == "review":
        check(user, "collection.review", unit)
        review_answer(answer=held, by=user, now=now)
    elif verb == "accept":
        check(user, "collection.accept", unit)
        accept_answer(answer=held, by=user, now=now)
    elif verb == "return":
        check(user, "collection.review" if held.state == AnswerState.SUBMITTED else "collection.accept", unit)
        send_back(answer=held, reason=request.POST.get("reason", ""), by=user, now=now)
    else:
        raise Http404
    return ()


def _written(request: HttpRequest, held: Answer) -> list[Written]:
    """Read the grid's inputs; a cell without a source of its own takes the one given for all."""
    for_all = request.POST.get("source_for_all", "").strip()
    found = []
    for cell in sheet_of(held, timezone.localdate()).cells:
        if f"value:{cell.name}" not in request.POST:
            continue
        text = request.POST[f"value:{cell.name}"].strip()[:100]
        absent = f"absent:{cell.name}" in request.POST
        own, note, explanation = (request.POST.get(f"{f}:{cell.name}", "").strip() for f in _WORDS)
        source = own or (for_all if text or absent else "")
        # A cell as its reader was shown it was not written, whatever somebody else did to it meanwhile.
        if request.POST.get(f"seen:{cell.name}") == _digest(text, absent, source, note, explanation):
            continue
        version = request.POST.get(f"version:{cell.name}", "0")
        known = int(version) if version.isdigit() else 0
        found.append(Written(cell.indicator.id, cell.period.code, text, absent, source, note, explanation, known))
    return found


def _context(request: HttpRequest, held: Answer, sheet: Sheet, problems: tuple[Problem, ...]) -> dict[str, Any]:
    user, unit = signed_in_user(request), held.organisation_id
    placed: dict[str, list[Problem]] = defaultdict(list)
    names = {cell.name for cell in sheet.cells}
    for problem in problems:
        placed[problem.where if problem.where in names else ""].append(problem)
    editable = held.is_editable and may(user, "collection.enter", unit)
    return {
        "answer": held,
        "round": held.round,
        "place": place_named(held.place),
        "sheet": sheet,
        "rows": [_row(cell, request.POST, tuple(placed[cell.name])) for cell in sheet.cells],
        "problems": placed[""],
        "cell_problems": len(problems) - len(placed[""]),
        "is_editable": editable,
        "may_review": held.state == AnswerState.SUBMITTED and may(user, "collection.review", unit),
        "may_accept": held.state == AnswerState.REVIEWED and may(user, "collection.accept", unit),
        "may_reopen": held.state == AnswerState.ACCEPTED and may(user, "collection.accept", unit),
        "source_for_all": request.POST.get("source_for_all", ""),
        "events": [(e, words_of(e.kind)) for e in history(held)[:20]],
        "minutes": held.cells * held.round.minutes,
        "siblings": _siblings(held),
        "today": timezone.localdate(),
    }


def _digest(text: str, absent: bool, *words: str) -> str:
    return sha256(repr((text, absent, *words)).encode()).hexdigest()[:16]


def _siblings(held: Answer) -> list[tuple[Answer, Text]]:
    """Return the same unit's other answers in the round."""
    rows = Answer.objects.filter(round=held.round, organisation=held.organisation_id).exclude(pk=held.pk)
    return [(one, place_named(one.place)) for one in rows.order_by("place")[:12]]


def _row(cell: Cell, posted: Mapping[str, str], problems: tuple[Problem, ...]) -> Row:
    entry = cell.entry
    typed = f"value:{cell.name}" in posted
    kept = entry.typed if entry else ""
    words = (entry.source, entry.note, entry.explanation) if entry else ("", "", "")
    return Row(
        cell,
        posted.get(f"value:{cell.name}", "") if typed else kept,
        (f"absent:{cell.name}" in posted) if typed else bool(entry and entry.not_applicable),
        posted.get(f"source:{cell.name}", "") if typed else (entry.source if entry else ""),
        posted.get(f"note:{cell.name}", "") if typed else (entry.note if entry else ""),
        posted.get(f"explanation:{cell.name}", "") if typed else (entry.explanation if entry else ""),
        entry.version if entry else 0,
        _digest(kept, bool(entry and entry.not_applicable), *words),
        problems or cell.errors,
    )


@requires("collection.see")
@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the Excel template of a unit for a round, all its places in it."""
    held = answer_seen(request, pk)
    answers = Answer.objects.filter(round=held.round, organisation=held.organisation).select_related("round")
    asked = list(held.round.asked.values_list("indicator", flat=True))
    cells = [c for one in answers for c in asked_cells(sheet_of(one, timezone.localdate(), asked))]
    round_ = held.round
    title = f"{round_.title}（{held.organisation.name}）"
    note = (
        f"用途：第 {round_.clause} 条，供{round_.used_by}使用。依据：{round_.basis}。截止 {round_.due:%Y-%m-%d}。"
        "没有发生填 0；本单位没有这项在“不适用”打√；还不知道就留空。填好后原样传回，列的顺序和工作表名可以改。"
    )
    data = collection_template(title, note, cells)
    return file_response(data, EXPORTS[".xlsx"].media_type, title[:60], "xlsx")


def answer_seen(request: HttpRequest, pk: int) -> Answer:
    """Return an answer the person may see; a design is seen by those who design."""
    held = get_object_or_404(Answer.objects.select_related("round", "organisation", "round__organisation"), pk=pk)
    check(request.user, "collection.see", held.organisation_id)
    if held.round.state in ("design", "dropped"):
        check(request.user, "collection.design")
    return held


def signed_in_user(request: HttpRequest) -> User:
    """Return the person, in a view that requires a permission."""
    assert isinstance(request.user, User)  # noqa: S101 — every view here requires a permission
    return request.user
