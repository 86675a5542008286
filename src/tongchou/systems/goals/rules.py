"""What the declared rules of goals compute: thin adapters, arrays in and arrays out, over the measures beside this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.algorithm import Withheld
from tongchou.rules.cross_table import Places, cross_table, shares_of
from tongchou.systems.goals.convergence import beta_convergence
from tongchou.systems.goals.coordination import corrected_coupling, coupling
from tongchou.systems.goals.decomposition import dagum
from tongchou.systems.goals.gap_index import service_equality, weight_sensitivity
from tongchou.systems.goals.inequality import atkinson, coefficient_of_variation, gini, hoover, log_deviation
from tongchou.systems.goals.measured import Floats
from tongchou.systems.goals.permutation import slope_test


@contextmanager
def _withheld_where_undefined() -> Iterator[None]:
    """Turn a measure's refusal into no result for that period, with the reason; other periods keep theirs."""
    try:
        yield
    except ProblemsError as error:
        found = [problem.message for problem in error.problems]
        raise Withheld(Text("；".join(t.zh for t in found), "; ".join(t.en for t in found))) from error


def dispersion(output: Floats, people: Floats, aversion: float) -> dict[str, Any]:
    """Return the spread of output per head over the units of a period, plain and weighted by people."""
    if output.size < 2:
        raise Withheld(Text("只有一个单位，没有差距可言", "a single unit has no spread"))
    level = output / people
    with _withheld_where_undefined():
        return {
            "variation": coefficient_of_variation(level),
            "williamson": coefficient_of_variation(level, people),
            "gini": gini(level, people),
            "hoover": 100 * hoover(level, people),
            "atkinson": atkinson(level, aversion, people),
            "log_deviation": log_deviation(level) if level.all() else np.nan,  # only this one has no zero
        }


def gini_dagum(output: Floats, people: Floats, group: Floats) -> dict[str, Any]:
    """Return Dagum's parts of the Gini of output per head, people as weights."""
    if np.unique(group).size < 2:
        raise Withheld(Text("只有一组，无从分解", "a single group has nothing to split"))
    with _withheld_where_undefined():
        parts = dagum(output / people, group, people)
    return {"total": parts.total, "within": parts.within, "between": parts.between, "overlap": parts.overlap}


def convergence(before: Floats, now: Floats, years: float, level: float, note: Any) -> dict[str, Any]:
    """Return β- and σ-convergence with the exact permutation p where all arrangements can be counted."""
    with _withheld_where_undefined():
        beta = beta_convergence(before, now, years)
        test = slope_test(before, now, years, permutations=9_999, seed=0, level=level)
    note("arrangements", float(test.arrangements), Text("检验所数的排列数", "arrangements the test counted"))
    note("exact", float(test.exact), Text("是否逐一数完（1 为精确）", "whether all were counted (1 is exact)"))
    note("smallest_p", float(test.smallest_p), Text("可能达到的最小概率", "the smallest p that could have come out"))
    return {
        "beta": beta.beta,
        "speed": 100 * beta.speed,
        "half_life": beta.half_life,
        "fit": beta.r_squared,
        "p": float(test.p),
        "sigma_before": log_deviation(before),
        "sigma_now": log_deviation(now),
        "yearly_growth": 100 * np.log(now / before) / years,
    }


def coordination(level: Floats, weight: Floats, county: list[str], item: list[str]) -> dict[str, Any]:
    """Return coupling (classic and corrected) and the weighted level of each county's systems."""
    table, at, weights = _table(level, weight, county, item)
    return {
        "coupling": coupling(table)[at],
        "corrected": corrected_coupling(table)[at],
        "together": (table @ weights)[at],
    }


def gap_index(
    value: Floats,
    people: Floats,
    ring: Floats,
    weight: Floats,
    direction: Floats,
    freedom: float,
    county: list[str],
    indicator: list[str],
) -> dict[str, Any]:
    """Return how far each county is from the centre (ring 1), the equality of services, and rank intervals."""
    table, at, weights = _table(value, weight, county, indicator)
    heads, _, _ = _table(people, weight, county, indicator)
    inside, _, _ = _table(ring, weight, county, indicator)
    turned, _, _ = _table(direction, weight, county, indicator)
    centre = inside[:, 0] == 1
    if not centre.any():
        raise Withheld(Text("没有中心城区，无从比较", "there is no centre to compare with"))
    reference = (table[centre] * heads[centre]).sum(axis=0) / heads[centre].sum(axis=0)
    top = np.where(turned[0] == 1, table, reference)
    bottom = np.where(turned[0] == 1, reference, table)
    # Nothing of what should be little is full parity: its ratio has no number, and no gap.
    ratio = np.divide(top, bottom, out=np.full_like(top, np.inf), where=bottom > 0)
    capped = np.minimum(ratio, 1.0)
    sway = weight_sensitivity(capped, weights, freedom)
    with _withheld_where_undefined():
        equality = service_equality(table, weights, heads[:, 0])
    column = np.unique(indicator, return_inverse=True)[1]
    return {
        "ratio": ratio[at, column],
        "gap": (1.0 - capped @ weights)[at],
        "best_rank": sway.best[at],
        "worst_rank": sway.worst[at],
        "equality": equality,
    }


def _table(values: Floats, weight: Floats, county: list[str], item: list[str]) -> tuple[Floats, Places, Floats]:
    """Return values as a table (counties, items), the row of each, and the weights of the items made to sum to one."""
    table, at_county, at_item = cross_table(values, county, item)
    return table, at_county, shares_of(weight, at_item, table.shape[1])
