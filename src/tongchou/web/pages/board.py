"""The data that map and chart of the county board draw, as JSON."""

from __future__ import annotations

from typing import Any

from tongchou.kernel.numbers import number
from tongchou.kernel.units import label
from tongchou.region import Indicator
from tongchou.region.crosstab import STATES, Cell, Column


def board_json(indicator: Indicator, column: Column, cells: list[Cell], language: str) -> dict[str, Any]:
    """Return title, unit, and for each unit in official order its name, value, label, rank, status and class."""
    values = [c.figure.value for c in cells if c.figure is not None and c.figure.value is not None]
    return {
        "title": indicator.title.in_(language),
        "unit": label(indicator.unit).in_(language),
        "period": column.label.in_(language),
        "classes": [number(b) for b in breaks(values)],
        "units": [_unit(cell, values, language) for cell in cells],
        "missing": STATES["missing"].in_(language),
    }


def _unit(cell: Cell, values: list[float], language: str) -> dict[str, Any]:
    place, figure = cell.place, cell.figure
    value = figure.value if figure is not None else None
    name = place.name if language == "zh" else place.name_en
    return {
        "code": place.code,
        "name": name,
        "short": place.aliases[0] if language == "zh" and place.aliases else name.split(" ")[0],
        "value": value,
        "label": number(value) if value is not None else cell.state_label.in_(language),
        "rank": cell.rank,
        "status": figure.status.label.in_(language) if figure is not None else "",
        "class": class_of(value, values) if value is not None else None,
    }


def breaks(values: list[float]) -> list[float]:
    """Return the upper bounds of the classes: up to four groups of about equal number, equal values together."""
    ordered = sorted(set(values))
    groups = min(4, len(ordered))
    return [ordered[(i + 1) * len(ordered) // groups - 1] for i in range(groups)]


def class_of(value: float, values: list[float]) -> int:
    """Return the number of the class a value falls in."""
    return sum(value > bound for bound in breaks(values))
