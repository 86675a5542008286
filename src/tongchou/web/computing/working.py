"""The form of a rule and what it gave, put together for the page: problems at their fields, result, map, change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.surfaces.computing import Answer
from tongchou.web.computing.answering import answer_shown
from tongchou.web.computing.answers import answer, base_in_use, compared
from tongchou.web.computing.board import board, drawable
from tongchou.web.computing.catalogue import Entry, bases, rules_of
from tongchou.web.computing.changing import change_shown
from tongchou.web.computing.describing import inputs
from tongchou.web.computing.questions import IN_FORCE, Question
from tongchou.web.computing.settings_form import parameters
from tongchou.web.figures.drawings import attached_boundaries, drawing_of, layout_of
from tongchou.web.figures.store import region_as_of

_UNFOLDED = 6  # parameters shown without being asked for


@dataclass(frozen=True, slots=True)
class Work:
    """What the page of a rule shows of its form and result, and every problem with what was asked."""

    context: dict[str, Any]
    problems: tuple[Problem, ...]


def work(name: str, entry: Entry, asked: Question, language: str) -> Work:
    """Return form and result of a question; what keeps it from being answered stands at the fields."""
    region, rule = region_as_of(name), entry.rule
    problems: list[Problem] = []
    found: Answer | None = None
    change = None
    if entry.can_compute or asked.problems or asked.settings:
        try:
            found = answer(name, asked)
            change = change_shown(compared(name, asked)) if asked.against else None
        except ProblemsError as error:
            problems += error.problems
    choices = bases(name, rule.id, asked.every_period).choices if asked.periods else ()
    against = [(code, _label(code)) for code in reversed(entry.periods) if code != asked.period]
    held = {"period": entry.periods, "base": choices, "against": against or rule.declared.parameters}
    fields = {name for name, any_ in held.items() if any_} | {f"${name}" for name in rule.declared.parameters}
    placed = _placed(problems, rule.id, fields)
    context: dict[str, Any] = {
        "placed": placed,
        "elsewhere": placed.get("", []),
        "problems": problems,
        "period_choices": [(code, _label(code), code in asked.periods) for code in entry.periods],
        "base_choices": [(base.id, base.title, base.note) for base in choices],
        "base_used": base_in_use(name, asked) if choices else None,
        "against_choices": against,
        "in_force": IN_FORCE,
        "parameters": parameters(
            rule, rules_of(name)[0].parameters[rule.id], region, asked.period, dict(asked.typed), placed
        ),
        "fold_parameters": len(rule.declared.parameters) > _UNFOLDED and not (asked.typed or problems),
        "inputs": inputs(rule, region, found.result if found is not None else None),
        "query": asked.address(),
        "command": _command(rule.id, region.id, asked.period),
        "change": change,
        "answer": None,
    }
    if found is not None:
        context["answer"] = answer_shown(found, all_steps=asked.all_steps)
        context["steps_query"] = asked.address(steps="" if asked.all_steps else "all")
        context.update(_map(name, found, asked, language))
    return Work(context, tuple(problems))


def _map(name: str, found: Answer, asked: Question, language: str) -> dict[str, Any]:
    result, region = found.result, found.region
    columns = drawable(result, region, asked.period)
    boundaries = attached_boundaries(name)
    layout = None if boundaries or not columns else layout_of(name)
    drawing = drawing_of(layout, boundaries) if columns else None
    if drawing is None:
        return {"drawing": None}
    drawn = asked.drawn if asked.drawn in columns else columns[0]
    return {
        "drawing": drawing,
        "boundaries": boundaries,
        "layout": layout,
        "adjacencies": len(layout.held) + len(layout.lost) if layout else 0,
        "drawn": drawn,
        "drawn_period": _label(asked.period),
        "drawables": [(n, words.called(result.rule, n), asked.address(map=n)) for n in columns],
        "board": board(result, found.names, region, asked.period, drawn, language),
    }


def _placed(problems: list[Problem], rule: str, fields: set[str]) -> dict[str, list[Problem]]:
    """Return the problems by field of the form; those of no field it has under ""."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        # A rule without rows lacks them for the period; a value of one code is shown with its parameter.
        where = "period" if problem.where == rule else problem.where
        where = where.partition(".")[0] if where.startswith("$") else where
        found.setdefault(where if where in fields else "", []).append(problem)
    return found


def _command(rule: str, region: str, period: str) -> Text:
    """Return how the rule is computed on the command line with figures of one's own."""
    said = f"tongchou compute {rule} --region {region}" + (f" --period {period}" if period else "")
    return Text(f"{said} --data 我的数据.xlsx -o 底稿.xlsx", f"{said} --data mine.xlsx -o workings.xlsx")


def _label(code: str) -> Text:
    shown = Period.parse(code)
    return Text(shown.label(), shown.label("en"))
