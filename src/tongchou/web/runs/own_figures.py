"""The figures of a run that are an organisation's own: what it may change when it tries the run with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isclose

from django.http import QueryDict

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.keys import split
from tongchou.rules.result import Result
from tongchou.web import codes as web_codes
from tongchou.web.computing.cells import value_of
from tongchou.web.computing.questions import read_number
from tongchou.web.people.models import Organisation
from tongchou.web.runs import codes
from tongchou.web.runs.computing import Cell, Held

#: Before the name of a figure in a form: ``figure.population.140123.2021``.
FIGURE = "figure."


@dataclass(frozen=True, slots=True)
class Own:
    """One figure of the organisation as the run used it, and what was typed in its place."""

    field: str
    name: str
    place: str
    period: str
    label: Text
    unit: str
    value: float | None
    shown: str
    typed: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def period_label(self) -> Text:
        """The period in words."""
        held = Period.parse(self.period)
        return Text(held.label(), held.label("en"))


def rows_of_own(result: Result, organisation: Organisation) -> list[int]:
    """Return the rows of a result that stand for an organisation: by the place it governs, or by its id."""
    mine = {organisation.place, organisation.pk} - {""}
    count = len(result.rule.rows)
    return [i for i, place in enumerate(result.table.places) if mine & set(split(place, count))]


def own_figures(held: Held, organisation: Organisation, typed: Mapping[str, str] | None = None) -> list[Own]:
    """Return the figures of an organisation's own rows; those the same for the whole city are not its own."""
    result, found = held.result, dict[tuple[str, ...], Own]()
    rule = result.rule
    mine = {organisation.place, organisation.pk} - {""}
    for i in rows_of_own(result, organisation):
        place, period = result.table.places[i], result.table.periods[i]
        parts = dict(zip(rule.rows, split(place, len(rule.rows)), strict=True))
        for name, item in rule.declared.inputs.items():
            keys = rule.keys(name)
            own = tuple(parts[key] for key in keys)
            if not mine & set(own) or (name, period, *own) in found:
                continue
            value = value_of(result, name, i)
            known = None if value != value else value
            field = f"{FIGURE}{name}.{place}.{period}"
            label = item.label.text()
            if len(keys) > 1:
                rest = "·".join(part for part in own if part not in mine)
                label = Text(f"{label.zh}（{rest}）", f"{label.en} ({rest})")
            found[name, period, *own] = Own(
                field,
                name,
                place,
                period,
                label,
                item.unit,
                known,
                "" if known is None else figure(known, item.unit),
                (typed or {}).get(field, ""),
            )
    return list(found.values())


def read_cells(held: Held, organisation: Organisation, form: QueryDict, source: str) -> list[Cell]:
    """Return the figures a form replaces; raise :class:`ProblemsError` placed at the fields, or where none is."""
    known = {own.field: own for own in own_figures(held, organisation)}
    problems: list[Problem] = []
    cells: list[Cell] = []
    for field in form:
        text = (form.get(field) or "").strip()
        if not field.startswith(FIGURE) or not text:
            continue
        own = known.get(field)
        if own is None:
            problems.append(codes.NOT_OWN_FIGURE.at(field))
            continue
        value = read_number(text, own.unit)
        item = held.result.rule.declared.inputs[own.name]
        if value is None:
            problems.append(web_codes.NOT_A_NUMBER.at(field, text=text[:40]))
        elif (item.at_least is not None and value < item.at_least) or (
            item.at_most is not None and value > item.at_most
        ):
            bounds = f"{'' if item.at_least is None else item.at_least}…{'' if item.at_most is None else item.at_most}"
            problems.append(web_codes.NOT_IN_RANGE.at(field, text=text[:40], bounds=bounds))
        elif own.value is None or not isclose(value, own.value, rel_tol=1e-12):
            cells.append(_cell(own, value, source))
    if not problems and not cells:
        problems.append(codes.NO_FIGURE_CHANGED.at("figures"))
    if problems:
        raise ProblemsError(problems)
    return cells


def _cell(own: Own, value: float, source: str) -> Cell:
    return {
        "name": own.name,
        "place": own.place,
        "period": own.period,
        "value": value,
        "before": own.value,
        "source": source,
    }


def placed(own: list[Own], problems: list[Problem]) -> tuple[list[Own], list[Problem]]:
    """Return the fields with their problems, and the problems of no field."""
    fields = {one.field for one in own}
    placed = [replace(one, problems=tuple(p for p in problems if p.where == one.field)) for one in own]
    return placed, [p for p in problems if p.where not in fields]
