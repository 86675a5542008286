"""Computing what is asked, and kept for a while: a page, its files and its workings ask the same."""

from __future__ import annotations

from functools import lru_cache

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.attribution import attribute
from tongchou.surfaces.changes import Compared, unit_names, warning_of
from tongchou.surfaces.computing import Answer, Asked, compute
from tongchou.web import codes
from tongchou.web.computing.catalogue import bases, rules_of
from tongchou.web.computing.questions import IN_FORCE, Question
from tongchou.web.figures.store import region_as_of, version

Settings = tuple[tuple[str, float], ...]


@lru_cache(maxsize=64)
def _answer(
    region: str, stamp: str, rule: str, periods: tuple[str, ...], base: str | None, settings: Settings
) -> Answer:
    asked = Asked(rule, region_as_of(region), periods, base, (), dict(settings))
    return compute(asked, rules_of(region)[0])


@lru_cache(maxsize=32)
def _compared(
    region: str, stamp: str, rule: str, period: str, base: str | None, settings: Settings, against: str
) -> Compared:
    other = period if against == IN_FORCE else against
    before = _answer(region, stamp, rule, (other,), base, () if against == IN_FORCE else settings)
    after = _answer(region, stamp, rule, (period,), base, settings)
    names: dict[str, Text] = {**before.names, **after.names}
    both = (before.result, after.result)
    change = attribute(before.result, after.result, periods=(other, period), names=names)
    return Compared(change, unit_names(change, after.region), ("", ""), warning_of(both))


def base_in_use(region: str, question: Question) -> str | None:
    """Return the population base a question is answered on: the one it names, else the usual one."""
    return question.base or bases(region, question.rule, question.every_period).usual


def answer(region: str, question: Question) -> Answer:
    """Return the answer; raise :class:`ProblemsError` with everything wrong with what was asked and what it meets."""
    problems = list(question.problems)
    found: Answer | None = None
    if question.periods:
        try:
            base = base_in_use(region, question)
            found = _answer(region, version()[0], question.rule, question.periods, base, question.settings)
        except ProblemsError as error:
            problems += error.problems
    elif not problems:
        problems.append(codes.NO_FIGURES.at("period"))
    if problems or found is None:
        raise ProblemsError(dict.fromkeys(problems))
    return found


def compared(region: str, question: Question) -> Compared:
    """Return the change asked for; raise :class:`ProblemsError`, placed at the field ``against``."""
    try:
        base = base_in_use(region, question)
        stamp = version()[0]
        return _compared(region, stamp, question.rule, question.period, base, question.settings, question.against)
    except ProblemsError as error:
        raise ProblemsError(Problem(p.code, "against", p.message, p.hint, p.severity) for p in error.problems) from None
