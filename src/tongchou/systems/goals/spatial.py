"""Inequality on the map: the spatial Gini, and local Moran's I (LISA), with exact p where units are few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb, factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.inequality import gini
from tongchou.systems.goals.measured import Floats, Ints, amounts, numbers
from tongchou.systems.goals.permutation import COUNTED, EQUAL, Result, counted, drawn, estimated, extreme


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who adjoins whom, as compressed rows: neighbours of unit i are ``indices[starts[i]:starts[i + 1]]``."""

    starts: Ints
    indices: Ints

    @property
    def counts(self) -> Ints:
        """How many neighbours each unit has."""
        return np.diff(self.starts)

    @property
    def pairs(self) -> tuple[Ints, Ints]:
        """Every pair of neighbours once, the lower number first."""
        left = np.repeat(np.arange(self.counts.size), self.counts)
        once = left < self.indices
        return left[once], self.indices[once]


def neighbours(pairs: Iterable[tuple[int, int]], units: int) -> Neighbours:
    """Build a symmetric neighbourhood from pairs of unit numbers (each pair once or twice, no unit its own)."""
    edges = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    if edges.size and (edges.min() < 0 or edges.max() >= units or (edges[:, 0] == edges[:, 1]).any()):
        raise ProblemsError([codes.OUT_OF_RANGE.at("pairs", what="pairs", low=0, high=units - 1, found="?")])
    both = np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)
    starts = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=units))])
    return Neighbours(starts.astype(np.int64), np.ascontiguousarray(both[:, 1]))


@dataclass(frozen=True, slots=True)
class SpatialGini:
    """Gini = ``near`` + ``far``: the parts of pairs of neighbours and of all other pairs (Rey & Smith 2013).

    ``test`` asks whether ``far`` is larger than when values fall on the map at random: neighbours then resemble each
    other more than chance has it (one-sided).
    """

    gini: float
    near: float
    far: float
    test: Result


def spatial_gini(
    values: ArrayLike, adjoining: Neighbours, *, permutations: int, seed: int, level: float = 0.05
) -> SpatialGini:
    """Split the Gini of ``values`` (units) by neighbourhood and test the split; exact for up to ten units.

    A permutation costs one pass over the pairs of neighbours: the far part is the total less the near one.
    """
    x = amounts(values)
    if x.shape != adjoining.counts.shape:
        raise ProblemsError([codes.SHAPE.at("values", what="values", expected=adjoining.counts.size, found=x.size)])
    left, right = adjoining.pairs
    if not left.size:
        raise ProblemsError([codes.TOO_FEW.at("pairs", what="相邻关系 neighbours", found=0, least=1)])
    scale = 1 / (x.mean() * x.size**2)
    total = float(gini(x))
    near = float(np.abs(x[left] - x[right]).sum() * scale)
    observed = np.array([-near])
    from tongchou.systems.goals.shuffles import every_pair_sum, pair_sums

    if factorial(x.size) <= COUNTED:
        sums = np.empty(factorial(x.size))
        every_pair_sum(x, left, right, sums)
        return SpatialGini(total, near, total - near, counted(observed, -sums[:, None] * scale, 1, level))

    def draw(first: int, size: int) -> Ints:
        sums = np.empty(size)
        pair_sums(x, left, right, seed, first, sums)
        return extreme(-sums[:, None] * scale, observed)

    test = estimated(observed, drawn(draw, permutations, 256), permutations, 1)
    return SpatialGini(total, near, total - near, test)


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """Local Moran's I of every unit, the p of the nearer tail, and the quadrant.

    ``quadrant``: 1 high among high, 2 low among high, 3 low among low, 4 high among low. ``p`` is ``nan`` for a unit
    without neighbours and where ``smallest_p``, the smallest attainable, is above the level (reason in ``withheld``).
    """

    statistic: Floats
    p: Floats
    smallest_p: Floats
    quadrant: Ints
    exact: NDArray[np.bool_]
    withheld: tuple[Problem, ...]


