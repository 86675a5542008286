"""Speeds by kind of road: stated assumptions, for OpenStreetMap tells what is allowed and not how fast one gets on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text

WALK = "walk"
OTHER = "unclassified"

#: km/h over the day with signals and queues; assumed, to be replaced by a city's own measurements.
SPEEDS = {
    "motorway": 90.0,
    "motorway_link": 45.0,
    "trunk": 60.0,
    "trunk_link": 40.0,
    "primary": 45.0,
    "primary_link": 35.0,
    "secondary": 40.0,
    "secondary_link": 30.0,
    "tertiary": 35.0,
    "tertiary_link": 30.0,
    OTHER: 30.0,
    "residential": 20.0,
    "living_street": 10.0,
    "service": 15.0,
    WALK: 5.0,
}
LABELS = {
    "motorway": Text("高速公路时速", "Speed on motorways"),
    "trunk": Text("快速路、干线公路时速", "Speed on trunk roads"),
    "primary": Text("主要道路时速", "Speed on primary roads"),
    "secondary": Text("次要道路时速", "Speed on secondary roads"),
    "tertiary": Text("支路时速", "Speed on tertiary roads"),
    OTHER: Text("其他道路时速", "Speed on other roads"),
    "residential": Text("居住区道路时速", "Speed on residential roads"),
    "living_street": Text("生活街道时速", "Speed on living streets"),
    "service": Text("内部道路时速", "Speed on service roads"),
    WALK: Text("步行时速", "Walking speed"),
}


def label(kind: str) -> Text:
    """Return what the speed of a kind of road is called."""
    if kind in LABELS:
        return LABELS[kind]
    main = LABELS[kind.removesuffix("_link")]
    return Text(f"{main.zh}（匝道）", f"{main.en} (ramps)")


def known_kind(highway: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return each kind of road that has a speed, and ``unclassified`` for the others."""
    return np.where(np.isin(highway, list(SPEEDS)), highway, OTHER)
