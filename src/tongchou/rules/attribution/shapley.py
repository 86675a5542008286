"""The Shapley value of many small games at once: one for each place, by the same factors."""

from __future__ import annotations

from math import comb

import numpy as np

from tongchou.rules.table import Numbers

MOST = 12


def shapley(values: Numbers) -> Numbers:
    """Return each factor's part of the change from ``values[0]`` to ``values[-1]`` in every game.

    ``values`` has shape (2ⁿ, games): row S, as a bit mask, is the outcome with the factors in S changed; the answer
    has shape (n, games) and sums to the change. With w(s) = s!(n−s−1)!/n! (Shapley 1953) a factor's part is
    Σ_{S∋i} [w(|S|−1) + w(|S|)]·v(S) − Σ_{S≠N} w(|S|)·v(S); the n sums over S∋i come from folding one weighted copy in
    half, bit by bit. Each game is computed by the same additions wherever it stands.
    """
    n = values.shape[0].bit_length() - 1
    if values.shape[0] != 1 << n or n > MOST:
        raise ValueError(f"{values.shape[0]} outcomes are not those of at most {MOST} factors")
    size = np.array([mask.bit_count() for mask in range(1 << n)])
    weight = np.array([1 / (n * comb(n - 1, s)) for s in range(n)] + [0.0])
    joined = weight + np.concatenate([[0.0], weight[:-1]])
    # Measured from the start: a part of a small change of a large amount then loses no digits.
    change = values - values[0]
    everyone = _down(change * weight[size][:, None])
    folded = change * joined[size][:, None]
    parts = np.empty((n, values.shape[1]))
    for bit in reversed(range(n)):
        half = 1 << bit
        parts[bit] = _down(folded[half:]) - everyone
        folded = folded[:half] + folded[half:]
    return parts


def _down(values: Numbers) -> Numbers:
    """Return the sums of the columns of 2ᵏ rows, by halving: few roundings, the same for every column."""
    while values.shape[0] > 1:
        half = values.shape[0] // 2
        values = values[:half] + values[half:]
    return np.asarray(values[0])
