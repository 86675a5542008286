"""`tongchou serve`: refuses what is unsafe, shows the first password once, survives its processes, stops in order."""

from __future__ import annotations

import io
import os
import signal
import socket
import sqlite3
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.web.operations.running import serving, tongchou, until, wait_until_alive

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
        until(lambda: len(served.children()) == 2 and first not in served.children())
        assert second in served.children()
        log = served.log.read_text("utf-8")
    with serving(home) as again:
        assert "admin" not in again.log.read_text("utf-8")  # shown only once
    assert log.count("admin has been made") == 1


@posix
def test_what_is_under_way_when_the_stop_is_asked_for_is_still_answered(tmp_path):
    with serving(tmp_path / "home") as served:
        address = urlsplit(served.url)
        with socket.create_connection((address.hostname, address.port), timeout=240) as line:
            head = f"GET /ledger/export.xlsx HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n"
            line.sendall(f"{head}Content-Length: 1\r\nExpect: 100-continue\r\n\r\n".encode())
            with line.makefile("rb") as answer:
                # The server says that it has begun to read; the rest comes only when it is stopping.
                assert answer.readline().split()[1] == b"100"
                served.process.terminate()
                until(lambda: not _takes_more(address))
                assert served.process.poll() is None
                line.sendall(b"x")
                told = answer.read()
        assert served.process.wait(timeout=240) == 0
    head, _, body = told.lstrip().partition(b"\r\n\r\n")
    assert head.split()[1] == b"200"
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None


def _takes_more(address):
    """Whether a new visitor is answered: the server that stops leaves them waiting."""
    with socket.create_connection((address.hostname, address.port), timeout=2) as line:
        line.sendall(f"GET /healthz HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n".encode())
        try:
            return line.recv(1) != b""
        except TimeoutError:
            return False


@posix
def test_two_servers_starting_at_once_prepare_one_database(tmp_path):
    home = tmp_path / "home"
    with serving(home, wait=False) as one, serving(home) as two:
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
        until(lambda: not any(Path(f"/proc/{p}").exists() for p in children))
