"""Lines by headway: one boards after half a headway in the mean, rides from stop to stop, and gets off for nothing.

Each line has a platform of its own at every station, so that changing costs the walk and another wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.edges import Edges


@dataclass(frozen=True, slots=True)
class Line:
    """A line that calls at ``stations`` (ids) with ``minutes`` from each to the next, every ``headway`` minutes.

    ``back`` says that it runs the other way too; ``opens`` from which day on (``None``: always).
    """

    name: str
    stations: tuple[str, ...]
    minutes: tuple[float, ...]
    headway: float
    back: bool = True
    opens: date | None = None


def line_edges(
    lines: Sequence[Line],
    walks: Mapping[str, float] | None = None,
    *,
    on: date | None = None,
    default_walk: float = 0.0,
) -> Edges:
    """Return the edges of the lines in service ``on`` a day (all without one).

    Boarding costs half the headway and the station's walk to the platform (``walks`` by station, minutes, else
    ``default_walk``); alighting costs the walk. Platforms are nodes ``station@line>`` and ``station@line<``. Raises
    with everything wrong with any line.
    """
    problems: list[Problem] = []
    for line in lines:
        if len(line.stations) < 2 or len(line.minutes) != len(line.stations) - 1:
            expected = max(1, len(line.stations) - 1)
            problems.append(codes.SHAPE.at(line.name, what="minutes", found=len(line.minutes), expected=expected))
        bad = [m for m in (*line.minutes, line.headway) if not (np.isfinite(m) and m >= 0)]
        problems += [codes.OUT_OF_RANGE.at(line.name, what="minutes", low=0, found=m) for m in bad]
    if problems:
        raise ProblemsError(problems)
    rows: list[tuple[str, str, float, str]] = []
    for line in lines:
        if on is not None and line.opens is not None and line.opens > on:
            continue
        ways = [(">", line.stations, line.minutes)]
        if line.back:
            ways.append(("<", line.stations[::-1], line.minutes[::-1]))
        for sign, stations, minutes in ways:
            platforms = [f"{station}@{line.name}{sign}" for station in stations]
            for station, platform in zip(stations, platforms, strict=True):
                walk = (walks or {}).get(station, default_walk)
                rows.append((station, platform, walk + line.headway / 2, "wait"))
                rows.append((platform, station, walk, "alight"))
            rows += [(a, b, m, "ride") for a, b, m in zip(platforms[:-1], platforms[1:], minutes, strict=True)]
    return Edges(
        np.array([r[0] for r in rows], dtype=np.str_),
        np.array([r[1] for r in rows], dtype=np.str_),
        np.array([r[2] for r in rows], dtype=np.float64),
        np.ones(len(rows), dtype=np.bool_),
        np.array([r[3] for r in rows], dtype=np.str_),
    )
