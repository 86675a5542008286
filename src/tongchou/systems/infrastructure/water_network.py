"""Rows of a water network made into flows: sources, links and uses are links, a reservoir holds over to the next month.

Every use has a node of its own behind the node it draws from, so that losses on its way count like those of any link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks.flow import Allocation, Demand, Links, Reservoir, Sharing, allocated
from tongchou.systems.infrastructure import codes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What a row can be, and the number it has in the rule's tables: sources to 5, links 6 and 7, store 8, uses from 11.
ROLES = {
    "river": 1,
    "diverted": 2,
    "ground": 3,
    "reuse": 4,
    "opening": 5,
    "large": 6,
    "small": 7,
    "store": 8,
    "people": 11,
    "ecology": 12,
    "farm": 13,
    "industry": 14,
    "reserve": 15,
}
LARGE, SMALL, STORE, FIRST_USE = 6, 7, 8, 11
# Where nothing else decides: water takes no needless way, and is kept rather than let go (元/立方米).
_WAY, _KEPT = 1e-3, 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Things (a row without its month) with their ends and kind; ``amount`` is (months, things), zero where not given.

    ``thing`` and ``month`` say where each row of the rule stands. Uses come in the order of ``uses``.
    """

    names: Sequence[str]
    tails: Ints
    heads: Ints
    nodes: int
    kinds: Ints
    amount: Floats
    lost: Floats
    cost: Floats
    priority: Ints
    thing: Ints
    month: Ints

    @property
    def uses(self) -> Ints:
        """The things that are uses, in order."""
        return np.flatnonzero(self.kinds >= FIRST_USE)

    @property
    def stores(self) -> Ints:
        """The things that are reservoirs, in order."""
        return np.flatnonzero(self.kinds == STORE)


def network(
    tail: Sequence[str], head: Sequence[str], role: Sequence[str], month: Sequence[str],
    amount: Floats, lost: Floats, cost: Floats, priority: Floats,
) -> Network:  # fmt: skip
    """Return the network that rows tell of; raises :class:`ProblemsError` for roles and ends that cannot be."""
    problems: list[Problem] = []
    ends = list(zip(tail, head, role, strict=True))
    for a, b, kind in dict.fromkeys(ends):
        where = f"{a}|{b}|{kind}"
        if kind not in ROLES:
            problems.append(codes.UNKNOWN_ROLE.at(where, role=kind, known="、".join(ROLES)))
        elif kind == "store" and a != b:
            problems.append(codes.NOT_ITSELF.at(where, tail=a, head=b))
        elif a == b and ROLES[kind] < STORE and kind != "opening":
            problems.append(codes.TO_ITSELF.at(where, tail=a))
    if problems:
        raise ProblemsError(problems)
    things = {end: i for i, end in enumerate(dict.fromkeys(ends))}
    numbers: dict[str, int] = {}
    for a, b, kind in things:
        numbers.setdefault(f"source {a}" if ROLES[kind] == ROLES["opening"] else a, len(numbers))
        if ROLES[kind] < FIRST_USE:
            numbers.setdefault(b, len(numbers))
    months = {code: i for i, code in enumerate(sorted(set(month)))}
    thing = np.array([things[end] for end in ends], dtype=np.int64)
    at = np.array([months[code] for code in month], dtype=np.int64)
    tails, heads = np.zeros(len(things), dtype=np.int64), np.zeros(len(things), dtype=np.int64)
    kinds = np.array([ROLES[kind] for _, _, kind in things], dtype=np.int64)
    nodes = len(numbers)
    for i, (a, b, kind) in enumerate(things):
        tails[i] = numbers[f"source {a}" if kind == "opening" else a]
        if kinds[i] < FIRST_USE:
            heads[i] = numbers[b]
        else:
            heads[i], nodes = nodes, nodes + 1
    given = np.zeros((len(months), len(things)))
    given[at, thing] = amount
    each: list[Floats] = []
    for values in (lost, cost, priority):
        one = np.zeros(len(things))
        one[thing] = values
        each.append(one)
    names = ["|".join(end) for end in things]
    ranks = np.unique(each[2], return_inverse=True)[1].astype(np.int64)  # an order may lie between two others
    return Network(names, tails, heads, nodes, kinds, given, each[0], each[1], ranks, thing, at)


def shared(water: Network, sharing: Sharing, without: int | None = None) -> Allocation:
    """Return who gets what, with the link ``without`` closed; demands stand in the order of ``water.uses``."""
    amount = water.amount.copy()
    if without is not None:
        amount[:, without] = 0.0
    months = amount.shape[0]
    flows = np.flatnonzero(water.kinds != STORE)
    inflow = np.zeros((months, water.nodes))
    for i in np.flatnonzero(water.kinds < LARGE):
        inflow[:, water.tails[i]] += amount[:, i]
    price = water.cost[flows] + np.where((water.kinds[flows] == LARGE) | (water.kinds[flows] == SMALL), _WAY, 0.0)
    links = Links(
        [water.names[int(i)] for i in flows], water.tails[flows], water.heads[flows],
        np.where(water.kinds[flows] >= FIRST_USE, np.inf, amount[:, flows]), price, water.lost[flows],
    )  # fmt: skip
    demands = [Demand(water.names[i], int(water.heads[i]), int(water.priority[i]), amount[:, i]) for i in water.uses]
    stores = [
        Reservoir(int(water.tails[i]), amount[:, i], 0.0, lost=float(water.lost[i]), worth=_KEPT) for i in water.stores
    ]
    return allocated(water.nodes, inflow, links, demands, stores, sharing)


def quantities(water: Network, found: Allocation) -> Floats:
    """Return what every thing carries, gives or holds, shape (months, things)."""
    carried = np.zeros(water.amount.shape)
    carried[:, np.flatnonzero(water.kinds != STORE)] = found.flow
    carried[:, water.stores] = found.stored
    carried[:, water.uses] = found.served
    return carried
