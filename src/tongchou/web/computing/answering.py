"""An answer as its page shows it: period by period sentences, tables, checks, what is missing; and the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.rules import codes, words
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.standing import standing, warning
from tongchou.web.computing.checks import Check, checks
from tongchou.web.computing.tables import Grid, distinct, grids, rows_of

_SENTENCES = 12
_FEW_SENTENCES = 4
_MOST_SENTENCES = 60
_MOST_PROBLEMS = 100
_NARROW = 6  # columns of a table


@dataclass(frozen=True, slots=True)
class PeriodShown:
    """What a rule gave for one period; sentences beyond a screenful stand apart."""

    code: str
    label: Text
    sentences: tuple[Text, ...]
    more_sentences: tuple[Text, ...]
    untold: int
    grids: tuple[Grid, ...]
    checks: tuple[Check, ...]
    withheld: tuple[Problem, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether its tables leave room for the map beside them."""
        return all(grid.width <= _NARROW for grid in self.grids)


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """All periods, the last one first, and what was told while computing."""

    periods: tuple[PeriodShown, ...]
    warning: Text
    standing: Text
    problems: tuple[Text, ...]
    more_problems: int


def answer_shown(answer: Answer, *, all_steps: bool) -> AnswerShown:
    """Return an answer as its page shows it."""
    result, names = answer.result, answer.names
    periods = sorted(set(result.table.periods), key=Period.parse, reverse=True)
    told = [p for p in result.problems if p.code != codes.WITHHELD.code]
    said = list(dict.fromkeys(_named(p.message, names) for p in told))
    return AnswerShown(
        tuple(_period(result, names, code, all_steps=all_steps) for code in periods),
        warning(result),
        standing(result),
        tuple(said[:_MOST_PROBLEMS]),
        max(0, len(said) - _MOST_PROBLEMS),
    )


def _period(result: Result, names: Mapping[str, Text], period: str, *, all_steps: bool) -> PeriodShown:
    rows = distinct(result, rows_of(result, period), _told_apart(result.rule))
    said = list(dict.fromkeys(words.says(result, i, names.get(result.table.places[i])) for i in rows[:_MOST_SENTENCES]))
    said = [_named(one, names) for one in said]
    # A county each is a page; a county and industry each is what the table is for.
    most = _SENTENCES if len(said) <= _SENTENCES else _FEW_SENTENCES
    shown = Period.parse(period)
    where = f"{result.rule.id} {period}"
    return PeriodShown(
        period,
        Text(shown.label(), shown.label("en")),
        tuple(said[:most]),
        tuple(said[most:]),
        max(0, len(rows) - _MOST_SENTENCES),
        tuple(grids(result, names, period, all_steps=all_steps)),
        tuple(checks(result, period)),
        tuple(p for p in result.problems if p.code == codes.WITHHELD.code and p.where == where),
    )


def _told_apart(rule: Rule) -> tuple[str, ...]:
    """Return the keys that tell the rule's sentences apart: those of everything a sentence names."""
    says, declared = rule.declared.says, rule.declared
    named = {name for words_ in (says.zh, says.en) for name in re.findall(r"{(\w+)}", words_)}
    keys: set[str] = set(rule.rows) if "place" in named else named & set(rule.rows)
    for name in named & {*declared.inputs, *declared.columns}:
        keys |= set(rule.keys(name))
    return tuple(key for key in rule.rows if key in keys)


def _named(text: Text, names: Mapping[str, Text]) -> Text:
    """Put names where a message has place codes; longer codes first, for a joined one begins with a plain one."""
    zh, en = text.zh, text.en
    for code in sorted((c for c in names if c in zh or c in en), key=len, reverse=True):
        # A code that is also its own name, or a single letter, says what it means already.
        if len(code) > 2:
            zh, en = zh.replace(code, names[code].zh), en.replace(code, names[code].en)
    return Text(zh, en)
