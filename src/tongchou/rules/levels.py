"""The status of what a formula gives: no better than derived, and as weak as the weakest number it rests on.

Of a ``case`` only the conditions asked and the branch taken count, of ``coalesce`` only what was needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.formulas.arrays import Frame
from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.status import Status
from tongchou.rules.step import Step

Levels = NDArray[np.int8]
OFFICIAL, DERIVED, ASSUMED = np.int8(Status.OFFICIAL), np.int8(Status.DERIVED), np.int8(Status.ASSUMED)


def level(step: Step, frame: Frame, held: Mapping[str, Levels], found: NDArray[np.float64]) -> Levels:
    """Return the status of the column ``found``; ``held`` has that of every name and ``$parameter``.

    Where there is no number, what later fills the gap assumes something.
    """
    weakest = np.minimum(_term(step.term, step.leaves_out, frame, held), DERIVED)
    if step.closing is not None and step.closing.to != "0":
        weakest = np.minimum(weakest, held[step.closing.to])
    gaps = np.isnan(found)
    if gaps.any():
        weakest = np.where(gaps, np.minimum(weakest, ASSUMED), weakest)
    shape = np.broadcast_shapes(np.shape(weakest), (frame.rows,))
    return np.asarray(np.broadcast_to(weakest, shape), dtype=np.int8)


def _term(term: Term, leaves_out: bool, frame: Frame, held: Mapping[str, Levels]) -> Any:
    op = term.op
    if op == "number":
        return OFFICIAL
    if op == "name":
        return held[str(term.value)]
    if op == "parameter":
        return held[f"${term.value}"]
    args = [_term(arg, leaves_out, frame, held) for arg in term.args]
    if op in WINDOWS:
        return _window(term, args[0], frame, held)
    if op == "case":
        found = args[-1]
        for condition, asked, value in zip(term.args[-3::-2], args[-3::-2], args[-2::-2], strict=True):
            if _differ(value, found):
                found = np.where(frame.truth(condition, leaves_out).true, value, found)
            found = np.minimum(asked, found)
        return found
    if op == "coalesce":
        found = args[-1]
        for term_, one in zip(term.args[-2::-1], args[-2::-1], strict=True):
            gap = np.isnan(frame.column(term_, leaves_out))
            found = np.where(gap, np.minimum(one, found), one)
        return found
    found = args[0]
    for one in args[1:]:
        found = np.minimum(found, one)
    return found


def _differ(left: Any, right: Any) -> bool:
    return bool(np.any(np.not_equal(left, right)))


def _window(term: Term, of_arg: Any, frame: Frame, held: Mapping[str, Levels]) -> Any:
    groups = frame.groups(term.keys)
    every = np.broadcast_to(of_arg, np.broadcast_shapes(np.shape(of_arg), (frame.rows,)))
    if len(groups) == 1:
        found = groups[0].spread(groups[0].reduce(np.minimum, every))
    else:
        each = every if every.ndim > 1 else [every] * len(groups)
        found = np.stack([g.spread(g.reduce(np.minimum, e)) for g, e in zip(groups, each, strict=True)])
    for key in term.keys:
        # Which group another place belongs to decides what is summed here, so its status counts here too.
        of_key = np.broadcast_to(held[key], np.broadcast_shapes(np.shape(held[key]), (frame.rows,)))
        found = np.minimum(found, frame.periods.spread(frame.periods.reduce(np.minimum, of_key)))
    return found


def undefined(step: Step, frame: Frame, found: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where a column has no number though nothing it looks at is missing: there it is undefined."""
    gaps = np.isnan(found)
    if not gaps.any():
        return gaps
    blocked: Any = np.False_
    for name in step.own:
        blocked = blocked | np.isnan(frame.values[name])
    for name, keys in step.windows:
        missing = np.broadcast_to(
            np.isnan(frame.values[name]), np.broadcast_shapes(np.shape(frame.values[name]), (frame.rows,))
        )
        groups = frame.groups(keys)
        if step.leaves_out:
            blocked = blocked | missing
        elif len(groups) == 1:
            blocked = blocked | groups[0].spread(groups[0].reduce(np.logical_or, missing))
        else:
            each = missing if missing.ndim > 1 else [missing] * len(groups)
            blocked = blocked | np.stack(
                [g.spread(g.reduce(np.logical_or, m)) for g, m in zip(groups, each, strict=True)]
            )
        for group in groups:
            mark = group.unknown if step.leaves_out else group.open
            if mark is not None and len(groups) == 1:
                blocked = blocked | mark
    return np.asarray(gaps & ~blocked)
