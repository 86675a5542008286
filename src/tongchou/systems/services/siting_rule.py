"""``services.next_site``: where the next points should be, by four aims, with the proof or the gap of each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.networks.pairs import PairTable, named, pair_table
from tongchou.networks.siting import Plan, maximal_cover, p_centre, p_median, set_cover
from tongchou.rules.algorithm import Withheld
from tongchou.systems.services.reach import Floats, Note, covered_share

NO, OLD, NEW = 0.0, 1.0, 2.0


def next_points(
    minutes: Floats, people: Floats, existing: Floats, price: Floats, room: Floats, limit: float, more: float,
    demand: Sequence[str], facility: Sequence[str], note: Note,
) -> dict[str, Any]:  # fmt: skip
    """Return for every candidate whether each plan picks it, and what the plans do, one number a row.

    Minutes a pair; people of a place; whether a point exists, its price and its room (people) for a candidate.
    ``more`` points are added but in ``cover``, which adds as many as everyone within reach of some candidate needs.
    """
    pairs = pair_table(minutes, demand, facility)
    heads, stands = people[pairs.of_place], np.flatnonzero(existing[pairs.of_facility] > 0)
    can = np.asarray((pairs.cost <= limit).any(axis=1))
    if not can.any():
        raise Withheld(Text("没有一处居民在限时内有备选点", "nobody has a candidate within the limit"))
    beyond = Text("限时内没有备选点的人数，在：{places}", "people with no candidate within the limit, at: {places}")
    note("beyond", float(heads[~can].sum()), beyond.format(places=named(pairs.places, ~can, heads)))
    count = stands.size + round(more)
    paid, space = price[pairs.of_facility], room[pairs.of_facility]
    free = paid.copy()
    free[stands] = 0.0
    plans = {
        "cover": _plan(lambda: set_cover(pairs.cost[can], limit, existing=stands, price=paid)),
        "most": _plan(lambda: maximal_cover(pairs.cost, heads, limit, count, existing=stands)),
        "shortest": _plan(lambda: p_median(pairs.cost, heads, count, existing=stands)),
        "fairest": _plan(lambda: p_centre(pairs.cost, count, existing=stands)),
        "roomy": _plan(lambda: p_median(pairs.cost, heads, count, existing=stands, capacity=space)),
    }
    found: dict[str, Any] = {}
    for name, (plan, why) in plans.items():
        found[name] = np.nan if plan is None else _picked(pairs, plan, stands)[pairs.at_facility]
        if plan is None:
            note(name, np.nan, why)
        else:
            _tell(note, name, plan, pairs, stands)
    cover, most, shortest, fairest = (plans[name][0] for name in ("cover", "most", "shortest", "fairest"))
    now = pairs.cost[:, stands].min(axis=1) if stands.size else np.full(heads.size, np.inf)
    then = _nearest(pairs, shortest)
    return {
        **found,
        "cover_points": np.nan if cover is None else float(cover.sites.size - stands.size),
        "cover_price": np.nan if cover is None else float(free[cover.sites].sum()),
        "coverage_now": covered_share(now <= limit, heads),
        "coverage_most": covered_share(_nearest(pairs, most) <= limit, heads),
        "mean_now": _mean(now, heads),
        "mean_then": _mean(then, heads),
        "longest_now": now.max(),
        "longest_then": _nearest(pairs, fairest).max(),
        "minutes_now": now[pairs.at_place],
        "minutes_then": then[pairs.at_place],
    }


def _plan(solve: Callable[[], Plan]) -> tuple[Plan | None, Text]:
    """Return a plan, or none and the reason: none fits, or more points are asked for than there are candidates."""
    try:
        return solve(), Text("", "")
    except ProblemsError as error:
        return None, error.problems[0].message


def _picked(pairs: PairTable, plan: Plan, stands: Any) -> Floats:
    is_picked = np.full(len(pairs.facilities), NO)
    is_picked[plan.sites] = NEW
    is_picked[stands] = OLD
    return is_picked


def _nearest(pairs: PairTable, plan: Plan | None) -> Floats:
    if plan is None or not plan.sites.size:
        return np.full(len(pairs.places), np.nan if plan is None else np.inf)
    return np.asarray(pairs.cost[:, plan.sites].min(axis=1))


def _mean(minutes: Floats, people: Floats) -> float:
    lived = people > 0
    return float(people[lived] @ minutes[lived] / people[lived].sum()) if lived.any() else np.nan


def _tell(note: Note, name: str, plan: Plan, pairs: PairTable, stands: Any) -> None:
    new = np.zeros(len(pairs.facilities), dtype=np.bool_)
    new[np.setdiff1d(plan.sites, stands)] = True
    proof = (
        Text("已证明最优", "proved best")
        if plan.is_proved
        else Text(f"未证明，至多还能改进 {plan.gap:.1%}", f"not proved; at most {plan.gap:.1%} better is possible")
    )
    note(
        f"{name}_value",
        plan.value,
        Text("目标值（{proof}），新增：{sites}", "value ({proof}), new: {sites}").format(
            proof=proof, sites=named(pairs.facilities, new, new)
        ),
    )
    note(f"{name}_bound", plan.bound, Text("任何方案都不能越过的界", "the bound that no plan can pass"))
