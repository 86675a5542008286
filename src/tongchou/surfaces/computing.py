"""Computing a rule as a person asks for it: figures of a region or a file, parameters in force, values set for once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tongchou.catalogue import Catalogue, of_package
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.rules import codes
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.figures import figures, periods_held, usual_period
from tongchou.rules.parameters import Parameters
from tongchou.rules.rows_given import Book
from tongchou.rules.rule import Rule
from tongchou.surfaces.row_names import row_names

#: Who a value is said to be set by when a person gives it for one run.
BY_HAND = "本次计算 this run"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compute. Without ``periods`` the last one held that is no plan; ``settings`` are values for this run.

    A setting is ``name`` → number, or ``name.code`` → number where a parameter has one for each code.
    """

    rule: str
    region: Region
    periods: Sequence[str] = ()
    base: str | None = None
    own: Sequence[Book] = ()
    settings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A result, what its rows are called, and the parameters it was computed with."""

    result: Result
    names: dict[str, Text]
    region: Region
    parameters: Parameters


def catalogue_of(region: Region) -> Catalogue:
    """Return the built-in rules and parameters with those of a region; raise :class:`ProblemsError`."""
    return of_package(Path(region.folder) if region.folder else None)


def compute(asked: Asked, catalogue: Catalogue | None = None) -> Answer:
    """Return the result of what is asked; raise :class:`ProblemsError` with everything that keeps it from computing."""
    held = catalogue or catalogue_of(asked.region)
    rule = held.rule(asked.rule)
    periods = tuple(asked.periods)
    given = {period for book in asked.own for _, period in book.rows}
    if not periods:
        periods = tuple(sorted(given))[-1:] or usual_period(periods_held(rule, asked.region), asked.region)
    if not periods:
        raise ProblemsError([codes.NO_ROWS.at(rule.id, period="—", held="—")])
    periods = _with_parts(
        periods, {p for book in asked.own for _, p in book.rows} | {*periods_held(rule, asked.region)}
    )
    day = min(Period.parse(code).start for code in periods)
    in_force = with_settings(rule, held.parameters[rule.id], asked.settings, day)
    table = figures(rule, asked.region, periods, asked.base, asked.own)
    result = evaluate(rule, table, in_force)
    return Answer(result, row_names(rule, result.keys, asked.region), asked.region, in_force)


def _with_parts(periods: Sequence[str], held: Collection[str]) -> tuple[str, ...]:
    """Return the periods asked for; one without rows of its own stands for those inside it (a year for its months)."""
    found: dict[str, None] = {}
    for code in periods:
        span = Period.parse(code)
        inside = sorted(c for c in held if span.start <= Period.parse(c).start and Period.parse(c).end <= span.end)
        found |= dict.fromkeys([code] if code in held or not inside else inside)
    return tuple(found)


def with_settings(
    rule: Rule, parameters: Parameters, settings: Mapping[str, float], day: date | None = None
) -> Parameters:
    """Return the parameters with values set for this run.

    Where one code of a table is set, the others stay as they are in force on ``day`` (the newest without one).
    """
    problems: list[Problem] = []
    values: dict[str, float] = {}
    tables: dict[str, dict[str, float]] = {}
    for name, value in settings.items():
        bare, _, code = name.partition(".")
        declared = rule.declared.parameters.get(bare)
        if declared is None:
            known = "、".join(rule.declared.parameters)
            problems.append(codes.UNKNOWN_PARAMETER.at(f"${bare}", name=bare, known=known))
        elif (declared.by is None) != (code == ""):
            example = f"{bare}=1" if declared.by is None else f"{bare}.CODE=1"
            problems.append(codes.NOT_A_SETTING.at(f"${bare}", text=name, example=example))
        elif code:
            dated = [d for d in parameters.values.get(bare, ()) if day is None or d.start <= day]
            before = dated[-1].value if dated else {}
            tables.setdefault(bare, dict(before) if isinstance(before, Mapping) else {})[code] = value
        else:
            values[bare] = value
    if problems:
        raise ProblemsError(problems)
    return parameters.given(BY_HAND, **values, **tables) if values or tables else parameters
