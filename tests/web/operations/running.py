"""A workbench in processes of its own, as `tongchou serve` starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
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
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=120)


def wait_until_alive(served: Served) -> None:
    for _ in range(1200):
        try:
            if served.get("/healthz")[0] == 200:
                return
        except OSError:
            assert served.process.poll() is None, served.log.read_text("utf-8")
        time.sleep(0.1)
    raise AssertionError(served.log.read_text("utf-8"))
