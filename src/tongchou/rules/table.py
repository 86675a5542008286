"""Figures as a rule takes them: one row for each place and period, missing numbers as NaN, status beside value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes
from tongchou.rules.keys import JOIN
from tongchou.rules.rows import Arranged, arrange

Numbers = NDArray[np.float64]
Levels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures. ``values[name]`` and ``status[name]`` have one entry a row; ``sources[name]`` may.

    ``keys`` holds the parts of the place codes where a rule has several keys; without it they are split at ``|``.
    """

    places: tuple[str, ...]
    periods: tuple[str, ...]
    values: Mapping[str, Numbers]
    status: Mapping[str, Levels]
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    order: Arranged | None = field(default=None, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.places)

    def arranged(self) -> Arranged:
        """Return the order rows are computed in, worked out when the table was made and its rows are still these."""
        held = self.order
        if held is not None and held.places is self.places and held.periods is self.periods:
            return held
        return arrange(self.places, self.periods)


def table(
    places: Sequence[str],
    periods: Sequence[str],
    values: Mapping[str, ArrayLike],
    status: Mapping[str, Sequence[Status]] | Status = Status.ASSUMED,
    sources: Mapping[str, Sequence[str]] | None = None,
    problems: Sequence[Problem] = (),
    keys: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """Return a checked :class:`Table`. Infinite values are refused; NaN (or ``None``) is a missing number.

    Where a rule has several keys, either ``places`` are joined codes (``140105|C``), or they are left empty and
    ``keys`` gives the parts.

    Raises :class:`ProblemsError` for repeated rows, wrong lengths and periods that cannot be read.
    """
    found: list[Problem] = []
    if keys and not len(places):
        places = [JOIN.join(parts) for parts in zip(*keys.values(), strict=True)]
    rows = len(places)
    if len(periods) != rows:
        found.append(codes.SHAPE.at("period", name="period", found=len(periods), expected=rows))
        raise ProblemsError(found)
    order = arrange(tuple(places), tuple(periods))
    for code in order.codes:
        try:
            Period.parse(code)
        except ValueError as error:
            found.append(codes.BAD_FIELD.at("period", field="period", reason=str(error)))
    for row in order.repeated.tolist():
        place, period = places[row], periods[row]
        found.append(codes.REPEATED_ROW.at(f"{place} {period}", place=place, period=period))
    columns: dict[str, Numbers] = {}
    levels: dict[str, Levels] = {}
    for name, given in values.items():
        column = np.array(given, dtype=np.float64)
        if column.shape != (rows,):
            found.append(codes.SHAPE.at(name, name=name, found=column.size, expected=rows))
            continue
        if np.isinf(column).any():
            found.append(codes.BAD_FIELD.at(name, field=name, reason="∞"))
        columns[name] = column
        words = status if isinstance(status, Status) else status.get(name, Status.ASSUMED)
        level = np.full(rows, words, dtype=np.int8) if isinstance(words, Status) else np.array(words, dtype=np.int8)
        if level.shape != (rows,):
            found.append(codes.SHAPE.at(name, name=f"{name} status", found=level.size, expected=rows))
            continue
        levels[name] = level
    if found:
        raise ProblemsError(found)
    named = {name: tuple(each) for name, each in (sources or {}).items()}
    parts = {key: tuple(each) for key, each in (keys or {}).items()}
    return Table(order.places, order.periods, columns, levels, named, parts, tuple(problems), order)
