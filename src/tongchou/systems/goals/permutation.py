"""Could it be chance? Permutation tests: every arrangement counted where that is possible, drawn where it is not.

With ten units an estimate of p is worth little and can even fall below what is attainable; the arrangements are few
enough to count. Where even the most extreme arrangement could not reach the level asked for, no p is given.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.convergence import growth_and_start
from tongchou.systems.goals.measured import Floats, Ints, amounts, group_numbers, population_shares, x_log_x

# Statistics equal but for rounding in the machine are ties, and a tie counts as extreme.
EQUAL = 1e-12
COUNTED = 4_000_000  # at most so many arrangements are counted one by one: 10! is 3,628,800


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a permutation test.

    ``p`` is exact when all ``arrangements`` were counted, otherwise (extreme + 1)/(drawn + 1); ``nan`` when withheld.
    ``smallest_p`` is the smallest that could have come out. Shapes: one value a period.
    """

    observed: Floats
    p: Floats
    arrangements: int
    exact: bool
    smallest_p: Floats
    withheld: tuple[Problem, ...] = ()


def theil_between_test(
    values: ArrayLike,
    groups: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    permutations: int,
    seed: int,
    level: float = 0.05,
) -> Result:
    """Is Theil's T between groups larger than for groups drawn at random? (One-sided; Rey 2004.)

    ``values`` (periods, units) or (units); each unit keeps its value and population and changes its group, group
    sizes staying. All distinct arrangements are counted when there are at most 200,000, else ``permutations`` drawn.
    """
    given = amounts(values)
    table = np.atleast_2d(given)
    share = np.atleast_2d(population_shares(weights, table))
    income = share * table
    income /= income.sum(axis=-1, keepdims=True)
    number, count = group_numbers(groups, table.shape[-1])
    sizes = np.bincount(number, minlength=count)
    periods = table.shape[0]
    columns = np.ascontiguousarray((income if weights is None else np.vstack([income, share])).T)
    fixed = None if weights is not None else (sizes / sizes.sum())[:, None]

    def between(sums: Floats) -> Floats:
        """(arrangements, groups, columns) → Theil between of every arrangement and period."""
        earned = sums[..., :periods]
        # Group sizes that do not change make Σ s·ln p a product with a constant.
        if fixed is not None:
            constant = np.einsum("agt,g->at", earned, np.log(fixed[:, 0]))
            return np.asarray(x_log_x(earned).sum(axis=1) - constant)
        people = sums[..., periods:]
        logs = np.log(people, out=np.zeros_like(people), where=people > 0)
        return np.asarray((x_log_x(earned) - earned * logs).sum(axis=1))

    observed = between((number[:, None] == np.arange(count)).T.astype(np.float64)[None] @ columns)[0]
    arrangements = factorial(number.size) // prod(factorial(int(s)) for s in sizes) if number.size <= 40 else COUNTED
    if arrangements <= 200_000:
        every = np.concatenate(
            [
                between((labels[:, None, :] == np.arange(count)[None, :, None]).astype(np.float64) @ columns)
                for labels in _arrangements(sizes)
            ]
        )
        return counted(observed, every, given.ndim, level)
    from tongchou.systems.goals.shuffles import group_sums

    labels = number.astype(np.int32)

    def draw(first: int, size: int) -> Ints:
        sums = np.empty((size, count, columns.shape[1]))
        group_sums(columns, labels, count, seed, first, sums)
        return extreme(between(sums), observed)

    larger = drawn(draw, permutations, 128)
    return estimated(observed, larger, permutations, given.ndim)


def slope_test(
    first: ArrayLike, last: ArrayLike, years: float, *, permutations: int, seed: int, level: float = 0.05
) -> Result:
    """Is the slope of growth on the initial level further from zero than if growth fell on places at random?

    Two-sided test of β-convergence; see :func:`convergence.beta_convergence`. Exact for up to ten units.
    """
    growth, start = growth_and_start(first, last, years)
    x, y = start - start.mean(), growth - growth.mean()
    spread = float(x @ x)
    if spread <= 1e-24:
        raise ProblemsError([codes.TOO_FEW.at("first", what="不同的起点 different first values", found=1, least=2)])
    observed = np.array([abs(float(x @ y)) / spread])
    from tongchou.systems.goals.shuffles import every_product, products

    if factorial(x.size) <= COUNTED:
        sums = np.empty(factorial(x.size))
        every_product(x, y, sums)
        return counted(observed, np.abs(sums)[:, None] / spread, 1, level)

    def draw(begin: int, size: int) -> Ints:
        sums = np.empty(size)
        products(x, y, seed, begin, sums)
        return extreme(np.abs(sums)[:, None] / spread, observed)

    return estimated(observed, drawn(draw, permutations, 1024), permutations, 1)


def extreme(drawn: Floats, observed: Floats) -> Ints:
    """Return how many of ``drawn`` (arrangements, periods) are at least as large as ``observed`` (periods)."""
    limit = observed - EQUAL * np.maximum(1.0, np.abs(observed))
    return np.asarray((drawn >= limit).sum(axis=0), dtype=np.int64)


def _arrangements(sizes: Ints) -> Iterator[Ints]:
    """Yield every way to give units a group, sizes kept, in tables of labels (arrangements, units)."""
    units = int(sizes.sum())

    def fill(free: tuple[int, ...], group: int, labels: list[int]) -> Iterator[list[int]]:
        if group == sizes.size - 1:
            for i in free:
                labels[i] = group
            yield list(labels)
            return
        for chosen in combinations(free, int(sizes[group])):
            for i in chosen:
                labels[i] = group
            yield from fill(tuple(i for i in free if i not in chosen), group + 1, labels)

    table: list[list[int]] = []
    for labels in fill(tuple(range(units)), 0, [0] * units):
        table.append(labels)
        if len(table) == 4096:
            yield np.array(table, dtype=np.int64)
            table = []
    if table:
        yield np.array(table, dtype=np.int64)


def drawn(draw: Callable[[int, int], Ints], permutations: int, chunk: int) -> Ints:
    """Sum ``draw(first, how many)`` over all permutations, on every processor."""
    if permutations < 1:
        raise ProblemsError([codes.PERMUTATIONS.at("permutations", found=permutations)])
    starts = range(0, permutations, chunk)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return np.asarray(sum(pool.map(lambda s: draw(s, min(chunk, permutations - s)), starts)), dtype=np.int64)


def counted(observed: Floats, every: Floats, axes: int, level: float) -> Result:
    """Return the exact result when ``every`` (arrangements, periods) statistic is known; ``axes`` of the input."""
    count = every.shape[0]
    p = extreme(every, observed) / count
    smallest = extreme(every, every.max(axis=0)) / count
    hopeless = smallest > level
    withheld = (codes.NO_POWER.at("p", count=count, floor=float(smallest.max())),) if bool(hopeless.any()) else ()
    p = np.where(hopeless, np.nan, p)
    return Result(_back(observed, axes), _back(p, axes), count, True, _back(smallest, axes), withheld)


def estimated(observed: Floats, larger: Ints, permutations: int, axes: int) -> Result:
    """Return the result when ``larger`` of the drawn permutations were at least as extreme."""
    smallest = np.full(observed.shape, 1 / (permutations + 1))
    p = (larger + 1) / (permutations + 1)
    return Result(_back(observed, axes), _back(p, axes), permutations, False, _back(smallest, axes))


def _back(values: Floats, axes: int) -> Floats:
    return values if axes > 1 else np.asarray(values[0])
