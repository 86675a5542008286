"""Fifty people at once; two people and one cell; a disk that is full; connections cut and bodies that lie."""

from __future__ import annotations

import io
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.reliability.conftest import TOKEN, Person, Workbench, cell_of
from tests.web.operations.running import environment, free_port, serving, wait_until_alive

PEOPLE, EACH = 50, 2


def _both(act: Callable[[], int]) -> list[int]:
    """Do the same thing twice at the same moment; return both answers."""
    answers: list[int] = []
    hands = [threading.Thread(target=lambda: answers.append(act())) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return answers


def test_fifty_people_enter_and_approve_at_once(workbench: Workbench):
    """Everybody is served, nobody's figure is lost or mixed up, and a proposal approved by two is approved once."""
    places = workbench.people["places"]
    wrong: list[object] = []
    with serving(workbench.home, processes=2, **workbench.chosen) as served:

        def work(n: int) -> None:
            person = Person(served.url, workbench.people[f"officer-{n}"])
            city = Person(served.url, workbench.people["coordinator"])
            for i in range(EACH):
                _, cell = cell_of(places[n % len(places)], n * EACH + i)
                entered = person.propose(cell, n * 1000 + i)
                waiting = city.waiting(cell)
                # Two hands approve the same proposal at the same moment.
                answers = _both(lambda cell=cell, waiting=waiting: city.approve(cell, waiting or ""))
                if entered != 302 or sorted(answers) != [302, 422]:
                    wrong.append((n, i, entered, answers))

        people = [threading.Thread(target=work, args=(n,)) for n in range(PEOPLE)]
        for one in people:
            one.start()
        for one in people:
            one.join()
    assert wrong == []
    told = workbench.script("told")
    values = sorted(value for _, _, value, state in told["figures"] if state == "approved")
    assert values == sorted(n * 1000 + i for n in range(PEOPLE) for i in range(EACH))
    assert told["events"]["figures.correction_approved"] == PEOPLE * EACH
    workbench.verify()


@pytest.mark.parametrize("workbench", ["sqlite"], indirect=True)
def test_a_full_disk_refuses_and_loses_nothing(workbench: Workbench):
    """Writing fails with an answer, what was acknowledged is there, and the server goes on when there is room again."""
    place = workbench.people["places"][0]
    size = max(p.stat().st_size for p in workbench.home.iterdir() if p.is_file())
    port = free_port()
    code = (
        "import os, resource, sys; no = resource.RLIM_INFINITY;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), no));"
        "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
    )
    words = ["-m", "tongchou", "serve", "--port", str(port), "--processes", "1"]
    log = (workbench.home.parent / "full.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(size + 100_000), *words],
        env=environment(workbench.home, **workbench.chosen), stdout=log, stderr=log,
    )  # fmt: skip
    from tests.web.operations.running import Served

    served = Served(process, f"http://127.0.0.1:{port}", workbench.home.parent / "full.log")
    try:
        wait_until_alive(served)
        person = Person(served.url, workbench.people["officer-0"])
        answers = []
        for number in range(400):
            answers.append(person.propose(cell_of(place, number)[1], number))
            if answers[-1] != 302:
                break
        assert answers[-1] == 500 and set(answers[:-1]) == {302}
        assert served.get("/policy/")[0] == 200  # reading goes on
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert person.propose(cell_of(place, 401)[1], 401) == 302
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)
        log.close()
    told = workbench.script("told")
    assert sorted(v for _, _, v, _ in told["figures"]) == [*range(len(answers) - 1), 401]
    workbench.verify()


def _bomb() -> bytes:
    """A workbook of 200 kB whose one sheet is two hundred megabytes of the same digit."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(200):
                sheet.write(b"0" * 1_000_000)
    return held.getvalue()


def _multipart(name: str, data: bytes) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return head + data + b"\r\n--x--\r\n"


@pytest.mark.parametrize("workbench", ["sqlite"], indirect=True)
def test_broken_uploads_are_refused_and_the_server_lives(workbench: Workbench):
    with serving(workbench.home, processes=1, **workbench.chosen) as served:
        address = urlsplit(served.url)
        cookie = f"sessionid={workbench.people['coordinator']}; csrftoken={TOKEN}"

        def send(path: str, body: bytes, *, length: int | None = None, cut: int | None = None) -> int:
            head = (
                f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookie}\r\nX-CSRFToken: {TOKEN}\r\n"
                f"Content-Type: multipart/form-data; boundary=x\r\nConnection: close\r\n"
                f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
            )
            with socket.create_connection((address.hostname or "", address.port or 0), timeout=120) as sock:
                sock.sendall(head.encode() + body[:cut])
                if cut is not None:
                    return 0
                if length is not None and length > len(body):
                    sock.shutdown(socket.SHUT_WR)
                found = re.match(rb"HTTP/1\.\d (\d+)", sock.recv(64))
                return int(found[1]) if found else 0

        bomb = _bomb()
        good = _multipart("a.txt", "一、总体要求\n到2025年，建成一个示范点。\n".encode())
        for path in ("/documents/", "/figures-import/"):
            send(path, good, cut=len(good) // 2)  # the line went dead
            assert send(path, good, length=len(good) + 1000) in (0, 400)  # it says more than it brings
            assert send(path, good, length=len(good) // 2) in (400, 403, 422)  # it brings more than it says
            assert send(path, b"", length=200 * 1024**2) in (0, 413)
            assert send(path, _multipart("a.xlsx", bomb)) == 422
            assert send(path, _multipart("a.xlsx", b"PK\x03\x04 nothing")) == 422
        assert send("/documents/", good) == 302
        memory = Path(f"/proc/{served.process.pid}/status").read_text("utf-8")
        assert int(re.search(r"VmHWM:\s+(\d+) kB", memory)[1]) < 1_500_000  # type: ignore[index]
        assert served.get("/healthz")[0] == 200
    assert workbench.script("told")["documents"].count("a.txt") == 1
    assert not [p for p in (workbench.home / "received").rglob("*") if p.name.startswith(".")]
    workbench.verify()


def test_the_clock_goes_back(db, django_user_model):
    """Events stay in order, and what the clock said is kept in them."""
    from django.conf import settings
    from tests.web.conftest import NOW

    from tongchou.web.events.models import Event
    from tongchou.web.events.record import faults
    from tongchou.web.figures.keeping import Proposed, keep_figures
    from tongchou.web.figures.models import FigureRecord
    from tongchou.web.figures.regions import region_named
    from tongchou.web.people.actions import add_person, receive_organisations

    receive_organisations(region=region_named(settings.REGION), now=NOW)
    for n, now in enumerate((NOW, NOW - timedelta(days=400), NOW - timedelta(hours=1), NOW + timedelta(hours=1))):
        add_person(username=f"p{n}", name="测试", password="-", by=None, now=now)
        keep_figures(
            proposed=[Proposed("gdp.per_head", "140123", "2016", float(n), "CNY/person", 2, "统计公报")],
            by=None,
            now=now,
        )
    times = list(Event.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)
    assert Event.objects.filter(data__has_key="clock").count() == 2
    approved = list(FigureRecord.objects.order_by("revision").values_list("value", "approved_at"))
    assert [v for v, _ in approved] == [0, 1, 2, 3] and [t for _, t in approved] == sorted(t for _, t in approved)
    assert list(faults()) == []
