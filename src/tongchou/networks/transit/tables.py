"""Lines of a plain table: one row a station in order, with the minutes to the next and the headway of the line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
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


def is_line_table(columns: dict[str, Any]) -> bool:
    """Return whether a table is one of lines rather than of edges."""
    return find(NAMES["line"], columns) is not None and find(NAMES["station"], columns) is not None


def read_lines(path: Path | str) -> list[Line]:
    """Return the lines of a table; the minutes of a line's last station are not looked at."""
    file = Path(path)
    held = read_columns(file)
    named = {what: find(names, held) for what, names in NAMES.items()}
    missing = [what for what in ("line", "station", "minutes", "headway") if named[what] is None]
    if missing:
        raise ProblemsError(codes.NO_COLUMN.at(file.name, what=w, names="、".join(NAMES[w])) for w in missing)
    table = {what: np.ma.asarray(held[own]) for what, own in named.items() if own is not None}
    names = np.ma.filled(table["line"].astype(np.str_), "")
    problems: list[Problem] = []
    found = []
    for name in dict.fromkeys(names.tolist()):
        rows = np.flatnonzero(names == name)
        minutes = []
        for i in rows:
            given = {"station": table["station"][i], "headway": table["headway"][i]}
            if i != rows[-1]:
                given["minutes"] = table["minutes"][i]
            gaps = [what for what, value in given.items() if value is np.ma.masked]
            problems += [codes.NO_VALUE.at(f"{file.name} row {i + 1}", what=what) for what in gaps]
            if "minutes" in given and not gaps:
                minutes.append(float(given["minutes"]))
        if problems:
            continue
        stations = tuple(str(table["station"][i]) for i in rows)
        found.append(
            Line(name, stations, tuple(minutes), float(table["headway"][rows[0]]), opens=_day(table, int(rows[0])))
        )
    if problems:
        raise ProblemsError(problems)
    return found


def _day(table: dict[str, Any], row: int) -> date | None:
    value = table["opens"][row] if "opens" in table else np.ma.masked
    if value is np.ma.masked or str(value) in ("", "NaT"):
        return None
    return datetime.fromisoformat(str(value)[:10]).date()
