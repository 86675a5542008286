"""Compiled loops of the permutation tests (Numba; compiled on first use and kept on disk).

Each permutation draws from a stream of its own, seeded by (seed, number of the permutation), so the answer does not
depend on how the work was divided among processors.
"""

# Numba compiles these bodies: plain loops over plain arrays are what it turns into machine code.
from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, inline="always")
def _mixed(state: Any) -> Any:
    """SplitMix64 (Steele, Lea & Flood 2014): a well-mixed 64-bit number from a counter."""
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit(cache=True, nogil=True)
def _shuffle(items: Any, state: Any) -> None:
    """Fisher–Yates; two bounded draws from each 64-bit number by multiply and shift (bias below n/2³²)."""
    low = np.uint64(0xFFFFFFFF)
    step = np.uint64(0x9E3779B97F4A7C15)
    i = items.size - 1
    while i > 0:
        state += step
        draw = _mixed(state)
        j = np.int64(((draw & low) * np.uint64(i + 1)) >> np.uint64(32))
        items[i], items[j] = items[j], items[i]
        i -= 1
        if i > 0:
            j = np.int64(((draw >> np.uint64(32)) * np.uint64(i + 1)) >> np.uint64(32))
            items[i], items[j] = items[j], items[i]
            i -= 1


@njit(cache=True, nogil=True)
def group_sums(values: Any, labels: Any, groups: int, seed: int, first: int, sums: Any) -> None:
    """Fill ``sums`` (permutations, groups, columns) with sums of ``values`` (units, columns) under shuffled labels."""
    units, columns = values.shape
    shuffled = np.empty_like(labels)
    for p in range(sums.shape[0]):
        shuffled[:] = labels
        _shuffle(shuffled, _mixed(np.uint64(seed) + _mixed(np.uint64(first + p + 1))))
        here = sums[p]
        here[:] = 0.0
        for i in range(units):
            into = here[shuffled[i]]
            row = values[i]
            for c in range(columns):
                into[c] += row[c]


@njit(cache=True, nogil=True)
def pair_sums(values: Any, left: Any, right: Any, seed: int, first: int, sums: Any) -> None:
    """Fill ``sums`` (permutations) with Σ |xᵢ − xⱼ| over the pairs when ``values`` are shuffled over the units.

    Sixteen permutations lie side by side, so that a pair is read once for all and the differences run in lanes.
    """
    lanes = 16
    shuffled = np.empty_like(values)
    table = np.empty((values.size, lanes))
    totals = np.empty(lanes)
    for p in range(0, sums.size, lanes):
        for k in range(lanes):
            shuffled[:] = values
            _shuffle(shuffled, _mixed(np.uint64(seed) + _mixed(np.uint64(first + p + k + 1))))
            for i in range(values.size):
                table[i, k] = shuffled[i]
        totals[:] = 0.0
        for pair in range(left.size):
            a = table[left[pair]]
            b = table[right[pair]]
            for k in range(lanes):
                totals[k] += abs(a[k] - b[k])
        for k in range(min(lanes, sums.size - p)):
            sums[p + k] = totals[k]


@njit(cache=True, nogil=True)
def products(x: Any, y: Any, seed: int, first: int, sums: Any) -> None:
    """Fill ``sums`` (permutations) with Σ xᵢ·yᵢ when ``x`` is shuffled."""
    shuffled = np.empty_like(x)
    for p in range(sums.size):
        shuffled[:] = x
        _shuffle(shuffled, _mixed(np.uint64(seed) + _mixed(np.uint64(first + p + 1))))
        total = 0.0
        for i in range(x.size):
            total += shuffled[i] * y[i]
        sums[p] = total


