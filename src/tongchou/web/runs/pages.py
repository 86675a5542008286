"""What the page of a run shows of its result: the same tables as the rule's own page, from the record alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.rule import Rule
from tongchou.web.computing.answering import answer_shown
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.computing.settings_form import exact
from tongchou.web.runs.computing import Held, opened
from tongchou.web.runs.models import Record, Run


@dataclass(frozen=True, slots=True)
class Asked:
    """What the templates of results want to know of the question."""

    period: str
    all_steps: bool
    typed: tuple[tuple[str, str], ...] = ()


def titles(region: str) -> dict[str, Text]:
    """Return what each rule is called."""
    return {id_: rule.declared.title.text() for id_, rule in rules_of(region)[0].rules.items()}


def result_context(request: HttpRequest, kept: Record, region: str, workings: str) -> dict[str, Any]:
    """Return what ``runs/result.html`` shows of a record; ``workings`` is where its numbers lead.

    Where the record was altered the problems are there instead.
    """
    try:
        held = opened(kept, region)
    except ProblemsError as error:
        return {"answer": None, "problems": error.problems}
    all_steps = request.GET.get("steps") == "all"
    return {
        "held": held,
        "rule": held.result.rule,
        "answer": answer_shown(held.answer, all_steps=all_steps),
        "question": Asked("", all_steps),
        "query": "",
        "steps_query": "" if all_steps else "steps=all",
        "workings_address": workings,
        "is_same": held.is_same,
        "parameters_used": parameters_used(held),
        "drawing": None,
    }


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """A parameter as a run used it: value, paper, and whether it was tried for this run."""

    label: Text
    unit: str
    period: Text
    value: str
    paper: str
    source: Text
    is_assumed: bool
    is_tried: bool


def parameters_used(held: Held) -> list[ParameterUsed]:
    """Return the parameters of a record, period by period, each with its paper; those alike are told once."""
    found: list[ParameterUsed] = []
    declared = held.result.rule.declared.parameters
    for name, by_period in held.data["parameters"].items():
        last: Any = None
        for code in sorted(by_period):
            dated = by_period[code]
            if dated == last:
                continue
            last, value = dated, dated["value"]
            said = "；".join(f"{k} {exact(v)}" for k, v in value.items()) if isinstance(value, dict) else exact(value)
            found.append(
                ParameterUsed(
                    declared[name].label.text(),
                    declared[name].unit,
                    period_words(code),
                    said,
                    dated["paper"],
                    Text(dated["source"]["zh"], dated["source"]["en"]),
                    dated["assumed"],
                    dated["from"].startswith("0001"),
                )
            )
    return found


def period_words(code: str) -> Text:
    """Return a period in words."""
    held = Period.parse(code)
    return Text(held.label(), held.label("en"))


def periods_words(run: Run) -> Text:
    """Return the periods of a run in words."""
    held = [period_words(code) for code in run.periods]
    return Text("、".join(p.zh for p in held), ", ".join(p.en for p in held))


def settings_tried(rule: Rule, run: Run) -> list[tuple[Text, str, str]]:
    """Return the values tried in a run: what, value, unit."""
    found = []
    for name, value in run.settings.items():
        bare, _, code = name.partition(".")
        item = rule.declared.parameters.get(bare)
        label = item.label.text() if item is not None else Text(bare, bare)
        found.append(
            (
                Text(f"{label.zh}{code and f'（{code}）'}", f"{label.en} {code}".strip()),
                exact(value),
                item.unit if item else "",
            )
        )
    return found


def address(run: Run) -> str:
    """Return where a run is shown."""
    return reverse("runs:run", args=[run.pk])
