"""How a region is drawn: by boundaries somebody attached with their approval number, else by the schematic layout.

Both are files in the home folder: the layout is a cache, the boundaries are what was attached.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from tongchou.region.boundaries import Boundaries, read_boundaries
from tongchou.region.crosstab import units_of
from tongchou.region.layout import Layout, schematic_layout
from tongchou.region.layout.newest import newest_shapes
from tongchou.web.figures.regions import region_named


@lru_cache(maxsize=8)
def layout_of(name: str) -> Layout | None:
    """Return the layout of a region's county-level units, ``None`` where seats or areas are missing.

    Areas are those of the newest period that covers every unit.
    """
    region = region_named(name)
    shapes = newest_shapes(region)
    if shapes is None:
        return None
    adjacency = [(a.a, a.b) for a in region.adjacency]
    key = sha256(repr((settings.VERSION, sorted(shapes, key=lambda s: s.code), sorted(adjacency))).encode())
    path = settings.HOME / "layouts" / f"{key.hexdigest()[:32]}.json"
    try:
        return Layout.from_json(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError, KeyError):
        layout = schematic_layout(shapes, adjacency)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout.to_json(), "utf-8")
        return layout


def attach_boundaries(*, name: str, data: bytes, approval: str) -> Boundaries:
    """Draw a region by these boundaries from now on; raise :class:`ProblemsError` when they cannot be used."""
    boundaries = read_boundaries(data, approval, units_of(region_named(name)))
    path = _boundaries_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(boundaries.to_json(), "utf-8")
    return boundaries


def remove_boundaries(*, name: str) -> None:
    """Draw a region by the schematic layout again."""
    _boundaries_path(name).unlink(missing_ok=True)


def attached_boundaries(name: str) -> Boundaries | None:
    """Return the boundaries attached to a region, ``None`` where there are none."""
    try:
        return Boundaries.from_json(_boundaries_path(name).read_text("utf-8"))
    except (FileNotFoundError, ValueError, KeyError):
        return None


def drawing_stamp(name: str) -> str:
    """Return what a drawing of a region depends on besides the region: the boundaries attached to it."""
    try:
        return str(_boundaries_path(name).stat().st_mtime_ns)
    except FileNotFoundError:
        return "layout"


def drawing_of(layout: Layout | None, boundaries: Boundaries | None) -> dict[str, Any] | None:
    """Return what the map element draws: width, height, and each unit's rings and the point for its label."""
    if boundaries is not None:
        shapes: dict[str, Any] = dict(boundaries.rings)
        return _drawing(boundaries, shapes)
    if layout is not None:
        return _drawing(layout, {k: [v] for k, v in layout.polygons.items()})
    return None


def _drawing(of: Layout | Boundaries, shapes: dict[str, Any]) -> dict[str, Any]:
    return {"width": of.width, "height": of.height, "shapes": shapes, "labels": of.labels}


def _boundaries_path(name: str) -> Path:
    # A region may be named by a folder; its hash is a file name whatever the folder is called.
    return Path(settings.HOME) / "boundaries" / f"{sha256(name.encode()).hexdigest()[:16]}.json"
