"""The worker's sign of life: a file in the home folder, touched every few seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from django.conf import settings

EVERY = 10.0  # seconds
_SILENT = 60.0  # seconds without a sign


class State(StrEnum):
    """What is known of the worker."""

    ALIVE = "alive"
    SILENT = "silent"
    NEVER_SEEN = "never seen"


def _file() -> Path:
    return Path(settings.HOME) / "worker-alive"


def state() -> State:
    """Return whether the worker gave a sign lately; by the files' own clock."""
    try:
        touched = _file().stat().st_mtime
    except FileNotFoundError:
        return State.NEVER_SEEN
    return State.ALIVE if abs(time.time() - touched) < _SILENT else State.SILENT


@contextmanager
def beating() -> Iterator[None]:
    """Give signs while the work goes on, also during a long piece of it; take the sign away at the end."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.is_set():
            _file().touch()
            stop.wait(EVERY)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=EVERY)
        _file().unlink(missing_ok=True)
