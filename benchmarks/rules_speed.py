"""The equalisation rule for 2,800 counties × 20 years, against a plain pandas version of the same in the same run.

Ours does more: it checks the table, carries missing numbers and status, and settles ties by declared rule.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks._rivals import load, rival, seconds
from tongchou.catalogue import rules
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.run import record
from tongchou.rules.table import table

COUNTIES, YEARS, REPEATS = 2800, 20, 7
COVERAGE, POOL = 0.8, 2e7  # 万元; about half of what is claimed, so that every year is scaled down and settled


def made_up() -> tuple[list[str], list[str], dict[str, np.ndarray]]:
    rows = COUNTIES * YEARS
    draw = np.random.default_rng(20)
    places = [f"{i:06d}" for i in range(COUNTIES)] * YEARS
    periods = [str(2001 + year) for year in range(YEARS) for _ in range(COUNTIES)]
    return (
        places,
        periods,
        {
            "population": draw.integers(20_000, 1_000_000, rows).astype(float),
            "per_capita_standard": draw.uniform(5_000, 9_000, rows),
            "cost_factor": draw.uniform(0.8, 1.5, rows),
            "standard_capacity": draw.uniform(10_000, 500_000, rows),
        },
    )


def with_pandas(pd: Any, places: list[str], periods: list[str], values: dict[str, np.ndarray]) -> Any:
    frame = pd.DataFrame({"place": places, "period": periods, **values})
    need = frame.population * frame.per_capita_standard * frame.cost_factor / 1e4
    frame["claim"] = (need - frame.standard_capacity).clip(lower=0) * COVERAGE
    total = frame.groupby("period").claim.transform("sum")
    frame["fen"] = frame.claim * (POOL / total).clip(upper=1) * 1e6

    def close(group: Any) -> Any:
        whole = np.floor(group.fen)
        left = round(group.fen.sum() - whole.sum())
        ranked = group.assign(rest=group.fen - whole).sort_values(
            ["rest", "fen", "place"], ascending=[False, False, True]
        )
        whole.loc[ranked.index[:left]] += 1
        return whole / 100

    return pd.concat(close(group) for _, group in frame.groupby("period")).sort_index().to_numpy()


def main() -> None:
    rule = rules()["fiscal.equalisation"]
    given = parameters.none(rule).given("benchmark", coverage=COVERAGE, pool=POOL)
    made = made_up()
    ours = seconds(lambda: evaluate(rule, table(*made), given), REPEATS)
    result = evaluate(rule, table(*made), given)
    print(f"{COUNTIES:,} counties × {YEARS} years, medians of {REPEATS}; {load()}")
    print(f"  ours, table to settled amounts   {ours:7.3f} s")
    print(f"  ours, the run record with hash   {seconds(lambda: record(result), REPEATS):7.3f} s")
    pandas = rival("pandas", "pandas")
    if pandas is None:
        return
    theirs = seconds(lambda: with_pandas(pandas, *made), REPEATS)
    amounts = with_pandas(pandas, *made)
    apart = np.abs(result.values["transfer"] - amounts)
    print(f"  pandas                           {theirs:7.3f} s   {theirs / ours:.1f} times ours")
    print(f"  cells a fen apart: {int((apart > 0.005).sum())}; further apart: {int((apart > 0.015).sum())}")


if __name__ == "__main__":
    main()
