"""The Shapley value, exact, in two passes' worth of additions: 2ⁿ multiplications and about 2ⁿ additions in all."""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import ArrayLike

from tongchou.systems.compensation.coalitions import Floats, checked, members_of, sizes

_LOW = 16  # bits summed inside a block: 32,768 numbers stay in the processor's cache


def shapley(costs: ArrayLike) -> Floats:
    """Each member's marginal cost averaged over every order of joining (Shapley 1953).

    ``costs`` has 2ⁿ values by bit mask, n ≤ 24; returns n shares that sum to c(N). With w(s) = s!(n−s−1)!/n!,

        xᵢ = Σ_{S∋i} [w(|S|−1) + w(|S|)]·c(S) − Σ_{S≠N} w(|S|)·c(S),

    so that one weighted pass over the 2ⁿ costs is enough; the n sums over S∋i come from folding it in half, bit by
    bit. Memory beyond the costs: 2¹⁵ numbers for each number of high bits, whatever n is.
    """
    game = checked(costs)
    n = members_of(game)
    low = min(n, _LOW)
    high = n - low
    weight = np.array([1 / (n * comb(n - 1, s)) for s in range(n)] + [0.0])
    joined = weight + np.concatenate([[0.0], weight[:-1]])  # by size: w(s−1) + w(s)
    inner = sizes(low)
    joined_by = [joined[inner + k] for k in range(high + 1)]
    weight_by = [weight[inner + k] for k in range(high + 1)]
    blocks = game.reshape(1 << high, 1 << low)
    of_size = np.zeros((high + 1, 1 << low))  # blocks summed by how many high members they have
    between = np.zeros(1 << high)
    for block in range(1 << high):
        k = block.bit_count()
        of_size[k] += blocks[block]
        # Not @: a threaded BLAS wakes its threads for every block, which costs more than the sum on a busy machine.
        between[block] = np.einsum("i,i->", blocks[block], joined_by[k])
    within = np.einsum("kl,kl->l", of_size, np.stack(joined_by))
    everyone = float(np.sum(of_size * np.stack(weight_by)))
    return np.concatenate([_sums_with(within, low), _sums_with(between, high)]) - everyone


def _sums_with(values: Floats, bits: int) -> Floats:
    """Return, for each bit, the sum of the values whose position has it set, folding the top bit away each time."""
    sums = np.zeros(bits)
    for bit in reversed(range(bits)):
        half = 1 << bit
        sums[bit] = values[half:].sum()
        values = values[:half] + values[half:]
    return sums
