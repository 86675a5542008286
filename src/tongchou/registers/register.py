"""A register ready to use: its declaration, checked, and its formulas with their units."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from tongchou.formulas.terms import Term
from tongchou.kernel import yaml_lines
from tongchou.kernel.declared import model_problems, read_text
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.registers.declaration import Declaration, Move, RegisterField


@dataclass(frozen=True, slots=True)
class Register:
    """A checked register. ``formulas`` by where they stand; ``derived`` are derived fields in order of computing."""

    declared: Declaration
    formulas: dict[str, Term]
    derived: tuple[str, ...]
    digest: str
    file: str = ""

    @property
    def id(self) -> str:
        """The register's id, such as ``infrastructure.projects``."""
        return self.declared.id

    @property
    def module(self) -> str:
        """The topic it belongs to, such as ``infrastructure``."""
        return self.declared.id.partition(".")[0]

    @property
    def personal(self) -> tuple[str, ...]:
        """The names of the fields that hold personal data."""
        return tuple(name for name, field in self.declared.fields.items() if field.personal)

    def moves_from(self, state: str) -> dict[str, Move]:
        """Return the moves that may be made from ``state``, by name."""
        return {name: move for name, move in self.declared.moves.items() if state in move.from_}

    def field(self, name: str) -> RegisterField:
        """Return a field, yearly or not."""
        return self.declared.fields.get(name) or self.declared.yearly[name]

    def indicator(self, rollup: str) -> str:
        """Return the id of the indicator a roll-up becomes."""
        return f"register.{self.id}.{rollup}"

    def thresholds(self, on: date) -> dict[str, float]:
        """Return the parameters in force on a day; before its first value a parameter has none."""
        found = {}
        for name, item in self.declared.parameters.items():
            held = [value.value for value in item.values if value.start <= on]
            found[name] = held[-1] if held else float("nan")
        return found


def load(path: Path, file: str | None = None) -> Register:
    """Return the register a file declares; raise :class:`ProblemsError` with everything wrong with it."""
    file = file or path.name
    problems: list[Problem] = []
    text = read_text(path, file, problems)
    if text is None:
        raise ProblemsError(problems)
    return loads(text, file)


def loads(text: str, file: str = "register.yaml") -> Register:
    """Return the register that ``text`` declares; raise :class:`ProblemsError` with everything wrong with it."""
    problems: list[Problem] = []
    data, lines = yaml_lines.read(text, file, problems)
    if problems:
        raise ProblemsError(problems)
    try:
        declared = Declaration.model_validate(data)
    except ValidationError as error:
        raise ProblemsError(model_problems(error, file, lines)) from None
    from tongchou.registers.checking import Checking  # here, for what is kept needs neither sqlglot nor pint

    checking = Checking(declared, file, lines, problems)
    checking.run()
    if problems:
        raise ProblemsError(sorted(problems, key=lambda p: int(p.where.rpartition(":")[2])))
    canonical = json.dumps(declared.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Register(declared, checking.formulas, tuple(checking.order), digest, file)
