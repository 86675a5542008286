"""A river as a directed graph: what lies upstream of a section, how long water takes, and the order of its reaches."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Graph, Ints, graph
from tongchou.networks.search import costs_from, nodes_of


@dataclass(frozen=True, slots=True, eq=False)
class River:
    """Reaches from ``tails`` down to ``heads`` (node numbers) with kilometres and metres a second.

    ``hours`` and ``distance`` are graphs of the same nodes in those units.
    """

    hours: Graph
    distance: Graph
    tails: Ints
    heads: Ints
    downwards: Ints

    @property
    def nodes(self) -> Ints:
        """The node numbers, every one before those it flows to."""
        return self.downwards


def river(tails: ArrayLike, heads: ArrayLike, kilometres: ArrayLike, metres_a_second: ArrayLike) -> River:
    """Return the river of reaches between ids; raise with speeds that are none and nodes water circles in."""
    length, speed = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (kilometres, metres_a_second))
    slow = np.flatnonzero(~(speed > 0))
    problems: list[Problem] = [codes.NO_SPEED.at(f"reach {i + 1}", speed=speed[i]) for i in slow[:20]]
    if speed.shape != length.shape:
        what = {"what": "metres_a_second", "found": speed.size, "expected": length.size}
        problems.append(codes.SHAPE.at("metres_a_second", **what))
    try:
        distance = graph(tails, heads, length, one_way=True)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    hours = graph(tails, heads, length / (speed * 3.6), one_way=True, nodes=distance.nodes)
    a, b = distance.numbers(tails), distance.numbers(heads)
    order = _downwards(distance)
    if order.size < distance.size:
        named = "、".join(map(str, distance.nodes[_in_circles(distance)[:20]]))
        raise ProblemsError([codes.CIRCLES.at("reaches", nodes=named)])
    return River(hours, distance, a, b, order)


@dataclass(frozen=True, slots=True, eq=False)
class Upstream:
    """The ``nodes`` from which water reaches a section, nearest in time first, with hours and kilometres to it."""

    nodes: Ints
    hours: Floats
    kilometres: Floats


def upstream(of: River, section: int, within_hours: float = inf) -> Upstream:
    """Return everything upstream of a section (node number), itself first, by the quickest way water takes.

    ``kilometres`` are the shortest way's, which where channels part need not be the quickest.
    """
    nodes_of(of.hours, [section], "section")
    hours = costs_from(of.hours.reversed(), [section], within_hours)[0]
    far = costs_from(of.distance.reversed(), [section])[0]
    reached = np.flatnonzero(np.isfinite(hours))
    order = reached[np.lexsort((reached, hours[reached]))]
    return Upstream(order, hours[order], far[order])


def stream_order(of: River) -> Ints:
    """Return Strahler's order (1957) of every reach: 1 at the springs, one more where two of the highest order meet."""
    node = np.zeros(of.distance.size, dtype=np.int64)
    number = np.zeros(of.tails.size, dtype=np.int64)
    into: list[list[int]] = [[] for _ in range(of.distance.size)]
    leaving: list[list[int]] = [[] for _ in range(of.distance.size)]
    for reach, (tail, head) in enumerate(zip(of.tails.tolist(), of.heads.tolist(), strict=True)):
        leaving[tail].append(reach)
        into[head].append(reach)
    for here in of.downwards.tolist():
        orders = sorted((int(number[r]) for r in into[here]), reverse=True)
        if not orders:
            node[here] = 1
        else:
            node[here] = orders[0] + (len(orders) > 1 and orders[0] == orders[1])
        number[leaving[here]] = node[here]
    return number


def gathered_down(of: River, amounts: ArrayLike) -> Floats:
    """Return for every node what it and everything upstream add (shape (nodes)); where channels part, equal shares."""
    total = np.atleast_1d(np.asarray(amounts, dtype=np.float64)).copy()
    problems: list[Problem] = []
    if total.shape != (of.distance.size,):
        problems.append(codes.SHAPE.at("amounts", what="amounts", found=total.size, expected=of.distance.size))
    elif not np.isfinite(total).all():
        problems.append(codes.NO_SUPPLY.at("amounts", what="amounts"))
    if problems:
        raise ProblemsError(problems)
    ways = np.bincount(of.tails, minlength=total.size)
    leaving: list[list[int]] = [[] for _ in range(total.size)]
    for tail, head in zip(of.tails.tolist(), of.heads.tolist(), strict=True):
        leaving[tail].append(head)
    for here in of.downwards.tolist():
        for head in leaving[here]:
            total[head] += total[here] / ways[here]
    return total


def _downwards(held: Graph) -> Ints:
    """Return nodes that do not lie on or below a circle, every one before those it flows to, by number among equals."""
    waits = np.bincount(held.heads, minlength=held.size)
    ready = np.flatnonzero(waits == 0).tolist()
    order: list[int] = []
    while ready:
        here = ready.pop()
        order.append(here)
        for head in held.heads[held.first[here] : held.first[here + 1]].tolist():
            waits[head] -= 1
            if waits[head] == 0:
                ready.append(head)
    return np.array(order, dtype=np.int64)


def _in_circles(held: Graph) -> Ints:
    """Return the nodes from which water comes back to them; those that only lie below a circle are not among them."""
    table = csr_array((np.ones(held.edges, dtype=np.int8), held.heads, held.first), shape=(held.size, held.size))
    _, part = connected_components(table, directed=True, connection="strong")
    tails = np.repeat(np.arange(held.size), np.diff(held.first))
    loops = np.isin(np.arange(held.size), tails[tails == held.heads])
    return np.flatnonzero((np.bincount(part)[part] > 1) | loops)
