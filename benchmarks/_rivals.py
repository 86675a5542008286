"""Timing ours and a rival in one run: medians, and a rival that is not installed said to be missing."""

from __future__ import annotations

import importlib
import os
import resource
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from types import ModuleType


def rival(distribution: str, module: str) -> ModuleType | None:
    """Import a rival, or say that it is missing (pip install --group bench) and return ``None``."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        print(f"{distribution}: not installed, skipped (it is in the dependency group bench)")
        return None
    print(f"{distribution} {version(distribution)}")
    return found


def seconds(call: Callable[[], object], repeat: int = 5) -> float:
    """Return the median seconds of ``repeat`` calls."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def load() -> str:
    """Say how busy the machine was, since others may share it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, peak memory of this run {peak()} MiB"


def peak() -> int:
    """Return the peak resident memory of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def line(what: str, ours: float, theirs: float | None, note: str = "") -> None:
    """Print one row: ours, theirs, ratio."""
    other = "        –            " if theirs is None else f"{theirs * 1e3:12.2f} ms {theirs / ours:6.0f}×"
    print(f"{what:<58} {ours * 1e3:10.2f} ms {other}  {note}")
