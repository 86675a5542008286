"""Several modes in one graph, and places put on the nearest node with how far off they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.edges import Edges
from tongchou.networks.graph import Floats, Ints

EARTH = 6371.0088  # mean radius, km


def joined(*parts: Edges) -> Edges:
    """Return the edges of several modes together: what has the same id is the same node."""
    text = any(p.tails.dtype.kind not in "iu" for p in parts)
    kind = np.dtype(np.str_ if text else np.int64)
    return Edges(
        np.concatenate([p.tails.astype(kind) for p in parts]),
        np.concatenate([p.heads.astype(kind) for p in parts]),
        np.concatenate([p.minutes for p in parts]),
        np.concatenate([p.one_way for p in parts]),
        np.concatenate([p.modes.astype(np.str_) for p in parts]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """The nearest node of each place (row of the nodes), the kilometres to it, and whether that is too far."""

    nodes: Ints
    kilometres: Floats
    is_far: NDArray[np.bool_]

    def access(self, nodes: Sequence[str] | NDArray[np.str_], places: Sequence[str], speed: float) -> Edges:
        """Return a way from each place that is not too far to its node and back, at ``speed`` (km/h)."""
        near = np.flatnonzero(~self.is_far)
        return Edges(
            np.asarray(places, dtype=np.str_)[near],
            np.asarray(nodes)[self.nodes[near]].astype(np.str_),
            60.0 * self.kilometres[near] / speed,
            np.zeros(near.size, dtype=np.bool_),
            np.full(near.size, "access"),
        )


def snapped(places: ArrayLike, nodes: ArrayLike, most: float = inf) -> Snapped:
    """Return the nearest node of each place; both are longitude and latitude in degrees, shape (…, 2).

    Distances are great circles on a sphere (within half a percent of the ellipsoid). A place farther than ``most``
    kilometres is flagged, never dropped. Of equal distances the node that stands first. Raises with every row that has
    no such coordinates.
    """
    from scipy.spatial import cKDTree

    told = [np.atleast_2d(np.asarray(v, dtype=np.float64)) for v in (places, nodes)]
    problems: list[Problem] = []
    for what, found in zip(("places", "nodes"), told, strict=True):
        if found.shape[1] != 2:
            problems.append(codes.SHAPE.at(what, what=what, found=found.shape[1], expected=2))
            continue
        wrong = ~(np.isfinite(found).all(axis=1) & (np.abs(found[:, 0]) <= 180) & (np.abs(found[:, 1]) <= 90))
        problems += [
            codes.NO_POSITION.at(f"{what} row {i + 1}", at=found[i].tolist()) for i in np.flatnonzero(wrong)[:20]
        ]
    if problems:
        raise ProblemsError(problems)
    here, there = (_on_sphere(v) for v in told)
    tree = cKDTree(there)
    chord, _ = tree.query(here)
    # Of nodes equally near, up to rounding (a micrometre), the one that stands first.
    equal = tree.query_ball_point(here, chord * (1 + 1e-12) + 1e-13)
    first = [min(nodes) for nodes in equal]
    arc = 2 * EARTH * np.arcsin(np.clip(chord / 2, 0, 1))
    return Snapped(np.asarray(first, dtype=np.int64), arc, arc > most)


def _on_sphere(degrees: Floats) -> Floats:
    lon, lat = np.radians(degrees).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
