"""A workbench in processes of its own, as `tongchou serve` starts it."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a service would be given: nothing of the tests' own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TONGCHOU_", "DJANGO_"))}
    return {**kept, "TONGCHOU_HOME": str(home), "TONGCHOU_HTTPS": "0", **more}


def tongchou(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tongchou", *words],
        capture_output=True, text=True, env=environment(home, **more), timeout=600,
    )  # fmt: skip


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def children(self) -> list[int]:
        return [int(p) for p in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]

    def password(self) -> str:
        """The first administrator's, as it was shown."""
        found = re.search(r"^ {4}(\S+)$", self.log.read_text("utf-8"), re.M)
        assert found
        return found[1]


@contextmanager
def serving(home: Path, *, processes: int = 1, wait: bool = True, **more: str) -> Iterator[Served]:
    port = free_port()
    home.mkdir(exist_ok=True)
    log = home.parent / f"serve-{port}.log"
    command = [sys.executable, "-m", "tongchou", "serve", "--port", str(port), "--processes", str(processes)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environment(home, **more), stdout=file, stderr=file)
    served = Served(process, f"http://127.0.0.1:{port}", log)
    try:
        if wait:
            wait_until_alive(served)
        yield served
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it when it does not; the children of a server see that and end too."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def until(holds: Callable[[], bool], told: Callable[[], str] = lambda: "it never came about") -> None:
    """Wait for what is to come about; the limit is only there so that a test that hangs ends."""
    limit = time.monotonic() + 240
    while time.monotonic() < limit:
        with suppress(OSError, http.client.HTTPException):
            if holds():
                return
        time.sleep(0.05)
    raise AssertionError(told())


def wait_until_alive(served: Served) -> None:
    def answers() -> bool:
        assert served.process.poll() is None, served.log.read_text("utf-8")
        return served.get("/healthz")[0] == 200

    until(answers, lambda: served.log.read_text("utf-8"))
