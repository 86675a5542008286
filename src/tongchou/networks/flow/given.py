"""What an allocation is made from: links, reservoirs, demands, and how a class shares what there is for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from numpy.typing import ArrayLike


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
