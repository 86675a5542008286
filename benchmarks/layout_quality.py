"""How much of a region the schematic layout keeps, and how long it takes: Taiyuan, and random Voronoi maps.

A random map has seats off the middle of their units; contacts under a hundredth of its side are no adjacency.
Voronoi maps are the kind a power diagram holds most easily: read the figures as the method's reach, not as a promise.
"""

from __future__ import annotations

import time

import numpy as np
from shapely import MultiPoint, box, voronoi_polygons

from tongchou.region import load
from tongchou.region.layout import UnitShape, schematic_layout, shapes_of

_MAPS = ((3, 3), (6, 4), (10, 6), (20, 3), (50, 1), (100, 1))  # units, how many maps
_SEAT_OFF = 0.15  # standard deviation, in sides of a square of the unit's area


def random_map(n: int, seed: int) -> tuple[list[UnitShape], list[tuple[str, str]]]:
    """Return ``n`` units, crowded towards one corner, and their adjacencies."""
    rng = np.random.default_rng(seed)
    frame = box(0, 0, 1, 1)
    points = MultiPoint(rng.random((n, 2)) ** 1.3)
    cells = [cell.intersection(frame) for cell in voronoi_polygons(points, extend_to=frame).geoms]
    units = []
    for k, cell in enumerate(cells):
        east, north = np.array([cell.centroid.x, cell.centroid.y]) + rng.normal(size=2) * _SEAT_OFF * np.sqrt(cell.area)
        units.append(UnitShape(f"u{k:03}", 112 + 2 * east, 37 + 1.6 * north, cell.area * 1e4))
    sides = [(i, j) for i in range(n) for j in range(i + 1, n) if cells[i].intersection(cells[j]).length > 0.01]
    return units, [(f"u{i:03}", f"u{j:03}") for i, j in sides]


def main() -> None:
    region = load("taiyuan")
    taiyuan = shapes_of(region, "land.area", "2019"), [(a.a, a.b) for a in region.adjacency]
    schematic_layout(taiyuan[0][:2], [])  # imports are not what is measured
    print(f"{'map':>12} {'held':>9} {'spurious':>9} {'area error':>11} {'seconds':>8}")
    _row("Taiyuan", *taiyuan)
    for n, count in _MAPS:
        for seed in range(count):
            _row(f"{n} units #{seed}", *random_map(n, seed))


def _row(name: str, units: list[UnitShape], adjacency: list[tuple[str, str]]) -> None:
    began = time.perf_counter()
    layout = schematic_layout(units, adjacency)
    seconds = time.perf_counter() - began
    held = f"{len(layout.held)}/{len(adjacency)}"
    print(f"{name:>12} {held:>9} {len(layout.spurious):>9} {layout.area_error:>11.0e} {seconds:>8.2f}")


if __name__ == "__main__":
    main()
