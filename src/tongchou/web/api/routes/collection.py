"""Rounds of collection as a unit owes them: what is asked, what stands there, writing and submitting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from tongchou.kernel.problems import ProblemsError
from tongchou.web.api import codes
from tongchou.web.api.guard import Somebody, Writer, person
from tongchou.web.api.kinds import Id, Pk
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import ProblemOut, answers
from tongchou.web.collection.answering import save_entries, submit_answer
from tongchou.web.collection.cells import Cell, Written, sheet_of
from tongchou.web.collection.models import Answer
from tongchou.web.language import current
from tongchou.web.people.permissions import check, organisations_of

router = Router(tags=["collection"])
_NO_NUL = r"^[^\x00]*$"


class AnswerOut(Schema):
    """What one unit owes a round for one place, and how far it has come."""

    id: int
    round: int
    title: str
    due: date
    place: str
    organisation: str
    state: str
    cells: int


class CellOut(Schema):
    """One cell asked. ``state`` is missing (未报), invalid, doubtful or saved; 不适用 is told apart from both."""

    indicator: str
    period: str
    unit: str
    value: float | None
    not_applicable: bool
    typed: str
    source: str
    note: str
    explanation: str
    version: int
    last_year: float | None
    state: str
    problems: list[ProblemOut]


class CellIn(Schema):
    """What is written into a cell seen at ``version`` (0 where it was empty); ``typed`` as one types a number."""

    indicator: str = Field(min_length=1, max_length=80, pattern=_NO_NUL)
    period: str = Field(min_length=4, max_length=24, pattern=r"^[0-9Q/-]+$")
    typed: str = Field("", max_length=100, pattern=_NO_NUL)
    not_applicable: bool = False
    source: str = Field("", max_length=300, pattern=_NO_NUL)
    note: str = Field("", max_length=500, pattern=_NO_NUL)
    explanation: str = Field("", max_length=500, pattern=_NO_NUL)
    version: int = Field(0, ge=0, le=2**31 - 1)


class CellsIn(Schema):
    """Cells to write, all or none; ``submit`` hands the answer to the unit's reviewer."""

    cells: list[CellIn] = Field(max_length=2000)
    submit: bool = False


class SavedOut(Schema):
    """How many cells were changed, what of them is no figure yet, and the state the answer is in now."""

    changed: int
    state: str
    problems: list[ProblemOut]


def _answers(request: HttpRequest) -> Any:
    check(request.user, "collection.see")
    held = organisations_of(request.user, "collection.see")
    found = Answer.objects.select_related("round").order_by("round__due", "pk")
    return found if held is None else found.filter(organisation__in=held)


def _answer(request: HttpRequest, pk: int) -> Answer:
    found: Answer | None = _answers(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _cell(one: Cell) -> dict[str, Any]:
    entry = one.entry
    return {
        "indicator": one.indicator.id,
        "period": one.period.code,
        "unit": one.indicator.unit,
        "value": entry.value if entry else None,
        "not_applicable": entry.not_applicable if entry else False,
        "typed": entry.typed if entry else "",
        "source": entry.source if entry else "",
        "note": entry.note if entry else "",
        "explanation": entry.explanation if entry else "",
        "version": entry.version if entry else 0,
        "last_year": one.before,
        "state": one.state,
        "problems": [p.as_dict(current()) for p in (*one.errors, *one.warnings)],
    }


@router.get("/answers", response=answers(Page[AnswerOut], 403), auth=Somebody(), summary="填报任务 What is owed")
def all_answers(request: HttpRequest, paging: Query[Paging], state: Id = "", round: Id = "") -> Any:
    """List what units owe rounds: one's own unit's, for the city all."""
    found = _answers(request)
    if state:
        found = found.filter(state=state)
    if round:
        found = (
            found.filter(round=int(round)) if round.isascii() and round.isdigit() and len(round) < 10 else found.none()
        )
    return paged(
        found,
        paging,
        lambda a: {
            "id": a.pk,
            "round": a.round_id,
            "title": a.round.title,
            "due": a.round.due,
            "place": a.place,
            "organisation": a.organisation_id,
            "state": a.state,
            "cells": a.cells,
        },
    )


@router.get("/answers/{pk}/cells", response=answers(Page[CellOut], 403, 404), auth=Somebody(), summary="单元格 Cells")
def cells(request: HttpRequest, pk: Pk, paging: Query[Paging]) -> Any:
    """List the cells of an answer with what stands in them and what is wrong or doubtful."""
    sheet = sheet_of(_answer(request, pk), timezone.localdate())
    return paged(sheet.cells, paging, _cell)


@router.post("/answers/{pk}/cells", response=answers(SavedOut, 403, 404), auth=Writer(), summary="填报 Fill in")
def write(request: HttpRequest, pk: Pk, body: CellsIn) -> Any:
    """Write cells of one's own unit, all or none; a cell somebody else changed meanwhile is refused."""
    by, now, on = person(request), timezone.now(), timezone.localdate()
    answer = _answer(request, pk)
    check(by, "collection.enter", answer.organisation_id)
    asked = {cell.key for cell in sheet_of(answer, on).cells}
    unknown = [c for c in body.cells if (c.indicator, c.period) not in asked]
    if unknown:
        raise ProblemsError([codes.NOT_ASKED.at(f"{c.indicator}|{c.period}") for c in unknown[:50]])
    written = [Written(**cell.model_dump()) for cell in body.cells]
    saved = save_entries(answer=answer, written=written, by=by, now=now)
    if body.submit:
        answer = submit_answer(answer=answer, by=by, now=now, on=on)
    return {
        "changed": saved.changed,
        "state": answer.state,
        "problems": [p.as_dict(current()) for p in saved.problems],
    }
