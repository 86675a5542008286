"""Dated parameters: a value with the day it is in force from, its source and paper, or ``assumed: true``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path

from tongchou.kernel import yaml_lines
from tongchou.kernel.declared import CodeText, Model, Name, Number, Words, read_model
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes
from tongchou.rules.declaration import Parameter, RuleId
from tongchou.rules.rule import Rule


class _Value(Model):
    start: date
    value: Number | dict[CodeText, Number]
    source: Words
    paper: str = ""
    assumed: bool = False


class _File(Model):
    rule: RuleId
    values: dict[Name, list[_Value]]


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force from ``start``: a number, or one for each code where the parameter is declared ``by`` them.

    ``set_by`` names the file or the person that set it.
    """

    start: date
    value: float | Mapping[str, float]
    source: Words
    paper: str
    assumed: bool
    set_by: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """The dated values of one rule's parameters, oldest first; ``replaced`` keeps those an override set aside."""

    rule: str
    values: Mapping[str, tuple[Dated, ...]]
    replaced: Mapping[str, tuple[Dated, ...]]

    def at(self, name: str, day: date) -> Dated:
        """Return the value in force on ``day``; raise :class:`ProblemsError` saying from when there is one."""
        dated = self.values.get(name, ())
        if not dated:
            raise ProblemsError([codes.NO_VALUE.at(f"${name}", name=name)])
        held = [d for d in dated if d.start <= day]
        if not held:
            raise ProblemsError([codes.NOT_IN_FORCE.at(f"${name}", name=name, day=day, first=dated[0].start)])
        return held[-1]

    def overridden_by(self, other: Parameters) -> Parameters:
        """Return these with every parameter that ``other`` sets taken from it; what it replaces is kept visible."""
        changed = {n: v for n, v in self.values.items() if n in other.values}
        return Parameters(self.rule, {**self.values, **other.values}, {**self.replaced, **changed})

    def given(self, by: str, **values: float | Mapping[str, float]) -> Parameters:
        """Return these with plain values set by a person for this run: assumed, for all time, and visible in it."""
        unfit = [name for name, v in values.items() if not all(isfinite(one) for one in numbers(v))]
        if unfit:
            raise ProblemsError(codes.BAD_FIELD.at(f"${n}", field=n, reason=str(values[n])) for n in unfit)
        words = Words(zh="本次计算时给定", en="given for this run")
        dated = {name: (Dated(date.min, plain(v), words, "", True, by),) for name, v in values.items()}
        return self.overridden_by(Parameters(self.rule, dated, {}))


def numbers(value: float | Mapping[str, float]) -> list[float]:
    """Return the numbers a value holds: one, or those of its table."""
    return [float(one) for one in (value.values() if isinstance(value, Mapping) else [value])]


def plain(value: float | Mapping[str, float]) -> float | dict[str, float]:
    """Return a value with the codes of its table as text."""
    return {str(code): float(one) for code, one in value.items()} if isinstance(value, Mapping) else float(value)


def unfit(name: str, declared: Parameter, value: float | Mapping[str, float], where: str) -> list[Problem]:
    """Return what is wrong with a value: outside its bounds, or a table where a number is declared, or the reverse."""
    if isinstance(value, Mapping) != (declared.by is not None):
        reason = "by?" if isinstance(value, Mapping) else f"{{{declared.by}: …}}"
        return [codes.BAD_FIELD.at(where, field=f"${name}", reason=reason)]
    low, high = declared.at_least, declared.at_most
    bounds = f"[{'' if low is None else low}, {'' if high is None else high}]"
    outside = [v for v in numbers(value) if (low is not None and v < low) or (high is not None and v > high)]
    return [codes.OUT_OF_BOUNDS.at(where, name=f"${name}", value=v, place=where, bounds=bounds) for v in outside[:1]]


def none(rule: Rule) -> Parameters:
    """Return parameters without any value, to be given."""
    return Parameters(rule.id, {}, {})


def load(path: Path, rule: Rule, file: str | None = None) -> Parameters:
    """Return the values a parameter file holds; raise :class:`ProblemsError` with everything wrong with it."""
    file = file or path.name
    problems: list[Problem] = []
    held, lines = read_model(_File, path, file)
    known = rule.declared.parameters
    if held.rule != rule.id:
        where = yaml_lines.where(file, lines, ("rule",))
        problems.append(codes.BAD_FIELD.at(where, field="rule", reason=f"{held.rule} ≠ {rule.id}"))
    values: dict[str, tuple[Dated, ...]] = {}
    for name, items in held.values.items():
        where = yaml_lines.where(file, lines, ("values", name))
        if name not in known:
            problems.append(codes.UNKNOWN_PARAMETER.at(where, name=name, known="、".join(known)))
        else:
            problems += [p for item in items for p in unfit(name, known[name], item.value, where)]
        starts = [item.start for item in items]
        problems += [
            codes.SAME_DAY.at(where, name=name, first=d) for d in sorted({s for s in starts if starts.count(s) > 1})
        ]
        problems += [
            codes.NO_PAPER.at(where, name=name, first=i.start) for i in items if not i.assumed and not i.paper.strip()
        ]
        values[name] = tuple(
            Dated(i.start, plain(i.value), i.source, i.paper, i.assumed, file)
            for i in sorted(items, key=lambda i: i.start)
        )
    if problems:
        raise ProblemsError(problems)
    return Parameters(rule.id, values, {})
