"""The same calls on PySpark, origins in partitions and the prepared graph broadcast: the bits of one machine.

Every origin's row is computed whole by the code one machine runs, so that only where it runs differs. Needs the extra
``scale`` and a session (``tongchou.rules.spark.local`` makes one here). ``docs/networks.md`` says when it
pays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.adding import runs_of
from tongchou.networks.decay import Decay
from tongchou.networks.graph import Floats, Graph, Ints
from tongchou.networks.hierarchy import hierarchy
from tongchou.networks.search import cost_table, nodes_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_ROWS = 1024  # origins a task holds the table of at a time


def cost_table_on_spark(
    session: SparkSession,
    graph: Graph,
    origins: ArrayLike,
    targets: ArrayLike,
    cutoff: float = inf,
    *,
    partitions: int | None = None,
) -> Iterator[tuple[Ints, Floats]]:
    """Yield origins (their places in ``origins``) and their rows of the table, partition by partition as they come in.

    Nothing but one partition is held on this machine: write them to a file, or put them into one array where it fits.
    """
    ends = nodes_of(graph, targets, "targets")

    def rows(held: Graph, some: Ints) -> Floats:
        return cost_table(held, some, ends, cutoff, by="hierarchy", threads=1)

    yield from _spread(session, graph, nodes_of(graph, origins, "origins"), rows, partitions)


def gathered_on_spark(
    session: SparkSession,
    graph: Graph,
    origins: ArrayLike,
    facilities: ArrayLike,
    supply: ArrayLike,
    decay: Decay,
    *,
    partitions: int | None = None,
) -> Floats:
    """Return for each origin what :func:`tongchou.networks.reach.gathered` returns there, shape (origins)."""
    ends = nodes_of(graph, facilities, "facilities")
    stock = np.atleast_1d(np.asarray(supply, dtype=np.float64))
    if stock.shape != (ends.size,):
        raise ProblemsError([codes.SHAPE.at("supply", what="supply", found=stock.size, expected=ends.size)])
    order, runs = runs_of(ends)

    def sums(held: Graph, some: Ints) -> Floats:
        from tongchou.networks.kernels.gather import add_rows

        table = cost_table(held, some, ends, decay.limit, by="hierarchy", threads=1)
        found = np.zeros(some.size)
        add_rows(*(table, stock, order, runs, *decay.terms, found))
        return found

    starts = nodes_of(graph, origins, "origins")
    whole = np.empty(starts.size)
    for places, found in _spread(session, graph, starts, sums, partitions):
        whole[places] = found
    return whole


def _spread(
    session: SparkSession, graph: Graph, starts: Ints, work: Callable[[Graph, Ints], Floats], partitions: int | None
) -> Iterator[tuple[Ints, Floats]]:
    context: Any = session.sparkContext
    count = partitions or int(context.defaultParallelism)
    # Origins that lie together climb together: neighbours in the hierarchy go to one partition.
    order = np.argsort(hierarchy(graph).place[starts], kind="stable")
    pieces = (
        [order[low : low + _ROWS] for low in range(0, order.size, _ROWS)]
        if count * _ROWS < order.size
        else [piece for piece in np.array_split(order, count) if piece.size]
    )
    shared = context.broadcast(graph)

    def run(places: Ints) -> tuple[Ints, Floats]:
        return places, work(shared.value, starts[places])

    try:
        yield from context.parallelize(pieces, len(pieces)).map(run).toLocalIterator()
    finally:
        shared.unpersist()
