"""What can be done to a run. One transaction and one event each; the time is passed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.result import Result
from tongchou.surfaces.standing import weakest_status
from tongchou.web.events.record import record
from tongchou.web.jobs.actions import ask
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs import codes
from tongchou.web.runs.computing import Cell, keep
from tongchou.web.runs.models import Record, Run
from tongchou.web.runs.steps import STEPS, State, Step

_TITLE, _PURPOSE, _COMMENT = 120, 500, 1000
_AGAIN, _RETITLE = Text("重新计算", "compute again"), Text("改标题", "change the title")


@transaction.atomic
def draft(
    *,
    rule: str,
    title: str,
    purpose: str,
    organisation: Organisation,
    region: str,
    periods: Sequence[str],
    base: str,
    settings: Mapping[str, float],
    figures_at: datetime,
    by: User,
    now: datetime,
    supersedes: Run | None = None,
    basis: Record | None = None,
    figures: Sequence[Cell] = (),
) -> Run:
    """Configure a run and ask for it to be computed; raise :class:`ProblemsError` at the fields.

    ``settings`` are values to try, ``figures`` cells that replace those of ``basis``.
    """
    check_texts(title=title, purpose=purpose)
    if supersedes is not None and supersedes.successors.exclude(state=State.WITHDRAWN).exists():
        raise ProblemsError([codes.SUPERSEDED.at("supersedes")])
    run = Run.objects.create(
        rule=rule,
        title=title.strip(),
        purpose=purpose.strip(),
        organisation=organisation,
        region=region,
        figures_at=figures_at,
        periods=list(periods),
        base=base,
        settings=dict(settings),
        basis=basis,
        figures=list(figures),
        supersedes=supersedes,
        made_by=by,
        made_at=now,
    )
    data = {"rule": rule, "periods": list(periods), "supersedes": supersedes.pk if supersedes is not None else None}
    record("runs.drafted", about=run, by=by, now=now, organisation=organisation, data=data)
    _ask(run, by, now)
    return Run.objects.get(pk=run.pk)


@transaction.atomic
def compute_again(*, run: Run, by: User, now: datetime) -> None:
    """Ask again for a draft that could not be computed."""
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.state != State.DRAFT or held.record_id is not None:
        raise ProblemsError([codes.NOT_NOW.at("run", state=held.state_words, step=_AGAIN)])
    record("runs.recompute_asked", about=held, by=by, now=now, organisation=held.organisation)
    _ask(held, by, now)


@transaction.atomic
def keep_result(*, run: Run, result: Result, by: User | None, now: datetime) -> Run:
    """Keep what was computed, once: computing a run twice changes nothing."""
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.record_id is not None:
        return held
    held.record = keep(result, now)
    weakest = weakest_status(result)
    held.weakest = int(weakest) if weakest is not None else None
    held.pays = result.rule.declared.pays is not None
    held.save(update_fields=("record", "weakest", "pays"))
    data = {"hash": held.record.hash, "engine": held.record.engine}
    record("runs.computed", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


@transaction.atomic
def retitle(*, run: Run, title: str, purpose: str, by: User, now: datetime) -> Run:
    """Change what a draft is called and for."""
    check_texts(title=title, purpose=purpose)
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.state != State.DRAFT:
        raise ProblemsError([codes.NOT_NOW.at("title", state=held.state_words, step=_RETITLE)])
    before = {"title": held.title, "purpose": held.purpose}
    held.title, held.purpose = title.strip(), purpose.strip()
    held.save(update_fields=("title", "purpose"))
    record("runs.retitled", about=held, by=by, now=now, organisation=held.organisation, data={"before": before})
    return held


@transaction.atomic
def move(*, run: Run, step: str, comment: str, by: User, now: datetime, seen: str) -> Run:
    """Move a run one step; ``seen`` is the state the person saw. Raise :class:`ProblemsError` where it may not."""
    made = STEPS[step]
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    problems = _why_not(held, made, by, comment, seen)
    if problems:
        raise ProblemsError(problems)
    fields = ["state"]
    held.state = made.to
    if made.marks:
        setattr(held, f"{made.marks}_by", by)
        setattr(held, f"{made.marks}_at", now)
        fields += [f"{made.marks}_by", f"{made.marks}_at"]
    if made.to == State.DRAFT:  # what was marked on the way stands in the history
        for mark in ("submitted", "reviewed", "approved"):
            setattr(held, f"{mark}_by", None)
            setattr(held, f"{mark}_at", None)
            fields += [f"{mark}_by", f"{mark}_at"]
    held.save(update_fields=fields)
    data = {"from": seen, "to": made.to.value, "comment": comment.strip()}
    record(made.event, about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


def check_texts(**texts: str) -> None:
    """Raise :class:`ProblemsError` where a title is missing or a text is too long for its field."""
    most = {"title": _TITLE, "purpose": _PURPOSE}
    problems = [codes.NEEDED.at(name) for name, text in texts.items() if name == "title" and not text.strip()]
    problems += [
        codes.TOO_LONG.at(name, most=most[name]) for name, text in texts.items() if len(text.strip()) > most[name]
    ]
    if problems:
        raise ProblemsError(problems)


def _why_not(held: Run, made: Step, by: User, comment: str, seen: str) -> list[Problem]:
    if held.state != seen or held.state not in made.permissions:
        return [codes.NOT_NOW.at("step", state=held.state_words, step=made.label)]
    problems = []
    if made.to != State.WITHDRAWN and held.record_id is None:
        problems.append(codes.NOT_COMPUTED.at("step"))
    hands: set[Any] = {held.made_by_id, held.submitted_by_id}
    if made.id == "approve":
        hands.add(held.reviewed_by_id)
    if made.by_another and by.pk in hands:
        problems.append(codes.OWN_WORK.at("step", step=made.label))
    if made.needs_reason and not comment.strip():
        problems.append(codes.REASON_NEEDED.at("comment"))
    if len(comment.strip()) > _COMMENT:
        problems.append(codes.TOO_LONG.at("comment", most=_COMMENT))
    return problems


def _ask(run: Run, by: User, now: datetime) -> None:
    from tongchou.web.runs.tasks import compute

    ask(compute, about=run, by=by, now=now, organisation=run.organisation)
