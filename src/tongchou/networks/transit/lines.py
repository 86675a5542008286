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

    ``back`` says that it runs the other way too; ``opens`` from which day on (``None``: always). ``dwell`` are the
    minutes it stands at each station between the first and the last (empty: none): who rides through spends them.
    """

    name: str
    stations: tuple[str, ...]
    minutes: tuple[float, ...]
    headway: float
    back: bool = True
    opens: date | None = None
    dwell: tuple[float, ...] = ()


def line_edges(
    lines: Sequence[Line],
    walks: Mapping[str, float] | None = None,
    *,
    on: date | None = None,
    default_walk: float = 0.0,
) -> Edges:
    """Return the edges of the lines in service ``on`` a day (all without one).

    Boarding costs half the headway and the station's walk to the platform (``walks`` by station, minutes, else
    ``default_walk``); alighting costs the walk. Platforms are nodes ``station@line>`` and ``station@line<``; where a
    line comes again, ``station@2@line>``, and where it stands a while one leaves from a platform with ``+`` at its
    end. Raises with everything wrong with any line.
    """
    problems: list[Problem] = []
    for line in lines:
        if len(line.stations) < 2 or len(line.minutes) != len(line.stations) - 1:
            expected = max(1, len(line.stations) - 1)
            problems.append(codes.SHAPE.at(line.name, what="minutes", found=len(line.minutes), expected=expected))
        if line.dwell and len(line.dwell) != len(line.stations) - 2:
            expected = max(0, len(line.stations) - 2)
            problems.append(codes.SHAPE.at(line.name, what="dwell", found=len(line.dwell), expected=expected))
        bad = [m for m in (*line.minutes, line.headway, *line.dwell) if not (np.isfinite(m) and m >= 0)]
        problems += [codes.OUT_OF_RANGE.at(line.name, what="minutes", low=0, found=m) for m in bad]
    if problems:
        raise ProblemsError(problems)
    rows: list[tuple[str, str, float, str]] = []
    for line in lines:
        if on is not None and line.opens is not None and line.opens > on:
            continue
        dwell = (0.0, *(line.dwell or (0.0,) * (len(line.stations) - 2)), 0.0)
        ways = [(">", line.stations, line.minutes, dwell)]
        if line.back:
            ways.append(("<", line.stations[::-1], line.minutes[::-1], dwell[::-1]))
        for sign, stations, minutes, stands in ways:
            platforms = _platforms(stations, line.name, sign)
            leaves = [f"{platform}+" if stay else platform for platform, stay in zip(platforms, stands, strict=True)]
            for station, platform, leave, stay in zip(stations, platforms, leaves, stands, strict=True):
                walk = (walks or {}).get(station, default_walk)
                rows.append((station, leave, walk + line.headway / 2, "wait"))
                rows.append((platform, station, walk, "alight"))
                if stay:
                    rows.append((platform, leave, stay, "ride"))
            rows += [(a, b, m, "ride") for a, b, m in zip(leaves[:-1], platforms[1:], minutes, strict=True)]
    return Edges(
        np.array([r[0] for r in rows], dtype=np.str_),
        np.array([r[1] for r in rows], dtype=np.str_),
        np.array([r[2] for r in rows], dtype=np.float64),
        np.ones(len(rows), dtype=np.bool_),
        np.array([r[3] for r in rows], dtype=np.str_),
    )


def _platforms(stations: Sequence[str], line: str, sign: str) -> list[str]:
    """Return a platform for every call: nobody gets from one call at a station to a later one without riding."""
    calls: dict[str, int] = {}
    found = []
    for station in stations:
        calls[station] = calls.get(station, 0) + 1
        again = f"{calls[station]}@" if calls[station] > 1 else ""
        found.append(f"{station}@{again}{line}{sign}")
    return found
