"""A power diagram as an upper envelope: what its cells measure, and how that changes with every site and height.

Unit *i* holds the points of the outline at which ``sites[i] · x + heights[i]`` is greatest. These are exactly the power
diagrams (Aurenhammer 1987, SIAM J. Comput. 16): the height is half of the weight less the squared length of the site.
Everything is computed for all pairs at once, without building a polygon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # shape (n, 2)
Values = NDArray[np.float64]  # shape (n,)
Indices = NDArray[np.int64]

_PARALLEL = 1e-9
_NEVER = -1e3  # signed length of a contact that no small change can bring about


class Outline:
    """A convex polygon, counter-clockwise, with its edges' normals, offsets, directions and lengths."""

    def __init__(self, corners: Points) -> None:
        self.corners = corners
        edges = np.roll(corners, -1, axis=0) - corners
        self.lengths = np.hypot(edges[:, 0], edges[:, 1])
        self.along = edges / self.lengths[:, None]
        self.normals = np.stack([self.along[:, 1], -self.along[:, 0]], axis=1)
        self.offsets = np.einsum("ij,ij->i", self.normals, corners)
        self.area = 0.5 * float(self.offsets @ self.lengths)


class Pairs:
    """Pairs of units, the smaller index first, with the matrices that add what belongs to pairs up by unit."""

    def __init__(self, n: int, first: Indices, second: Indices) -> None:
        self.n, self.first, self.second = n, first, second
        self.rows = np.arange(len(first))
        self.to_first = np.zeros((n, len(first)))
        self.to_first[first, self.rows] = 1.0
        to_second = np.zeros_like(self.to_first)
        to_second[second, self.rows] = 1.0
        self.difference = self.to_first - to_second
        self.either = self.to_first + to_second

    @classmethod
    def every(cls, n: int) -> Pairs:
        """Return all pairs of ``n`` units."""
        first, second = np.triu_indices(n, 1)
        return cls(n, first.astype(np.int64), second.astype(np.int64))


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a contact: where it is, which site (or none: the outline) ends it, and how it moves."""

    at: Points
    site: Indices  # the number of sites where it is the outline
    own: Values  # shift along the contact for a unit rise of the pair's difference
    third: Values  # the same for the third site's


class Diagram:
    """The measures of one diagram: signed lengths of the contacts of ``pairs``, areas and first moments of the cells.

    A contact's length is that of the segment the two cells share; where they do not touch it is negative, and the
    smaller the further they are from touching. ``pairs`` must hold every pair that touches.
    """

    def __init__(self, outline: Outline, sites: Points, heights: Values, pairs: Pairs) -> None:
        self.n = len(sites)
        self.pairs = pairs
        i, j = pairs.first, pairs.second
        self.p = sites[i] - sites[j]
        q = heights[i] - heights[j]
        self.squared = np.einsum("ij,ij->i", self.p, self.p)
        self.distance = np.sqrt(self.squared)
        self.along = np.stack([-self.p[:, 1], self.p[:, 0]], axis=1) / self.distance[:, None]
        base = -(q / self.squared)[:, None] * self.p
        # A point of the pair's line belongs to the contact where no third site is higher and it lies in the outline.
        slope, level = self._others(outline, sites, heights, base)
        low, high, first, last, impossible = _interval(slope, level)
        self._ends = (
            self._end(low, first, slope, base, outline, sites),
            self._end(high, last, slope, base, outline, sites),
        )
        self.lengths = np.where(impossible, _NEVER, high - low)
        self._possible = ~impossible
        self.shared = np.maximum(self.lengths, 0.0)
        self.middle = (self._ends[0].at + self._ends[1].at) / 2
        self._rim(outline, sites, heights)
        self._sums(outline, q)

    def _others(self, outline: Outline, sites: Points, heights: Values, base: Points) -> tuple[Points, Points]:
        i, j, rows = self.pairs.first, self.pairs.second, self.pairs.rows
        edges = len(outline.offsets)
        slope = np.empty((len(i), self.n + edges))
        level = np.empty_like(slope)
        on_site = self.along @ sites.T
        at_base = base @ sites.T + heights
        slope[:, : self.n] = on_site[rows, i][:, None] - on_site
        level[:, : self.n] = at_base[rows, i][:, None] - at_base
        slope[:, self.n :] = -self.along @ outline.normals.T
        level[:, self.n :] = outline.offsets - base @ outline.normals.T
        for own in (i, j):
            slope[rows, own] = 0.0
            level[rows, own] = 0.0
        return slope, level

    def _end(self, t: Values, ending: Indices, slope: Points, base: Points, outline: Outline, sites: Points) -> _End:
        third = sites[self.pairs.first] - np.concatenate([sites, np.zeros_like(outline.normals)])[ending]
        edge = ending >= self.n
        third[edge] = -outline.normals[ending[edge] - self.n]
        steep = slope[self.pairs.rows, ending]
        steep = np.where(np.abs(steep) < _PARALLEL, 1.0, steep)
        return _End(
            at=base + t[:, None] * self.along,
            site=np.minimum(ending, self.n),
            own=-np.einsum("ij,ij->i", third, self.p) / (steep * self.squared),
            third=1 / steep,
        )

    def _rim(self, outline: Outline, sites: Points, heights: Values) -> None:
        """Find the part of each edge of the outline that each cell holds."""
        at_corner = outline.corners @ sites.T + heights
        on_edge = outline.along @ sites.T
        slope = on_edge[:, :, None] - on_edge[:, None, :]
        level = at_corner[:, :, None] - at_corner[:, None, :]
        flat = slope.reshape(-1, self.n), level.reshape(-1, self.n)
        low, high, _, _, impossible = _interval(*flat)
        limit = np.repeat(outline.lengths, self.n)
        low, high = np.maximum(low, 0.0), np.minimum(high, limit)
        length = np.where(impossible, 0.0, np.maximum(high - low, 0.0))
        middle = np.where(length > 0, (low + high) / 2, 0.0).reshape(-1, self.n)
        self._rim_lengths = length.reshape(-1, self.n)
        self._rim_middles = outline.corners[:, None] + middle[..., None] * outline.along[:, None]

    def _sums(self, outline: Outline, q: Values) -> None:
        # Divergence theorem: an edge at distance h from the origin, of length l, adds h·l/2 to the area.
        height = q / self.distance
        twice = height * self.shared
        moment = twice[:, None] * self.middle
        rim = outline.offsets[:, None] * self._rim_lengths
        self.areas = 0.5 * (self.pairs.difference @ twice + rim.sum(axis=0))
        self.moments = (self.pairs.difference @ moment + np.einsum("ei,eik->ik", rim, self._rim_middles)) / 3

    def around(self) -> Values:
        """Return how long each cell's contacts are together."""
        summed: Values = self.pairs.either @ self.shared
        return summed

    def pull_back(self, lengths: Values, areas: Values, moments: Points) -> tuple[Points, Values]:
        """Return the gradient by sites and by heights of a function whose gradient by the measures is given.

        ``lengths`` goes with the pairs; ``areas`` and ``moments`` go with the cells.
        """
        on_pair = np.zeros((len(lengths), 3))  # gradient by the difference of sites and of heights of each pair
        on_first = np.zeros_like(on_pair)
        gradient = np.zeros((self.n, 3))
        weight = np.where(self._possible, lengths, 0.0)
        for sign, end in zip((-1.0, 1.0), self._ends, strict=True):
            here = np.column_stack([end.at, np.ones(len(weight))])
            on_pair -= (sign * weight * end.own)[:, None] * here
            # The third difference is the pair's first site less the third: it moves both, in opposite directions.
            third = (sign * weight * end.third * (end.site < self.n))[:, None] * here
            on_first -= third
            for k in range(3):
                gradient[:, k] += np.bincount(end.site, third[:, k], self.n + 1)[: self.n]
        density = self.shared / self.distance
        of_area, of_moment = self.pairs.difference.T @ areas, self.pairs.difference.T @ moments
        across = np.einsum("ij,ij->i", of_moment, self.middle)
        sliding = np.einsum("ij,ij->i", of_moment, self.along) * self.shared**2 / 12
        total = density * (of_area + across)
        on_pair[:, :2] += total[:, None] * self.middle + (density * sliding)[:, None] * self.along
        on_pair[:, 2] += total
        gradient += self.pairs.difference @ on_pair + self.pairs.to_first @ on_first
        return gradient[:, :2], gradient[:, 2]


