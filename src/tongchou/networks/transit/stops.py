"""Stops of a GTFS folder: where they are, and the walks between them that ``transfers.txt`` gives a time for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.edges import Edges
from tongchou.networks.transit.feed import Row, table

_MOST = 20
_PLATFORM = ("", "0")  # location_type
_FORBIDDEN, _SEATED = "3", ("4", "5")  # transfer_type
_PARTICULAR = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")


def read_transfers(folder: Path | str) -> Edges | None:
    """Return the walks between stops that ``transfers.txt`` gives a time for; none where there is no such file.

    A rule for a station (``parent_station`` of ``stops.txt``) holds between all its stops, also one from a station to
    itself. Where several hold for two stops it is one that names the stops themselves, of these one for all routes and
    trips, and of several alike the longest time. A transfer that is ruled out is no walk.
    """
    rows = table(Path(folder), "transfers.txt")
    problems: list[Problem] = []
    platforms = _platforms(table(Path(folder), "stops.txt")) if rows else {}
    best: dict[tuple[str, str], tuple[int, int, float]] = {}
    for i, row in enumerate(rows, start=2):
        minutes = _minutes(row, f"transfers.txt row {i}", problems)
        if minutes is None:
            continue
        ends = row["from_stop_id"], row["to_stop_id"]
        told = -sum(end in platforms for end in ends), -any(map(row.get, _PARTICULAR)), minutes
        tails, heads = (platforms.get(end, (end,)) for end in ends)
        for pair in product(tails, heads):
            if pair[0] != pair[1]:
                best[pair] = max(best.get(pair, told), told)
    if problems:
        raise ProblemsError(problems[:_MOST])
    walks = {pair: minutes for pair, (*_, minutes) in best.items() if minutes < np.inf}
    if not walks:
        return None
    from_, to = np.array(list(walks), dtype=np.str_).T
    one_way = np.ones(len(walks), dtype=np.bool_)
    return Edges(from_, to, np.array(list(walks.values())), one_way, np.full(len(walks), "walk"))


def read_stops(folder: Path | str) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Return the ids of ``stops.txt`` and their longitudes and latitudes (rows, 2); none where there is no such file.

    Stops without a position are left out: whoever needs them finds them missing.
    """
    rows = [r for r in table(Path(folder), "stops.txt") if r.get("stop_lon") and r.get("stop_lat")]
    problems: list[Problem] = []
    at = np.zeros((len(rows), 2))
    for i, row in enumerate(rows):
        try:
            at[i] = float(row["stop_lon"]), float(row["stop_lat"])
        except ValueError:
            problems.append(codes.NO_POSITION.at(f"stops.txt {row.get('stop_id')}", at=row["stop_lon"]))
    if problems:
        raise ProblemsError(problems[:_MOST])
    return np.array([row.get("stop_id", "") for row in rows], dtype=np.str_), at


def _platforms(rows: list[Row]) -> Mapping[str, tuple[str, ...]]:
    """Return the stops of every station, in the order of the file."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        if row.get("parent_station") and row.get("location_type", "") in _PLATFORM:
            found[row["parent_station"]] += (row["stop_id"],)
    return found


def _minutes(row: Row, at: str, problems: list[Problem]) -> float | None:
    """Return the minutes of a rule: without end where it rules the transfer out, ``None`` where it tells no time."""
    kind, least = row.get("transfer_type", ""), row.get("min_transfer_time", "")
    if kind == _FORBIDDEN:
        return np.inf
    if not least or kind in _SEATED:
        return None
    if least.isdigit():
        return int(least) / 60
    problems.append(codes.OUT_OF_RANGE.at(at, what="min_transfer_time", low=0, found=least))
    return None
