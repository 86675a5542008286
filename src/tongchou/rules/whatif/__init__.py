"""What if: several values of parameters or inputs at once, as one evaluation: what moves, how far, who overtakes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tongchou import __version__
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes, run
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule
from tongchou.rules.stack import evaluate_many
from tongchou.rules.table import Levels, Numbers, Table
from tongchou.rules.whatif.settings import Setting, Trials, changed, of_one_period, settings_of

SCHEMA = "tongchou.whatif/1"
MOST = 100_000
Ranks = NDArray[np.intp]
# How far a setting is moved each way, as a share of itself, to see what follows.
_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Sweep:
    """The result column of one period under every scenario, rows as in the table of ``base``.

    ``values`` has shape (scenarios, settings), ``amounts`` and ``ranks`` (scenarios, rows): NaN and 0 where there is no
    result, ``problems`` saying for each scenario what does not close. ``elasticity`` (settings, rows) is the change of
    the amount in per cent for one per cent more of a setting, measured at the base without rounding of money; NaN where
    the setting is zero, the base has no result or none but zero. ``status`` is assumed at best.
    """

    base: Result
    settings: tuple[Setting, ...]
    values: Numbers
    amounts: Numbers
    ranks: Ranks
    elasticity: Numbers
    status: Levels
    problems: tuple[tuple[Problem, ...], ...]

    @property
    def base_amounts(self) -> Numbers:
        """The result as it is."""
        return self.base.values[self.base.rule.declared.result]

    def amount_range(self) -> tuple[Numbers, Numbers]:
        """Return each row's least and largest amount over the base and all scenarios that have one."""
        every = np.vstack([self.base_amounts, self.amounts])
        known = ~np.isnan(every)
        low = np.where(known, every, np.inf).min(axis=0)
        high = np.where(known, every, -np.inf).max(axis=0)
        none = ~known.any(axis=0)
        return np.where(none, np.nan, low), np.where(none, np.nan, high)

    def rank_range(self) -> tuple[Ranks, Ranks]:
        """Return each row's best and worst rank over the base and all scenarios, 0 where it never has one."""
        every = np.vstack([ranks(self.base_amounts[None, :]), self.ranks])
        best = np.where(every > 0, every, np.iinfo(np.intp).max).min(axis=0)
        return np.where((every > 0).any(axis=0), best, 0), every.max(axis=0)


def sweep(
    rule: Rule,
    table: Table,
    parameters: Parameters,
    trials: Trials,
    *,
    period: str | None = None,
    how: Literal["grid", "list"] = "grid",
) -> Sweep:
    """Compute ``rule`` for every combination of the values to try (``grid``), or for the lists side by side (``list``).

    ``trials`` is ``{"$coverage": [0.5, 0.6], "population": {"140121": [3e5, 4e5]}}``; a parameter by codes is given as
    ``{"$rate": {"C13": [...]}}``. Of a table of several periods the last is taken, or ``period``. Raises
    :class:`ProblemsError` for what cannot be tried, and where the rule cannot be computed as things are.
    """
    figures = of_one_period(table, period)
    tried = settings_of(rule, figures, parameters, trials)
    scenarios = _scenarios(tried, how)
    settings = tuple(tried)
    base = evaluate(rule, figures, parameters)
    result = rule.declared.result
    sets = [changed(figures, parameters, dict(zip(settings, row, strict=True))) for row in scenarios.tolist()]
    stack = evaluate_many(rule, [t for t, _ in sets], [p for _, p in sets], [result])
    amounts = np.array(np.broadcast_to(stack.values[result], (len(sets), len(figures))))
    level = np.minimum(base.status[result], np.int8(Status.ASSUMED))
    known = ~np.isnan(amounts).all(axis=0)
    status = np.where(known & (level == 0), np.int8(Status.ASSUMED), level).astype(np.int8)
    return Sweep(
        base,
        settings,
        scenarios,
        amounts,
        ranks(amounts),
        _elasticity(rule, figures, parameters, settings),
        status,
        stack.problems,
    )


