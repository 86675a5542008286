"""The tables of a GTFS folder as text, with every file and column that is missing told at once.

Stop times, which may be larger than memory, are in :mod:`tongchou.networks.transit.calls`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.cells import header_of

Row = dict[str, str]
CALLS = "stop_times.txt"
_CALENDAR = "service_id monday tuesday wednesday thursday friday saturday sunday start_date end_date"
_FILES = {
    "trips.txt": "route_id service_id trip_id",
    CALLS: "trip_id arrival_time departure_time stop_id stop_sequence",
    "calendar.txt": _CALENDAR,
    "calendar_dates.txt": "service_id date exception_type",
    "frequencies.txt": "trip_id start_time end_time headway_secs",
    "transfers.txt": "from_stop_id to_stop_id",
    "stops.txt": "stop_id",
}
_RUNS = ("trips.txt", "calendar.txt", "calendar_dates.txt", "frequencies.txt")
_NEEDED = ("trips.txt", CALLS)


def feed(folder: Path) -> dict[str, list[Row]]:
    """Return the tables that tell what runs when, no rows of one that is not there and need not be."""
    problems: list[Problem] = [codes.NO_FILE.at(name) for name in _NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in ("calendar.txt", "calendar_dates.txt")):
        problems.append(codes.NO_FILE.at("calendar.txt"))
    tables = {name: _rows(folder / name, problems) for name in _RUNS}
    if (folder / CALLS).is_file():
        try:
            problems += _missing(CALLS, header_of(folder / CALLS))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return tables


def table(folder: Path, name: str) -> list[Row]:
    """Return the rows of one table, none where it is not there."""
    problems: list[Problem] = []
    rows = _rows(folder / name, problems)
    if problems:
        raise ProblemsError(problems)
    return rows


def minutes_of(text: str) -> float | None:
    """Return a time of day (hours:minutes:seconds) in minutes, ``None`` for none; raise ``ValueError`` for no time."""
    if not text:
        return None
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    if hours < 0 or not (0 <= minutes < 60 and 0 <= seconds < 60):
        raise ValueError(text)
    return hours * 60 + minutes + seconds / 60


def _rows(path: Path, problems: list[Problem]) -> list[Row]:
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = csv.DictReader(file, restval="")
            names = [(name or "").strip() for name in read.fieldnames or ()]
            read.fieldnames = names
            rows = [{key: str(value).strip() for key, value in row.items() if key} for row in read]
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(file_codes.UNREADABLE.at(path.name, reason=str(error)))
        return []
    problems += _missing(path.name, names)
    return rows


def _missing(name: str, columns: Sequence[str]) -> list[Problem]:
    return [codes.NO_COLUMN.at(name, what=c, names=c) for c in _FILES[name].split() if c not in columns]
