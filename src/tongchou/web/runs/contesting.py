"""Trying a run with one's own figures, objecting to it, and answering. One transaction and one event each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep as keep_file
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs import codes
from tongchou.web.runs.actions import draft
from tongchou.web.runs.computing import Cell, keep, opened, with_figures
from tongchou.web.runs.counterfactual import difference
from tongchou.web.runs.models import Answer, Objection, Run, Scenario
from tongchou.web.runs.terms import answer_due, objections_until

_LONG = {"title": 120, "statement": 2000, "source": 500, "reason": 2000}


@transaction.atomic
def try_out(
    *, run: Run, organisation: Organisation, title: str, figures: Sequence[Cell], by: User, now: datetime
) -> Scenario:
    """Compute a run with an organisation's own figures and keep it as its private scenario."""
    _check(title=title)
    if run.record is None:
        raise ProblemsError([codes.NOT_COMPUTED.at("run")])
    result = with_figures(run.record.data, figures, "assumed")
    scenario = Scenario.objects.create(
        run=run,
        organisation=organisation,
        title=title.strip(),
        figures=list(figures),
        record=keep(result, now),
        made_by=by,
        made_at=now,
    )
    # What was tried is the organisation's own affair: the chain says only that it tried.
    record("runs.scenario_made", about=scenario, by=by, now=now, organisation=organisation, data={"run": run.pk})
    return scenario


@transaction.atomic
def object_to(
    *,
    run: Run,
    organisation: Organisation,
    statement: str,
    source: str,
    figures: Sequence[Cell],
    files: Sequence[tuple[str, bytes]],
    by: User,
    now: datetime,
) -> Objection:
    """File an objection within its window, with the difference it would make; raise :class:`ProblemsError`."""
    problems = _wrong(statement=statement, source=source)
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    until, today = objections_until(held), timezone.localtime(now).date()
    if not held.is_settled or held.record is None or until is None:
        problems.append(codes.NOT_SETTLED.at("run"))
    elif today > until:
        problems.append(codes.WINDOW_CLOSED.at("run", until=f"{until:%Y-%m-%d}"))
    if held.objections.filter(organisation=organisation, answer=Answer.OPEN).exists():
        problems.append(codes.OBJECTION_OPEN.at("run"))
    if problems or held.record is None:
        raise ProblemsError(problems)
    after = keep(with_figures(held.record.data, figures, "reported"), now)
    lines = difference(opened(held.record, held.region), opened(after, held.region), organisation)
    objection = Objection.objects.create(
        run=held,
        organisation=organisation,
        statement=statement.strip(),
        source=source.strip(),
        figures=list(figures),
        record=after,
        difference=lines,
        filed_by=by,
        filed_at=now,
        due=answer_due(today),
    )
    kept = [keep_file(name=name, data=data, organisation=organisation, by=by, now=now) for name, data in files]
    objection.files.set(kept)
    data = {"run": held.pk, "difference": lines, "files": [f.sha256 for f in kept]}
    record("runs.objection_filed", about=objection, by=by, now=now, organisation=organisation, data=data)
    return objection


@transaction.atomic
def accept(*, objection: Objection, reason: str, by: User, now: datetime) -> Objection:
    """Accept an objection: a new draft with the organisation's figures supersedes the run and takes its way anew."""
    held = _open(objection, reason, needs_reason=False)
    run = held.run
    new = draft(
        rule=run.rule,
        title=f"{run.title[:90]}（采纳异议第 {held.pk} 号）",
        purpose=run.purpose,
        organisation=run.organisation,
        region=run.region,
        periods=run.periods,
        base=run.base,
        settings=run.settings,
        figures_at=run.figures_at,
        by=by,
        now=now,
        supersedes=run,
        basis=run.record,
        figures=held.figures,
    )
    return _answer(held, Answer.ACCEPTED, reason, by, now, new)


@transaction.atomic
def reject(*, objection: Objection, reason: str, by: User, now: datetime) -> Objection:
    """Reject an objection, with the reason."""
    return _answer(_open(objection, reason, needs_reason=True), Answer.REJECTED, reason, by, now, None)


@transaction.atomic
def take_back(*, objection: Objection, by: User, now: datetime) -> Objection:
    """Withdraw one's own objection before it is answered."""
    return _answer(_open(objection, "", needs_reason=False), Answer.WITHDRAWN, "", by, now, None)


def _open(objection: Objection, reason: str, *, needs_reason: bool) -> Objection:
    held = Objection.objects.select_for_update(of=("self",)).select_related("run__record").get(pk=objection.pk)
    problems = _wrong(reason=reason) if needs_reason or reason else []
    if held.answer != Answer.OPEN:
        problems.append(codes.ANSWERED.at("answer"))
    if problems:
        raise ProblemsError(problems)
    return held


def _answer(held: Objection, answer: Answer, reason: str, by: User, now: datetime, led_to: Run | None) -> Objection:
    held.answer, held.reason = answer, reason.strip()
    held.answered_by, held.answered_at, held.led_to = by, now, led_to
    held.save(update_fields=("answer", "reason", "answered_by", "answered_at", "led_to"))
    data = {"answer": answer.value, "reason": held.reason, "led_to": led_to.pk if led_to is not None else None}
    record(f"runs.objection_{answer.value}", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


def _wrong(**texts: str) -> list[Problem]:
    problems = [codes.NEEDED.at(name) for name, text in texts.items() if not text.strip()]
    problems += [
        codes.TOO_LONG.at(name, most=_LONG[name]) for name, text in texts.items() if len(text.strip()) > _LONG[name]
    ]
    return problems


def _check(**texts: str) -> None:
    if problems := _wrong(**texts):
        raise ProblemsError(problems)
