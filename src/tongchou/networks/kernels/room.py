"""The memory in which threads look for ways round: a row of every array is the room of one part of the work."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tongchou.networks.kernels.lanes import LANES

HEAP = 1024  # entries of a search's heap; a full heap only misses ways round
AROUND = 512  # nodes that are taken out of the graph together
_EDGES = 1 << 15  # entries between them; those beyond are left out, and with them ways round


class Room(NamedTuple):
    """Between two uses ``need`` is −1, ``dist`` the top and ``number`` −1 everywhere; the rest is anything.

    ``need`` … ``items`` and ``slack`` serve a search; ``around`` names the nodes taken out, ``number`` numbers them,
    ``tails[begin[k]:begin[k + 1]]`` and ``paid`` are the edges to the k-th, ``table`` what it costs to it by lanes.
    """

    need: Any
    dist: Any
    touched: Any
    keys: Any
    items: Any
    slack: Any
    around: Any
    number: Any
    begin: Any
    tails: Any
    paid: Any
    table: Any


def room_for(nodes: int, parts: int, top: Any) -> Room:
    """Return room for ``parts`` threads on a graph of ``nodes``, costs in the type of ``top``."""
    kind = top.dtype
    return Room(
        need=np.full((parts, nodes), -1, dtype=kind),
        dist=np.full((parts, nodes), top, dtype=kind),
        touched=np.empty((parts, nodes), dtype=np.int32),
        keys=np.empty((parts, HEAP + 1), dtype=kind),
        items=np.empty((parts, HEAP + 1), dtype=np.int32),
        slack=np.empty((parts, nodes), dtype=kind),
        around=np.empty((parts, AROUND), dtype=np.int32),
        number=np.full((parts, nodes), -1, dtype=np.int32),
        begin=np.empty((parts, AROUND + 1), dtype=np.int32),
        tails=np.empty((parts, _EDGES), dtype=np.int32),
        paid=np.empty((parts, _EDGES), dtype=kind),
        table=np.empty((parts, AROUND, LANES), dtype=kind),
    )
