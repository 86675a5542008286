"""Implementation plans filed by units, version by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tongchou.kernel.problems import Problem
from tongchou.web.duties import codes
from tongchou.web.duties.actions.checking import stop, words_in
from tongchou.web.duties.models import Commitment, Duty, Plan, PlanTask
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Task:
    """One task as filed: words, post, day, measure, and the commitments it takes up."""

    words: str
    post: str = ""
    date: date | None = None
    measure: str = ""
    commitments: tuple[Commitment, ...] = ()


@transaction.atomic
def file_plan(
    *,
    document: Document,
    organisation: Organisation,
    title: str,
    words: str,
    tasks: Sequence[Task],
    file: tuple[str, bytes] | None,
    by: User | None,
    now: datetime,
    is_illustrative: bool = False,
) -> Plan:
    """File a plan as the unit's next version. A task takes up commitments the unit bears; the paper itself is kept."""
    problems: list[Problem] = words_in(title, "title") + words_in(title[200:], "title", needed=False)
    problems += words_in(words, needed=False)
    if not tasks:
        problems.append(codes.NEEDED.at("tasks"))
    borne = set(Duty.objects.filter(organisation=organisation).values_list("commitment_id", flat=True))
    for number, task in enumerate(tasks, 1):
        problems += words_in(task.words, f"task-{number}")
        problems += [
            codes.NOT_ITS_DUTY.at(f"task-{number}", unit=organisation.title, code=c.code)
            for c in task.commitments
            if c.pk not in borne or c.document_id != document.pk
        ]
    stop(problems)
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two filing at once get two versions
    last = Plan.objects.filter(document=document, organisation=organisation).first()
    kept = keep(name=file[0], data=file[1], organisation=organisation, by=by, now=now) if file else None
    plan = Plan.objects.create(
        document=document,
        organisation=organisation,
        version=last.version + 1 if last else 1,
        title=title.strip(),
        words=words.strip(),
        file=kept,
        filed_by=by,
        filed_at=now,
        is_illustrative=is_illustrative,
    )
    held = PlanTask.objects.bulk_create(
        PlanTask(
            plan=plan,
            order=number,
            words=task.words.strip(),
            post=task.post.strip()[:120],
            date=task.date,
            measure=task.measure.strip()[:200],
        )
        for number, task in enumerate(tasks, 1)
    )
    for row, task in zip(held, tasks, strict=True):
        row.commitments.set(task.commitments)
    data = {"version": plan.version, "tasks": len(tasks), "takes_up": len({c.pk for t in tasks for c in t.commitments})}
    record("duties.plan_filed", about=plan, by=by, now=now, organisation=organisation, data=data)
    return plan