def _interval(slope: Points, level: Points) -> tuple[Values, Values, Indices, Indices, NDArray[np.bool_]]:
    """Return, by row, between which values of t every ``level + slope * t >= 0``, which column ends it at either side,
    and whether a column without slope forbids it altogether."""
    flat = np.abs(slope) < _PARALLEL
    crossing = -level / np.where(flat, 1.0, slope)
    low = np.where(~flat & (slope > 0), crossing, -np.inf)
    high = np.where(~flat & (slope < 0), crossing, np.inf)
    first, last = low.argmax(axis=1), high.argmin(axis=1)
    rows = np.arange(len(slope))
    impossible: NDArray[np.bool_] = np.any(flat & (level < -_PARALLEL), axis=1)
    return low[rows, first], high[rows, last], first, last, impossible


def cells(outline: Outline, sites: Points, heights: Values) -> list[Points]:
    """Return the cell of each site as a polygon, counter-clockwise; an empty array where a site has none."""
    found = []
    for k in range(len(sites)):
        polygon = outline.corners
        # Nearest first: the cell is small early, and later cuts mostly miss it.
        offset = sites - sites[k]
        for other in np.argsort(np.einsum("ij,ij->i", offset, offset), kind="stable"):
            if other != k and len(polygon):
                polygon = clip(polygon, offset[other], float(heights[k] - heights[other]))
        found.append(polygon)
    return found


def clip(polygon: Points, normal: Values, offset: float) -> Points:
    """Return the part of a convex ``polygon`` where ``normal · x <= offset``; an empty array when there is none."""
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
