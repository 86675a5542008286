"""Moving the cells so that wanted neighbours touch, others do not, and every unit stays about where it lies.

Sites and heights move together, by L-BFGS on a sum of what is wrong. The areas are led from those of the beginning to
the wanted ones (an augmented Lagrangian holds them there), so that cells can pass each other while there is room. There
is no randomness: a few declared beginnings are tried in order and the best result is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.region.layout.areas import balance
from tongchou.region.layout.descent import minimise
from tongchou.region.layout.envelope import Diagram, Outline, Pairs, Points, Values

# How far the areas have come (0: as they were, 1: as wanted), and how stiffly they are held.
_STAGES = (
    (0.0, 0.05), (0.25, 1.0), (0.5, 3.0), (0.75, 10.0), (1.0, 30.0),
    (1.0, 60.0), (1.0, 100.0), (1.0, 200.0), (1.0, 400.0), (1.0, 400.0),
)  # fmt: skip
# How strongly the sites of the beginning are held by the seats against their neighbours, and whether those are the
# seats as they are or spread by the areas.
_BEGINNINGS = ((True, 0.2), (False, 0.5), (False, 0.2), (True, 0.5))
_STEPS = 100
# What a short contact, one that should not be, a unit out of place, and long borders cost against each other.
_WANTED, _UNWANTED, _PLACE, _BORDER = 0.3, 0.3, 0.2, 0.01
_DEARER, _DEAREST = 1.3, 20.0  # a contact still short after a stage costs more in the next
_CONTACT = 0.15  # length of a good contact, as a share of the region's radius
_SHORT = 0.15  # share of a good contact below which its cost stops rising towards infinity
_SMALL = 30  # with more units only pairs near each other are watched


@dataclass(frozen=True, slots=True)
class Task:
    """What to arrange: where the units should lie, their areas, and which of them are neighbours, shape (n, n)."""

    outline: Outline
    seats: Points
    spread: Points  # the seats moved apart by the areas
    centres: Points  # of the cells of ``spread``
    areas: Values
    wanted: NDArray[np.bool_]

    @property
    def radius(self) -> float:
        """Return the radius of a circle of the region's area."""
        return float(np.sqrt(self.outline.area / np.pi))


def arrangements(task: Task) -> Iterator[tuple[Points, Values]]:
    """Yield sites and heights, one arrangement for each beginning, areas exact."""
    yield task.spread, balance(task.outline, task.spread, task.areas)
    if not task.wanted.any():
        return
    for use_spread, hold in _BEGINNINGS:
        try:
            sites = _beginning(task, task.spread if use_spread else task.seats, hold)
            moved, heights = _improved(task, sites, balance(task.outline, sites, task.areas))
            yield moved, balance(task.outline, moved, task.areas, heights)
        except ValueError:  # its areas cannot be reached; another beginning may do
            continue


def _beginning(task: Task, home: Points, hold: float) -> Points:
    """Return the sites drawn towards the middle of their neighbours (Tutte's embedding), held by their homes."""
    degree = task.wanted.sum(axis=1).astype(np.float64)
    held = hold * np.maximum(degree, 1.0)
    sites = np.linalg.solve(np.diag(degree + held) - task.wanted, held[:, None] * home)
    extent, wanted_extent = sites.std(axis=0), home.std(axis=0)
    middle = sites.mean(axis=0)
    larger = np.divide(wanted_extent, extent, out=np.ones(2), where=extent > 0).mean()
    sites = (sites - middle) * larger
    reach = float((task.outline.normals @ (sites + home.mean(axis=0)).T / task.outline.offsets[:, None]).max())
    moved: Points = (sites + home.mean(axis=0)) * min(1.0, 0.9 / max(reach, 1e-9))
    return moved


