"""A worked case: a few rows done by hand, which is a test of a rule and a page of its manual."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from tongchou.kernel.declared import CodeText, Model, Name, Number, Words, read_model
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes
from tongchou.rules import parameters as dated
from tongchou.rules.declaration import RuleId
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule
from tongchou.rules.table import table

_CLOSE = 1e-9


def _period(code: str) -> str:
    Period.parse(code)
    return code


class Case(Model):
    """What is given, by row and input; the parameters; how it is done by hand; what comes out, by column and row.

    ``within`` is the relative difference a published number may have from ours, for its rounding.
    """

    title: Words
    rule: RuleId
    on: Annotated[str, AfterValidator(_period)]
    given: Annotated[dict[CodeText, dict[Name, Number | None]], Field(min_length=1)]
    parameters: dict[Name, Number | dict[CodeText, Number]] = Field(default_factory=dict)
    by_hand: Words | None = None
    expect: Annotated[dict[Name, dict[CodeText, Number | None]], Field(min_length=1)]
    within: Annotated[float, Field(gt=0)] | None = None
    source: str = ""
    origin: str = ""
    caveat: str = ""


def load(path: Path, file: str | None = None) -> Case:
    """Return the case a file holds; raise :class:`ProblemsError` with everything wrong with its form."""
    return read_model(Case, path, file or path.name)[0]


def compute(case: Case, rule: Rule) -> Result:
    """Return what the rule gives for a case; raise :class:`ProblemsError` when it cannot be computed."""
    problems = [
        codes.UNKNOWN_INPUT.at(place, name=name, known="、".join(rule.declared.inputs))
        for place, row in case.given.items()
        for name in row
        if name not in rule.declared.inputs
    ]
    if problems:
        raise ProblemsError(problems)
    values = {name: [_number(row.get(name)) for row in case.given.values()] for name in rule.declared.inputs}
    figures = table(list(case.given), [case.on] * len(case.given), values)
    return evaluate(rule, figures, dated.none(rule).given("case", **case.parameters))


def differences(case: Case, rule: Rule, file: str) -> list[Problem]:
    """Return where what comes out is not what was done by hand."""
    try:
        result = compute(case, rule)
    except ProblemsError as error:
        return [Problem(p.code, f"{file} {p.where}", p.message, p.hint, p.severity) for p in error.problems]
    problems = []
    for column, by_place in case.expect.items():
        for place, value in by_place.items():
            at = f"{file} {column} {place}"
            if column not in result.values or place not in result.table.places:
                problems.append(codes.UNDEFINED.at(at, name=f"{column} {place}", known="、".join(result.values)))
                continue
            found, expected = float(result.values[column][result.table.places.index(place)]), _number(value)
            if not np.isclose(found, expected, rtol=case.within or _CLOSE, atol=_CLOSE, equal_nan=True):
                told = {"column": column, "place": place, "expected": _word(expected), "found": _word(found)}
                problems.append(codes.CASE_DIFFERS.at(at, **told))
    return problems


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _word(value: float) -> str:
    return "缺 missing" if np.isnan(value) else f"{value:.12g}"
