"""Several server processes that accept from one listening socket, watched by the one that started them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

PATIENCE = 30.0  # seconds that requests under way are waited for when the server is asked to stop
_PAUSE = 0.2
_QUICK = 5.0  # a process that lived shorter than this many seconds is started again only after a pause


def run(listening: socket.socket, processes: int, threads: int) -> int:
    """Serve until told to stop; return the exit code. Where sockets cannot be handed on, one process serves."""
    if processes == 1 or os.name != "posix":
        from tongchou.web.operations.process import serve_here

        serve_here(listening, threads)
        return 0
    return _Watch(listening, processes, threads).run()


class _Watch:
    """Starts the processes, starts again those that ended, and stops them all together."""

    def __init__(self, listening: socket.socket, processes: int, threads: int) -> None:
        self.handle, self.threads = listening.fileno(), threads
        self.running: list[tuple[subprocess.Popen[bytes], float]] = []
        self.wanted = processes
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            alive = []
            for process, since in self.running:
                if process.poll() is None:
                    alive.append((process, since))
                elif time.monotonic() - since < _QUICK:
                    time.sleep(1)  # whatever ends it at once will do so again; do not spin
            self.running = alive
            while len(self.running) < self.wanted and not self.stopping:
                self.running.append((self._start(), time.monotonic()))
            time.sleep(_PAUSE)
        return self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        # A process of its own, not a fork: the libraries that compute hold threads a fork would leave behind.
        numbers = (str(n) for n in (self.handle, self.threads, os.getpid()))
        command = [sys.executable, "-m", "tongchou.web.operations.process", *numbers]
        return subprocess.Popen(command, pass_fds=[self.handle])  # noqa: S603 — our own module and three numbers

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> int:
        for process, _ in self.running:
            process.terminate()
        until, failed = time.monotonic() + PATIENCE + 5, False
        for process, _ in self.running:
            try:
                # One that was still starting is ended by the signal itself.
                failed |= process.wait(timeout=max(0.1, until - time.monotonic())) not in (0, -signal.SIGTERM)
            except subprocess.TimeoutExpired:
                process.kill()
                failed = True
        return 1 if failed else 0
