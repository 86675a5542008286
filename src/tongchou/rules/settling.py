"""Columns that close: money settled in whole units so that it adds up, in every period of every parameter set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongchou.formulas.windows import Numbers, Rows
from tongchou.kernel.apportion import settle_groups
from tongchou.kernel.units import factor
from tongchou.rules.rule import Rule
from tongchou.rules.step import Step

# Beyond this many units a sum is no longer a whole number the machine can hold.
_LARGEST = 2.0**62


@dataclass(frozen=True, slots=True)
class Open:
    """A period whose amounts do not fit what they must add up to: both, in the column's unit."""

    set: int
    period: int
    total: float
    pool: float


@dataclass(frozen=True, slots=True)
class Closing:
    """How a column closes: the factors that bring its amounts, and what they close to, into whole units."""

    to: str
    per_unit: float
    pool_unit: float
    exactly: bool

    @classmethod
    def of(cls, rule: Rule, step: Step) -> Closing:
        """Return the closing a step declares; it must declare one."""
        assert step.closing is not None  # noqa: S101 - the caller asks for closing steps only
        to, unit = step.closing.to, step.closing.unit
        units = rule.units()
        return cls(
            to,
            factor(units[step.name], unit),
            1.0 if to == "0" else factor(units[to], unit),
            step.closing.exactly,
        )

    def settle(self, amounts: Numbers, pool: Numbers | None, period: Rows) -> tuple[Numbers, list[Open]]:
        """Return ``amounts`` settled, and the periods that could not be.

        ``amounts`` have rows along their last axis, ordered by ``period``, and maybe parameter sets before it; ``pool``
        fits them (``None`` is nothing). Missing amounts stay missing; without a pool a period has no amounts.
        """
        flat = amounts.reshape(-1)
        sets = flat.size // period.size if period.size else 0
        periods = int(period[-1]) + 1 if period.size else 0
        group = period if sets == 1 else (np.arange(sets)[:, None] * periods + period).reshape(-1)
        missing = np.isnan(flat)
        if pool is not None and np.isnan(pool).any():
            missing |= np.isnan(np.broadcast_to(pool, amounts.shape).reshape(-1))
        at: NDArray[np.intp] | None = np.flatnonzero(~missing) if missing.any() else None
        units = flat * self.per_unit
        if at is not None:
            group, units = group[at], units[at]
        if not group.size:
            return np.full(amounts.shape, np.nan), []
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        goals = np.zeros(starts.size)
        if pool is not None:
            first = np.unravel_index(starts if at is None else at[starts], amounts.shape)
            goals = np.broadcast_to(pool, amounts.shape)[first] * self.pool_unit
        totals = np.add.reduceat(units, starts)
        whole = np.rint(goals)
        fits = np.abs(goals - whole) <= np.maximum(1e-6, 8 * np.spacing(np.abs(goals)))
        aim = np.where(np.abs(totals - whole) < 1, whole, np.rint(totals))
        fits &= (aim <= whole) & (np.maximum(np.abs(totals), np.abs(aim)) < _LARGEST)
        if self.exactly:
            fits &= aim == whole
        # Of equal remainders the larger amount is served first, then the lower place code, which stands first.
        with np.errstate(invalid="ignore"):  # a number too large to settle belongs to a period that does not fit
            settled, apart = settle_groups(units, starts, np.where(fits, aim, 0).astype(np.int64), -units)
        fits &= ~apart
        paid = settled / self.per_unit
        open_ = np.flatnonzero(~fits)
        if open_.size:
            paid[np.repeat(~fits, np.diff(starts, append=group.size))] = np.nan
        found = paid
        if at is not None:
            found = np.full(flat.size, np.nan)
            found[at] = paid
        return found.reshape(amounts.shape), [
            Open(
                int(group[starts[i]]) // periods,
                int(group[starts[i]]) % periods,
                float(totals[i]) / self.per_unit,
                float(goals[i]) / self.per_unit,
            )
            for i in open_
        ]
