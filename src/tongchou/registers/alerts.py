"""Warnings: which rows somebody should look at, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tongchou.kernel.text import Text
from tongchou.registers.lines import Lines
from tongchou.registers.register import Register
from tongchou.registers.row import Row


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning of one row. ``level`` is red or yellow."""

    key: str
    name: str
    level: str
    says: Text


def alerts(register: Register, rows: Sequence[Row], on: date) -> list[Alert]:
    """Return every warning that holds on a day, red ones first, then in the order of rows.

    A condition over yearly values looks at the latest year there is; what cannot be told is no warning.
    """
    declared = register.declared
    if not declared.warnings or not rows:
        return []
    lines = Lines(register, rows, on)
    found: list[tuple[bool, int, Alert]] = []
    for name, warning in declared.warnings.items():
        holds = np.flatnonzero(lines.holds(register.formulas[f"warnings.{name}"])).tolist()
        says = warning.says.text()
        found += [(warning.level != "red", n, Alert(rows[n].key, name, warning.level, says)) for n in holds]
    return [alert for _, _, alert in sorted(found, key=lambda f: f[:2])]


def red(register: Register, rows: Sequence[Row], on: date) -> list[bool]:
    """Return for each row whether a red warning holds of it: what :func:`alerts` says, for many rows at once."""
    found = np.zeros(len(rows), dtype=np.bool_)
    if rows:
        lines = Lines(register, rows, on)
        for name, warning in register.declared.warnings.items():
            if warning.level == "red":
                found |= lines.holds(register.formulas[f"warnings.{name}"])
    return [bool(one) for one in found]


def derived(register: Register, rows: Sequence[Row], on: date) -> dict[str, list[float | None]]:
    """Return the derived fields of rows: one number a row, ``None`` where it cannot be told."""
    if not register.derived or not rows:
        return {name: [None] * len(rows) for name in register.derived}
    lines = Lines(register, rows, on)
    return {
        name: [None if value != value else value for value in lines.numbers(name).tolist()] for name in register.derived
    }
