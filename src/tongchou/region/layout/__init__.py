"""A schematic layout of a region's units: area in proportion, neighbours adjacent, north up. Not a map."""

from tongchou.region.layout.layout import Layout, UnitShape, schematic_layout, shapes_of

__all__ = ["Layout", "UnitShape", "schematic_layout", "shapes_of"]