def _improved(task: Task, sites: Points, heights: Values) -> tuple[Points, Values]:
    n = len(sites)
    pairs = Pairs.every(n)
    state = np.concatenate([sites.ravel(), heights])
    began = Diagram(task.outline, sites, heights, pairs).areas
    dear, pull = np.full((n, n), _WANTED), np.zeros(n)
    for stage, (come, stiffness) in enumerate(_STAGES):
        areas = began ** (1 - come) * task.areas**come
        areas *= task.outline.area / areas.sum()
        if n > _SMALL:
            pairs = _near(task, state, pairs)
        cost = _Cost(task, pairs, areas, stiffness, pull, dear[pairs.first, pairs.second])
        # A step that goes astray gives numbers that are none; the search turns back there by itself.
        with np.errstate(all="ignore"):
            state = minimise(cost, state, _STEPS)
        diagram = Diagram(task.outline, state[: 2 * n].reshape(n, 2), state[2 * n :], pairs)
        if stage > 0:
            short = cost.wanted & (diagram.lengths < 0.45 * _CONTACT * task.radius)
            i, j = pairs.first[short], pairs.second[short]
            dear[i, j] = np.minimum(dear[i, j] * _DEARER, _DEAREST)
        if come == 1.0:
            pull = pull + stiffness * (diagram.areas / areas - 1)
    return state[: 2 * n].reshape(n, 2), state[2 * n :]


def _near(task: Task, state: Values, pairs: Pairs) -> Pairs:
    """Return the wanted pairs, those that touch, and those with a common neighbour in the diagram."""
    n = len(task.areas)
    every = Pairs.every(n)
    diagram = Diagram(task.outline, state[: 2 * n].reshape(n, 2), state[2 * n :], every)
    touch = np.zeros((n, n))
    touch[every.first, every.second] = diagram.lengths > 0
    touch = touch + touch.T
    near = ((touch + touch @ touch) > 0) | task.wanted
    keep = near[every.first, every.second]
    return Pairs(n, every.first[keep], every.second[keep])


class _Cost:
    """What is wrong with a diagram, as one number, and its gradient by all sites and heights."""

    def __init__(self, task: Task, pairs: Pairs, areas: Values, stiffness: float, pull: Values, dear: Values) -> None:
        self.task, self.pairs, self.areas, self.stiffness, self.pull = task, pairs, areas, stiffness, pull
        self.wanted = task.wanted[pairs.first, pairs.second]
        self.dear = np.where(self.wanted, dear, 0.0)
        radii = np.sqrt(areas / np.pi)
        # A small unit cannot have long contacts with all its neighbours.
        self.good = np.minimum(_CONTACT * task.radius, np.minimum(radii[pairs.first], radii[pairs.second]))

    def __call__(self, state: Values) -> tuple[float, Values]:
        n = len(self.areas)
        diagram = Diagram(self.task.outline, state[: 2 * n].reshape(n, 2), state[2 * n :], self.pairs)
        contact, by_length = self._contacts(diagram.lengths / self.good)
        by_length = by_length / self.good

        excess = diagram.areas / self.areas - 1
        area = float(self.pull @ excess + 0.5 * self.stiffness * excess @ excess)
        by_area = (self.pull + self.stiffness * excess) / self.areas

        away = (diagram.moments / self.areas[:, None] - self.task.centres) / self.task.radius
        place = _PLACE * float((away**2).sum())
        by_moment = 2 * _PLACE * away / (self.task.radius * self.areas[:, None])

        around = diagram.around()
        border = _BORDER * float((around**2 / self.areas).sum())
        by_around = 2 * _BORDER * around / self.areas
        by_length = by_length + np.where(diagram.lengths > 0, by_around @ self.pairs.either, 0.0)

        by_sites, by_heights = diagram.pull_back(by_length, by_area, by_moment)
        return contact + area + place + border, np.concatenate([by_sites.ravel(), by_heights])

    def _contacts(self, length: Values) -> tuple[float, Values]:
        """Return the cost of the contacts and its derivative; ``length`` is in good contacts.

        Wanted: x - log(x) - 1 up to a good contact, so that none is given up for another; from a short one downwards
        it goes on straight and then ever flatter, for what is far apart cannot be mended by force.
        Not wanted: log(1 + x), so that one is rather removed than all made shorter.
        """
        x = np.clip(length, _SHORT, 1.0)
        missing = np.maximum(_SHORT - length, 0.0)
        steep, reach = 1 / _SHORT - 1, 4 * _SHORT
        wanted = x - np.log(x) - 1 + steep * reach * np.log1p(missing / reach)
        by_wanted = np.where(length < _SHORT, -steep / (1 + missing / reach), 1 - 1 / x)
        over = np.where(self.wanted, 0.0, np.maximum(length, 0.0))
        cost = self.dear @ wanted + _UNWANTED * np.log1p(over).sum()
        return float(cost), self.dear * by_wanted + np.where(over > 0, _UNWANTED / (1 + over), 0.0)
