"""Why it changed, with 12 factors: all 4,096 combinations for 10 and 2,800 places, against a loop of evaluations.

The rival is the definition written down: for each place and each combination one table and one ``evaluate``. For 2,800
places that is 11 million evaluations, so a few are timed and the rest counted; the parts of 10 places are compared.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from benchmarks._rivals import line, load, peak, seconds
from tongchou.rules import parameters
from tongchou.rules.attribution import attribute
from tongchou.rules.attribution.shapley import shapley
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table

INPUTS = [f"x{i}" for i in range(8)]
SETTINGS = ["rate", "base", "pool"]
SAMPLE = 40  # evaluations timed where all of them would take too long


def made_up_rule() -> Rule:
    inputs = "".join(f"  {n}: {{unit: 元, label: {{zh: {n}, en: {n}}}}}\n" for n in INPUTS)
    need = " + ".join(f"{n} * {1 + i / 10}" for i, n in enumerate(INPUTS[:5]))
    capacity = " + ".join(INPUTS[5:])
    return loads(f"""\
id: demo.twelve
title: {{zh: 十二因素, en: Twelve factors}}
system: S20
clauses: ["3.2"]
method: {{zh: 办法, en: Method, source: benchmark}}
per: [county, year]
says: {{zh: "{{place}}", en: "{{place}}"}}
result: transfer
inputs:
{inputs}parameters:
  rate: {{unit: "1", label: {{zh: 系数, en: rate}}}}
  base: {{unit: 元, label: {{zh: 底数, en: base}}}}
  pool: {{unit: 元, label: {{zh: 总额, en: pool}}}}
columns:
  gap: {{formula: "greatest({need} - ({capacity}) * $rate, $base)", unit: 元, label: {{zh: 缺口, en: gap}}}}
  transfer:
    formula: gap * $pool / sum(gap) over ()
    unit: 元
    label: {{zh: 补助, en: transfer}}
    closes: {{to: $pool, exactly: true, unit: 分}}
""")


def run(rule: Rule, places: list[str], period: str, figures: dict[str, np.ndarray], given: dict[str, float]) -> Result:
    return evaluate(rule, table(places, [period] * len(places), figures), parameters.none(rule).given("us", **given))


def two_years(rule: Rule, count: int) -> tuple[Result, Result]:
    draw = np.random.default_rng(12)
    places = [f"{i:06d}" for i in range(count)]
    first = {n: draw.uniform(1e7, 9e7, count) for n in INPUTS}
    second = {n: values * draw.uniform(0.9, 1.2, count) for n, values in first.items()}
    one = run(rule, places, "2020", first, {"rate": 0.8, "base": 1e6, "pool": 1e7 * count})
    return one, run(rule, places, "2021", second, {"rate": 0.85, "base": 2e6, "pool": 1.1e7 * count})


def one_outcome(before: Result, after: Result, place: int, on: dict[str, bool]) -> float:
    figures = {}
    for name in INPUTS:
        figures[name] = (after if on["others"] else before).table.values[name].copy()
        figures[name][place] = (after if on[name] else before).table.values[name][place]
    given = {n: next(iter((after if on[n] else before).parameters[n].values())).value for n in SETTINGS}
    return float(run(after.rule, list(after.table.places), "2021", figures, given).values["transfer"][place])


def by_loop(before: Result, after: Result) -> np.ndarray:
    names = [*INPUTS, *SETTINGS, "others"]
    states = [dict(zip(names, reversed(bits), strict=True)) for bits in product((False, True), repeat=len(names))]
    values = [[one_outcome(before, after, p, on) for p in range(len(after.table))] for on in states]
    return shapley(np.array(values))


def main() -> None:
    rule = made_up_rule()
    print(load())
    before, after = two_years(rule, 10)
    ours = seconds(lambda: attribute(before, after), 5)
    theirs = seconds(lambda: by_loop(before, after), 1)
    line("10 places, 12 factors, 4,096 combinations", ours, theirs, "40,960 evaluations")
    change = attribute(before, after)
    assert len(change.factors) == 12
    print(f"  furthest apart: {np.abs(change.parts - by_loop(before, after)).max() * 100:.2f} 分")
    before, after = two_years(rule, 2800)
    ours = seconds(lambda: attribute(before, after), 3)
    some = seconds(lambda: [one_outcome(before, after, p, dict.fromkeys([*INPUTS, *SETTINGS, "others"], True))
                            for p in range(SAMPLE)], 3)  # fmt: skip
    count = 4096 * 2800
    line("2,800 places, 12 factors", ours, some / SAMPLE * count, f"{count:,} evaluations, {SAMPLE} timed")
    change = attribute(before, after)
    in_fen = np.round(change.parts * 100).sum(axis=0) - np.round(change.total * 100)
    print(f"  way {change.way}; places whose parts do not sum to the fen: {int((in_fen != 0).sum())}; {peak()} MiB")


if __name__ == "__main__":
    main()
