"""A rule ready to run: its declaration, its columns in the order they can be computed, its formulas with units."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pydantic import ValidationError

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.units import factor
from tongchou.rules import codes, dimensions, yaml_lines
from tongchou.rules.declaration import Closing, Declaration, model_problems, read_text
from tongchou.rules.terms import WINDOWS, Term, parse

_EXAMPLE = "closes: {to: $pool, at_most: true, unit: 分}"


@dataclass(frozen=True, slots=True)
class Step:
    """One column: its fitted formula, and what it looks at in its own row and through windows.

    ``windows`` holds pairs of (name looked at, names the window is partitioned by).
    """

    name: str
    term: Term
    own: frozenset[str]
    windows: frozenset[tuple[str, tuple[str, ...]]]
    parameters: frozenset[str]
    leaves_out: bool
    closing: Closing | None

    @property
    def names(self) -> frozenset[str]:
        """Every input and column the step needs."""
        return self.own | {name for name, _ in self.windows}


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. ``steps`` are in an order in which they can be computed."""

    declared: Declaration
    steps: tuple[Step, ...]
    digest: str

    @property
    def id(self) -> str:
        """The rule's id, such as ``fiscal.equalisation``."""
        return self.declared.id

    def units(self) -> dict[str, str]:
        """Return the unit of every input and column, and of every parameter under ``$name``."""
        return _units(self.declared)


def load(path: Path, file: str | None = None) -> Rule:
    """Return the rule a file declares; raise :class:`ProblemsError` with everything wrong with it."""
    file = file or path.name
    problems: list[Problem] = []
    text = read_text(path, file, problems)
    if text is None:
        raise ProblemsError(problems)
    return loads(text, file)


