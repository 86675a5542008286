"""Exact Shapley value and nucleolus: ours against coopgame-py (Rust), the same games, the same answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks._rivals import line, load, rival, seconds
from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation.coalitions import additive
from tongchou.systems.compensation.nucleolus import nucleolus
from tongchou.systems.compensation.shapley import shapley


def costs(n: int) -> np.ndarray:
    """A cost function with savings from joining and some noise, the same for every run."""
    rng = np.random.default_rng(n)
    game = np.sqrt(additive(rng.uniform(1, 50, n)))
    game[1:-1] *= 1 + rng.uniform(0, 0.05, game.size - 2)
    return game


def main() -> None:
    coopgame = rival("coopgame-py", "coopgame")
    print(f"{'':<58} {'ours':>13} {'rival':>15} {'ratio':>6}")
    for n in (10, 16, 20, 24):
        game = costs(n)
        mine = shapley(game)
        theirs, note = None, ""
        if coopgame is not None:
            given = coopgame.Game(game[1:].tolist())  # its own representation, built outside the clock
            answer = np.array(coopgame.shapley(given))
            theirs = seconds(lambda given=given: coopgame.shapley(given), 3)
            note = f"largest difference {np.abs(answer - mine).max():.1e}"
            del given
        line(
            f"Shapley value, {n} members, {1 << n:,} coalitions", seconds(lambda game=game: shapley(game)), theirs, note
        )
    for n in (6, 10, 12):
        game = costs(n)
        mine = nucleolus(game)
        theirs, note = None, ""
        if coopgame is not None:
            given = coopgame.Game(game[1:].tolist())
            answer = np.array(coopgame.cost_nucleolus(given))
            theirs = seconds(lambda given=given: coopgame.cost_nucleolus(given), 3)
            note = f"largest difference {np.abs(answer - mine).max():.1e}"
        line(f"nucleolus, {n} members", seconds(lambda game=game: nucleolus(game)), theirs, note)
    if coopgame is not None:
        agreement(coopgame)
    print(load())


def agreement(coopgame: Any, games: int = 400) -> None:
    """Games of small whole numbers, full of ties: the hard case for a sequence of programmes."""
    rng = np.random.default_rng(0)
    apart, compared, refused = 0.0, 0, 0
    for _ in range(games):
        game = rng.integers(0, 6, 1 << int(rng.integers(2, 7))).astype(float)
        game[0] = 0
        try:
            mine = nucleolus(game)
        except ProblemsError:  # apart is cheaper than together: there is no nucleolus
            refused += 1
            continue
        theirs = np.array(coopgame.cost_nucleolus(coopgame.Game(game[1:].tolist())))
        apart, compared = max(apart, float(np.abs(mine - theirs).max())), compared + 1
    print(f"nucleolus of {compared} games full of ties ({refused} without one): largest difference {apart:.1e}")
