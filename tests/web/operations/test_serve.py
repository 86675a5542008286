"""`tongchou serve`: refuses what is unsafe, shows the first password once, survives its processes, stops in order."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import threading
import time

import pytest
from tests.web.operations.running import serving, tongchou

from tongchou.web.operations.serve import unsafe

pytestmark = pytest.mark.processes
posix = pytest.mark.skipif(os.name != "posix", reason="several processes share a socket on POSIX only")


def codes(monkeypatch, host, **environment):
    for name in ("DEBUG", "SECRET_KEY", "HTTPS", "PROXY", "HOSTS"):
        monkeypatch.delenv(f"TONGCHOU_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(f"TONGCHOU_{name}", value)
    return [p.code for p in unsafe(host)]


def test_every_reason_not_to_serve_is_told_at_once(monkeypatch):
    found = codes(monkeypatch, "0.0.0.0", DEBUG="1", SECRET_KEY="short")  # noqa: S104
    assert found == ["W800", "W801", "W802", "W804"]


@pytest.mark.parametrize(
    ("host", "environment", "expected"),
    [
        ("127.0.0.1", {"HTTPS": "0"}, []),
        ("127.0.0.1", {"PROXY": "127.0.0.1", "HOSTS": "a.example"}, []),
        ("127.0.0.1", {"PROXY": "127.0.0.1"}, ["W804"]),
        ("10.1.2.3", {"HTTPS": "0", "HOSTS": "10.1.2.3"}, ["W803"]),
        ("127.0.0.1", {"HTTPS": "0", "SECRET_KEY": "x" * 49}, ["W801"]),
    ],
)
def test_what_is_unsafe(monkeypatch, host, environment, expected):
    assert codes(monkeypatch, host, **environment) == expected


def test_the_command_refuses_with_exit_code_2(tmp_path):
    done = tongchou("serve", "--port", "1", home=tmp_path, TONGCHOU_DEBUG="1", TONGCHOU_DATABASE_URL="mysql://x")
    assert done.returncode == 2
    assert "W800" in done.stderr and "W005" in done.stderr
    assert not (tmp_path / "tongchou.sqlite3").exists()


@posix
def test_from_first_start_to_orderly_stop(tmp_path):
    home = tmp_path / "home"
    with serving(home, processes=2) as served:
        assert len(served.password()) >= 16
        status, page = served.get("/policy/")
        assert status == 200 and "demo-bar" not in page.decode()
        database = sqlite3.connect(home / "tongchou.sqlite3")
        assert database.execute("SELECT username, must_change_password FROM people_user").fetchall() == [("admin", 1)]
        database.close()
        # A process that is killed is started again, and nobody is turned away meanwhile.
        first, second = served.children()
        os.kill(first, signal.SIGKILL)
        for _ in range(10):
            assert served.get("/healthz")[0] == 200
        for _ in range(100):
            if len(served.children()) == 2 and first not in served.children():
                break
            time.sleep(0.1)
        assert second in served.children() and first not in served.children()
        # An answer under way when the stop is asked for still arrives whole.
        answers = []
        reader = threading.Thread(target=lambda: answers.append(served.get("/ledger/export.xlsx")))
        reader.start()
        time.sleep(0.05)
        served.process.terminate()
        reader.join(timeout=60)
        assert served.process.wait(timeout=60) == 0
        assert [(s, b[:2]) for s, b in answers] == [(200, b"PK")]
        log = served.log.read_text("utf-8")
    with serving(home) as again:
        assert "admin" not in again.log.read_text("utf-8")  # shown only once
    assert log.count("admin has been made") == 1


@posix
def test_two_servers_starting_at_once_prepare_one_database(tmp_path):
    home = tmp_path / "home"
    with serving(home, wait=False) as one, serving(home) as two:
        from tests.web.operations.running import wait_until_alive

        wait_until_alive(one)
        told = [s.log.read_text("utf-8").count("admin has been made") for s in (one, two)]
    assert sorted(told) == [0, 1]


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_end_when_the_one_that_watches_them_is_killed(tmp_path):
    with serving(tmp_path / "home", processes=2) as served:
        children = served.children()
        served.process.kill()
        served.process.wait()
        for _ in range(150):
            if not any(os.path.exists(f"/proc/{p}") for p in children):  # noqa: PTH110
                break
            time.sleep(0.1)
        assert [p for p in children if os.path.exists(f"/proc/{p}")] == []  # noqa: PTH110
