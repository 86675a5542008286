"""Permutation tests of inequality against PySAL: the same data, the same number of permutations, p-values compared.

PySAL's Theil and spatial Gini take minutes for 9,999 permutations, so they are timed on fewer and scaled, which is
said on the line; ours does them all.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from benchmarks._rivals import line, load, rival, seconds
from tongchou.systems.goals.permutation import theil_between_test
from tongchou.systems.goals.spatial import local_moran, neighbours, spatial_gini

PERMUTATIONS = 9999


def main() -> None:
    warnings.simplefilter("ignore")  # the rivals' own
    inequality, weights, esda = rival("inequality", "inequality"), rival("libpysal", "libpysal"), rival("esda", "esda")
    print(f"{'':<58} {'ours':>13} {'rival':>15} {'ratio':>6}")
    theil(inequality)
    for side in (53, 200):
        local(side, weights, esda)
    gini(53, weights, inequality)
    print(load())


def theil(inequality: Any) -> None:
    """2,800 units, 20 periods, 32 groups."""
    rng = np.random.default_rng(0)
    values, groups = rng.lognormal(size=(20, 2800)), rng.integers(0, 32, 2800)
    theil_between_test(values, groups, permutations=1, seed=1)  # compiles, or reads what was compiled before
    mine = theil_between_test(values, groups, permutations=PERMUTATIONS, seed=1)
    ours = seconds(lambda: theil_between_test(values, groups, permutations=PERMUTATIONS, seed=1))
    theirs, note = None, ""
    if inequality is not None:
        from inequality.theil import TheilDSim

        fewer = 499
        np.random.seed(0)
        answer: list[Any] = []
        theirs = seconds(lambda: answer.append(TheilDSim(values.T, groups, fewer)), 3) * PERMUTATIONS / fewer
        apart = np.abs(answer[-1].bg_pvalue - mine.p) / np.sqrt(mine.p * (1 - mine.p) / fewer)
        note = f"rival timed on {fewer}; p apart {apart.max():.1f} standard errors at most"
    line("Theil between, 2,800 × 20 × 32 groups, 9,999 permutations", ours, theirs, note)


def queen(side: int) -> list[tuple[int, int]]:
    """Pairs of cells that touch on a square grid, corners included."""
    cell = np.arange(side * side).reshape(side, side)
    sides = [(cell[:, :-1], cell[:, 1:]), (cell[:-1], cell[1:])]
    corners = [(cell[:-1, :-1], cell[1:, 1:]), (cell[:-1, 1:], cell[1:, :-1])]
    return [pair for a, b in sides + corners for pair in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)]


def local(side: int, weights: Any, esda: Any) -> None:
    """Local Moran's I on a grid."""
    units = side * side
    values = np.random.default_rng(0).lognormal(size=units)
    adjoining = neighbours(queen(side), units)
    mine = local_moran(values, adjoining, permutations=999, seed=1)
    ours = seconds(lambda: local_moran(values, adjoining, permutations=999, seed=1))
    theirs, note = None, ""
    if weights is not None and esda is not None:
        grid = weights.weights.lat2W(side, side, rook=False)
        esda.Moran_Local(values, grid, permutations=9, seed=1)  # compiles
        answer: list[Any] = []
        theirs = seconds(
            lambda: answer.append(esda.Moran_Local(values, grid, permutations=999, seed=1)),
            3,
        )
        apart = np.abs(answer[-1].p_sim - mine.p) / np.sqrt(2 * np.maximum(mine.p * (1 - mine.p), 1e-3) / 999)
        note = f"p apart: root mean square {np.sqrt((apart**2).mean()):.2f} standard errors"
    line(f"local Moran, {units:,} units, 999 permutations", ours, theirs, note)


def gini(side: int, weights: Any, inequality: Any) -> None:
    """Spatial Gini on a grid."""
    units = side * side
    values = np.random.default_rng(0).lognormal(size=units)
    adjoining = neighbours(queen(side), units)
    spatial_gini(values, adjoining, permutations=1, seed=1)
    mine = spatial_gini(values, adjoining, permutations=PERMUTATIONS, seed=1)
    ours = seconds(lambda: spatial_gini(values, adjoining, permutations=PERMUTATIONS, seed=1))
    theirs, note = None, ""
    if weights is not None and inequality is not None:
        from inequality.gini import Gini_Spatial

        fewer = 99
        np.random.seed(0)
        grid = weights.weights.lat2W(side, side, rook=False)
        answer: list[Any] = []
        theirs = seconds(lambda: answer.append(Gini_Spatial(values, grid, fewer)), 3) * PERMUTATIONS / fewer
        # PySAL reports the nearer tail; ours is one-sided.
        p = min(float(mine.test.p), 1 - float(mine.test.p))
        note = f"rival timed on {fewer}; p {answer[-1].p_sim:.3f}, ours {p:.3f}"
    line(f"spatial Gini, {units:,} units, 9,999 permutations", ours, theirs, note)
