"""Power diagrams with prescribed areas: each unit's cell is a convex polygon of exactly its share of the outline.

A point belongs to the site with the smallest squared distance less the site's weight. For given sites the weights that
give the wanted areas exist and are unique up to a constant (Aurenhammer, Hoffmann & Aronov 1998, Algorithmica 20);
they are found by damped Newton steps on the areas (Kitagawa, Mérigot & Thibert 2019, J. Eur. Math. Soc. 21).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # shape (n, 2)
Values = NDArray[np.float64]  # shape (n,)

_STEPS = 60
_TOLERANCE = 1e-9


def clip(polygon: Points, normal: Values, offset: float) -> Points:
    """Return the part of a convex ``polygon`` where ``normal · x <= offset``; an empty array when there is none."""
    if len(polygon) == 0:
        return polygon
    side = polygon @ normal - offset
    inside = side <= 0
    if inside.all():
        return polygon
    if not inside.any():
        return polygon[:0]
    following = np.roll(polygon, -1, axis=0)
    side_after = np.roll(side, -1)
    crossing = inside != np.roll(inside, -1)
    share = np.divide(side, side - side_after, out=np.zeros_like(side), where=crossing)
    cut = polygon + share[:, None] * (following - polygon)
    # Every vertex inside, and behind it the crossing of its edge, in the order of the polygon.
    both = np.stack([polygon, cut], axis=1).reshape(-1, 2)
    kept: Points = both[np.stack([inside, crossing], axis=1).reshape(-1)]
    return kept


def area(polygon: Points) -> float:
    """Return the area of a polygon given counter-clockwise."""
    if len(polygon) < 3:
        return 0.0
    x, y = polygon[:, 0], polygon[:, 1]
    return float(0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def cells(outline: Points, sites: Points, weights: Values) -> list[Points]:
    """Return the cell of each site inside a convex ``outline``; a cell may be empty."""
    lifted = np.einsum("ij,ij->i", sites, sites) - weights
    result = []
    for i in range(len(sites)):
        polygon = outline
        # Nearest first: the cell is small early and later cuts mostly miss it.
        for j in np.argsort(np.einsum("ij,ij->i", sites - sites[i], sites - sites[i]), kind="stable"):
            if j != i:
                polygon = clip(polygon, 2 * (sites[j] - sites[i]), float(lifted[j] - lifted[i]))
        result.append(polygon)
    return result


def contact(a: Points, b: Points, tolerance: float) -> float:
    """Return the length along which two convex polygons of one diagram touch."""
    longest = 0.0
    for p, q in zip(a, np.roll(a, -1, axis=0), strict=True):
        edge = q - p
        length = float(np.hypot(*edge))
        if length <= tolerance:
            continue
        along = edge / length
        offset = b - p
        distance = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0])
        on_edge = offset[distance <= tolerance] @ along
        if len(on_edge) >= 2:
            longest = max(longest, min(length, float(on_edge.max())) - max(0.0, float(on_edge.min())))
    return longest


def contacts(polygons: list[Points], tolerance: float) -> NDArray[np.float64]:
    """Return the lengths of contact of every two cells, shape (n, n), symmetric."""
    n = len(polygons)
    lengths = np.zeros((n, n))
    boxes = [(p.min(axis=0) - tolerance, p.max(axis=0) + tolerance) if len(p) else None for p in polygons]
    for i in range(n):
        for j in range(i + 1, n):
            a, b = boxes[i], boxes[j]
            if a is None or b is None or (a[0] > b[1]).any() or (b[0] > a[1]).any():
                continue
            lengths[i, j] = lengths[j, i] = contact(polygons[i], polygons[j], tolerance)
    return lengths


def solve(outline: Points, sites: Points, areas: Values, weights: Values | None = None) -> tuple[Values, list[Points]]:
    """Return the weights, and the cells, with which each site's cell has its area.

    ``areas`` must sum to the outline's. Raises ``ValueError`` when the areas cannot be reached, which happens for
    sites that coincide.
    """
    n = len(sites)
    scale = np.sqrt(areas.sum())
    tolerance = 1e-9 * scale
    current = _feasible(outline, sites, weights)
    polygons = cells(outline, sites, current)
    have = np.array([area(p) for p in polygons])
    for _ in range(_STEPS):
        error = areas - have
        worst = float(np.abs(error / areas).max())
        if worst < _TOLERANCE:
            break
        lengths = contacts(polygons, tolerance)
        distance = np.hypot(*(sites[:, None] - sites[None]).transpose(2, 0, 1))
        flow = np.divide(lengths, 2 * distance, out=np.zeros_like(lengths), where=distance > 0)
        hessian = np.diag(flow.sum(axis=1)) - flow
        step = np.linalg.lstsq(hessian + np.full((n, n), 1.0 / n), error - error.mean(), rcond=None)[0]
        damping = 1.0
        floor = 0.5 * min(float(have.min()), float(areas.min()))
        while True:
            trial = current + damping * step
            trial_cells = cells(outline, sites, trial)
            trial_have = np.array([area(p) for p in trial_cells])
            improves = float(np.abs(areas - trial_have).max()) < (1 - damping / 4) * float(np.abs(error).max())
            if trial_have.min() > floor and improves:
                break
            damping /= 2
            if damping < 1e-6:
                if worst < 1e-6:
                    return current, polygons
                raise ValueError("the areas cannot be reached from these sites")
        current, polygons, have = trial, trial_cells, trial_have
    return current, polygons


def _feasible(outline: Points, sites: Points, weights: Values | None) -> Values:
    """Return weights with which no cell is empty: those given if they do, else equal ones (sites lie inside)."""
    if weights is not None and all(area(p) > 0 for p in cells(outline, sites, weights)):
        return weights
    return np.zeros(len(sites))
