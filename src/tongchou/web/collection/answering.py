"""What can be done to an answer: written, submitted, reviewed, accepted, sent back, reopened. One event each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.web.collection import codes
from tongchou.web.collection.bases import base_for
from tongchou.web.collection.cells import Written, sheet_of, submitting_problems
from tongchou.web.collection.models import Answer, Entry
from tongchou.web.collection.states import AnswerState, RoundState
from tongchou.web.events.record import record
from tongchou.web.figures.keeping import Kept, Proposed, keep_figures
from tongchou.web.figures.store import indicators
from tongchou.web.people.models import User

_KEPT = ("typed", "value", "not_applicable", "source", "note", "explanation")


@dataclass(frozen=True, slots=True)
class Saved:
    """How many cells were changed, and which of what was kept is no figure yet."""

    changed: int
    problems: tuple[Problem, ...]


@transaction.atomic
def save_entries(*, answer: Answer, written: Sequence[Written], by: User, now: datetime) -> Saved:
    """Keep what was written as a draft, what is no number too. A cell that somebody else changed meanwhile is refused.

    Raises :class:`ProblemsError` with every such cell; then nothing is kept.
    """
    held = _locked(answer)
    if not held.is_editable:
        raise ProblemsError([_wrong_state(held)])
    entries = {(e.indicator, e.period): e for e in held.entries.select_for_update(of=("self",)).select_related("by")}
    known = indicators()
    conflicts, problems = [], []
    added, changed = [], []
    for one in written:
        value, absent, text, problem = one.read(known[one.indicator].unit)
        if problem is not None:
            problems.append(problem)
        said = {
            "typed": text[:100],
            "value": value,
            "not_applicable": absent,
            "source": one.source.strip()[:300],
            "note": one.note.strip()[:500],
            "explanation": one.explanation.strip()[:500],
        }
        was = entries.get((one.indicator, one.period))
        if was is None:
            if any(said.values()) or value is not None:
                added.append(Entry(answer=held, indicator=one.indicator, period=one.period, by=by, at=now, **said))
        elif any(getattr(was, name) != said[name] for name in _KEPT):
            if was.version != one.version:
                shown = was.typed or ("不适用" if was.not_applicable else "")
                conflicts.append(codes.CHANGED_MEANWHILE.at(one.name, who=was.by.name, text=shown, typed=one.typed))
                continue
            for name in _KEPT:
                setattr(was, name, said[name])
            was.version, was.by, was.at = was.version + 1, by, now
            changed.append(was)
    if conflicts:
        raise ProblemsError(conflicts)
    Entry.objects.bulk_create(added, batch_size=50)
    Entry.objects.bulk_update(changed, [*_KEPT, "version", "by", "at"], batch_size=50)
    if added or changed:
        data = {"cells": len(added) + len(changed)}
        record("collection.entries_saved", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return Saved(len(added) + len(changed), tuple(problems))


@transaction.atomic
def submit_answer(*, answer: Answer, by: User, now: datetime, on: date) -> Answer:
    """Submit an answer to the unit's reviewer; raises with every cell that is wrong, silent or unexplained."""
    held = _locked(answer)
    if not held.is_editable:
        raise ProblemsError([_wrong_state(held)])
    if problems := submitting_problems(sheet_of(held, on)):
        raise ProblemsError(problems)
    held.state, held.submitted_by, held.submitted_at, held.reason = AnswerState.SUBMITTED, by, now, ""
    held.save(update_fields=["state", "submitted_by", "submitted_at", "reason"])
    record("collection.answer_submitted", about=held, by=by, now=now, organisation=held.organisation)
    return held


@transaction.atomic
def review_answer(*, answer: Answer, by: User, now: datetime) -> Answer:
    """Pass an answer on to the city; never by the person who submitted it."""
    held = _in(answer, AnswerState.SUBMITTED)
    if held.submitted_by_id == by.pk:
        raise ProblemsError([codes.SAME_PERSON.at("state")])
    held.state, held.reviewed_by, held.reviewed_at = AnswerState.REVIEWED, by, now
    held.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    record("collection.answer_reviewed", about=held, by=by, now=now, organisation=held.organisation)
    return held


@transaction.atomic
def accept_answer(*, answer: Answer, by: User, now: datetime) -> Kept:
    """Accept an answer: its cells become approved figures and are locked; what is 未报 becomes none."""
    held = _in(answer, AnswerState.REVIEWED)
    known = indicators()
    status = Status.ILLUSTRATIVE if held.round.is_illustrative else Status.OFFICIAL
    proposed = [
        Proposed(
            indicator=e.indicator,
            place=held.place,
            period=e.period,
            value=e.value,
            unit=known[e.indicator].unit,
            status=int(status),
            source=e.source or f"{held.round.title}（{held.organisation.name}填报）",
            note="；".join(filter(None, (e.note, e.explanation)))[:1000],
            base=base_for(known[e.indicator], held.round.base),
            entered_by=e.by_id,
            entered_at=e.at,
        )
        for e in held.entries.all()
        if e.value is not None or e.not_applicable
    ]
    held.state, held.accepted_by, held.accepted_at = AnswerState.ACCEPTED, by, now
    held.save(update_fields=["state", "accepted_by", "accepted_at"])
    kept = keep_figures(
        proposed=proposed, by=by, now=now, organisation=held.organisation, reason=held.reason or held.round.title
    )
    data = {"new": kept.new, "revised": kept.revised, "same": kept.same}
    record("collection.answer_accepted", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return kept


@transaction.atomic
def send_back(*, answer: Answer, reason: str, by: User, now: datetime) -> Answer:
    """Give a submitted or reviewed answer back to the officer, or reopen an accepted one; always with a reason."""
    held = _locked(answer)
    if held.state == AnswerState.OPEN or held.round.state != RoundState.OPEN:
        raise ProblemsError([_wrong_state(held)])
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    kind = "collection.answer_reopened" if held.state == AnswerState.ACCEPTED else "collection.answer_returned"
    data = {"reason": reason.strip(), "from": held.state}
    held.state, held.reason = AnswerState.OPEN, reason.strip()
    held.save(update_fields=["state", "reason"])
    record(kind, about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


def _locked(answer: Answer) -> Answer:
    rows = Answer.objects.select_for_update(of=("self",)).select_related("round", "organisation")
    return rows.get(pk=answer.pk)


def _in(answer: Answer, state: AnswerState) -> Answer:
    held = _locked(answer)
    if held.state != state:
        raise ProblemsError([_wrong_state(held)])
    return held


def _wrong_state(held: Answer) -> Problem:
    shown = held.round.state_label if held.round.state != RoundState.OPEN else held.state_label
    return codes.WRONG_STATE.at("state", state=shown)
