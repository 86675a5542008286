"""Two people post the same run, or two runs of the same period, at the same moment: it is posted once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from tongchou.kernel.problems import ProblemsError
from tongchou.web.events.record import faults as event_faults
from tongchou.web.money.actions import post
from tongchou.web.money.models import Entry
from tongchou.web.money.verification import faults

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite in memory is one connection; runs on PostgreSQL"),
]


def _at_once(runs, by, now) -> list[str]:
    start, told = threading.Barrier(len(runs)), []

    def work(run) -> None:
        try:
            start.wait(timeout=10)
            post(run=run, acknowledgement="演示", by=by, now=now)
            told.append("posted")
        except ProblemsError as error:
            told.append(error.problems[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


def test_the_same_run_twice(transactional_db, run_at, hands, now):
    run = run_at("approved")
    assert _at_once([run] * 4, hands["finance"], now) == ["posted"] * 4
    assert Entry.objects.count() == 1
    assert list(faults()) == list(event_faults()) == []


def test_two_runs_of_one_period(transactional_db, run_at, hands, now):
    runs = [run_at("approved"), run_at("approved", settings={"coverage": 0.9})]
    assert _at_once(runs, hands["finance"], now) == ["W444", "posted"]
    assert Entry.objects.count() == 1
    assert list(faults()) == []
