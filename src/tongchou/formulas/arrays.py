"""A fitted formula on NumPy arrays, with the meaning sql.py gives it; see docs/decisions/0007-arrays-beside-duckdb.md.

A missing number is NaN. Rows stand in the one order there is (period, then place), along the last axis; an axis
before it holds parameter sets, and what does not depend on them has no such axis and is computed once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.formulas.windows import Groups, Mask, Numbers, Rows, by_period, rank, within

_COMPARE = {
    "equal": np.equal,
    "unequal": np.not_equal,
    "more": np.greater,
    "at_least": np.greater_equal,
    "less": np.less,
    "at_most": np.less_equal,
}
_ARITHMETIC = {"add": np.add, "subtract": np.subtract, "multiply": np.multiply}
_PLAIN = {"negate": np.negative, "abs": np.abs, "floor": np.floor, "ceil": np.ceil, "sqrt": np.sqrt}
_EXTREME = {"greatest": np.maximum, "least": np.minimum}  # both give NaN where either is NaN


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false for every row, and where it cannot be told (``None``: nowhere)."""

    true: Any
    unknown: Any | None


class Frame:
    """Numbers by name (a parameter under ``$name``), and the periods of the rows they belong to.

    ``like`` is a frame of the same rows, whose groups are taken where the numbers that make them are the same.
    """

    def __init__(self, period: Rows, values: Mapping[str, Numbers], like: Frame | None = None) -> None:
        self.values = values
        self.rows = int(period.size)
        self.periods: Groups = by_period(period) if like is None else like.periods
        self._like = like
        self._groups: dict[tuple[str, ...], list[Groups]] = {}

    def column(self, term: Term, leaves_out: bool) -> Numbers:
        """Return what a formula gives: one number a row, NaN where it is missing, undefined or out of range."""
        with np.errstate(all="ignore"):
            found = np.asarray(self._number(term, leaves_out), dtype=np.float64)
            if not np.isfinite(found).all():
                found = np.where(np.isfinite(found), found, np.nan)
        return found if found.shape[-1:] == (self.rows,) else np.array(self._every_row(found))

    def truth(self, term: Term, leaves_out: bool) -> Truth:
        """Return where a comparison holds."""
        with np.errstate(all="ignore"):
            return self._truth(term, leaves_out)

    def groups(self, keys: tuple[str, ...]) -> list[Groups]:
        """Return the groups a window by ``keys`` looks at: one partition, or one for each parameter set."""
        if not keys:
            return [self.periods]
        if self._like is not None and all(self.values[key] is self._like.values.get(key) for key in keys):
            return self._like.groups(keys)
        if keys not in self._groups:
            columns = [self._every_row(self.values[key]) for key in keys]
            sets = max(column.shape[0] if column.ndim > 1 else 1 for column in columns)
            self._groups[keys] = [
                within(self.periods, [c[i % c.shape[0]] if c.ndim > 1 else c for c in columns]) for i in range(sets)
            ]
        return self._groups[keys]

    def _every_row(self, values: Any) -> Numbers:
        held = np.asarray(values, dtype=np.float64)
        return np.broadcast_to(held, (*held.shape[:-1], self.rows))

    def _number(self, term: Term, leaves_out: bool) -> Any:
        op = term.op
        if op == "number":
            return np.float64(term.value or 0.0)
        if op == "name":
            return self.values[str(term.value)]
        if op == "parameter":
            return self.values[f"${term.value}"]
        if op == "case":
            return self._case(term, leaves_out)
        args = [self._number(arg, leaves_out) for arg in term.args]
        if op in WINDOWS:
            return self._window(term, self._every_row(args[0]), leaves_out)
        return _scalar(term, args)

    def _truth(self, term: Term, leaves_out: bool) -> Truth:
        if term.op in _COMPARE:
            left, right = (self._number(arg, leaves_out) for arg in term.args)
            missing = np.isnan(left) | np.isnan(right)
            return Truth(_COMPARE[term.op](left, right), missing if missing.any() else None)
        parts = [self._truth(arg, leaves_out) for arg in term.args]
        if term.op == "not":
            return Truth(~np.asarray(parts[0].true), parts[0].unknown)
        # As SQL has it: one false settles an "and", one true an "or", whatever is unknown beside it.
        if term.op == "and":
            true = parts[0].true & parts[1].true
            settled = [~(p.true | _mask(p.unknown)) for p in parts]
        else:
            true = (parts[0].true & ~_mask(parts[0].unknown)) | (parts[1].true & ~_mask(parts[1].unknown))
            settled = [p.true & ~_mask(p.unknown) for p in parts]
        if parts[0].unknown is None and parts[1].unknown is None:
            return Truth(true, None)
        unknown = (_mask(parts[0].unknown) | _mask(parts[1].unknown)) & ~(settled[0] | settled[1])
        return Truth(true & ~unknown, unknown)

    def _case(self, term: Term, leaves_out: bool) -> Any:
        found = self._number(term.args[-1], leaves_out)
        branches = list(zip(term.args[:-1:2], term.args[1::2], strict=True))
        for condition, value in reversed(branches):
            held = self._truth(condition, leaves_out)
            found = np.where(held.true, self._number(value, leaves_out), found)
            if held.unknown is not None:
                found = np.where(held.unknown, np.nan, found)
        return found

    def _window(self, term: Term, values: Numbers, leaves_out: bool) -> Numbers:
        groups = self.groups(term.keys)
        if len(groups) == 1:
            return _over(term, groups[0], values, leaves_out)
        each = values if values.ndim > 1 else [values] * len(groups)
        return np.stack([_over(term, g, v, leaves_out) for g, v in zip(groups, each, strict=True)])


