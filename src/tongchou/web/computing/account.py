"""How one number came about: every figure, parameter and step behind it, with sources, for whoever contests it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.rules.keys import ROWS
from tongchou.rules.noted import in_names, names_of_codes
from tongchou.rules.result import Result
from tongchou.rules.step import Step
from tongchou.web.computing.account_parts import Account, Figure, Listed, Noted, Part, Setting, Stage
from tongchou.web.computing.cells import Shown, shown, unit_of, value_of, with_unit
from tongchou.web.computing.describing import formula_of
from tongchou.web.computing.tables import distinct, exact_sum, rows_of

_MOST_PLACES = 60


def account(result: Result, names: Mapping[str, Text], row: int, name: str) -> Account:
    """Return how column ``name`` of a row came about, steps in the order they are computed."""
    return _Accounting(result, names, row, name).account()


class _Accounting:
    def __init__(self, result: Result, names: Mapping[str, Text], row: int, name: str) -> None:
        self.result, self.names, self.row, self.name = result, names, row, name
        self.rule, self.declared = result.rule, result.rule.declared
        self.steps = {step.name: step for step in self.rule.steps}
        self.period = result.table.periods[row]
        self.by_algorithm = False

    def account(self) -> Account:
        rule, declared, result = self.rule, self.declared, self.result
        needed, parameters = self._needed()
        place = result.table.places[self.row]
        self.by_algorithm = rule.algorithm is not None and bool(needed & set(rule.algorithm.columns))
        ordered = [*(rule.algorithm.columns if rule.algorithm else ()), *(s.name for s in rule.steps)]
        return Account(
            words.called(rule, self.name),
            shown(result, self.names, self.name, self.row),
            unit_of(result, self.name),
            self._place(place),
            tuple(self._figure(n) for n in declared.inputs if n in needed),
            tuple(self._setting(n) for n in declared.parameters if n in parameters),
            tuple(self._stage(n) for n in ordered if n in needed),
            tuple(self._notes()) if self.by_algorithm else (),
        )

    def _place(self, place: str) -> Text:
        """Name the keys that tell this number apart, not those it is the same for."""
        keys = self.rule.keys(self.name)
        parts = [words.key_name(self.result, self.row, key, self.names.get(place)) for key in keys]
        between = words.BETWEEN
        return Text(between.join(p.zh for p in parts) or "全部", between.join(p.en for p in parts) or "All")

    def _needed(self) -> tuple[set[str], set[str]]:
        """Return every input and column, and every parameter, that the number depends on."""
        names: set[str] = set()
        parameters: set[str] = set()
        waiting = [self.name]
        while waiting:
            at = waiting.pop()
            if at in names or at in ROWS:
                continue
            names.add(at)
            if at in self.steps:
                waiting += self.steps[at].names
                parameters |= self.steps[at].parameters
            elif at in self.declared.columns:
                waiting += self.declared.inputs
                parameters |= set(self.declared.parameters)
        coded = [by for p in parameters if (by := self.declared.parameters[p].by) in self.declared.inputs]
        return names | {by for by in coded if by is not None}, parameters

    def _rows(self, name: str) -> list[int]:
        """Return the rows whose numbers of this name the asked number can rest on, as far as keys tell."""
        everywhere = self.by_algorithm and name in self.declared.inputs
        own = self.rule.keys(name)
        common = [] if everywhere else [key for key in self.rule.keys(self.name) if key in own]
        rows = self._alike(tuple(common))
        return distinct(self.result, rows, own)

    def _is_told(self, name: str) -> bool:
        """Return whether the asked number has one number of this name: its keys are among the number's own."""
        return set(self.rule.keys(name)) <= set(self.rule.keys(self.name))

    def _listed(self, name: str, rows: list[int]) -> Listed:
        some = [(self._name(i, name), shown(self.result, self.names, name, i)) for i in rows[:_MOST_PLACES]]
        return Listed(tuple(some), max(0, len(rows) - _MOST_PLACES))

    def _figure(self, name: str) -> Figure:
        rows = self._rows(name)
        cell = shown(self.result, self.names, name, self.row) if self._is_told(name) else None
        held = self.result.table.sources.get(name)
        told = dict.fromkeys(held[i] for i in ([self.row] if cell is not None else rows) if held[i]) if held else {}
        return Figure(
            name,
            words.called(self.rule, name),
            cell,
            self._listed(name, rows) if len(rows) > 1 or cell is None else None,
            unit_of(self.result, name),
            tuple(told),
        )

    def _setting(self, name: str) -> Setting:
        declared, dated = self.declared.parameters[name], self.result.parameters[name][self.period]
        value = dated.value
        if not isinstance(value, Mapping):
            return Setting(name, declared.label.text(), self._measured(value, declared.unit), (), dated)
        by = str(declared.by)
        if self._is_told(by):
            held = value.get(self._code(by, self.row), float("nan"))
            return Setting(name, declared.label.text(), self._measured(held, declared.unit), (), dated)
        codes = {self._code(by, i): i for i in self._rows(by)}
        each = [
            (self._name(i, by), self._measured(value[code], declared.unit))
            for code, i in codes.items()
            if code in value
        ]
        return Setting(name, declared.label.text(), None, tuple(each), dated)

    def _measured(self, value: float, unit: str) -> Text:
        text = figure(value, unit)
        return with_unit(Text(text, text), unit)

    def _code(self, by: str, row: int) -> str:
        if by in self.result.keys:
            return self.result.keys[by][row]
        value = value_of(self.result, by, row)
        return "" if np.isnan(value) else str(int(value))

    def _stage(self, name: str) -> Stage:
        item = self.declared.columns[name]
        step = self.steps.get(name)
        is_told = self._is_told(name)
        return Stage(
            name,
            item.label.text(),
            item.note.text() if item.note is not None else None,
            formula_of(self.rule, name),
            shown(self.result, self.names, name, self.row) if is_told else None,
            None if is_told else self._listed(name, self._rows(name)),
            unit_of(self.result, name),
            tuple(self._terms(step)) if step is not None and is_told else (),
            name == self.name,
        )

    def _terms(self, step: Step) -> list[Part]:
        found = [self._term(name) for name in self._order(step)]
        for name in sorted(step.parameters):
            setting = self._setting(name)
            several = Text(f"{len(setting.by_code)} 个取值", f"{len(setting.by_code)} values")
            found.append(Part(setting.label, setting.value or several, f"with-{name}"))
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for part in step.term.walk():
            if part.op not in WINDOWS:
                continue
            rows = self._alike(part.keys)
            inner = [str(p.value) for p in part.walk() if p.op == "name"]
            for name in dict.fromkeys(inner):
                if (name, part.keys) not in seen:
                    seen.add((name, part.keys))
                    found.append(self._over(part, name, rows, step))
        return found

    def _order(self, step: Step) -> list[str]:
        """Return what the step takes from its own row, as the formula names it, then what it closes to."""
        written = [str(part.value) for part in step.term.walk() if part.op == "name"]
        names = dict.fromkeys((*written, *sorted(step.own)))
        return [name for name in names if name in step.own and name not in ROWS]

    def _term(self, name: str) -> Part:
        cell = shown(self.result, self.names, name, self.row)
        return Part(words.called(self.rule, name), self._said(cell, name), f"step-{name}")

    def _said(self, cell: Shown, name: str) -> Text:
        if cell.why is not None:
            return Text(f"{cell.text.zh}（{cell.why.zh}）", f"{cell.text.en} ({cell.why.en})")
        return with_unit(cell.text, unit_of(self.result, name))

    def _over(self, part: Term, name: str, rows: list[int], step: Step) -> Part:
        """Return what a window looks at, place by place, and where it takes one name its value."""
        each = distinct(self.result, rows, self.rule.keys(name))
        values = [value_of(self.result, name, i) for i in each]
        if step.leaves_out:
            each = [i for i, v in zip(each, values, strict=True) if not np.isnan(v)]
            values = [v for v in values if not np.isnan(v)]
        alone = part.args[0].op == "name"
        taken = _taken(part.op, values) if alone else None
        unit = "1" if part.op == "count" else self.rule.units()[name]
        if taken is not None:
            text = figure(taken, unit)
            label, value = words.phrase(self.rule, part), with_unit(Text(text, text), unit)
        else:
            label = words.called(self.rule, name)
            value = Text(f"{len(each)} 个数", f"{len(each)} figures")
        return Part(label, value, "", self._listed(name, each))

    def _name(self, row: int, name: str) -> Text:
        place = self.names.get(self.result.table.places[row])
        parts = [words.key_name(self.result, row, key, place) for key in self.rule.keys(name)]
        between = words.BETWEEN
        return Text(between.join(p.zh for p in parts) or "全部", between.join(p.en for p in parts) or "All")

    def _alike(self, keys: tuple[str, ...]) -> list[int]:
        """Return the rows of the period that are alike in the names a window is partitioned by."""
        rows = rows_of(self.result, self.period)
        for key in keys:
            if key in self.result.keys:
                rows = [i for i in rows if self.result.keys[key][i] == self.result.keys[key][self.row]]
            else:
                here = value_of(self.result, key, self.row)
                rows = [i for i in rows if value_of(self.result, key, i) == here]
        return rows

    def _notes(self) -> list[Noted]:
        rows = rows_of(self.result, self.period)
        place = sorted(rows, key=lambda i: self.result.table.places[i]).index(self.row)
        called = names_of_codes(self.result, self.names)
        found = []
        for note in self.result.notes:
            if note.period != self.period:
                continue
            if isinstance(note.value, tuple) and len(note.value) == len(rows):
                value = _number(note.value[place])
            elif isinstance(note.value, tuple):
                value = "；".join(_number(v) for v in note.value[:_MOST_PLACES])
            else:
                value = _number(note.value)
            found.append(Noted(in_names(note.words, called), value))
        return found


def _number(value: float) -> str:
    return "—" if np.isnan(value) else figure(value)


def _taken(op: str, values: list[float]) -> float | None:
    """Return what an aggregate of plain numbers comes to, ``None`` where it has none or is told otherwise."""
    if op == "count":
        return float(len(values))
    if not values or np.isnan(values).any():
        return None
    if op == "sum":
        return exact_sum(values)
    if op == "avg":
        return exact_sum(values) / len(values)
    if op == "stddev_pop":
        return float(np.std(values))
    return {"min": min, "max": max}[op](values) if op in ("min", "max") else None
