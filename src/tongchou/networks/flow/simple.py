"""One commodity at one time: the cheapest flow that meets what nodes give and need, and the largest between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog
from scipy.sparse import csr_array

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.flow import codes as flow_codes
from tongchou.networks.graph import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """The ``flow`` of each link, its ``value`` (cost, or amount), and the ``binding`` links: nothing helps but more
    room at one of these; of several equally tight ones more than one may have to grow.
    """

    flow: Floats
    value: float
    binding: Ints


def least_cost(tails: ArrayLike, heads: ArrayLike, capacity: ArrayLike, cost: ArrayLike, supply: ArrayLike) -> Flow:
    """Return the cheapest flow over directed links (node numbers) from nodes with supply to those with need.

    ``supply`` (nodes) is positive where a node gives, negative where it needs; what is too much
    stays. Raises where the need cannot be met.
    """
    a, b, room, price, amount = _given(tails, heads, capacity, cost, supply)
    # What a node gives it may keep; what it needs it must get.
    found = linprog(
        price, A_ub=_out_less_in(a, b, amount.size), b_ub=amount, bounds=np.column_stack([np.zeros_like(room), room])
    )
    if found.x is None:
        raise ProblemsError([codes.NO_FLOW.at("supply", need=float(-amount[amount < 0].sum()))])
    return Flow(found.x, float(found.fun), np.flatnonzero(found.upper.marginals < -1e-9))


def most(tails: ArrayLike, heads: ArrayLike, capacity: ArrayLike, source: int, sink: int) -> Flow:
    """Return the largest flow from ``source`` to ``sink``; the binding links are a least cut (Ford, Fulkerson 1956).

    Raises where source and sink are one, and where a way between them has no limit.
    """
    nodes = 1 + max(source, sink, int(np.max(tails, initial=0)), int(np.max(heads, initial=0)))
    a, b, room, _, _ = _given(tails, heads, capacity, np.zeros(np.size(tails)), np.zeros(nodes))
    if source == sink or min(source, sink) < 0:
        raise ProblemsError([codes.OUTSIDE.at("sink", what="sink", most=nodes - 1)])
    inner = np.ones(nodes, dtype=np.bool_)
    inner[[source, sink]] = False
    table = _out_less_in(a, b, nodes)
    gain = (b == sink).astype(float) - (a == sink)
    found = linprog(
        -gain, A_eq=table[inner], b_eq=np.zeros(int(inner.sum())), bounds=np.column_stack([np.zeros_like(room), room])
    )
    if found.x is None:
        raise ProblemsError([flow_codes.NO_LIMIT.at("capacity", tail=source, head=sink)])
    return Flow(found.x, -float(found.fun), np.flatnonzero(found.upper.marginals < -1e-9))


def _out_less_in(tails: Ints, heads: Ints, nodes: int) -> csr_array:
    links = np.arange(tails.size)
    values = np.concatenate([np.ones(tails.size), -np.ones(tails.size)])
    return csr_array((values, (np.concatenate([tails, heads]), np.tile(links, 2))), shape=(nodes, tails.size))


def _given(
    tails: ArrayLike, heads: ArrayLike, capacity: ArrayLike, cost: ArrayLike, supply: ArrayLike
) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    a, b = (np.atleast_1d(np.asarray(v, dtype=np.int64)) for v in (tails, heads))
    room, price, amount = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (capacity, cost, supply))
    problems: list[Problem] = [
        codes.SHAPE.at(what, what=what, found=found.size, expected=a.size)
        for what, found in (("heads", b), ("capacity", room), ("cost", price))
        if found.size != a.size
    ]
    if np.isnan(room).any() or (room < 0).any():
        problems.append(codes.NO_SUPPLY.at("capacity", what="capacity"))
    for what, found in (("cost", price), ("supply", amount)):
        if not np.isfinite(found).all():
            problems.append(codes.NO_VALUE.at(what, what=what))
    if (price < 0).any() and np.isinf(room[price < 0] if price.shape == room.shape else room).any():
        problems.append(codes.OUT_OF_RANGE.at("cost", what="cost", low=0, found=float(price.min())))
    outside = np.concatenate([a, b])
    if outside.size and not (int(outside.min()) >= 0 and int(outside.max()) < amount.size):
        problems.append(codes.OUTSIDE.at("links", what="links", most=amount.size - 1))
    if problems:
        raise ProblemsError(problems)
    return a, b, room, price, amount
