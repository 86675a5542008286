"""One rule for many variants of the same rows at once: the narrow door through which comparisons compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.status import Status
from tongchou.rules.arrays import Frame
from tongchou.rules.evaluate import evaluate
from tongchou.rules.keys import JOIN
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table

_ROWS = 200_000  # computed in one go
_VARIANTS = 512

Keys = Mapping[str, Sequence[str]]


def variants(
    rule: Rule,
    keys: Keys,
    inputs: Mapping[str, Numbers],
    parameters: Mapping[str, Sequence[Dated]],
    columns: Sequence[str],
    *,
    settled: bool = True,
) -> dict[str, Numbers]:
    """Return ``columns`` of ``rule`` for every variant: shape (variants, rows), NaN where there is no value.

    ``keys`` has the code of every row under each key of the rule, rows in the order of their codes; ``inputs[name]``
    has shape (variants, rows), ``parameters[name]`` one value a variant. Variants never see each other. Without
    ``settled`` money is not rounded to whole units and moves without steps. Raises :class:`ProblemsError` as
    :func:`evaluate` does, where money must close or an algorithm is asked.
    """
    count, rows = next(iter(inputs.values())).shape
    closes = any(step.closing is not None for step in rule.steps)
    plain = rule.algorithm is None and not (settled and closes)
    step = max(1, _ROWS // max(1, rows)) if plain else max(1, min(_VARIANTS, _ROWS // max(1, rows)))
    compute = _on_arrays if plain else _by_evaluating
    used = rule if settled else unsettled(rule)
    found: dict[str, list[Numbers]] = {name: [] for name in columns}
    for first in range(0, count, step):
        part = slice(first, min(first + step, count))
        few = {name: values[part] for name, values in inputs.items()}
        held = {name: values[part] for name, values in parameters.items()}
        for name, values in compute(used, keys, few, held, columns).items():
            found[name].append(values)
    return {name: np.concatenate(each) for name, each in found.items()}


def unsettled(rule: Rule) -> Rule:
    """Return ``rule`` without rounding its money to whole units."""
    return replace(rule, steps=tuple(replace(step, closing=None) for step in rule.steps))


def ranks(values: Numbers) -> NDArray[np.intp]:
    """Return the rank of every row in every variant (shape of ``values``): 1 for the most, ties alike, 0 for none."""
    found = np.zeros(values.shape, dtype=np.intp)
    for row, each in enumerate(values):
        known = ~np.isnan(each)
        ordered = np.sort(-each[known])
        found[row, known] = 1 + np.searchsorted(ordered, -each[known], side="left")
    return found


def frame(
    rule: Rule, keys: Keys, inputs: Mapping[str, Numbers], parameters: Mapping[str, Sequence[Dated]]
) -> dict[str, Numbers]:
    """Return the numbers that formulas start from: inputs, row keys as numbers, parameters under ``$name``."""
    values = dict(inputs)
    for key, held in keys.items():
        values[key] = np.unique(np.array(held, dtype=object), return_inverse=True)[1].astype(np.float64)
    for name, dated in parameters.items():
        by = rule.declared.parameters[name].by
        if by is None:
            values[f"${name}"] = np.array([[d.value] for d in dated], dtype=np.float64)
        else:
            numbers = np.array(keys[by], dtype=object)[None, :] if by in keys else inputs[by]
            values[f"${name}"] = _looked_up(numbers, dated)
    return values


def _looked_up(codes: NDArray[np.generic], dated: Sequence[Dated]) -> Numbers:
    """Return a parameter that goes by codes (shape (variants or 1, rows)) row by row; NaN where it lacks the code."""
    found = np.full((len(dated), codes.shape[1]), np.nan)
    tables = {id(d.value): d.value for d in dated}
    for which, table in tables.items():
        chosen = np.array([id(d.value) == which for d in dated])
        for code, value in table.items() if isinstance(table, Mapping) else ():
            alike = codes == (code if codes.dtype == object else float(code))
            found = np.where(chosen[:, None] & alike, value, found)
    return found


def _on_arrays(
    rule: Rule,
    keys: Keys,
    inputs: Mapping[str, Numbers],
    parameters: Mapping[str, Sequence[Dated]],
    columns: Sequence[str],
) -> dict[str, Numbers]:
    count, rows = next(iter(inputs.values())).shape
    values = frame(rule, keys, inputs, parameters)
    every = Frame(np.zeros(rows, dtype=np.intp), values)
    for step in rule.steps:
        values[step.name] = every.column(step.term, step.leaves_out)
    return {name: np.array(np.broadcast_to(values[name], (count, rows))) for name in columns}


def _by_evaluating(
    rule: Rule,
    keys: Keys,
    inputs: Mapping[str, Numbers],
    parameters: Mapping[str, Sequence[Dated]],
    columns: Sequence[str],
) -> dict[str, Numbers]:
    count, rows = next(iter(inputs.values())).shape
    days = [date.fromordinal(1 + i) for i in range(count)]
    stacked = Table(
        tuple(JOIN.join(parts) for parts in zip(*keys.values(), strict=True)) * count,
        tuple(day.isoformat() for day in days for _ in range(rows)),
        {name: values.ravel() for name, values in inputs.items()},
        {name: np.full(values.size, Status.ASSUMED, dtype=np.int8) for name, values in inputs.items()},
        keys={key: tuple(held) * count for key, held in keys.items()},
    )
    dated = {
        name: tuple(replace(value, start=day) for value, day in zip(values, days, strict=True))
        for name, values in parameters.items()
    }
    result = evaluate(rule, stacked, Parameters(rule.id, dated, {}))
    return {name: result.values[name].reshape(count, rows) for name in columns}
