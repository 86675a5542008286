"""Processes killed without warning, in the middle of whatever they do, many times."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress

from tests.reliability.conftest import ROOT, Person, Workbench, cell_of
from tests.web.operations.databases import rows
from tests.web.operations.running import environment, serving, until

KILLS, WRITERS = 8, 4


def test_server_processes_killed_while_people_enter_and_approve(workbench: Workbench):
    """Nothing acknowledged is lost, nothing is there by half, and the chain of events holds."""
    places = workbench.people["places"]
    entered: list[tuple[str, str, int]] = []
    approved: list[tuple[str, str]] = []
    uploaded: list[str] = []
    over = threading.Event()
    with serving(workbench.home, processes=2, **workbench.chosen) as served:

        def enter(n: int) -> None:
            person = Person(served.url, workbench.people[f"officer-{n}"])
            city = Person(served.url, workbench.people["coordinator"])
            number = 0
            while not over.is_set():
                number += 1
                period, cell = cell_of(places[n], number)
                if person.propose(cell, 1000 + number) != 302:
                    continue
                entered.append((places[n], period, 1000 + number))
                waiting = city.waiting(cell)
                if waiting and city.approve(cell, waiting) == 302:
                    approved.append((places[n], period))

        def upload() -> None:
            number = 0
            while not over.is_set():
                number += 1
                name = f"doc-{number}.txt"
                if _uploads(served.url, workbench.people["coordinator"], name, number) == 302:
                    uploaded.append(name)

        writers = [threading.Thread(target=enter, args=(n,)) for n in range(WRITERS)]
        writers.append(threading.Thread(target=upload))
        for one in writers:
            one.start()
        chance = random.Random(4)
        try:
            for _ in range(KILLS):
                # Kills follow what was done and not the clock, so that a busy machine tests the same.
                done = len(entered) + len(approved)
                until(lambda done=done: len(entered) + len(approved) >= done + 3)
                with suppress(ProcessLookupError, IndexError):
                    os.kill(chance.choice(served.children()), signal.SIGKILL)
            until(lambda: bool(uploaded))
        finally:
            over.set()
            for one in writers:
                one.join()
        until(lambda: served.get("/healthz")[0] == 200)
    told = workbench.script("told")
    held = {(place, period): (value, state) for place, period, value, state in told["figures"]}
    assert entered and approved and uploaded  # the test did something
    assert [e for e in entered if held.get((e[0], e[1]), (None,))[0] != e[2]] == []
    assert [a for a in approved if held[a][1] != "approved"] == []
    assert set(uploaded) <= set(told["documents"])
    # Each figure has its event and each event its figure, those never acknowledged too.
    assert told["events"]["figures.correction_submitted"] == len(held)
    assert told["events"]["figures.correction_approved"] == sum(s == "approved" for _, s in held.values())
    workbench.verify()


def _uploads(url: str, session: str, name: str, number: int) -> int:
    import http.client
    from urllib.parse import urlsplit

    from tests.reliability.conftest import TOKEN

    text = f"一、总体要求\n到2025年，建成第{number}个示范点。\n"
    body = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{text}\r\n--x--\r\n'
    ).encode()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    try:
        connection.request("POST", "/documents/", body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


_POSTING = """\
import os, signal, sys
from tongchou.web.operations.starting import bring_up_to_date, set_up
set_up()
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from tongchou.web.computing.catalogue import bases
from tongchou.web.events import record as recording
from tongchou.web.jobs.worker import put_back, run_all
from tongchou.web.money import actions as money
from tongchou.web.people.demo import prepare as prepare_people
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs import actions as runs
from tongchou.web.runs.models import Run
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
left = int(sys.argv[1])

def dies(usual, before):
    def call(*words, **named):
        global left
        left -= 1
        if left == 0 and before:
            die()
        done = usual(*words, **named)
        if left == 0:
            die()
        return done
    return call

if left:
    # In the middle of every action: when its event is about to be written, and when it has been, before the commit.
    for module in (runs, money):
        module.record = dies(module.record, left % 2 == 0)
    money._write = dies(money._write, left % 2 == 0)
now = timezone.now()
prepare_people(now)
people = User.objects.in_bulk(field_name="username")
title = "2021年均衡性转移支付"
run = Run.objects.filter(title=title).first()
if run is None:
    run = runs.draft(
        rule="fiscal.equalisation", title=title, purpose="年度分配", settings={},
        organisation=Organisation.objects.get(pk="finance"), region=settings.REGION, periods=["2021"],
        base=bases(settings.REGION, "fiscal.equalisation", ("2021",)).usual or "",
        figures_at=now, by=people["finance"], now=now,
    )
put_back(now + timedelta(seconds=settings.JOB_LEASE_SECONDS * 2))
run_all()
run.refresh_from_db()
for step, who, before in (
    ("submit", "finance", "draft"), ("review", "finance-reviewer", "submitted"),
    ("approve", "finance-head", "reviewed"), ("publish", "coordinator", "approved"),
):
    if run.state == before:
        run = runs.move(run=run, step=step, comment="核过", by=people[who], now=now, seen=run.state)
if not run.entries.exists():
    money.post(run=run, acknowledgement="演示记账方法，不是真实款项", by=people["finance"], now=now)
print(run.state, run.entries.count())
"""


def test_runs_approvals_and_postings_killed_at_every_step(workbench: Workbench):
    """Each attempt dies a little later than the one before; what was committed stays, what was not is not there."""
    for left in range(1, 40):
        done = subprocess.run(
            [sys.executable, "-c", _POSTING, str(left)],
            capture_output=True, text=True, cwd=ROOT, timeout=300,
            env=environment(workbench.home, **workbench.chosen),
        )  # fmt: skip
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        if done.returncode == 0:
            break
        if left == 3:
            workbench.verify()
    assert done.returncode == 0, "it never came to the end"
    assert left > 3  # it died some times before
    assert done.stdout.split() == ["published", "1"]
    workbench.verify()


def test_a_worker_killed_again_and_again_loses_no_task(workbench: Workbench):
    """Each dies with a task in its hands; its tasks go back to the queue, and a later worker does them."""
    ask = (
        "from tongchou.web.operations.starting import set_up; set_up()\n"
        "import sys; from tests.reliability.tasks import ask, left; print(ask() if sys.argv[1] == 'ask' else left())"
    )

    def python(word: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", ask, word], capture_output=True, text=True, cwd=ROOT, timeout=300,
            env=environment(workbench.home, **workbench.chosen),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1]

    def in_hand() -> int:
        held = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
        return int(rows(workbench.home, workbench.chosen, held)[0][0])

    assert python("ask") == "3"
    command = [sys.executable, "-m", "tongchou", "worker"]
    for left_lying in (0, 1):
        worker = subprocess.Popen(command, env=environment(workbench.home, **workbench.chosen))
        try:
            until(lambda left_lying=left_lying: in_hand() > left_lying)
        finally:
            worker.kill()
            worker.wait()
    assert python("finish") == "3 done"
    workbench.verify()
