"""Asking for work in the background, and saying how far it has come. The action it belongs to records the event."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.web.jobs import codes
from tongchou.web.jobs.models import Job, State
from tongchou.web.people.models import Organisation, User

_log = logging.getLogger("tongchou.jobs")


def ask(
    task: Any, *, about: models.Model, by: User | None, now: datetime, organisation: Organisation | None = None
) -> Job:
    """Put ``task(job=…)`` in the queue inside the transaction of the action that asks; return its job.

    Where the same is being done already, that job is returned. The task is found by its name and must be idempotent: a
    worker that is killed leaves it to be done again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("work is asked for inside the transaction of what it is about")
    label, kind = about._meta.label_lower, task.name
    open_ = Job.objects.filter(kind=kind, about_kind=label, about_id=str(about.pk), finished_at__isnull=True).first()
    if open_ is not None:
        return open_
    job = Job.objects.create(
        kind=kind, about_kind=label, about_id=str(about.pk), by=by, organisation=organisation, asked_at=now
    )
    queued = task.enqueue(job=job.pk)
    Job.objects.filter(pk=job.pk).update(task=str(queued.id))
    job.refresh_from_db()
    return job


class Work:
    """A job under way."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def advance(self, percent: int, words: Text) -> None:
        """Say how far it has come; seen at once where the work holds no transaction."""
        Job.objects.filter(pk=self.job.pk, finished_at__isnull=True).update(
            percent=percent, words_zh=words.zh[:200], words_en=words.en[:200]
        )


@contextmanager
def under_way(job: int) -> Iterator[Work]:
    """Do a job: it is running inside, done after, and failed with its problems where something is raised.

    :class:`ProblemsError` ends here, for the job tells it; whatever else is raised goes on to the worker's log.
    """
    found = Job.objects.get(pk=job)
    Job.objects.filter(pk=job, finished_at__isnull=True).update(state=State.RUNNING, started_at=timezone.now())
    try:
        yield Work(found)
    except ProblemsError as error:
        fail(job, error.problems)
    except Exception as error:
        _log.exception("job %s", job)
        fail(job, [codes.BROKE_OFF.at(found.kind, reason=type(error).__name__)])
        raise
    else:
        Job.objects.filter(pk=job).update(state=State.DONE, percent=100, finished_at=timezone.now())


def fail(job: int, problems: Sequence[Problem]) -> None:
    """Write down why a job was not done."""
    told = [
        {
            "code": p.code,
            "where": p.where,
            "zh": p.message.zh,
            "en": p.message.en,
            "hint_zh": p.hint.zh,
            "hint_en": p.hint.en,
        }
        for p in problems[:100]
    ]
    with transaction.atomic():
        Job.objects.filter(pk=job).update(state=State.FAILED, problems=told, finished_at=timezone.now())
