"""Whether money adds up: the sum of every column that closes, what it must add up to, and the difference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.kernel.units import factor
from tongchou.rules import words
from tongchou.rules.parameters import Dated
from tongchou.rules.result import Result
from tongchou.web.computing.cells import value_of
from tongchou.web.computing.tables import distinct, exact_sum, rows_of


@dataclass(frozen=True, slots=True)
class Check:
    """One column that closes in one period, all in its unit; ``verdict`` says in words whether it does."""

    label: Text
    unit: str
    total: str
    target: Text
    due: str
    difference: str
    verdict: Text
    holds: bool


def checks(result: Result, period: str) -> list[Check]:
    """Return a check for every column that closes and has all its numbers."""
    found = []
    for name, column in result.rule.declared.columns.items():
        closing = column.closes
        if closing is None:
            continue
        rows = rows_of(result, period)
        values = [value_of(result, name, i) for i in distinct(result, rows, result.rule.keys(name))]
        held = [v for v in values if not np.isnan(v)]
        due = _due(result, closing.to, column.unit, period, rows)
        if not held or due is None:
            continue
        total = exact_sum(held)
        # In whole units both are whole numbers; what is left of a float's rounding is no difference.
        whole = factor(column.unit, closing.unit)
        units = round(Fraction(total) * Fraction(whole)) - round(Fraction(due) * Fraction(whole))
        difference = units / whole
        holds = units <= 0 if closing.at_most else units == 0
        target = words.called(result.rule, closing.to) if closing.to != "0" else _ZERO
        verdict = _OVER if not holds else _CLOSED if units == 0 else _WITHIN
        unit = column.unit
        found.append(
            Check(
                column.label.text(),
                unit,
                figure(total, unit),
                target,
                figure(due, unit),
                figure(difference, unit),
                verdict,
                holds,
            )
        )
    return found


def _due(result: Result, to: str, unit: str, period: str, rows: list[int]) -> float | None:
    if to == "0":
        return 0.0
    scale = factor(result.rule.units()[to], unit)
    if to.startswith("$"):
        dated: Dated = result.parameters[to[1:]][period]
        return dated.value * scale if isinstance(dated.value, (int, float)) else None
    value = next((v for i in rows if not np.isnan(v := value_of(result, to, i))), None)
    return None if value is None else value * scale


_ZERO = Text("零", "zero")
_CLOSED = Text("相符，一分不差", "adds up exactly")
_WITHIN = Text("未超过，余数留下", "within it; the rest is left")
_OVER = Text("不符", "does not add up")
