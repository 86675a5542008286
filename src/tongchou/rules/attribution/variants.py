"""One rule for many variants of the same rows at once, unsettled: the narrow door through which comparisons compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tongchou.rules.computing import Computing
from tongchou.rules.parameters import Dated
from tongchou.rules.rows import arrange, numbered
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers

_CELLS = 200_000  # of one column computed in one go: what stays in the processor's cache
Keys = Mapping[str, Sequence[str]]


def variants(
    rule: Rule,
    places: Sequence[str],
    keys: Keys,
    inputs: Mapping[str, Numbers],
    parameters: Mapping[str, Sequence[Dated]],
) -> Numbers:
    """Return the result of ``rule`` for every variant of the figures of one period, shape (variants, rows).

    ``places`` are codes in order, ``keys`` has the code of every row under each key of the rule. ``inputs[name]`` has
    shape (variants, rows), ``parameters[name]`` one value a variant. Variants never see each other. Money is not
    settled, so that it moves without steps; NaN where there is no value. Nothing is checked against bounds.
    """
    count, rows = next(iter(inputs.values())).shape
    arranged = arrange(tuple(places), ("",) * rows)
    step = max(1, _CELLS // max(1, rows))
    found = np.empty((count, rows))
    for first in range(0, count, step):
        part = slice(first, min(first + step, count))
        values = start(rule, keys, inputs, parameters, part)
        work = Computing(rule, arranged, values, None, keys)
        work.algorithm()
        for each in rule.steps:
            work.step(replace(each, closing=None))
        found[part] = values[rule.declared.result]
    return found


def start(
    rule: Rule, keys: Keys, inputs: Mapping[str, Numbers], parameters: Mapping[str, Sequence[Dated]], part: slice
) -> dict[str, Numbers]:
    """Return the numbers that formulas start from: inputs, row keys as numbers, parameters under ``$name``.

    Those of the variants in ``part``, shape (variants, rows), or (rows) where all of them are alike.
    """
    values = {name: np.ascontiguousarray(held[part]) for name, held in inputs.items()}
    for key, held in keys.items():
        values[key] = numbered(held)[1].astype(np.float64)
    for name, every in parameters.items():
        by, dated = rule.declared.parameters[name].by, every[part]
        if by is not None:
            codes = np.array(keys[by], dtype=object)[None, :] if by in keys else values[by]
            values[f"${name}"] = _looked_up(codes, dated)
        else:
            values[f"${name}"] = np.array([[d.value] for d in dated], dtype=np.float64)
    # What is the same in every variant is computed once.
    for name, array in values.items():
        if array.ndim > 1 and (array[0] == array).all():
            values[name] = np.broadcast_to(array[0], (len(next(iter(keys.values()))),))
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
