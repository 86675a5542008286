"""Lexicographic minimisation of complaints over coalitions, exactly: the machinery of the nucleolus and its kin.

The complaint of coalition S under shares x is (x(S) − c(S)) / w(S). The largest is made as small as possible, then the
next largest, and so on, by linear programmes (HiGHS). Coalitions are generated as they are needed, so that a
programme has tens of rows instead of 2ⁿ.

Degeneracy. A coalition is fixed at a level only when its dual value is positive, which by complementary slackness
makes it tight in *every* optimum of that level (one optimum's tight set may be larger by accident). Coalitions whose
vector lies in the span of those fixed have a constant complaint and leave the problem; the span is decided in exact
rational arithmetic. Every level raises the rank by at least one, so there are at most n − 1 levels. At the end the
fixed equations are solved together, which removes the tolerance of the programmes from the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import codes
from tongchou.systems.compensation.coalitions import Floats, additive, members_of, singles

MOST = 18
_TOLERANCE = 1e-9  # of the largest cost; HiGHS itself is set to 1e-10
_DUAL = 1e-8
_OPTIONS = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: the complaint reached and the coalitions (bit masks) at it in every optimum."""

    complaint: float
    coalitions: tuple[int, ...]


@dataclass(slots=True)
class _Span:
    """The span of the coalitions fixed so far, in exact arithmetic (rows in echelon form)."""

    n: int
    rows: list[list[Fraction]] = field(default_factory=list)

    def add(self, mask: int) -> bool:
        """Add a coalition; return whether it was outside the span."""
        vector = [Fraction(mask >> i & 1) for i in range(self.n)]
        for row in self.rows:
            lead = next(i for i, v in enumerate(row) if v)
            if vector[lead]:
                times = vector[lead]
                vector = [a - times * b for a, b in zip(vector, row, strict=True)]
        lead = next((i for i, v in enumerate(vector) if v), -1)
        if lead < 0:
            return False
        vector = [v / vector[lead] for v in vector]
        self.rows = [[a - row[lead] * b for a, b in zip(row, vector, strict=True)] for row in self.rows] + [vector]
        return True

    def outside(self) -> NDArray[np.bool_]:
        """Return, for every coalition, whether it is outside the span: not orthogonal to the null space."""
        leads = [next(i for i, v in enumerate(row) if v) for row in self.rows]
        out = np.zeros(1 << self.n, dtype=bool)
        for free in set(range(self.n)) - set(leads):
            null = {free: Fraction(1)} | {lead: -row[free] for lead, row in zip(leads, self.rows, strict=True)}
            common = int(np.lcm.reduce([v.denominator for v in null.values()]))
            out |= additive([float(null.get(i, Fraction(0)) * common) for i in range(self.n)]) != 0
        return out


