"""A GTFS folder as lines by headway: what a service runs on one day between two hours, and how often.

Trips that call at the same stops in the same order are one line; its minutes are the medians of its trips, its headway
the span of hours by the number of departures (those of ``frequencies.txt`` among them). A timetable is thereby read as
a frequency: right for how far one gets in the mean, not for which bus to take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.transit.calls import Told, calls
from tongchou.networks.transit.feed import CALLS, Row, feed, minutes_of
from tongchou.networks.transit.lines import Line

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST = 20


@dataclass(frozen=True, slots=True)
class _Call:
    """A stop of a trip in its order, with the minutes of the day it is reached and left (``None``: not told)."""

    order: int
    stop: str
    arrives: float | None
    leaves: float | None


@dataclass(slots=True)
class _Alike:
    """Trips that call at the same stops: rides and standing of each, and how many departures there are."""

    rides: list[list[float]] = field(default_factory=list)
    stands: list[list[float]] = field(default_factory=list)
    departures: float = 0.0

    def add(self, times: Sequence[tuple[float, float]], departures: float) -> None:
        """Count in one trip by when each of its stops is reached and left."""
        self.rides.append([after[0] - before[1] for before, after in pairwise(times)])
        self.stands.append([leaves - arrives for arrives, leaves in times[1:-1]])
        self.departures += departures


def read_gtfs(folder: Path | str, on: date, between: tuple[float, float] = (7.0, 9.0)) -> list[Line]:
    """Return the lines that leave their first stop ``on`` a day between two hours (24 and more after midnight).

    Stations are stop ids. Times that are left out between two stops are spread evenly, as the format has it. Raises
    :class:`ProblemsError` with every file, column or time that is missing or wrong.
    """
    tables = feed(Path(folder))
    runs = _services(tables, on)
    route = {t["trip_id"]: t["route_id"] for t in tables["trips.txt"] if t["service_id"] in runs}
    problems: list[Problem] = []
    frequent = _frequencies(tables["frequencies.txt"], between, problems)
    alike: dict[tuple[str, tuple[str, ...]], _Alike] = defaultdict(_Alike)
    for trip, told in calls(Path(folder), route):
        stops = _stops(told, problems)
        times = _times(trip, stops, problems) if len(stops) > 1 else None
        if times is None:
            continue
        departures = frequent.get(trip, float(between[0] * 60 <= times[0][1] < between[1] * 60))
        if departures:
            alike[route[trip], tuple(call.stop for call in stops)].add(times, departures)
        if len(problems) >= _MOST:
            break
    if problems:
        raise ProblemsError(problems[:_MOST])
    span = (between[1] - between[0]) * 60
    found = []
    for number, ((name, stations), trips) in enumerate(sorted(alike.items()), start=1):
        minutes = tuple(float(median(rides)) for rides in zip(*trips.rides, strict=True))
        dwell = tuple(float(median(stands)) for stands in zip(*trips.stands, strict=True))
        kept = dwell if any(dwell) else ()
        found.append(Line(f"{name}#{number}", stations, minutes, span / trips.departures, back=False, dwell=kept))
    return found


def _stops(told: Sequence[Told], problems: list[Problem]) -> list[_Call]:
    found = []
    for row, _, arrives, leaves, stop, order in told:
        try:
            first, then = minutes_of(arrives or leaves), minutes_of(leaves or arrives)
            found.append(_Call(int(order), stop, first, then))
        except ValueError:
            problems.append(codes.NO_TIME_OF_DAY.at(f"{CALLS} row {row}", time=arrives or order))
    return sorted(found, key=lambda call: call.order)


def _times(trip: str, stops: Sequence[_Call], problems: list[Problem]) -> list[tuple[float, float]] | None:
    """Return when each stop is reached and left; what is not told lies evenly between what is."""
    known = [i for i, call in enumerate(stops) if call.arrives is not None]
    open_ = [call for call in (stops[0], stops[-1]) if call.arrives is None]
    if open_:
        problems += [codes.NO_TIME_OF_DAY.at(f"{CALLS} {trip} {call.stop}", time="") for call in open_]
        return None
    reached = np.interp(range(len(stops)), known, [stops[i].arrives or 0.0 for i in known])
    left = np.interp(range(len(stops)), known, [stops[i].leaves or 0.0 for i in known])
    for i in sorted(set(range(len(stops))) - set(known)):
        before = max(k for k in known if k < i)
        after = min(k for k in known if k > i)
        share = (i - before) / (after - before)
        reached[i] = left[i] = left[before] + share * (reached[after] - left[before])
    times = list(zip(reached.tolist(), left.tolist(), strict=True))
    order = [time for pair in times for time in pair]
    for i, (one, next_) in enumerate(pairwise(order), start=1):
        if next_ < one:
            problems.append(file_codes.BACKWARDS.at(CALLS, trip=trip, stop=stops[i // 2].stop))
            return None
    return times


def _frequencies(rows: Sequence[Row], between: tuple[float, float], problems: list[Problem]) -> dict[str, float]:
    """Return how often trips told by headway leave between two hours."""
    found: dict[str, float] = defaultdict(float)
    for i, row in enumerate(rows, start=2):
        at = f"frequencies.txt row {i}"
        try:
            begin, end, headway = minutes_of(row["start_time"]), minutes_of(row["end_time"]), row["headway_secs"]
        except ValueError:
            begin = end = None
        if begin is None or end is None:
            problems.append(codes.NO_TIME_OF_DAY.at(at, time=row["start_time"]))
        elif not headway.isdigit() or int(headway) == 0:
            problems.append(codes.OUT_OF_RANGE.at(at, what="headway_secs", low=1, found=headway))
        else:
            span = min(end, between[1] * 60) - max(begin, between[0] * 60)
            found[row["trip_id"]] += max(0.0, span) * 60 / int(headway)
    return found


def _services(tables: Mapping[str, Sequence[Row]], on: date) -> set[str]:
    day, stamp = _DAYS[on.weekday()], on.strftime("%Y%m%d")
    found = {
        row["service_id"]
        for row in tables["calendar.txt"]
        if row[day] == "1" and row["start_date"] <= stamp <= row["end_date"]
    }
    for row in tables["calendar_dates.txt"]:
        if row["date"] == stamp:
            (found.add if row["exception_type"] == "1" else found.discard)(row["service_id"])
    return found
