"""What went wrong, in one shape on every surface: code, place, reason and way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tongchou.kernel.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``where`` names a file, line, clause, field or cell; ``hint`` is the way out."""

    code: str
    where: str
    message: Text
    hint: Text
    severity: Severity = "error"

    def as_dict(self, language: str = "zh") -> dict[str, str]:
        """Return the one JSON shape of a problem: code, where, message, hint, severity."""
        return {
            "code": self.code,
            "where": self.where,
            "message": self.message.in_(language),
            "hint": self.hint.in_(language),
            "severity": self.severity,
        }


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem, declared once with its code; the manual has a page for every kind.

    ``message`` and ``hint`` are templates; :meth:`at` fills their ``{fields}``.
    """

    code: str
    message: Text
    hint: Text
    severity: Severity = "error"

    def at(self, where: str, **values: object) -> Problem:
        """Return a problem of this kind at ``where``."""
        return Problem(self.code, where, self.message.format(**values), self.hint.format(**values), self.severity)


def by_field(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return problems by where they are, as a form shows them: beside its fields."""
    held: dict[str, list[Problem]] = {}
    for problem in problems:
        held.setdefault(problem.where, []).append(problem)
    return held


class ProblemsError(Exception):
    """Raised with every problem found, never with the first one only."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        if not self.problems:
            raise ValueError("ProblemsError needs at least one problem")
        super().__init__("\n".join(f"{p.where} ({p.code}): {p.message.zh}" for p in self.problems))
