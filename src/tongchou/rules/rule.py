"""A rule ready to run: its declaration, its columns in the order they can be computed, its formulas with units."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tongchou.kernel import yaml_lines
from tongchou.kernel.declared import model_problems, read_text
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules.algorithm import Algorithm
from tongchou.rules.declaration import Declaration
from tongchou.rules.dependence import declared_keys
from tongchou.rules.reuse import Find, expand
from tongchou.rules.step import Step


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. ``steps`` are its formulas in an order in which they can be computed.

    Columns without a formula come from ``algorithm``, before any formula.
    """

    declared: Declaration
    steps: tuple[Step, ...]
    algorithm: Algorithm | None
    digest: str
    file: str = ""

    @property
    def id(self) -> str:
        """The rule's id, such as ``fiscal.equalisation``."""
        return self.declared.id

    @property
    def rows(self) -> tuple[str, ...]:
        """The keys of a row without the period, such as ``("county", "industry")``."""
        return tuple(self.declared.per[:-1])

    def units(self) -> dict[str, str]:
        """Return the unit of every input and column, and of every parameter under ``$name``."""
        return self.declared.units()

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys that tell the values of an input, column or ``$parameter`` apart, in the rule's order."""
        found = declared_keys(self.declared, name)
        return tuple(key for key in self.rows if key in found)


def load(path: Path, file: str | None = None, find: Find | None = None) -> Rule:
    """Return the rule a file declares; raise :class:`ProblemsError` with everything wrong with it.

    ``find`` gives the text of a rule it ``uses``; without it those beside the file's own folder are looked up.
    """
    file = file or path.name
    problems: list[Problem] = []
    text = read_text(path, file, problems)
    if text is None:
        raise ProblemsError(problems)
    return loads(text, file, find or _beside(path))


def _beside(path: Path) -> Find:
    """Look rules up by id in the folders beside that of ``path``, as they stand in ``systems``."""

    def find(id_: str) -> tuple[str, str] | None:
        module, _, name = id_.rpartition(".")
        for folder in (path.parent.parent / module, path.parent):
            there = folder / f"{name}.yaml"
            if there.is_file():
                return there.read_text(encoding="utf-8-sig"), there.name
        return None

    return find


def loads(text: str, file: str = "rule.yaml", find: Find | None = None) -> Rule:
    """Return the rule that ``text`` declares; raise :class:`ProblemsError` with everything wrong with it."""
    problems: list[Problem] = []
    data, lines = yaml_lines.read(text, file, problems)
    data = expand(data, yaml_lines.where(file, lines, ("uses",)), find, problems)
    if problems:
        raise ProblemsError(problems)
    try:
        declared = Declaration.model_validate(data)
    except ValidationError as error:
        raise ProblemsError(model_problems(error, file, lines)) from None
    from tongchou.rules.checking import Checking  # here, for what is kept needs neither sqlglot nor pint

    checking = Checking(declared, file, lines, problems)
    steps = checking.steps()
    if problems:
        raise ProblemsError(sorted(problems, key=lambda p: int(p.where.rpartition(":")[2])))
    canonical = json.dumps(declared.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return Rule(declared, tuple(steps), checking.algorithm, hashlib.sha256(canonical.encode()).hexdigest(), file)
