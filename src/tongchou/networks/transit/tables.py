"""Lines of a plain table: one row a station in order, with the minutes to the next and the headway of the line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.cells import numbers_of
from tongchou.networks.columns import find, read_columns
from tongchou.networks.transit.lines import Line

#: What a column may be called; ``opens`` may be missing.
NAMES = {
    "line": ("line", "线路"),
    "station": ("station", "stop", "车站"),
    "minutes": ("minutes", "分钟"),
    "headway": ("headway", "间隔"),
    "opens": ("opens", "开通"),
}


def is_line_table(names: Iterable[str]) -> bool:
    """Return whether a table with columns of these names is one of lines rather than of edges."""
    held = dict.fromkeys(names)
    return find(NAMES["line"], held) is not None and find(NAMES["station"], held) is not None


def read_lines(path: Path | str) -> list[Line]:
    """Return the lines of a table; the minutes of a line's last station are not looked at.

    Raises :class:`ProblemsError` with everything missing or wrong, a headway or day told in two ways among it.
    """
    file = Path(path)
    held = read_columns(file, ids=(*NAMES["line"], *NAMES["station"]))
    named = {what: find(names, held) for what, names in NAMES.items()}
    missing = [what for what in ("line", "station", "minutes", "headway") if named[what] is None]
    if missing:
        raise ProblemsError(codes.NO_COLUMN.at(file.name, what=w, names="、".join(NAMES[w])) for w in missing)
    table = {what: np.ma.asarray(held[own]) for what, own in named.items() if own is not None}
    numbers = {what: numbers_of(table[what]) for what in ("minutes", "headway")}
    names = np.ma.filled(table["line"].astype(np.str_), "")
    problems: list[Problem] = []
    found = []
    for name in dict.fromkeys(names.tolist()):
        rows = np.flatnonzero(names == name)
        told = len(problems)
        for i in rows:
            at = f"{file.name} row {i + 1}"
            wanted = ("line", "station", "headway", *(("minutes",) if i != rows[-1] else ()))
            problems += [codes.NO_VALUE.at(at, what=what) for what in wanted if table[what][i] is np.ma.masked]
            problems += [
                codes.OUT_OF_RANGE.at(at, what=what, low=0, found=table[what][i])
                for what in wanted
                if what in numbers and table[what][i] is not np.ma.masked and not 0 <= numbers[what][i] < np.inf
            ]
        headways = numbers["headway"][rows]
        problems += [
            file_codes.TOLD_TWICE.at(f"{file.name} row {i + 1}", what="headway", line=name, row=rows[0] + 1)
            for i in rows[np.isfinite(headways) & np.isfinite(headways[0]) & (headways != headways[0])]
        ]
        opens = [_day(table, int(i), file.name, problems) for i in rows]
        if len(problems) > told:
            continue
        stations = tuple(str(table["station"][i]) for i in rows)
        minutes = tuple(numbers["minutes"][rows[:-1]].tolist())
        found.append(Line(name, stations, minutes, float(headways[0]), opens=opens[0]))
    if not len(names):
        problems.append(codes.NO_EDGES.at(file.name))
    if problems:
        raise ProblemsError(problems)
    return found


def _day(table: dict[str, Any], row: int, file: str, problems: list[Problem]) -> date | None:
    value = table["opens"][row] if "opens" in table else np.ma.masked
    if value is np.ma.masked or str(value) in ("", "NaT"):
        return None
    try:
        return datetime.fromisoformat(str(value)[:10]).date()
    except ValueError:
        problems.append(file_codes.NO_DAY.at(f"{file} row {row + 1}", value=value))
        return None
