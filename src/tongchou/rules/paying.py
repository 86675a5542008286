"""The movements of money a run orders: its settled column, row by row, in whole fen, from payer to payee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.units import factor
from tongchou.rules import codes
from tongchou.rules.declaration import Declaration, Pays, Side
from tongchou.rules.dependence import declared_keys
from tongchou.rules.keys import split

# A number that came of adding up settled amounts is off a whole fen by rounding of the machine only.
_CLOSE = 1e-3


@dataclass(frozen=True, slots=True)
class End:
    """One end of a movement: the city, a fund by its Chinese name, or what a row's key names by its code."""

    kind: Literal["city", "fund", "key"]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """``fen`` above zero going from ``payer`` to ``payee`` for one row (``place``) of one ``period``."""

    period: str
    place: str
    payer: End
    payee: End
    fen: int


def pays_of(run: Mapping[str, Any]) -> Pays | None:
    """Return how the rule of a run record moves money, ``None`` where it moves none."""
    given = run["rule"]["declaration"].get("pays")
    return Pays.model_validate(given) if given is not None else None


def movements(run: Mapping[str, Any]) -> tuple[Movement, ...]:
    """Return what a run record (``tongchou.run/1``) orders to be paid; a negative amount goes the other way, 0 nowhere.

    A rule that moves no money orders nothing. Raises :class:`ProblemsError` where a row has no amount or one that is
    no whole fen: a list of payments with a gap is none.
    """
    pays = pays_of(run)
    if pays is None:
        return ()
    declared = Declaration.model_validate(run["rule"]["declaration"])
    keys = declared_keys(declared, pays.column)
    rows = declared.per[:-1]
    per_unit = factor(declared.columns[pays.column].unit, "分")
    found: dict[tuple[str, ...], Movement | None] = {}
    problems: list[Problem] = []
    for place, period, value in zip(run["places"], run["periods"], run["steps"][pays.column]["values"], strict=True):
        parts = dict(zip(rows, split(place, len(rows)), strict=True))
        own = (period, *(parts[key] for key in rows if key in keys))
        if own in found:  # the same number stands in every row alike in the column's own keys
            continue
        found[own] = None
        at = f"{'|'.join(own[1:])} {period}"
        if value is None:
            problems.append(codes.NO_AMOUNT.at(at, what=declared.columns[pays.column].label.text()))
            continue
        fen = round(value * per_unit)
        if abs(value * per_unit - fen) > _CLOSE:
            problems.append(codes.NOT_WHOLE_FEN.at(at, value=value))
            continue
        ends = _end(pays.payer, parts), _end(pays.payee, parts)
        payer, payee = ends if fen >= 0 else ends[::-1]
        found[own] = Movement(period, "|".join(own[1:]), payer, payee, abs(fen)) if fen else None
    if problems:
        raise ProblemsError(problems)
    return tuple(one for one in found.values() if one is not None)


def _end(side: Side, parts: Mapping[str, str]) -> End:
    if side.key is not None:
        return End("key", parts[side.key])
    return End("fund", side.fund.zh) if side.fund is not None else End("city")
