"""The shapes of a region's units by the newest areas held for all of them."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemsError
from tongchou.region.crosstab import columns_of
from tongchou.region.layout.layout import UnitShape, shapes_of
from tongchou.region.model import Region

AREA = "land.area"


def newest_shapes(region: Region) -> list[UnitShape] | None:
    """Return the shapes by the newest period in which every unit has an area; ``None`` where there is none."""
    for column in reversed(columns_of(region, AREA)):
        try:
            return shapes_of(region, AREA, column.period.code)
        except ProblemsError:
            continue
    return None
