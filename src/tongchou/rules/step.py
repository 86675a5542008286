"""One column of a rule, ready to be computed, and what it looks at."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.rules.declaration import Closing, Column


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


def step(name: str, term: Term, column: Column, rows: frozenset[str]) -> Step:
    """Return the step of a column. Windows partitioned by the keys ``rows`` look at no number to know their group."""
    own: set[str] = set()
    windows: set[tuple[str, tuple[str, ...]]] = set()
    parameters: set[str] = set()

    def visit(part: Term, keys: tuple[str, ...] | None) -> None:
        if part.op in WINDOWS:
            keys = part.keys
            own.update(key for key in keys if key not in rows)
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
    if column.closes is not None:
        to = column.closes.to
        if to.startswith("$"):
            parameters.add(to[1:])
        elif to != "0":
            own.add(to)
    return Step(
        name,
        term,
        frozenset(own),
        frozenset(windows),
        frozenset(parameters),
        column.missing == "leave_out",
        column.closes,
    )
