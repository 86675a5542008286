"""Edge tables of files; all that is wrong with one is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.cells import numbers_of
from tongchou.networks.columns import find, read_columns
from tongchou.networks.graph import Floats, Graph, Ints, graph

#: What a column may be called; ``columns`` of :func:`read_edges` names others.
NAMES: Mapping[str, tuple[str, ...]] = {
    "tail": ("from", "tail", "source", "u", "起点"),
    "head": ("to", "head", "target", "v", "终点"),
    "minutes": ("minutes", "time", "时间"),
    "kilometres": ("kilometres", "length", "km", "长度"),
    "speed": ("speed", "kph", "速度"),
    "one_way": ("one_way", "oneway", "单行"),
    "mode": ("mode", "方式"),
}
DECIMALS = 3  # of minutes kept: 60 milliseconds, and every sum of them exact
_MOST = 20
_YES = ["true", "yes", "1", "1.0", "t", "y", "是"]
_NO = ["false", "no", "0", "0.0", "f", "n", "否", ""]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges as given: ids of both ends, minutes, whether one way only, and the mode of each ("" where not told)."""

    tails: NDArray[Any]
    heads: NDArray[Any]
    minutes: Floats
    one_way: NDArray[np.bool_]
    modes: NDArray[np.str_]

    def graph(self, decimals: int | None = DECIMALS) -> Graph:
        """Return the graph of these edges, minutes rounded to ``decimals`` (``None``: as they are)."""
        return graph(self.tails, self.heads, self.minutes, one_way=self.one_way, decimals=decimals)


def read_edges(path: Path | str, columns: Mapping[str, str] | None = None, *, layer: str | None = None) -> Edges:
    """Return the edges of a table: from, to, and minutes, or kilometres and speed (km/h); one way and mode if there.

    ``columns`` says what the columns of this file are called, by the names of :data:`NAMES`; ``layer`` which table of
    a GeoPackage. Raises :class:`ProblemsError` with every column missing and every row that cannot be travelled.
    """
    file = Path(path)
    own = {(columns or {}).get(what, "").lower() for what in ("tail", "head")}
    held = read_columns(file, layer, (*NAMES["tail"], *NAMES["head"], *own))
    named = {what: find(NAMES[what], held, (columns or {}).get(what)) for what in NAMES}
    missing = [what for what in ("tail", "head") if named[what] is None]
    if named["minutes"] is None:
        missing += [what for what in ("kilometres", "speed") if named[what] is None]
    missing += [what for what, own in (columns or {}).items() if own not in held and what not in missing]
    if missing:
        raise ProblemsError(
            codes.NO_COLUMN.at(file.name, what=what, names="、".join(NAMES.get(what, (what,)))) for what in missing
        )
    table = {what: held[own] for what, own in named.items() if own is not None}
    minutes, problems = _minutes(table, file.name)
    if not minutes.size:
        problems.append(codes.NO_EDGES.at(file.name))
    one_way = np.zeros(minutes.size, dtype=np.bool_)
    if "one_way" in table:
        one_way, unclear = _yes(table["one_way"])
        problems += [
            file_codes.NOT_YES_NO.at(f"{file.name} row {i + 1}", value=table["one_way"][i]) for i in unclear[:_MOST]
        ]
    ends = []
    for what in ("tail", "head"):
        ids = np.ma.asarray(table[what])
        gaps = np.flatnonzero(np.ma.getmaskarray(ids))
        problems += [codes.NO_VALUE.at(f"{file.name} row {i + 1}", what=what) for i in gaps[:_MOST]]
        filled = np.ma.getdata(ids)
        ends.append(filled if np.issubdtype(filled.dtype, np.integer) else filled.astype(np.str_))
    if problems:
        raise ProblemsError(problems)
    modes = np.ma.filled(table["mode"].astype(np.str_), "") if "mode" in table else np.zeros(minutes.size, dtype="<U1")
    return Edges(ends[0], ends[1], minutes, one_way, np.asarray(modes))


def _minutes(table: Mapping[str, Any], name: str) -> tuple[Floats, list[Problem]]:
    """Return the minutes of every row, and what is wrong with what they are told by."""
    if "minutes" in table:
        return _costs(table, "minutes", name)
    speed = numbers_of(table["speed"])
    slow = np.flatnonzero(~(speed > 0))
    length, problems = _costs(table, "kilometres", name)
    with np.errstate(divide="ignore", invalid="ignore"):
        given = 60.0 * length / speed
    return given, [
        *(codes.NO_SPEED.at(f"{name} row {i + 1}", speed=_told(table["speed"], i)) for i in slow[:_MOST]),
        *problems,
    ]


def _costs(table: Mapping[str, Any], what: str, name: str) -> tuple[Floats, list[Problem]]:
    given = numbers_of(table[what])
    bad = np.flatnonzero(~(np.isfinite(given) & (given >= 0)))
    ends = (table["tail"], table["head"])
    return given, [
        codes.BAD_COST.at(
            f"{name} row {i + 1}", edge=i + 1, tail=ends[0][i], head=ends[1][i], cost=_told(table[what], i)
        )
        for i in bad[:_MOST]
    ]


def _told(column: Any, row: int) -> Any:
    """Return what stands in a cell."""
    value = np.ma.asarray(column)[row]
    return "—" if value is np.ma.masked else value


def _yes(column: Any) -> tuple[NDArray[np.bool_], Ints]:
    """Return which cells say yes, and the rows that say neither; empty is no."""
    values = np.ma.filled(np.ma.asarray(column), 0)
    if values.dtype.kind in "biuf":
        numbers = values.astype(np.float64)
        return np.asarray(numbers == 1), np.flatnonzero((numbers != 0) & (numbers != 1))
    words = np.char.lower(np.char.strip(values.astype(np.str_)))
    yes, no = np.isin(words, _YES), np.isin(words, _NO)
    return np.asarray(yes), np.flatnonzero(~yes & ~no)
