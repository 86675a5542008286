"""One column of a result as the county map draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.region.model import Region
from tongchou.rules import words
from tongchou.rules.result import Result
from tongchou.web.computing.cells import shown, unit_of, value_of
from tongchou.web.computing.tables import answer_names, rows_of
from tongchou.web.pages.board import breaks, class_of


def drawable(result: Result, region: Region, period: str) -> list[str]:
    """Return the columns of the answer with one number for each county-level unit, which a map can show."""
    units = set(region.county_level())
    names = [name for name in answer_names(result) if result.rule.keys(name) == ("county",)]
    if not names or not units & {result.keys["county"][i] for i in rows_of(result, period)}:
        return []
    return names


def board(
    result: Result, names: Mapping[str, Text], region: Region, period: str, name: str, language: str
) -> dict[str, Any]:
    """Return what ``tc-county-map`` draws: title, unit, classes and every unit in official order."""
    rows: dict[str, int] = {}
    for i in rows_of(result, period):
        rows.setdefault(result.keys["county"][i], i)
    unit = unit_of(result, name)
    values = [v for i in rows.values() if not np.isnan(v := value_of(result, name, i))]
    units = []
    for code in region.county_level():
        place = region.places[code]
        called = place.name if language == "zh" else place.name_en
        cell = shown(result, names, name, rows[code]) if code in rows else None
        value = value_of(result, name, rows[code]) if cell is not None and not cell.is_missing else None
        units.append(
            {
                "code": code,
                "name": called,
                "short": place.aliases[0] if language == "zh" and place.aliases else called.split(" ")[0],
                "value": value,
                "label": (cell.text if cell is not None else words.NO_NUMBER).in_(language),
                "rank": None,
                "status": cell.status.label.in_(language) if cell is not None and cell.status is not None else "",
                "class": class_of(value, values) if value is not None else None,
            }
        )
    bounds = breaks(values)
    codes = result.rule.declared.columns[name].codes
    return {
        "title": words.called(result.rule, name).in_(language),
        "unit": unit_label(unit).in_(language),
        "period": Period.parse(period).label(language),
        "classes": [
            codes[int(b)].text().in_(language) if codes and int(b) in codes else figure(b, unit) for b in bounds
        ],
        "named": codes is not None and len(bounds) == len(set(values)),
        "units": units,
        "missing": words.NO_NUMBER.in_(language),
    }
