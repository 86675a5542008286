"""The order in which what facilities give is added up: one for all ways of finding costs, so that no bit depends on it.

Facilities are taken in order of their nodes, those of one node in the order given; many are added in four runs of the
same length, and the runs in order. How many runs there are depends on the number of facilities, never on threads.
"""

from __future__ import annotations

import numpy as np

from tongchou.networks.graph import Ints

RUNS = 4
_FEW = 64  # facilities that are added in one run


def runs_of(ends: Ints) -> tuple[Ints, Ints]:
    """Return the order of the facilities at nodes ``ends``, and where runs begin in it (one more than runs)."""
    order = np.argsort(ends, kind="stable")
    many = 1 if ends.size < _FEW else RUNS
    return order, np.array([ends.size * run // many for run in range(many + 1)], dtype=np.int64)
