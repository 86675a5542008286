"""What must hold of a rule beyond the form of its file: names, units, keys, bounds, closing, sentences."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from tongchou.formulas import dimensions
from tongchou.formulas.reading import parse
from tongchou.formulas.terms import Term
from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem
from tongchou.kernel.units import factor
from tongchou.rules import algorithm, codes, dependence
from tongchou.rules.declaration import Column, Declaration, Input, Parameter, Quantity
from tongchou.rules.step import Step, step

_PAYS_EXAMPLE = (
    "pays: {column: transfer, payer: {party: city}, payee: {key: county}, kind: general, purpose: {zh: …, en: …}}"
)
_EXAMPLE = "closes: {to: $pool, at_most: true, unit: 分}"


@dataclass
class Checking:
    """One pass over a declaration; problems are added to the list as they are found."""

    declared: Declaration
    file: str
    lines: dict[yaml_lines.Path, int]
    problems: list[Problem]

    def at(self, *path: str | int) -> str:
        """Return the file and line of something declared."""
        return yaml_lines.where(self.file, self.lines, path)

    algorithm: algorithm.Algorithm | None = None

    def steps(self) -> list[Step]:
        """Return the steps in an order in which they can be computed; looks up the algorithm too."""
        good_units = self._check_names_and_units()
        self._check_keys()
        formulas = {name: c.formula for name, c in self.declared.columns.items() if c.formula is not None}
        terms = {n: term for n, text in formulas.items() if (term := self._formula(n, text)) is not None}
        whole = len(terms) == len(formulas)
        self._find_algorithm(set().union(*(self._mentioned(term) for term in terms.values())))
        if whole:
            self._check_used(terms)
        rows = frozenset(self.declared.per[:-1])
        steps = {name: step(name, term, self.declared.columns[name], rows) for name, term in terms.items()}
        order = self._order(steps)
        self._check_sentences()
        for name, column in self.declared.columns.items():
            self._check_closing(name, column)
        self._check_pays()
        if not good_units:
            return []
        units = self.declared.units()
        fitted = []
        for name in order:
            column = self.declared.columns[name]
            term = dimensions.fit(terms[name], units, column.unit, self.at("columns", name, "formula"), self.problems)
            if term is not None:
                fitted.append(step(name, term, column, rows))
        if whole and len(order) == len(terms):
            self._check_dependence(terms, order)
        return fitted

    def _check_names_and_units(self) -> bool:
        seen: set[str] = set()
        good = True
        for section, items in (
            ("inputs", self.declared.inputs),
            ("parameters", self.declared.parameters),
            ("columns", self.declared.columns),
        ):
            quantities: Mapping[str, Quantity] = items
            for name, item in quantities.items():
                if name in seen or name in ("place", "period", *self.declared.per):
                    self.problems.append(codes.REPEATED_NAME.at(self.at(section, name), name=name))
                seen.add(name)
                if not dimensions.is_declarable(item.unit):
                    good = False
                    self.problems.append(codes.UNKNOWN_UNIT.at(self.at(section, name, "unit"), unit=item.unit))
        known = "、".join(self.declared.columns)
        for path, name in [(("result",), self.declared.result), *((("also",), n) for n in self.declared.also)]:
            if name not in self.declared.columns:
                self.problems.append(codes.UNDEFINED.at(self.at(*path), name=name, known=known))
        return good

    def _check_keys(self) -> None:
        """Every ``per`` is part of the rule's keys, every ``by`` a key or coded input, and bounds are in order."""
        declared = self.declared
        for section, items in (("inputs", declared.inputs), ("columns", declared.columns)):
            parts: Mapping[str, Input | Column] = items
            for name, item in parts.items():
                if item.per is not None and not (
                    set(item.per) <= set(declared.per) and item.per[-1] == declared.per[-1]
                ):
                    known = "、".join(declared.per)
                    self.problems.append(codes.UNKNOWN_KEYS.at(self.at(section, name, "per"), name=name, known=known))
        for key in declared.names:
            if key not in declared.per[:-1]:
                known = "、".join(declared.per[:-1])
                self.problems.append(codes.UNKNOWN_KEYS.at(self.at("names", key), name=key, known=known))
        coded = [name for name, item in declared.inputs.items() if item.codes is not None]
        known = "、".join([*declared.per[:-1], *coded])
        for name, parameter in declared.parameters.items():
            if parameter.by is not None and parameter.by not in (*declared.per[:-1], *coded):
                self.problems.append(codes.UNKNOWN_KEYS.at(self.at("parameters", name, "by"), name=name, known=known))
        for section, bounded in (("inputs", declared.inputs), ("parameters", declared.parameters)):
            limits: Mapping[str, Input | Parameter] = bounded
            for name, limit in limits.items():
                if limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
                    reason = f"at_least {limit.at_least} > at_most {limit.at_most}"
                    self.problems.append(codes.BAD_FIELD.at(self.at(section, name), field=name, reason=reason))

    def _find_algorithm(self, formulas: set[str]) -> None:
        computed = [name for name, column in self.declared.columns.items() if column.formula is None]
        if self.declared.compute is None:
            self.problems += [
                codes.MISSING_KEY.at(self.at("columns", name), key=f"columns.{name}.formula") for name in computed
            ]
        elif not computed:
            self.problems.append(codes.UNUSED.at(self.at("compute"), name=self.declared.compute))
        else:
            self.algorithm = algorithm.find(self.declared, formulas, self.at("compute"), self.problems)

    def _check_dependence(self, terms: Mapping[str, Term], order: list[str]) -> None:
        """A column with ``per`` must be alike in all rows alike in these keys; no window counts a thing twice."""
        declared = self.declared
        if any(p.code == codes.UNKNOWN_KEYS.code for p in self.problems):
            return
        rows = frozenset(declared.per[:-1])
        names = [*declared.inputs, *rows, *(f"${p}" for p in declared.parameters)]
        names += [name for name in declared.columns if name not in terms]
        known = {name: dependence.declared_keys(declared, name) for name in names}
        for name in order:
            where = self.at("columns", name, "formula")
            found = dependence.keys_of(terms[name], known, rows, where, self.problems)
            per = declared.columns[name].per
            if per is not None and not found <= set(per):
                lacking = "、".join(sorted(found - set(per)))
                self.problems.append(codes.NOT_ALIKE.at(self.at("columns", name, "per"), name=name, lacking=lacking))
            known[name] = found if per is None else frozenset(per[:-1])

    def _formula(self, name: str, text: str) -> Term | None:
        where = self.at("columns", name, "formula")
        term = parse(text, where, self.problems)
        if term is None:
            return None
        known = [*self.declared.inputs, *self.declared.columns, *(f"${p}" for p in self.declared.parameters)]
        keys = {key for part in term.walk() for key in part.keys}
        unknown = sorted((self._mentioned(term) - set(known)) | (keys - {*known, *self.declared.per[:-1]}))
        self.problems += [codes.UNDEFINED.at(where, name=n, known="、".join(known)) for n in unknown]
        return None if unknown else term

    @staticmethod
    def _mentioned(term: Term) -> set[str]:
        found: set[str] = set()
        for part in term.walk():
            if part.op == "name":
                found.add(str(part.value))
            elif part.op == "parameter":
                found.add(f"${part.value}")
        return found

    def _check_used(self, terms: Mapping[str, Term]) -> None:
        declared = self.declared
        used = {declared.result, *declared.also}.union(*(self._mentioned(t) for t in terms.values()))
        used |= {key for term in terms.values() for part in term.walk() for key in part.keys}
        used |= {c.closes.to for c in declared.columns.values() if c.closes is not None}
        used |= {p.by for p in declared.parameters.values() if p.by is not None}
        if declared.compute is not None:  # the function's arguments are proved to be these names
            used |= {*declared.inputs, *(f"${p}" for p in declared.parameters)}
        # A column may be a figure to show; saying it is enough.
        said = _fields(declared.says.zh) | _fields(declared.says.en)
        for name in declared.inputs:
            if name not in used:
                self.problems.append(codes.UNUSED.at(self.at("inputs", name), name=name))
        for name in declared.parameters:
            if f"${name}" not in used:
                self.problems.append(codes.UNUSED.at(self.at("parameters", name), name=name))
        for name in declared.columns:
            if name not in used | said:
                self.problems.append(codes.UNUSED.at(self.at("columns", name), name=name))

    def _order(self, steps: Mapping[str, Step]) -> list[str]:
        graph = {name: sorted(step.names & steps.keys()) for name, step in sorted(steps.items())}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = " → ".join(reversed(error.args[1]))
            first = min(error.args[1], key=list(self.declared.columns).index)
            self.problems.append(codes.CYCLE.at(self.at("columns", first, "formula"), names=names))
            return []

    def _check_closing(self, name: str, column: Column) -> None:
        closing = column.closes
        if closing is None:
            return
        where = self.at("columns", name, "closes")
        declared = self.declared
        reason = ""
        if closing.at_most == closing.exactly:
            reason = "at_most / exactly ?"
        elif column.per is not None:
            reason = "per ?"
        elif closing.to == "0":
            reason = "" if closing.exactly else "to: 0 → exactly: true"
        else:
            pool = declared.quantities().get(closing.to)
            if pool is None or closing.to == name:
                reason = f"{closing.to} ?"
            elif dependence.declared_keys(declared, closing.to):
                reason = f"{closing.to}: per: [{declared.per[-1]}] ?"
            else:
                reason = _unfit(pool.unit, column.unit)
        reason = reason or _unfit(closing.unit, column.unit)
        if reason:
            self.problems.append(codes.BAD_CLOSING.at(where, reason=reason, example=_EXAMPLE))

    def _check_pays(self) -> None:
        pays, declared = self.declared.pays, self.declared
        if pays is None:
            return
        column = declared.columns.get(pays.column)
        named = [side.key for side in (pays.payer, pays.payee) if side.key is not None]
        reason = ""
        if column is None:
            reason = f"column: {pays.column} ?"
        elif unfit := _unfit(column.unit, "分"):
            reason = unfit
        elif pays.payer == pays.payee:
            reason = "payer = payee"
        elif len(declared_keys := set(dependence.declared_keys(declared, pays.column))) and not named:
            reason = f"{{key: {sorted(declared_keys)[0]}}} ?"
        elif unknown := [key for key in named if key not in declared_keys]:
            reason = f"{{key: {unknown[0]}}} ?"
        if reason:
            self.problems.append(codes.BAD_PAYS.at(self.at("pays"), reason=reason, example=_PAYS_EXAMPLE))

    def _check_sentences(self) -> None:
        known = {"place", "period", *self.declared.per, *self.declared.inputs, *self.declared.columns}
        for language in ("zh", "en"):
            for name in sorted(_fields(getattr(self.declared.says, language)) - known):
                self.problems.append(codes.BAD_SENTENCE.at(self.at("says", language), name=name))


def _unfit(source: str, target: str) -> str:
    try:
        factor(source, target)
    except ValueError as error:
        return str(error)
    return ""


def _fields(sentence: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {sentence}
