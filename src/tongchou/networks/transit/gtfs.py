"""A GTFS folder as lines by headway: what a service runs on one day between two hours, and how often.

Trips that call at the same stops in the same order are one line; its minutes are the medians of its trips, its headway
the span of hours by the number of trips. A timetable is thereby read as a frequency: right for how far one gets in the
mean, not for which bus to take.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.transit.lines import Line

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILES = {
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
}
_MOST = 20


def read_gtfs(folder: Path | str, on: date, between: tuple[float, float] = (7.0, 9.0)) -> list[Line]:
    """Return the lines that leave their first stop ``on`` a day between two hours (24 and more after midnight).

    Stations are stop ids. Raises :class:`ProblemsError` with every file, column or time that is missing or wrong.
    """
    base = Path(folder)
    problems: list[Problem] = []
    tables: dict[str, list[dict[str, str]]] = {}
    for name, columns in _FILES.items():
        tables[name] = _rows(base / name)
        if not (base / name).is_file():
            problems.append(codes.NO_FILE.at(name))
        elif tables[name]:
            lacking = [c for c in columns if c not in tables[name][0]]
            problems += [codes.NO_COLUMN.at(name, what=c, names=c) for c in lacking]
    if not any((base / name).is_file() for name in ("calendar.txt", "calendar_dates.txt")):
        problems.append(codes.NO_FILE.at("calendar.txt"))
    if problems:
        raise ProblemsError(problems)
    runs = _services(base, on)
    route = {t["trip_id"]: t["route_id"] for t in tables["trips.txt"] if t["service_id"] in runs}
    calls: dict[str, list[tuple[int, str, float, float]]] = defaultdict(list)
    for i, row in enumerate(tables["stop_times.txt"], start=2):
        if row["trip_id"] not in route:
            continue
        try:
            times = _minutes(row["arrival_time"]), _minutes(row["departure_time"])
            calls[row["trip_id"]].append((int(row["stop_sequence"]), row["stop_id"], *times))
        except ValueError:
            problems.append(codes.NO_TIME_OF_DAY.at(f"stop_times.txt row {i}", time=row["arrival_time"]))
    if problems:
        raise ProblemsError(problems[:_MOST])
    return _lines(route, calls, between)


def read_stops(folder: Path | str) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Return the ids of ``stops.txt`` and their longitudes and latitudes (rows, 2); none where there is no such file.

    Stops without a position are left out: whoever needs them finds them missing.
    """
    rows = [r for r in _rows(Path(folder) / "stops.txt") if r.get("stop_lon") and r.get("stop_lat")]
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


def _lines(
    route: dict[str, str], calls: dict[str, list[tuple[int, str, float, float]]], between: tuple[float, float]
) -> list[Line]:
    alike: dict[tuple[str, tuple[str, ...]], list[list[float]]] = defaultdict(list)
    for trip, stops in calls.items():
        stops.sort()
        if len(stops) > 1 and between[0] * 60 <= stops[0][3] < between[1] * 60:
            rides = [after[2] - before[3] for before, after in pairwise(stops)]
            alike[route[trip], tuple(s[1] for s in stops)].append(rides)
    found = []
    for number, ((name, stations), trips) in enumerate(sorted(alike.items()), start=1):
        minutes = tuple(max(0.0, float(median(rides))) for rides in zip(*trips, strict=True))
        headway = (between[1] - between[0]) * 60 / len(trips)
        found.append(Line(f"{name}#{number}", stations, minutes, headway, back=False))
    return found


def _services(base: Path, on: date) -> set[str]:
    day, stamp = _DAYS[on.weekday()], on.strftime("%Y%m%d")
    found = {
        row["service_id"]
        for row in _rows(base / "calendar.txt")
        if row.get(day) == "1" and row["start_date"] <= stamp <= row["end_date"]
    }
    for row in _rows(base / "calendar_dates.txt"):
        if row["date"] == stamp:
            (found.add if row["exception_type"] == "1" else found.discard)(row["service_id"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


def _minutes(text: str) -> float:
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return hours * 60 + minutes + seconds / 60
