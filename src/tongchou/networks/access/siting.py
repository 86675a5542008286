"""Where the next points of a service would go: the proved methods of ``networks.siting`` beside what stands already.

Existing facilities stay, without a limit of room; everybody may go on using them. They enter as one site that costs
what the nearest of them costs, which is the same problem and a smaller one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Ints
from tongchou.networks.siting import Plan, maximal_cover, p_centre, p_median, set_cover

Method = Literal["set_cover", "maximal_cover", "p_median", "p_centre"]
METHODS: tuple[Method, ...] = ("maximal_cover", "p_median", "p_centre", "set_cover")
#: Methods in which each place is assigned to a site: their size is pairs, and sites may have room for so many.
ASSIGNING: frozenset[Method] = frozenset(("p_median", "p_centre"))


@dataclass(frozen=True, slots=True)
class Reach:
    """How a plan or the present state serves people: within the standard, mean cost and greatest cost.

    ``reached`` are those who reach any site at all: the mean and the greatest are theirs, ``nan`` where there are none.
    """

    within: float
    reached: float
    mean: float
    greatest: float


@dataclass(frozen=True, slots=True, eq=False)
class Sited:
    """Chosen candidates (numbers of columns) in the order of what they serve, and who goes where.

    ``served`` gives for every place the candidate it goes to, −1 for a facility that stands already, −2 for none;
    ``cost`` what that costs. ``apart`` are the places no site can serve, left out of the problem. ``value`` and
    ``bound`` count as the method does: new sites, people covered, people × cost, greatest cost.
    """

    method: Method
    chosen: Ints
    served: Ints
    cost: Floats
    apart: Ints
    value: float
    bound: float
    gap: float
    is_proved: bool
    before: Reach
    after: Reach


def sited(
    present: ArrayLike,
    candidates: ArrayLike,
    people: ArrayLike,
    method: Method,
    limit: float,
    count: int,
    *,
    room: float = inf,
    seconds: float = 60.0,
) -> Sited:
    """Return where ``count`` new sites would go, ``set_cover`` as few as reach everyone within ``limit``.

    ``present`` (places) is the cost to the nearest facility that stands, infinite without one; ``candidates`` has
    shape (places, candidates). ``room`` is how many people one new site serves at most (``p_median``, ``p_centre``).
    Raises :class:`ProblemsError` where nothing fits or no plan is found in the time.
    """
    least = np.atleast_1d(np.asarray(present, dtype=np.float64))
    table = np.atleast_2d(np.asarray(candidates, dtype=np.float64))
    heads = np.atleast_1d(np.asarray(people, dtype=np.float64))
    most = table.shape[1]
    if method != "set_cover" and not 1 <= count <= most:
        raise ProblemsError([codes.SITES.at("count", low=1, most=most, found=count)])
    reachable = np.minimum(least, table.min(axis=1, initial=inf))
    apart = np.flatnonzero(reachable > (limit if method == "set_cover" else np.finfo(float).max))
    kept = np.setdiff1d(np.arange(least.size), apart)
    stands = bool(np.isfinite(least[kept]).any())
    whole = np.column_stack([least[kept], table[kept]]) if stands else table[kept]
    plan = _solved(whole, heads[kept], method, limit, count, stands, room, seconds)
    chosen = plan.sites[1:] - 1 if stands else plan.sites
    served = _who(plan, kept, chosen, least, table, stands, has_room=np.isfinite(room) and method in ASSIGNING)
    at = np.arange(least.size)
    cost = np.where(served >= 0, table[at, np.maximum(served, 0)], np.where(served == -1, least, inf))
    gained = np.bincount(served[served >= 0], heads[served >= 0], minlength=most)
    taken = 1.0 if stands and method == "set_cover" else 0.0  # the one site all existing ones are
    return Sited(
        method,
        chosen[np.argsort(-gained[chosen], kind="stable")],
        served,
        cost,
        apart,
        plan.value - taken,
        plan.bound - taken,
        plan.gap,
        plan.is_proved,
        reach_of(least, heads, limit),
        reach_of(cost, heads, limit),
    )


def reach_of(cost: Floats, people: Floats, limit: float) -> Reach:
    """Return how costs (places) to the nearest facility serve ``people``."""
    near = np.isfinite(cost) & (people > 0)
    reached = float(people[near].sum())
    mean = float((people[near] * cost[near]).sum() / reached) if reached else float("nan")
    greatest = float(cost[near].max()) if near.any() else float("nan")
    return Reach(float(people[cost <= limit].sum()), reached, mean, greatest)


def _solved(
    table: Floats, heads: Floats, method: Method, limit: float, count: int, stands: bool, room: float, seconds: float
) -> Plan:
    existing = np.arange(1) if stands else np.arange(0)
    number = count + existing.size
    if not table.size:
        raise ProblemsError([codes.NO_PLAN.at("sites", seconds=seconds)])
    if method == "set_cover":
        return set_cover(table, limit, existing=existing, seconds=seconds)
    if method == "maximal_cover":
        return maximal_cover(table, heads, limit, number, existing=existing, seconds=seconds)
    capacity = None
    if np.isfinite(room):
        capacity = np.full(table.shape[1], float(room))
        capacity[existing] = inf
    if method == "p_median":
        return p_median(table, heads, number, existing=existing, capacity=capacity, seconds=seconds)
    # A centre is found by halving the range of costs, one solving after the other.
    each = seconds / (1 + np.unique(table[np.isfinite(table)]).size.bit_length())
    try:
        return p_centre(table, number, people=heads, existing=existing, capacity=capacity, seconds=each)
    except ProblemsError as error:
        late = error.problems[0].code == codes.NO_TIME.code
        raise ProblemsError([codes.NO_TIME.at("sites", seconds=f"{seconds:g}")] if late else error.problems) from None


def _who(plan: Plan, kept: Ints, chosen: Ints, least: Floats, table: Floats, stands: bool, *, has_room: bool) -> Ints:
    """Return who goes where: as the plan assigns where there is room to keep to, else everybody to the nearest."""
    served: NDArray[np.int64] = np.full(least.size, -2, dtype=np.int64)
    if has_room:
        served[kept] = plan.served - (1 if stands else 0)
        return served
    served[np.isfinite(least)] = -1
    if chosen.size:
        best = table[:, chosen].argmin(axis=1)
        nearer = table[np.arange(least.size), chosen[best]] < least
        served[nearer] = chosen[best[nearer]]
    return served
