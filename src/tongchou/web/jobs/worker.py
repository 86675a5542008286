"""The worker: takes tasks from the queue one by one, and puts back what a worker that died had taken.

A worker holds each task under a lease that it renews while it works. A lease not renewed for ``JOB_LEASE_SECONDS`` has
lapsed, and any worker then puts the task back; after ``JOB_ATTEMPTS`` it is given up, with the reason on its job.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from tongchou.web.jobs import codes
from tongchou.web.jobs.actions import fail
from tongchou.web.jobs.models import Job, Lease, State
from tongchou.web.operations.heartbeat import beating

_log = logging.getLogger("tongchou.jobs")
_BACKEND = "default"


def run(stop: threading.Event) -> None:
    """Work until ``stop`` is set; the task in hand is finished first. Keeps on when the database is away."""
    name = _name()
    with beating():
        while not stop.is_set():
            worked = False
            try:
                put_back(timezone.now())
                worked = run_one(name)
            except DatabaseError:
                _log.warning("the queue could not be read", exc_info=True)
            finally:
                close_old_connections()
            if not worked:
                stop.wait(settings.JOB_POLL_SECONDS)
    connections.close_all()


@contextmanager
def embedded() -> Iterator[None]:
    """Work in a thread of this process while the block lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


def run_all() -> int:
    """Do everything that waits, here and now; return how many tasks were done."""
    name, done = _name(), 0
    while run_one(name):
        done += 1
    return done


def run_one(name: str) -> bool:
    """Take one task and do it; return whether there was one."""
    tasks = DBTaskResult.objects.ready().filter(backend_name=_BACKEND)
    with exclusive_transaction():
        taken = tasks.get_locked()
        if taken is None:
            return False
        taken.claim(name)
        Lease.objects.update_or_create(task=taken.pk, defaults={"worker": name, "beaten_at": timezone.now()})
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(taken, over), name="lease", daemon=True)
    beating.start()
    try:
        _runner(name).run_task(taken)
    finally:
        over.set()
        beating.join()
    Lease.objects.filter(task=taken.pk).delete()
    return True


def put_back(now: datetime) -> int:
    """Put back the tasks of workers that died; return how many. A lease from the future has lapsed too."""
    lapse = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    held = Lease.objects.filter(beaten_at__gt=now - lapse, beaten_at__lte=now + lapse).values_list("task", flat=True)
    found = 0
    with transaction.atomic():
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, backend_name=_BACKEND)
        lapsed = running.exclude(pk__in=list(held)).select_for_update(skip_locked=_can_skip())
        for task in lapsed:
            found += 1
            jobs = Job.objects.filter(Q(task=str(task.pk)), finished_at__isnull=True)
            if len(task.worker_ids) < settings.JOB_ATTEMPTS:
                DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY, started_at=None)
                jobs.update(state=State.WAITING, started_at=None)
            else:
                task.set_failed(RuntimeError("left too often"))
                for job in jobs:
                    fail(job.pk, [codes.LEFT_TOO_OFTEN.at(job.kind, times=len(task.worker_ids))])
            Lease.objects.filter(task=task.pk).delete()
    return found


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _beat(task: DBTaskResult[Any, Any], over: threading.Event) -> None:
    try:
        while not over.wait(settings.JOB_LEASE_SECONDS / 4):
            try:
                Lease.objects.filter(task=task.pk).update(beaten_at=timezone.now())
            except DatabaseError:  # the next beat is soon enough
                _log.info("a lease could not be renewed", exc_info=True)
    finally:
        connections.close_all()


def _runner(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=_BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _name() -> str:
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{threading.get_ident() % 10**8}"