def _mask(unknown: Any | None) -> Any:
    return np.False_ if unknown is None else unknown


def _scalar(term: Term, args: list[Any]) -> Any:
    op = term.op
    if op in _ARITHMETIC:
        return _ARITHMETIC[op](args[0], args[1])
    if op in _PLAIN:
        return _PLAIN[op](args[0])
    if op == "convert":
        return args[0] * np.float64(term.value or 0.0)
    if op == "divide":
        return args[0] / np.where(np.equal(args[1], 0), np.nan, args[1])
    if op == "nullif":
        return np.where(np.equal(args[0], args[1]), np.nan, args[0])
    if op == "ln":
        return np.log(np.where(np.greater(args[0], 0), args[0], np.nan))
    if op == "exp":
        return _finite(np.exp(args[0]))
    if op == "power":  # NumPy has 1 for NaN to the power of 0 and for 1 to the power of NaN
        return _finite(np.where(np.isnan(args[0]) | np.isnan(args[1]), np.nan, np.power(args[0], args[1])))
    if op == "round":
        return _round(args[0], round(float(args[1])) if len(args) == 2 else 0)
    if op == "coalesce":
        found = args[-1]
        for value in reversed(args[:-1]):
            found = np.where(np.isnan(value), found, value)
        return found
    if op in _EXTREME:
        found = args[0]
        for value in args[1:]:
            found = _EXTREME[op](found, value)
        return found
    raise AssertionError(op)


def _finite(values: Any) -> Any:
    return np.where(np.isfinite(values), values, np.nan)


def _round(values: Any, digits: int) -> Any:
    """Round half away from zero, as DuckDB does (NumPy rounds half to even)."""
    scale = np.float64(10.0) ** abs(digits)
    scaled = values * scale if digits > 0 else values / scale
    size = np.abs(scaled)
    whole = np.floor(size)
    whole = np.copysign(whole + (size - whole >= 0.5), scaled)
    if digits > 0:
        back = whole / scale
        return np.where(np.isfinite(back), back, values)
    return whole * scale


def _over(term: Term, groups: Groups, values: Numbers, leaves_out: bool) -> Numbers:
    op = term.op
    if op == "rank":
        found = _ranks(groups, values, descending=bool(term.value), leaves_out=leaves_out)
    elif op == "count":
        found = groups.spread(groups.reduce(np.add, (~np.isnan(values)).astype(np.float64)))
    else:
        found = groups.spread(_aggregate(op, groups, values, leaves_out))
    # A place whose group is unknown could belong to any of them: none is complete then.
    blank: Mask | None = groups.unknown if leaves_out else groups.open
    return found if blank is None else np.where(blank, np.nan, found)


def _ranks(groups: Groups, values: Numbers, *, descending: bool, leaves_out: bool) -> Numbers:
    if not values.size:
        return values
    flat = values.reshape(-1, values.shape[-1])
    found = np.stack([rank(groups, one, descending) for one in flat]).reshape(values.shape)
    gaps = np.isnan(values)
    if not gaps.any():
        return found
    if not leaves_out:
        gaps = groups.spread(groups.reduce(np.logical_or, gaps))
    return np.where(gaps, np.nan, found)


def _aggregate(op: str, groups: Groups, values: Numbers, leaves_out: bool) -> Numbers:
    """Return the aggregate of every group; where gaps are not left out, NaN makes the whole group NaN."""
    if op in ("min", "max"):
        if leaves_out:
            return groups.reduce(np.fmin if op == "min" else np.fmax, values)
        return groups.reduce(np.minimum if op == "min" else np.maximum, values)
    number: Any = groups.sizes.astype(np.float64)
    gaps = np.isnan(values) if leaves_out else None
    if gaps is not None and gaps.any():
        held = groups.reduce(np.add, (~gaps).astype(np.float64))
        number = np.where(held > 0, held, np.nan)
        total = np.where(held > 0, groups.reduce(np.add, np.where(gaps, 0.0, values)), np.nan)
    else:
        gaps, total = None, groups.reduce(np.add, values)
    if op == "sum":
        return total
    mean: Numbers = total / number
    if op == "avg":
        return mean
    apart = values - groups.spread(mean)
    squares = apart * apart if gaps is None else np.where(gaps, 0.0, apart * apart)
    spread: Numbers = np.sqrt(groups.reduce(np.add, squares) / number)
    # Equal numbers have no spread at all, though their mean may differ from them in the last digit.
    equal = groups.reduce(np.fmin, values) == groups.reduce(np.fmax, values)
    return np.where(equal & ~np.isnan(spread), 0.0, spread)