def local_moran(
    values: ArrayLike, adjoining: Neighbours, *, permutations: int, seed: int, level: float = 0.05
) -> LocalMoran:
    """Local Moran's I (Anselin 1995) with row-standardised weights and conditional permutation.

    I = z·(mean of the neighbours' z)/(Σz²/n). Keeping a unit's own value, its neighbours are a random k of the
    others. One pool of draws serves all units: the sums of the first k of every draw are sorted once and each unit
    looks itself up; a draw that contains the unit is left out of that unit's count. All C(n−1, k) neighbourhoods are
    counted instead where they are fewer than the draws (then p is exact, and no smaller than one over their number).
    """
    x = numbers(values, "values")
    units, counts = x.size, adjoining.counts
    if x.shape != counts.shape:
        raise ProblemsError([codes.SHAPE.at("values", what="values", expected=counts.size, found=units)])
    if permutations < 1:
        raise ProblemsError([codes.PERMUTATIONS.at("permutations", found=permutations)])
    z = x - x.mean()
    variance = float(np.square(z).mean())  # not z @ z: where processors are busy, the threads of a product cost 10 ms
    if variance <= EQUAL * max(float(np.abs(x).max()) ** 2, 1e-300):
        raise ProblemsError([codes.ZERO_TOTAL.at("values", what="离差 deviations from the mean")])
    from tongchou.systems.goals.shuffles import neighbour_sums

    around = np.empty(units)
    neighbour_sums(z, adjoining.starts, adjoining.indices, around)
    lag = np.divide(around, counts, out=np.zeros(units), where=counts > 0)
    p, smallest, exact = np.full(units, np.nan), np.full(units, np.nan), np.zeros(units, dtype=bool)
    present = np.bincount(counts)
    fewer = np.array([bool(k and there and comb(units - 1, k) <= permutations) for k, there in enumerate(present)])
    few = fewer[counts]
    for i in np.flatnonzero(few):
        p[i], smallest[i] = _counted_unit(z, int(i), adjoining)
        exact[i] = True
    many = ~few & (counts > 0)
    if many.any():
        p[many] = _pooled(z, around, counts, many, permutations, seed)
        smallest[many] = 1 / (permutations + 1)
    hopeless = exact & (smallest > level)
    p[hopeless] = np.nan
    withheld = tuple(
        codes.NO_POWER.at(f"unit {i}", count=comb(units - 1, int(counts[i])), floor=float(smallest[i]))
        for i in np.flatnonzero(hopeless)
    )
    quadrant = np.select([(z > 0) & (lag > 0), (z <= 0) & (lag > 0), (z <= 0) & (lag <= 0)], [1, 2, 3], 4)
    return LocalMoran(z * lag / variance, p, smallest, quadrant.astype(np.int64), exact, withheld)


def _counted_unit(z: Floats, i: int, adjoining: Neighbours) -> tuple[float, float]:
    """Return the exact p of the nearer tail for unit ``i`` and the smallest attainable one."""
    mine = adjoining.indices[adjoining.starts[i] : adjoining.starts[i + 1]]
    others = np.delete(z, i)
    picks = np.array(list(combinations(range(others.size), mine.size)))
    every = others[picks].sum(axis=1)
    observed = float(z[mine].sum())
    margin = 1e-9 * float(np.abs(z).max())

    def tails(at: float) -> float:
        return min(float((every >= at - margin).mean()), float((every <= at + margin).mean()))

    return tails(observed), min(tails(float(every.max())), tails(float(every.min())))


def _pooled(z: Floats, around: Floats, counts: Ints, wanted: NDArray[np.bool_], permutations: int, seed: int) -> Floats:
    from tongchou.systems.goals.shuffles import tails

    units = z.size
    most = int(counts[wanted].max())
    draws = _distinct(units, permutations, most, np.random.default_rng(seed))
    running = np.cumsum(z[draws], axis=1)
    margin = 1e-12 * most * float(np.abs(z).max())
    kinds = np.flatnonzero(np.bincount(counts[wanted]))
    pools = np.sort(np.ascontiguousarray(running[:, kinds - 1].T), axis=1)
    kind = np.full(int(counts.max()) + 1, -1)
    kind[kinds] = np.arange(kinds.size)
    above, below = np.zeros(units, dtype=np.int64), np.zeros(units, dtype=np.int64)
    tails(pools, np.where(wanted, kind[counts], -1), around, margin, above, below)
    # A draw in which the unit itself is among the first k says nothing about that unit.
    row, column = np.nonzero(column_of(draws) < counts[draws])
    unit = draws[row, column]
    own = running[row, np.maximum(counts[unit], 1) - 1]
    valid = permutations - np.bincount(unit, minlength=units)
    above -= np.bincount(unit[own >= around[unit] - margin], minlength=units)
    below -= np.bincount(unit[own <= around[unit] + margin], minlength=units)
    p: Floats = (np.minimum(above, below)[wanted] + 1) / (valid[wanted] + 1)
    return p


def column_of(table: Ints) -> Ints:
    """Return a table of the same shape holding each cell's column number."""
    return np.broadcast_to(np.arange(table.shape[1]), table.shape)


def _distinct(units: int, rows: int, columns: int, rng: np.random.Generator) -> Ints:
    """Draw ``columns`` different units in every row, each ordered selection as likely as any other."""
    draws = rng.integers(units, size=(rows, columns))
    for c in range(1, columns):
        again = (draws[:, :c] == draws[:, c : c + 1]).any(axis=1)
        while again.any():
            draws[again, c] = rng.integers(units, size=int(again.sum()))
            again = (draws[:, :c] == draws[:, c : c + 1]).any(axis=1)
    return draws
