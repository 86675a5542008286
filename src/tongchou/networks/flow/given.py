"""What an allocation is made from: links, reservoirs, demands, and how a class shares what there is for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes


class Sharing(Enum):
    """How a class shares what there is for it.

    ``TOTAL`` serves as much as can be in all, whoever gets it most cheaply; ``TOTAL_THEN_EVEN`` too, but with that
    nobody is shorter of its share than it must be; ``EVEN`` raises the smallest share of a need first, though losses on
    the way to it may leave less in all.
    """

    TOTAL = 0
    TOTAL_THEN_EVEN = 1
    EVEN = 2


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Directed links with names, ends (node numbers), capacity (links) or (months, links), cost and part lost."""

    names: Sequence[str]
    tails: ArrayLike
    heads: ArrayLike
    capacity: ArrayLike
    cost: ArrayLike
    lost: ArrayLike = 0.0


@dataclass(frozen=True, slots=True)
class Reservoir:
    """A store at a node: how much it holds (``capacity``, one number or one a month), holds at first, and must hold
    at least and at the end; the part ``lost`` of what it holds by the next month (evaporation, seepage), and what
    holding one unit over a month is worth (against letting it go), in the unit of the links' cost.
    """

    node: int
    capacity: ArrayLike
    first: float
    least: float = 0.0
    last: float | None = None
    lost: float = 0.0
    worth: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What one county's use needs each month (``amount``, shape (months)) at a node; the smallest priority first."""

    name: str
    node: int
    priority: int
    amount: ArrayLike


def check_given(
    nodes: int, months: int, links: Links, demands: Sequence[Demand], reservoirs: Sequence[Reservoir]
) -> list[Problem]:
    """Return every node and number of these that does not fit; raise at once where lengths do not."""
    count = len(links.names)
    problems: list[Problem] = []

    def fits(where: str, what: str, value: ArrayLike, *lengths: int) -> None:
        shape = np.shape(np.asarray(value))
        if shape not in ((), lengths[-1:], lengths):
            problems.append(codes.SHAPE.at(where, what=what, found=shape, expected=lengths[-1]))

    for what, ends in (("tails", links.tails), ("heads", links.heads)):
        given = np.atleast_1d(np.asarray(ends, dtype=np.int64))
        if given.shape != (count,):
            problems.append(codes.SHAPE.at(what, what=what, found=given.size, expected=count))
        outside = np.unique(given[(given < 0) | (given >= nodes)])
        problems += [codes.UNKNOWN_NODE.at(what, node=int(n), count=nodes) for n in outside[:20]]
    fits("capacity", "capacity", links.capacity, months, count)
    fits("cost", "cost", links.cost, count)
    fits("lost", "lost", links.lost, count)
    if not np.isfinite(np.asarray(links.cost, dtype=np.float64)).all():
        problems.append(codes.NO_VALUE.at("cost", what="cost"))
    for demand in demands:
        fits(demand.name, "amount", demand.amount, months)
    for held in reservoirs:
        fits("reservoir", "capacity", held.capacity, months)
        stored = [np.asarray(held.capacity), held.first, held.least, held.lost, 0.0 if held.last is None else held.last]
        numbers = np.concatenate([np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in stored])
        if np.isnan(numbers).any() or (numbers < 0).any() or not np.isfinite([held.first, held.worth]).all():
            problems.append(codes.NO_SUPPLY.at("reservoir", what="reservoir"))
        if held.lost > 1:
            problems.append(codes.OUTSIDE.at("reservoir", what="lost", most=1))
    if any(problem.code == codes.SHAPE.code for problem in problems):
        raise ProblemsError(problems)
    return problems