@njit(cache=True, nogil=True)
def every_pair_sum(values: Any, left: Any, right: Any, sums: Any) -> None:
    """Fill ``sums`` (n!) with Σ |xᵢ − xⱼ| over the pairs for every order of ``values`` (Heap's algorithm)."""
    x = values.copy()
    n = x.size
    counter = np.zeros(n, dtype=np.int64)
    at = 0
    total = 0.0
    for k in range(left.size):
        total += abs(x[left[k]] - x[right[k]])
    sums[at] = total
    i = 1
    while i < n:
        if counter[i] < i:
            j = 0 if i % 2 == 0 else counter[i]
            x[i], x[j] = x[j], x[i]
            at += 1
            total = 0.0
            for k in range(left.size):
                total += abs(x[left[k]] - x[right[k]])
            sums[at] = total
            counter[i] += 1
            i = 1
        else:
            counter[i] = 0
            i += 1


@njit(cache=True, nogil=True)
def every_product(x_given: Any, y: Any, sums: Any) -> None:
    """Fill ``sums`` (n!) with Σ xᵢ·yᵢ for every order of ``x_given`` (Heap's algorithm)."""
    x = x_given.copy()
    n = x.size
    counter = np.zeros(n, dtype=np.int64)
    at = 0
    total = 0.0
    for k in range(n):
        total += x[k] * y[k]
    sums[at] = total
    i = 1
    while i < n:
        if counter[i] < i:
            j = 0 if i % 2 == 0 else counter[i]
            x[i], x[j] = x[j], x[i]
            at += 1
            total = 0.0
            for k in range(n):
                total += x[k] * y[k]
            sums[at] = total
            counter[i] += 1
            i = 1
        else:
            counter[i] = 0
            i += 1


@njit(cache=True, nogil=True)
def neighbour_sums(values: Any, starts: Any, indices: Any, sums: Any) -> None:
    """Fill ``sums`` (units) with the sum of ``values`` over each unit's neighbours, given as compressed rows."""
    for i in range(sums.size):
        total = 0.0
        for at in range(starts[i], starts[i + 1]):
            total += values[indices[at]]
        sums[i] = total


@njit(cache=True, nogil=True, inline="always")
def _cell(value: Any, low: Any, scale: Any, last: Any) -> Any:
    """Return which of the even cells from ``low`` on ``value`` falls in; never falls as ``value`` rises."""
    return np.int64(min(max((value - low) * scale, 0.0), last))


@njit(cache=True, nogil=True)
def _less(pool: Any, guide: Any, cell: Any, value: Any) -> Any:
    """Return how many of the sorted ``pool`` are less than ``value``: those of lower cells, and some of its own."""
    low, high = guide[cell], guide[cell + 1]
    while low < high:
        middle = (low + high) >> 1
        if pool[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def tails(pools: Any, row: Any, around: Any, margin: float, above: Any, below: Any) -> None:
    """Count for every unit how many sums of its pool are at least, and at most, its own, equal within ``margin``.

    Each of ``pools`` (kinds of units, draws) is sorted; ``row`` says which is a unit's, −1 for none. A table of cells
    over each pool says where to look, which for most units leaves nothing to search.
    """
    kinds, drawn = pools.shape
    cells = 4 * drawn
    lows, scales = pools[:, 0].copy(), np.zeros(kinds)
    guides = np.zeros((kinds, cells + 1), dtype=np.int32)
    for r in range(kinds):
        width = pools[r, drawn - 1] - lows[r]
        if width > 0 and np.isfinite(cells / width):
            scales[r] = cells / width
        for j in range(drawn):
            guides[r, _cell(pools[r, j], lows[r], scales[r], cells - 1.0) + 1] += 1
        for c in range(cells):
            guides[r, c + 1] += guides[r, c]
    for i in range(around.size):
        r = row[i]
        if r < 0:
            continue
        pool = pools[r]
        value = around[i] - margin
        at = _less(pool, guides[r], _cell(value, lows[r], scales[r], cells - 1.0), value)
        above[i] = drawn - at
        if at < drawn and pool[at] <= around[i] + margin:  # ties are rare
            value = np.nextafter(around[i] + margin, np.inf)
            at = _less(pool, guides[r], _cell(value, lows[r], scales[r], cells - 1.0), value)
        below[i] = at