def loads(text: str, file: str = "rule.yaml") -> Rule:
    """Return the rule that ``text`` declares; raise :class:`ProblemsError` with everything wrong with it."""
    problems: list[Problem] = []
    data, lines = yaml_lines.read(text, file, problems)
    if problems:
        raise ProblemsError(problems)
    try:
        declared = Declaration.model_validate(data)
    except ValidationError as error:
        raise ProblemsError(model_problems(error, file, lines)) from None
    steps = _Checking(declared, file, lines, problems).steps()
    if problems:
        raise ProblemsError(sorted(problems, key=lambda p: int(p.where.rpartition(":")[2])))
    canonical = json.dumps(declared.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return Rule(declared, tuple(steps), hashlib.sha256(canonical.encode()).hexdigest())


def _units(declared: Declaration) -> dict[str, str]:
    rows = {**declared.inputs, **declared.columns}
    return {name: item.unit for name, item in rows.items()} | {
        f"${name}": item.unit for name, item in declared.parameters.items()
    }


@dataclass
class _Checking:
    declared: Declaration
    file: str
    lines: dict[yaml_lines.Path, int]
    problems: list[Problem]

    def at(self, *path: str | int) -> str:
        return yaml_lines.where(self.file, self.lines, path)

    def steps(self) -> list[Step]:
        good_units = self._check_names_and_units()
        terms = {
            name: term
            for name, column in self.declared.columns.items()
            if (term := self._formula(name, column.formula)) is not None
        }
        whole = len(terms) == len(self.declared.columns)
        if whole:
            self._check_used(terms)
        steps = {name: self._step(name, term) for name, term in terms.items()}
        order = self._order(steps)
        self._check_sentences()
        if not good_units:
            return []
        units = _units(self.declared)
        fitted = []
        for name in order:
            column = self.declared.columns[name]
            term = dimensions.fit(terms[name], units, column.unit, self.at("columns", name, "formula"), self.problems)
            if term is not None:
                fitted.append(self._step(name, term))
            self._check_closing(name, column.closes)
        return fitted

    def _check_names_and_units(self) -> bool:
        seen: set[str] = set()
        good = True
        for section, items in (
            ("inputs", self.declared.inputs),
            ("parameters", self.declared.parameters),
            ("columns", self.declared.columns),
        ):
            rows: Mapping[str, object] = items
            for name in rows:
                if name in seen or name in ("place", "period"):
                    self.problems.append(codes.REPEATED_NAME.at(self.at(section, name), name=name))
                seen.add(name)
                text = getattr(rows[name], "unit")  # noqa: B009 - the three kinds share the field, not a class
                if not dimensions.is_declarable(text):
                    good = False
                    self.problems.append(codes.UNKNOWN_UNIT.at(self.at(section, name, "unit"), unit=text))
        if self.declared.result not in self.declared.columns:
            self.problems.append(
                codes.UNDEFINED.at(self.at("result"), name=self.declared.result, known="、".join(self.declared.columns))
            )
        return good

    def _formula(self, name: str, text: str) -> Term | None:
        where = self.at("columns", name, "formula")
        term = parse(text, where, self.problems)
        if term is None:
            return None
        known = [*self.declared.inputs, *self.declared.columns, *(f"${p}" for p in self.declared.parameters)]
        unknown = sorted(self._mentioned(term) - set(known))
        self.problems += [codes.UNDEFINED.at(where, name=n, known="、".join(known)) for n in unknown]
        return None if unknown else term

    @staticmethod
    def _mentioned(term: Term) -> set[str]:
        found: set[str] = set()
        for part in term.walk():
            found.update(part.keys)
            if part.op == "name":
                found.add(str(part.value))
            elif part.op == "parameter":
                found.add(f"${part.value}")
        return found

    def _check_used(self, terms: Mapping[str, Term]) -> None:
        used = {self.declared.result}.union(*(self._mentioned(t) for t in terms.values()))
        used |= {c.closes.to for c in self.declared.columns.values() if c.closes is not None}
        # A column may be a figure to show; saying it is enough.
        said = _fields(self.declared.says.zh) | _fields(self.declared.says.en)
        for name in self.declared.inputs:
            if name not in used:
                self.problems.append(codes.UNUSED.at(self.at("inputs", name), name=name))
        for name in self.declared.parameters:
            if f"${name}" not in used:
                self.problems.append(codes.UNUSED.at(self.at("parameters", name), name=name))
        for name in self.declared.columns:
            if name not in used | said:
                self.problems.append(codes.UNUSED.at(self.at("columns", name), name=name))

    def _step(self, name: str, term: Term) -> Step:
        own: set[str] = set()
        windows: set[tuple[str, tuple[str, ...]]] = set()
        parameters: set[str] = set()

        def visit(part: Term, keys: tuple[str, ...] | None) -> None:
            if part.op in WINDOWS:
                keys = part.keys
                own.update(keys)
            if part.op == "name":
                if keys is None:
                    own.add(str(part.value))
                else:
                    windows.add((str(part.value), keys))
            elif part.op == "parameter":
                parameters.add(str(part.value))
            for arg in part.args:
                visit(arg, keys)

        visit(term, None)
        column = self.declared.columns[name]
        if column.closes is not None:
            parameters.add(column.closes.to.removeprefix("$"))
        return Step(
            name,
            term,
            frozenset(own),
            frozenset(windows),
            frozenset(parameters),
            column.missing == "leave_out",
            column.closes,
        )

    def _order(self, steps: Mapping[str, Step]) -> list[str]:
        graph = {name: sorted(step.names & steps.keys()) for name, step in sorted(steps.items())}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = " → ".join(reversed(error.args[1]))
            first = min(error.args[1], key=list(self.declared.columns).index)
            self.problems.append(codes.CYCLE.at(self.at("columns", first, "formula"), names=names))
            return []

    def _check_closing(self, name: str, closing: Closing | None) -> None:
        if closing is None:
            return
        where = self.at("columns", name, "closes")
        pool = self.declared.parameters.get(closing.to.removeprefix("$"))
        reason = ""
        if pool is None:
            reason = f"{closing.to} ?"
        elif closing.at_most == closing.exactly:
            reason = "at_most / exactly ?"
        else:
            try:
                factor(pool.unit, self.declared.columns[name].unit)
                factor(closing.unit, self.declared.columns[name].unit)
            except ValueError as error:
                reason = str(error)
        if reason:
            self.problems.append(codes.BAD_CLOSING.at(where, reason=reason, example=_EXAMPLE))

    def _check_sentences(self) -> None:
        known = {"place", "period", *self.declared.inputs, *self.declared.columns}
        for language in ("zh", "en"):
            for name in sorted(_fields(getattr(self.declared.says, language)) - known):
                self.problems.append(codes.BAD_SENTENCE.at(self.at("says", language), name=name))


def _fields(sentence: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {sentence}
