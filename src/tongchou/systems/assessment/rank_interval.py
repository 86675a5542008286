"""Rank intervals under declared uncertainty of weights and data (OECD/JRC Handbook 2008, step 7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from tongchou.rules.cross_table import cross_table, shares_of

Numbers = NDArray[np.float64]


def rank_interval(
    score: Numbers,
    weight: Numbers,
    weight_spread: float,
    data_spread: float,
    draws: float,
    seed: float,
    tail: float,
    county: list[str],
    indicator: list[str],
) -> dict[str, Numbers]:
    """Return total points, rank, and the best, worst and median rank of each county, one number a row.

    Weights are drawn evenly within ± ``weight_spread`` of their own size, points within ± ``data_spread``; without
    either the interval is the rank itself. Equal totals share the better rank. Withheld where a county lacks an
    indicator.
    """
    points, at_county, at_indicator = cross_table(score, county, indicator)
    counties, indicators = points.shape
    weights = shares_of(weight, at_indicator, indicators)
    random = np.random.default_rng(int(seed))
    count = int(draws)
    drawn_weights = weights * (1 + weight_spread * random.uniform(-1, 1, (count, indicators)))
    drawn_weights /= np.maximum(drawn_weights.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    totals = np.empty((count, counties))
    for row in range(counties):  # one county at a time keeps the draws within memory
        noise = data_spread * random.uniform(-1, 1, (count, indicators))
        totals[:, row] = ((points[row] + noise) * drawn_weights).sum(axis=1)
    ranks = _ranks(totals)
    low, middle, high = np.quantile(ranks, [tail, 0.5, 1 - tail], axis=0, method="nearest")
    total = points @ weights
    found = {
        "total": total,
        "place_in_order": _ranks(total[None, :])[0],
        "best_rank": low,
        "worst_rank": high,
        "median_rank": middle,
    }
    return {name: values[at_county] for name, values in found.items()}


def _ranks(totals: Numbers) -> Numbers:
    """Return the rank of every county in each draw: one more than the counties that have more."""
    return np.asarray(rankdata(-np.round(totals, 9), method="min", axis=1), dtype=np.float64)
