"""Making the parts of a change add up to it: to the fen where the result is money in whole fen."""

from __future__ import annotations

import numpy as np

from tongchou.kernel.apportion import settle_groups
from tongchou.kernel.units import factor
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers

# A part smaller than this share of what its place's result moves by is rounding in the machine.
_NOTHING = 1e-12


def per_whole_unit(rules: tuple[Rule, Rule]) -> float | None:
    """Return what a result is multiplied by to be in whole units of settling; ``None`` where either is not settled."""
    closings = [rule.declared.columns[rule.declared.result].closes for rule in rules]
    unit = rules[1].declared.columns[rules[1].declared.result].unit
    sizes = {factor(unit, closing.unit) for closing in closings if closing is not None}
    return sizes.pop() if len(sizes) == 1 and None not in closings else None


def settled(parts: Numbers, moved: Numbers, total: Numbers, per_unit: float | None, last: int) -> Numbers:
    """Return ``parts`` (factors, places) so that each place's sum is its ``total``, exactly in whole units.

    ``moved`` is the most by which any combination moved a place's result. The difference that settling left, less than
    two units, goes to the parts there are in proportion; to the factor ``last`` where there is none. NaN stays NaN.
    """
    found: Numbers = np.where(np.abs(parts) <= _NOTHING * moved, 0.0, parts)
    whole = np.isfinite(found).all(axis=0)
    size = np.abs(found).sum(axis=0)
    rest = total - found.sum(axis=0)
    share = np.divide(np.abs(found), size, out=np.zeros_like(found), where=size > 0)
    share[last, whole & (size == 0)] = 1.0
    found = found + share * rest
    if per_unit is None or not whole.any():
        return found
    active = (share > 0) & whole & ((size > 0) | (np.abs(rest * per_unit) > 0.5))
    places = np.flatnonzero(active.any(axis=0))
    if places.size:
        flags = active[:, places].T
        counts = flags.sum(axis=1)
        starts = (np.cumsum(counts) - counts).astype(np.intp)
        # Of equal remainders the larger part is served first, as in closing; then the factor declared first.
        larger = np.argsort(np.argsort(-np.abs(found[:, places].T), axis=1, kind="stable"), axis=1, kind="stable")
        order = larger[flags]
        amounts = (found[:, places].T * per_unit)[flags]
        goals = np.round(total[places] * per_unit).astype(np.int64)
        units, _ = settle_groups(amounts, starts, goals, order)
        table = np.zeros(flags.shape)
        table[flags] = units / per_unit
        found[:, places] = table.T
    return np.where(whole & ~active, 0.0, found)
