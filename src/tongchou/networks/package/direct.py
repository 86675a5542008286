"""Ways between chosen places that pass no other of them: a network brought down to the places that are asked about.

Shortest ways over these direct ones are shortest ways of the network, so a person can change one and see what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.networks.graph import Floats, from_numbers
from tongchou.networks.package.checking import speed_name
from tongchou.networks.package.standing import Standing, minutes_of
from tongchou.networks.search import cost_table


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """Minutes from place to place (infinite where every way passes another), and the status of each way."""

    places: tuple[str, ...]
    minutes: Floats
    status: NDArray[np.int8]


def direct(standing: Standing, places: Sequence[str]) -> Direct:
    """Return the direct ways between ``places`` (ids of nodes), shape (places, places), 0 on the diagonal.

    A way that is one link has that link's status (and its speed's, where it has km only); one by a line or over other
    nodes that of the whole network.
    """
    from tongchou.networks.kernels.rows import tails_of

    graph, at = standing.graph, standing.numbers(list(places))
    tails = tails_of(graph.first).astype(np.int64)
    is_place = np.zeros(graph.size, dtype=np.bool_)
    is_place[at] = True
    table = np.zeros((at.size, at.size))
    for i, start in enumerate(at):
        kept = ~is_place[tails] | (tails == start)  # nobody goes on from another place
        part = from_numbers(
            graph.nodes, tails[kept], graph.heads[kept].astype(np.int64), graph.costs[kept],
            np.ones(int(kept.sum()), dtype=np.bool_), None,
        )  # fmt: skip
        table[i] = cost_table(part, [start], at)[0]
    return Direct(tuple(places), table, _status(standing, places, table))


def _status(standing: Standing, places: Sequence[str], table: Floats) -> NDArray[np.int8]:
    number = {place: i for i, place in enumerate(places)}
    found = np.full(table.shape, np.int8(standing.status))
    network = standing.network
    for link in standing.links:
        if link.tail not in number or link.head not in number:
            continue
        level = link.status
        if link.minutes is None:
            level = min(level, network.assumed[speed_name(link.mode)].status)
        i, j = number[link.tail], number[link.head]
        minutes = round(minutes_of(network, link), 3)
        for a, b in ((i, j), (j, i))[: 1 if link.one_way else 2]:
            if abs(table[a, b] - minutes) < 5e-4:
                found[a, b] = max(found[a, b], level)
    return found
