"""How many threads kernels use: all by default, or as many as a call asks for. No number depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes


@contextmanager
def threads_of(count: int | None) -> Iterator[int]:
    """Let kernels use ``count`` threads (never more than the machine's) inside; give how many it is."""
    import numba

    if count is None:
        yield numba.get_num_threads()
        return
    if count < 1:
        raise ProblemsError([codes.OUT_OF_RANGE.at("threads", what="threads", low=1, found=count)])
    before = numba.get_num_threads()
    numba.set_num_threads(min(count, _machine()))
    try:
        yield numba.get_num_threads()
    finally:
        numba.set_num_threads(before)


def _machine() -> int:
    from numba import config

    return int(vars(config)["NUMBA_NUM_THREADS"])


def how_many() -> int:
    """Return how many threads kernels use now."""
    import numba

    return int(numba.get_num_threads())