def ranks(values: Numbers) -> Ranks:
    """Return the rank of every row in every scenario (shape of ``values``): 1 for the most, ties alike, 0 for none."""
    found = np.zeros(values.shape, dtype=np.intp)
    for row, each in enumerate(values):
        known = ~np.isnan(each)
        found[row, known] = 1 + np.searchsorted(np.sort(-each[known]), -each[known], side="left")
    return found


def unsettled(rule: Rule) -> Rule:
    """Return ``rule`` without rounding its money to whole units, for amounts that move without steps."""
    return replace(rule, steps=tuple(replace(step, closing=None) for step in rule.steps))


def record(found: Sweep) -> dict[str, Any]:
    """Return the sweep as plain JSON data with the base run in it, and under ``hash`` the SHA-256 of all of that."""
    words = [None, *(status.word for status in sorted(Status))]
    low, high = found.rank_range()
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": __version__,
        "what_if": True,
        "base": run.record(found.base),
        "result": found.base.rule.declared.result,
        "places": list(found.base.table.places),
        "settings": [setting.id for setting in found.settings],
        "scenarios": [
            {
                "values": row,
                "amounts": _plain(amounts),
                "ranks": [int(r) or None for r in each],
                "problems": [{"code": p.code, "where": p.where, "zh": p.message.zh, "en": p.message.en} for p in told],
            }
            for row, amounts, each, told in zip(
                found.values.tolist(), found.amounts, found.ranks, found.problems, strict=True
            )
        ],
        "elasticity": {s.id: _plain(row) for s, row in zip(found.settings, found.elasticity, strict=True)},
        "ranks": [[int(a) or None, int(b) or None] for a, b in zip(low, high, strict=True)],
        "status": [words[level] for level in found.status],
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return data | {"hash": hashlib.sha256(text.encode()).hexdigest()}


def _plain(values: Numbers) -> list[float | None]:
    return [None if np.isnan(v) else float(v) + 0.0 for v in values]


def _scenarios(tried: Mapping[Setting, tuple[float, ...]], how: str) -> Numbers:
    if not tried:
        raise ProblemsError([codes.BAD_SETTING.at("what-if", name="—", reason="{}")])
    counts = {s.id: len(values) for s, values in tried.items()}
    if how == "list" and len(set(counts.values())) > 1:
        raise ProblemsError(codes.BAD_SETTING.at(id_, name=id_, reason=f"{n}") for id_, n in counts.items())
    found = prod(counts.values()) if how == "grid" else max(counts.values())
    if found > MOST:
        raise ProblemsError([codes.TOO_MANY_SCENARIOS.at("what-if", found=found, most=MOST)])
    rows = product(*tried.values()) if how == "grid" else zip(*tried.values(), strict=True)
    return np.array(list(rows), dtype=np.float64)


def _elasticity(rule: Rule, figures: Table, parameters: Parameters, settings: tuple[Setting, ...]) -> Numbers:
    """Return d ln(amount) / d ln(setting) at the base, from a small step each way."""
    result = rule.declared.result
    found = np.full((len(settings), len(figures)), np.nan)
    for i, setting in enumerate(settings):
        now = setting.now(figures, parameters)
        if np.isnan(now) or now == 0:
            continue
        around = (now * (1 - _STEP), now, now * (1 + _STEP))
        sets = [changed(figures, parameters, {setting: value}) for value in around]
        try:
            stack = evaluate_many(unsettled(rule), [t for t, _ in sets], [p for _, p in sets], [result])
        except ProblemsError:  # a bound lies that near
            continue
        before, amounts, after = np.broadcast_to(stack.values[result], (3, len(figures)))
        with np.errstate(all="ignore"):
            found[i] = np.where(amounts == 0, np.nan, (after - before) / (2 * _STEP * amounts))
    return found
