"""The equalisation rule on made-up counties: ours, plain pandas, OpenFisca; a child process each for memory.

``python -m benchmarks._rules_cases WHO PERIODS REPEATS`` prints the median seconds and the peak memory as JSON.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._rivals import seconds

COUNTIES = 2800
COVERAGE, POOL = 0.8, 2e7  # 万元; about half of what is claimed, so that every year is scaled down and settled
Made = tuple[list[str], list[str], dict[str, np.ndarray]]


def made_up(periods: int) -> Made:
    rows = COUNTIES * periods
    draw = np.random.default_rng(20)
    places = [f"{i:06d}" for i in range(COUNTIES)] * periods
    codes = [f"{1900 + i // 12}-{i % 12 + 1:02}" for i in range(periods)]
    return (
        places,
        [code for code in codes for _ in range(COUNTIES)],
        {
            "population": draw.integers(20_000, 1_000_000, rows).astype(float),
            "per_capita_standard": draw.uniform(5_000, 9_000, rows),
            "cost_factor": draw.uniform(0.8, 1.5, rows),
            "standard_capacity": draw.uniform(10_000, 500_000, rows),
        },
    )


def ours(made: Made) -> Any:
    from tongchou.catalogue import rules
    from tongchou.rules import parameters
    from tongchou.rules.evaluate import evaluate
    from tongchou.rules.table import table

    rule = rules()["fiscal.equalisation"]
    given = parameters.none(rule).given("benchmark", coverage=COVERAGE, pool=POOL)
    return evaluate(rule, table(*made), given).values["transfer"]


def gaps(pd: Any, made: Made) -> Any:
    """Build the frame and what no parameter changes."""
    places, periods, values = made
    frame = pd.DataFrame({"place": places, "period": periods, **values})
    need = frame.population * frame.per_capita_standard * frame.cost_factor / 1e4
    frame["gap"] = (need - frame.standard_capacity).clip(lower=0)
    return frame


def close(pd: Any, frame: Any, coverage: float, pool: float) -> np.ndarray:
    """Claims scaled to the pool and settled to the fen, period by period: a careful analyst's pandas."""
    frame = frame.assign(claim=frame.gap * coverage)
    total = frame.groupby("period").claim.transform("sum")
    frame["fen"] = frame.claim * (pool / total).clip(upper=1) * 1e6

    def settle(group: Any) -> Any:
        whole = np.floor(group.fen)
        left = round(group.fen.sum() - whole.sum())
        ranked = group.assign(rest=group.fen - whole).sort_values(
            ["rest", "fen", "place"], ascending=[False, False, True]
        )
        whole.loc[ranked.index[:left]] += 1
        return whole / 100

    found: np.ndarray = pd.concat(settle(group) for _, group in frame.groupby("period")).sort_index().to_numpy()
    return found


def with_pandas(pd: Any, made: Made, coverage: float = COVERAGE, pool: float = POOL) -> np.ndarray:
    return close(pd, gaps(pd, made), coverage, pool)


def openfisca(made: Made) -> Any:
    """Return a function of (coverage, pool) that gives the transfers, in single precision and not settled.

    The simulation is built once; for each set only what depends on the parameters is dropped and computed again.
    """
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    county = build_entity(key="county", plural="counties", label="County", is_person=True)
    roles = [{"key": "member", "plural": "members", "label": "Member"}]
    country = build_entity(key="country", plural="countries", label="Country", roles=roles)
    system = TaxBenefitSystem([county, country])

    def variable(name: str, entity: Any, formula: Any = None) -> None:
        held = {"value_type": float, "entity": entity, "definition_period": DateUnit.MONTH, "label": name}
        system.add_variable(type(name, (Variable,), {**held, **({"formula": formula} if formula else {})}))

    for name in made[2]:
        variable(name, county)
    for name in ("coverage", "pool"):
        variable(name, country)

    def gap(counties: Any, month: Any) -> Any:
        need = counties("population", month) * counties("per_capita_standard", month) * counties("cost_factor", month)
        return np.maximum(need / 1e4 - counties("standard_capacity", month), 0)

    def claim(counties: Any, month: Any) -> Any:
        return counties("gap", month) * counties.country("coverage", month)

    def total(countries: Any, month: Any) -> Any:
        return countries.sum(countries.members("claim", month))

    def transfer(counties: Any, month: Any) -> Any:
        pool, claims = counties.country("pool", month), counties.country("total", month)
        return counties("claim", month) * np.minimum(pool / claims, 1) * 1e4

    variable("gap", county, gap)
    variable("claim", county, claim)
    variable("total", country, total)
    variable("transfer", county, transfer)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("county", made[0][:COUNTIES])
    whole = builder.declare_entity("country", ["all"])
    builder.join_with_persons(whole, ["all"] * COUNTIES, roles=["member"] * COUNTIES)
    simulation = builder.build(system)
    months = list(dict.fromkeys(made[1]))
    for name, values in made[2].items():
        for i, month in enumerate(months):
            simulation.set_input(name, month, values[i * COUNTIES : (i + 1) * COUNTIES])

    def run(coverage: float, pool: float) -> np.ndarray:
        for name in ("coverage", "pool", "claim", "total", "transfer"):
            simulation.delete_arrays(name)
        for month in months:
            simulation.set_input("coverage", month, np.array([coverage]))
            simulation.set_input("pool", month, np.array([pool]))
        return np.concatenate([simulation.calculate("transfer", month) for month in months])

    return run


def peak() -> int:
    """Return the peak memory of this process, MiB; ``getrusage`` would give that of the parent where it is larger."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    raise OSError("no VmHWM")


def main(who: str, periods: int, repeats: int) -> None:
    made = made_up(periods)
    if who == "made":
        took = 0.0
    elif who == "ours":
        ours(made_up(1))  # what is loaded once
        took = seconds(lambda: ours(made), repeats)
    else:
        pd = importlib.import_module("pandas")
        took = seconds(lambda: with_pandas(pd, made), repeats)
    print(json.dumps({"seconds": took, "peak": peak()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