@dataclass(slots=True)
class Programme:
    """Shares that close to the cost of everyone, under the complaints of a growing list of coalitions.

    ``game`` has 2ⁿ costs scaled to about one, ``weight`` what each complaint is divided by; ``rational`` keeps every
    member at or below its stand-alone cost.
    """

    game: Floats
    weight: Floats
    rational: bool
    rows: list[int] = field(default_factory=list)
    fixed: list[tuple[int, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = members_of(self.game)
        full = self.game.size - 1
        self.rows = sorted({1 << i for i in range(n)} | {full ^ (1 << i) for i in range(n)})
        self.fixed = [(full, float(self.game[full]))]

    def solve(
        self, objective: Floats, free: NDArray[np.bool_], ceiling: float | None = None
    ) -> tuple[Floats, Floats, Floats, list[int]]:
        """Minimise ``objective`` over (x, t) and return (x and t, duals of rows, duals of bounds, rows used).

        ``free`` says which coalitions constrain t; ``ceiling`` fixes t. Rows are added until none is violated.
        """
        from scipy.optimize import linprog

        n = members_of(self.game)
        while True:
            rows = [mask for mask in self.rows if free[mask]]
            bounds: list[tuple[float | None, float | None]] = [
                (None, float(c) if self.rational else None) for c in singles(self.game)
            ]
            bounds.append((ceiling, ceiling))
            result = linprog(
                objective,
                A_ub=np.column_stack([indicator(rows, n), -self.weight[rows]]) if rows else None,
                b_ub=self.game[rows] if rows else None,
                A_eq=np.column_stack([indicator([m for m, _ in self.fixed], n), np.zeros(len(self.fixed))]),
                b_eq=[b for _, b in self.fixed],
                bounds=bounds,
                method="highs-ds",
                options=_OPTIONS,
            )
            if result.status != 0:
                raise ProblemsError([codes.UNSOLVED.at("costs", reason=result.message)])
            over = np.where(free, additive(result.x[:n]) - self.game - result.x[n] * self.weight, -np.inf)
            over[self.rows] = -np.inf
            worst = np.argsort(over)[-2 * n :]
            new = [int(mask) for mask in worst if over[mask] > _TOLERANCE]
            if not new:
                return result.x, -result.ineqlin.marginals, -result.upper.marginals[:n], rows
            self.rows += new


def minimise(
    costs: Floats, weight: Floats, *, rational: bool, levels: int | None = None
) -> tuple[Floats, list[Level], Programme]:
    """Return the shares whose complaints, sorted from the largest, are lexicographically smallest.

    ``costs`` and ``weight`` have 2ⁿ values (weights positive but for the empty coalition). ``levels`` stops after so
    many levels, for a caller that only wants the first complaint; the shares are then one optimum of many.
    """
    n = members_of(costs)
    if n > MOST:
        raise ProblemsError([codes.TOO_MANY.at("costs", n=n, method="核仁 nucleolus", most=MOST)])
    scale = float(np.abs(costs).max()) or 1.0
    game = costs / scale
    if rational and game[-1] > singles(game).sum() + _TOLERANCE:
        raise ProblemsError(
            [codes.NO_IMPUTATION.at("costs", joint=float(costs[-1]), alone=float(singles(costs).sum()))]
        )
    unit = weight / float(weight[-1])  # complaints of order one whatever the weights measure
    programme = Programme(game, unit, rational)
    span = _Span(n)
    span.add(game.size - 1)
    found: list[Level] = []
    bounded: list[int] = []
    x = game[-1:] * np.ones(n) / n
    objective = np.concatenate([np.zeros(n), [1.0]])
    while len(span.rows) < n and (levels is None or len(found) < levels):
        free = span.outside()
        free[[0, -1]] = False
        solution, duals, at_bound, rows = programme.solve(objective, free)
        x, t = solution[:n], float(solution[n])
        tight = [mask for mask, dual in zip(rows, duals, strict=True) if dual > _DUAL]
        if not tight:
            raise ProblemsError([codes.UNSOLVED.at("costs", reason="no coalition with a positive dual value")])
        for mask in tight:
            if span.add(mask):
                programme.fixed.append((mask, float(game[mask] + t * unit[mask])))
        for i in np.flatnonzero(at_bound > _DUAL):
            bounded.append(1 << int(i))
            if span.add(1 << int(i)):
                programme.fixed.append((1 << int(i), float(game[1 << int(i)])))
        found.append(Level(t, tuple(sorted(tight))))
    x, complaints = _together(game, unit, found, bounded, x)
    to_costs = scale / float(weight[-1])
    return (
        x * scale,
        [Level(t * to_costs, level.coalitions) for t, level in zip(complaints, found, strict=True)],
        programme,
    )


def _together(
    game: Floats, unit: Floats, levels: list[Level], bounded: list[int], x: Floats
) -> tuple[Floats, list[float]]:
    """Solve all fixed equations at once for the shares and complaints; keep ``x`` when they do not determine it."""
    n = members_of(game)
    masks = [game.size - 1, *bounded, *(m for level in levels for m in level.coalitions)]
    system = np.zeros((len(masks), n + len(levels)))
    system[:, :n] = indicator(masks, n)
    row = 1 + len(bounded)
    for k, level in enumerate(levels):
        for mask in level.coalitions:
            system[row, n + k] = -unit[mask]
            row += 1
    solution, _, rank, _ = np.linalg.lstsq(system, game[masks], rcond=None)
    if rank < n + len(levels):
        return x, [level.complaint for level in levels]
    return np.asarray(solution[:n], dtype=np.float64), [float(t) for t in solution[n:]]


def indicator(masks: Iterable[int], n: int) -> Floats:
    """Return one row of zeros and ones for each coalition."""
    column = np.fromiter(masks, dtype=np.int64)[:, None]
    return (column >> np.arange(n) & 1).astype(np.float64)
