"""A plan of sites with its proof, and the solving that all kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, vstack

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Chosen ``sites`` (existing ones among them) and the site ``served`` by for each place (−1: none).

    ``value`` is what was asked for; no plan can pass ``bound``, so that ``gap`` (0: proved best) is the part of the
    value that might still be won. ``seconds`` ran out where the gap is more than the tolerance.
    """

    sites: Ints
    served: Ints
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """What might still be won, as a part of the value."""
        if self.value == self.bound:
            return 0.0
        return abs(self.value - self.bound) / max(abs(self.value), 1e-12)

    @property
    def is_proved(self) -> bool:
        """Whether no plan is better (but for one part in a million, the solver's tolerance)."""
        return self.gap <= 1e-6


def solved(
    objective: Floats, rows: Sequence[tuple[Any, ArrayLike, ArrayLike]], whole: NDArray[np.bool_], upper: Floats,
    lower: Floats, seconds: float,
) -> tuple[Floats, float, float]:  # fmt: skip
    """Minimise; return the variables, the value and the bound. Raise where no plan fits or none was found in time."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    table = vstack([csr_array(part) for part, _, _ in rows], format="csr")
    low, high = (np.concatenate([np.atleast_1d(r[i]) for r in rows]) for i in (1, 2))
    found = milp(
        objective,
        constraints=LinearConstraint(table, low, high),
        integrality=whole.astype(int),
        bounds=Bounds(lower, upper),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        kind = codes.NO_PLAN if found.status == 2 else codes.NO_TIME
        raise ProblemsError([kind.at("sites", seconds=seconds)])
    bound = found.mip_dual_bound
    return found.x, float(found.fun), float(found.fun if bound is None else bound)


def given(
    cost: ArrayLike, people: ArrayLike | None, existing: ArrayLike, count: int | None, capacity: ArrayLike | None
) -> tuple[Floats, Floats, Ints, Floats]:
    """Return checked costs (places, sites), people, existing sites and capacities (infinite where none is given)."""
    table = np.atleast_2d(np.asarray(cost, dtype=np.float64))
    places, sites = table.shape
    heads = np.ones(places) if people is None else np.atleast_1d(np.asarray(people, dtype=np.float64))
    stands = np.unique(np.asarray(existing, dtype=np.int64).ravel())
    room = np.full(sites, inf) if capacity is None else np.atleast_1d(np.asarray(capacity, dtype=np.float64))
    problems: list[Problem] = []
    for what, found, expected in (("people", heads, places), ("capacity", room, sites)):
        if found.shape != (expected,):
            problems.append(codes.SHAPE.at(what, what=what, found=found.size, expected=expected))
        elif np.isnan(found).any() or (found < 0).any() or (what == "people" and np.isinf(found).any()):
            problems.append(codes.NO_SUPPLY.at(what, what=what))
    if np.isnan(table).any() or (table < 0).any():
        problems.append(codes.OUT_OF_RANGE.at("cost", what="cost", low=0, found=float(np.nanmin(table))))
    if stands.size and not (stands[0] >= 0 and stands[-1] < sites):
        problems.append(codes.OUTSIDE.at("existing", what="existing", most=sites - 1))
    if count is not None and not max(1, stands.size) <= count <= sites:
        problems.append(codes.SITES.at("count", low=max(1, stands.size), most=sites, found=count))
    if problems:
        raise ProblemsError(problems)
    return table, heads, stands, room


def nearest_of(table: Floats, sites: Ints, limit: float = inf) -> Ints:
    """Return for each place the chosen site it reaches at least cost within ``limit``, −1 if none; ties go first."""
    if not sites.size:
        return np.full(table.shape[0], -1, dtype=np.int64)
    best = table[:, sites].argmin(axis=1)
    reached = table[np.arange(table.shape[0]), sites[best]]
    return np.where(np.isfinite(reached) & (reached <= limit), sites[best], -1)
