"""The parameters of a rule as rows of its form: value in force, paper, history, and a field for a value to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.rules import words
from tongchou.rules.declaration import Column, Input, Parameter
from tongchou.rules.keys import ROWS
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.rule import Rule
from tongchou.surfaces.row_names import code_name
from tongchou.web.computing.questions import range_of


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a parameter as the form asks for it: its name in the address, what stands there, what was typed."""

    name: str
    label: Text
    value: str
    typed: str


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter: the value in force, all its dated values, and its fields in the form, one for each code."""

    name: str
    label: Text
    unit: str
    note: Text | None
    bounds: Text | None
    in_force: Dated | None
    history: tuple[tuple[Dated, str], ...]
    replaced: tuple[tuple[Dated, str], ...]
    by: Text | None
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a value was typed for any of it."""
        return any(field.typed for field in self.fields)


def parameters(
    rule: Rule,
    held: Parameters,
    region: Region,
    period: str,
    typed: Mapping[str, str],
    problems: Mapping[str, list[Problem]],
) -> list[ParameterLine]:
    """Return the parameters as rows of the form, for the period's first day."""
    day = Period.parse(period).start if period else date.max
    found = []
    for name, item in rule.declared.parameters.items():
        try:
            in_force: Dated | None = held.at(name, day)
        except ProblemsError:
            in_force = None
        found.append(
            ParameterLine(
                name,
                item.label.text(),
                item.unit,
                item.note.text() if item.note is not None else None,
                range_of(item),
                in_force,
                tuple((dated, _printed(dated, item.unit)) for dated in held.values.get(name, ())),
                tuple((dated, _printed(dated, item.unit)) for dated in held.replaced.get(name, ())),
                words.called(rule, item.by) if item.by is not None else None,
                tuple(_fields(rule, region, name, item, in_force, typed)),
                tuple(problems.get(f"${name}", ())),
            )
        )
    return found


def _fields(
    rule: Rule, region: Region, name: str, item: Parameter, in_force: Dated | None, typed: Mapping[str, str]
) -> list[Field]:
    value = in_force.value if in_force is not None else None
    if item.by is None:
        shown = exact(value) if isinstance(value, (int, float)) else ""
        return [Field(name, item.label.text(), shown, typed.get(name, ""))]
    table = value if isinstance(value, Mapping) else {}
    codes = list(dict.fromkeys((*table, *(n.partition(".")[2] for n in typed if n.startswith(f"{name}.")))))
    return [
        Field(
            f"{name}.{code}",
            _called(rule, region, item.by, code),
            exact(table[code]) if code in table else "",
            typed.get(f"{name}.{code}", ""),
        )
        for code in codes
    ]


def _called(rule: Rule, region: Region, by: str, code: str) -> Text:
    if by in ROWS:
        return code_name(rule, by, code, region)
    declared = rule.declared.quantities()[by]
    coded = declared.codes if isinstance(declared, (Column, Input)) else None
    held = (coded or {}).get(int(code)) if code.lstrip("-").isdigit() else None
    return held.text() if held is not None else Text(code, code)


def exact(value: float) -> str:
    """Return a parameter's value with every digit it has, as one would type it."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,.12g}"


def _printed(dated: Dated, unit: str) -> str:
    if isinstance(dated.value, Mapping):
        return "；".join(f"{code} {exact(value)}" for code, value in dated.value.items())
    return exact(dated.value)
