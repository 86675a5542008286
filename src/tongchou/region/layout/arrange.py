"""Moving the sites of a power diagram so that the wanted neighbours touch, on a raster for speed.

The search has no randomness: forces between neighbours that do not touch, then a pattern search of shrinking steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongchou.region.layout.diagram import Points, Values

_CELLS = 1600  # of the raster; a unit of a sixtieth of the region still has some twenty-five
_FORCE_STEPS = 80
_ROUNDS = 8
_DIRECTIONS = tuple((float(np.cos(a)), float(np.sin(a))) for a in np.arange(8) * np.pi / 4)
_DAMPING = 1e-3  # keeps the Newton step defined for a cell that has vanished and has no edge to move
# What a lost adjacency, a spurious one, and moving a site by the region's radius cost against each other.
_LOST, _SPURIOUS, _MOVED = 1.0, 0.25, 0.2


class Raster:
    """The outline as a grid of points, with the area solver and the contact lengths on it."""

    def __init__(self, outline: Points, areas: Values, wanted: NDArray[np.bool_], shortest: float) -> None:
        low, high = outline.min(axis=0), outline.max(axis=0)
        self.step = float(np.sqrt((high - low).prod() / _CELLS))
        xs = np.arange(low[0] + self.step / 2, high[0], self.step)
        ys = np.arange(low[1] + self.step / 2, high[1], self.step)
        grid = np.stack(np.meshgrid(xs, ys), axis=-1)
        following = np.roll(outline, -1, axis=0)
        edge = following - outline
        inside = np.ones(grid.shape[:2], dtype=bool)
        for p, e in zip(outline, edge, strict=True):
            inside &= e[0] * (grid[..., 1] - p[1]) - e[1] * (grid[..., 0] - p[0]) >= 0
        self.shape = inside.shape
        self.inside = inside
        self.points = grid[inside]
        self.areas = areas / areas.sum() * len(self.points)
        self.wanted = wanted
        self.shortest = shortest
        self.n = len(areas)

    def labels(self, sites: Points, weights: Values) -> NDArray[np.int64]:
        """Return the site of each raster point."""
        power = ((self.points[:, None] - sites[None]) ** 2).sum(axis=2) - weights
        nearest: NDArray[np.int64] = power.argmin(axis=1)
        return nearest

    def solve(self, sites: Points, weights: Values, rounds: int) -> Values:
        """Move the weights towards those that give the areas, by Newton steps on the raster's own areas."""
        squared = ((self.points[:, None] - sites[None]) ** 2).sum(axis=2)
        distance = np.hypot(*(sites[:, None] - sites[None]).transpose(2, 0, 1))
        np.fill_diagonal(distance, np.inf)
        ones = np.full((self.n, self.n), 1.0 / self.n)
        for _ in range(rounds):
            labels = (squared - weights).argmin(axis=1)
            error = self.areas - np.bincount(labels, minlength=self.n)
            if np.abs(error).max() <= 2:
                break
            flow = self.lengths(labels) / (2 * distance) / self.step**2
            hessian = np.diag(flow.sum(axis=1) + _DAMPING) - flow
            weights = weights + np.linalg.solve(hessian + ones, error)
        settled: Values = weights - weights.mean()
        return settled

    def lengths(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how long every two units touch, counted in raster edges, shape (n, n)."""
        field = np.full(self.shape, -1)
        field[self.inside] = labels
        counts = np.zeros((self.n, self.n))
        for a, b in ((field[:, :-1], field[:, 1:]), (field[:-1], field[1:])):
            met = (a != b) & (a >= 0) & (b >= 0)
            np.add.at(counts, (a[met], b[met]), 1.0)
        # Straight edges at any angle are counted about 4/π times their length.
        lengths: NDArray[np.float64] = (counts + counts.T) * self.step * np.pi / 4
        return lengths

    def cost(self, sites: Points, weights: Values, home: Points, radius: float) -> tuple[float, NDArray[np.float64]]:
        """Return what is wrong with an arrangement, and its contact lengths."""
        labels = self.labels(sites, weights)
        lengths = self.lengths(labels)
        upper = np.triu(np.ones((self.n, self.n), dtype=bool), 1)
        short = np.clip(1 - lengths / self.shortest, 0, 1)
        lost = short[self.wanted & upper].sum()
        spurious = (1 - short)[~self.wanted & upper].sum()
        have = np.bincount(labels, minlength=self.n)
        wrong = np.abs(have - self.areas).sum() / len(self.points)
        moved = ((sites - home) ** 2).sum() / (self.n * radius**2)
        return float(_LOST * lost + _SPURIOUS * spurious + _MOVED * moved + 2 * wrong), lengths


def arrange(outline: Points, home: Points, areas: Values, wanted: NDArray[np.bool_], shortest: float) -> Points:
    """Return sites near ``home`` in whose power diagram the ``wanted`` pairs touch as far as the search can reach.

    ``wanted`` is symmetric, shape (n, n); a contact of length ``shortest`` counts in full.
    """
    raster = Raster(outline, areas, wanted, shortest)
    radius = float(np.sqrt(areas.sum() / np.pi))
    best = sites = home.copy()
    weights = raster.solve(sites, np.zeros(len(home)), 80)
    lowest, lengths = raster.cost(sites, weights, home, radius)
    best_weights = weights
    for step in range(_FORCE_STEPS):
        sites = _pulled(sites, home, wanted & (lengths < shortest), radius * 0.05 * (1 - step / _FORCE_STEPS), outline)
        weights = raster.solve(sites, weights, 12)
        cost, lengths = raster.cost(sites, weights, home, radius)
        if cost < lowest:
            best, best_weights, lowest = sites, weights, cost
    reach = radius * 0.2
    for _ in range(_ROUNDS):
        for i in range(len(home)):
            for direction in _DIRECTIONS:
                trial = best.copy()
                trial[i] += np.multiply(reach, direction)
                if not _inside(outline, trial[i]):
                    continue
                weights = raster.solve(trial, best_weights, 12)
                cost, _ = raster.cost(trial, weights, home, radius)
                if cost < lowest - 1e-9:
                    best, best_weights, lowest = trial, weights, cost
        reach *= 0.62
    return best


def _pulled(sites: Points, home: Points, apart: NDArray[np.bool_], step: float, outline: Points) -> Points:
    towards = sites[None] - sites[:, None]
    distance = np.maximum(np.hypot(towards[..., 0], towards[..., 1]), 1e-9)
    pull = (towards / distance[..., None] * apart[..., None]).sum(axis=1)
    moved = sites + step * pull + 0.05 * (home - sites)
    keep = np.array([_inside(outline, p) for p in moved])
    return np.where(keep[:, None], moved, sites)


def _inside(outline: Points, point: Points | Values) -> bool:
    edge = np.roll(outline, -1, axis=0) - outline
    offset = point - outline
    return bool((edge[:, 0] * offset[:, 1] - edge[:, 1] * offset[:, 0] > 0).all())
