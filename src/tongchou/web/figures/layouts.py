"""The schematic layout of a region's units, computed once a process and kept in the home folder."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from tongchou.kernel.problems import ProblemsError
from tongchou.region.layout import Layout, schematic_layout, shapes_of
from tongchou.web.figures.queries import columns_of, region_named

_AREA = "land.area"


@lru_cache(maxsize=8)
def layout_of(name: str) -> Layout | None:
    """Return the layout of a region's county-level units, ``None`` where seats or areas are missing.

    Areas are those of the newest period that covers every unit.
    """
    region = region_named(name)
    adjacency = [(a.a, a.b) for a in region.adjacency]
    for column in reversed(columns_of(region, _AREA)):
        try:
            shapes = shapes_of(region, _AREA, column.period.code)
        except ProblemsError:
            continue
        key = sha256(repr((settings.VERSION, sorted(shapes, key=lambda s: s.code), sorted(adjacency))).encode())
        path = settings.HOME / "layouts" / f"{key.hexdigest()[:32]}.json"
        try:
            return Layout.from_json(path.read_text("utf-8"))
        except (FileNotFoundError, ValueError, KeyError):
            layout = schematic_layout(shapes, adjacency)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(layout.to_json(), "utf-8")
            return layout
    return None
