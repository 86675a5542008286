"""Background work: queued with what asks for it, done by a worker, told to who asked, put back after a kill."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.web.jobs import codes, worker
from tongchou.web.jobs.actions import ask, under_way
from tongchou.web.jobs.models import Job, Lease
from tongchou.web.people.models import Organisation
from tongchou.web.people.roles import Role

DONE: list[int] = []
IS_DONE = threading.Event()


@task()
def well(job: int) -> None:
    with under_way(job) as work:
        work.advance(50, Text("一半", "half"))
        DONE.append(job)
        IS_DONE.set()


@task()
def refused(job: int) -> None:
    with under_way(job):
        raise ProblemsError([codes.LEFT_TOO_OFTEN.at("x", times=3)])


@task()
def broken(job: int) -> None:
    with under_way(job):
        raise ZeroDivisionError


@pytest.fixture
def queue(settings, transactional_db, organisations):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    DONE.clear()
    return organisations["finance"]


def asked(what, about, now) -> Job:
    with transaction.atomic():
        return ask(what, about=about, by=None, now=now, organisation=about)


def test_work_waits_for_the_worker_and_is_done_once(queue, now):
    job = asked(well, queue, now)
    assert asked(well, queue, now).pk == job.pk
    assert (job.state, DONE) == ("waiting", [])
    assert worker.run_all() == 1
    job.refresh_from_db()
    assert (job.state, job.percent, DONE) == ("done", 100, [job.pk])
    assert worker.run_all() == 0
    assert not Lease.objects.exists()


def test_what_asks_and_is_undone_queues_nothing(queue, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(well, about=queue, by=None, now=now)
        raise ZeroDivisionError
    assert not DBTaskResult.objects.exists()
    with pytest.raises(RuntimeError, match="transaction"):
        ask(well, about=queue, by=None, now=now)


def test_problems_are_told_and_faults_named(queue, now):
    one, two = asked(refused, queue, now), asked(broken, queue, now)
    worker.run_all()
    one.refresh_from_db()
    two.refresh_from_db()
    assert [(j.state, j.found[0].code) for j in (one, two)] == [("failed", "W401"), ("failed", "W400")]
    assert "ZeroDivisionError" in two.found[0].message.en
    again = asked(refused, queue, now)
    assert again.pk != one.pk


def _killed(job: Job, since) -> None:
    """Leave a task as a killed worker leaves it: taken, its lease no longer renewed."""
    held = DBTaskResult.objects.get(pk=job.task)
    held.claim("dead")
    Lease.objects.update_or_create(task=held.pk, defaults={"worker": "dead", "beaten_at": since})
    Job.objects.filter(pk=job.pk).update(state="running")


def test_what_a_killed_worker_held_is_put_back_when_its_lease_lapsed(queue, now, settings):
    job = asked(well, queue, now)
    moment = timezone.now()
    _killed(job, moment)
    assert worker.put_back(moment + timedelta(seconds=1)) == 0
    assert worker.run_all() == 0
    assert worker.put_back(moment + timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)) == 1
    job.refresh_from_db()
    assert job.state == "waiting"
    assert worker.run_all() == 1
    assert [job.pk] == DONE


def test_a_lease_from_the_future_has_lapsed_too(queue, now):
    job = asked(well, queue, now)
    _killed(job, timezone.now() + timedelta(days=1))
    assert worker.put_back(timezone.now()) == 1


def test_what_is_always_broken_off_is_given_up(queue, now, settings):
    settings.JOB_ATTEMPTS = 2
    job = asked(well, queue, now)
    for _ in range(2):
        _killed(job, timezone.now() - timedelta(hours=1))
        worker.put_back(timezone.now())
    job.refresh_from_db()
    assert (job.state, job.found[0].code) == ("failed", "W401")
    assert worker.run_all() == 0


def test_the_loop_works_until_it_is_stopped(queue, now, settings):
    settings.JOB_POLL_SECONDS = 0.01
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    job = asked(well, queue, now)
    IS_DONE.clear()
    thread.start()
    try:  # nobody else reads meanwhile: SQLite in memory does not wait for a lock
        assert IS_DONE.wait(timeout=60)
    finally:
        stop.set()
        thread.join(timeout=60)
    assert not thread.is_alive()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize("wrong", [{"percent": 101}, {"state": "odd"}, {"state": "done"}, {"finished_at": "now"}])
def test_impossible_jobs_are_refused(db, now, wrong):
    wrong = {k: now if v == "now" else v for k, v in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="x", about_kind="x", about_id="1", asked_at=now, **wrong)


def test_a_job_is_open_once(db, now):
    held = {"kind": "x", "about_kind": "x", "about_id": "1", "asked_at": now}
    Job.objects.create(**held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**held)


def test_who_may_see_a_job(person, as_, stranger, now):
    owner = person(Role.FINANCE, "finance")
    county = person(Role.OFFICER, "county-140123")
    with transaction.atomic():
        job = ask(well, about=owner, by=owner, now=now, organisation=Organisation.objects.get(pk="finance"))
    assert stranger.get(f"/jobs/{job.pk}/").status_code == 302
    assert as_(county).get(f"/jobs/{job.pk}/").status_code == 404
    page = as_(owner).get(f"/jobs/{job.pk}/")
    assert "做完" in page.content.decode()
    part = as_(owner).get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
