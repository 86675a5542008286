"""The rules engine against what one would write instead, in one run: tables of seconds, ratios and memory.

Ours does more than its rivals: it checks the table, carries missing numbers and status, and settles ties by declared
rule; OpenFisca counts in single precision and settles nothing. ``ROWS=100000000`` in the environment streams that many
rows (eight million without it) through Parquet files in the temporary folder.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import _rules_cases as cases
from benchmarks._rivals import load, peak, rival, seconds
from tongchou.catalogue import rules
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.run import record
from tongchou.rules.stack import evaluate_many
from tongchou.rules.stream import stream
from tongchou.rules.table import table

YEARS, REPEATS, SETS = 20, 9, 1000
STREAMED = int(os.environ.get("ROWS", "8000000"))
PLACES = 100_000  # in each month of the streamed file


def child(*arguments: str, **environment: str) -> dict[str, Any]:
    """Run a module in a process of its own and return what it prints as JSON."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | environment
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, env=kept)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def once(pandas: Any) -> None:
    """One evaluation with its workings."""
    made = cases.made_up(YEARS)
    rule = rules()["fiscal.equalisation"]
    given = parameters.none(rule).given("benchmark", coverage=cases.COVERAGE, pool=cases.POOL)
    whole = seconds(lambda: evaluate(rule, table(*made), given), REPEATS)
    checked = table(*made)
    alone = seconds(lambda: evaluate(rule, checked, given), REPEATS)
    result = evaluate(rule, checked, given)
    print(f"\n2,800 counties × {YEARS} periods, 56,000 rows, five columns, medians of {REPEATS}; {load()}")
    print(f"  ours, lists to settled amounts, with statuses     {whole * 1e3:9.1f} ms")
    print(f"  ours, the table already checked                   {alone * 1e3:9.1f} ms")
    print(f"  ours, writing the run record with its hash        {seconds(lambda: record(result), 3) * 1e3:9.1f} ms")
    if pandas is None:
        return
    theirs = seconds(lambda: cases.with_pandas(pandas, made), REPEATS)
    apart = np.abs(result.values["transfer"] - cases.with_pandas(pandas, made))
    print(f"  pandas                                            {theirs * 1e3:9.1f} ms   {theirs / whole:.1f} × ours")
    print(
        f"  cells a fen apart: {int((apart > 0.005).sum())} of {apart.size:,}; further apart: {(apart > 0.015).sum()}"
    )


def sweep(pandas: Any, fisca: Any) -> None:
    """A thousand parameter sets: ours all of them, the rivals timed on a few and scaled."""
    made = cases.made_up(YEARS)
    rule = rules()["fiscal.equalisation"]
    base = parameters.none(rule)
    grid = [(c, p) for c in np.linspace(0.3, 1.0, 40) for p in np.linspace(1e7, 4e7, SETS // 40)]
    sets = [base.given("benchmark", coverage=float(c), pool=float(round(p))) for c, p in grid]
    figures = table(*made)
    evaluate_many(rule, figures, sets[:10])
    ours = seconds(lambda: evaluate_many(rule, figures, sets), 3) / SETS
    print(f"\nA sweep of {SETS:,} sets of two parameters over the same rows, per set; {load()}")
    print(f"  ours, all {SETS:,} sets, settled                      {ours * 1e3:9.2f} ms")
    few = grid[:: SETS // 10]

    def row(what: str, call: Any) -> None:
        took = seconds(lambda: [call(float(c), float(round(p))) for c, p in few], 3) / len(few)
        print(f"  {what:<50}{took * 1e3:9.2f} ms   {took / ours:5.1f} × ours")

    if pandas is not None:
        row("pandas, looping", lambda c, p: cases.with_pandas(pandas, made, c, p))
        frame = cases.gaps(pandas, made)
        row("pandas, what no parameter changes taken out", lambda c, p: cases.close(pandas, frame, c, p))
    if fisca is not None:
        row("OpenFisca, looping, not settled", lambda c, p: cases.openfisca(made)(c, p))
        run = cases.openfisca(made)
        row("OpenFisca, inputs kept in one simulation", run)
        stack = evaluate_many(rule, figures, [sets[0]])
        apart = np.abs(run(*grid[0]) - stack.values["transfer"][0]).max() / stack.values["transfer"].max()
        print(f"  OpenFisca's amounts differ from ours by up to {apart:.0e} of the largest (single precision)")


def growth(pandas: Any) -> None:
    """More rows, each in a process of its own."""
    print("\nMore rows: medians of 3, a process of its own each; peak memory, that of the lists given first")
    print("        rows   lists MiB        ours       MiB      pandas       MiB     ratio")
    for periods in (10, 20, 200, 2000):
        lists = child("-m", "benchmarks._rules_cases", "made", str(periods), "1")["peak"]
        mine = child("-m", "benchmarks._rules_cases", "ours", str(periods), "3")
        text = f"  {cases.COUNTIES * periods:>10,}  {lists:>10,}  {mine['seconds']:>8.3f} s  {mine['peak']:>8,}"
        if pandas is not None:
            other = child("-m", "benchmarks._rules_cases", "pandas", str(periods), "3")
            text += f"  {other['seconds']:>8.3f} s  {other['peak']:>8,}"
            text += f"  {other['seconds'] / mine['seconds']:>7.1f}×"
        print(text)


_CATALOGUE = """
import json, time
start = time.perf_counter()
from tongchou.catalogue import built_in
rules = len(built_in().rules)
print(json.dumps({"seconds": time.perf_counter() - start, "rules": rules}))
"""


def catalogue() -> None:
    """Loading everything declared, in fresh processes."""
    with tempfile.TemporaryDirectory() as empty:
        first = [child("-c", _CATALOGUE, PYTHONPYCACHEPREFIX=f"{empty}/{i}") for i in range(3)]
    child("-c", _CATALOGUE)
    after = sorted(child("-c", _CATALOGUE)["seconds"] for _ in range(REPEATS))
    anew = _CATALOGUE.replace("built_in", "checked")
    checked = sorted(child("-c", anew)["seconds"] for _ in range(REPEATS))
    print(f"\nLoading the catalogue of {first[0]['rules']} rules with their parameters, a fresh process each time")
    print(f"  as a rule, kept since it was last checked         {after[REPEATS // 2]:9.3f} s")
    print(f"  every rule checked anew                           {checked[REPEATS // 2]:9.3f} s")
    print(f"  the very first time, no module compiled yet       {sorted(f['seconds'] for f in first)[1]:9.3f} s")


def streamed() -> None:
    """A file larger than is held in memory."""
    import duckdb

    rule = rules()["fiscal.equalisation"]
    given = parameters.none(rule).given("benchmark", coverage=cases.COVERAGE, pool=2e8)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "given.parquet", Path(folder) / "out"
        need = STREAMED * 120  # bytes of both files, and as much again
        if shutil.disk_usage(folder).free < need:
            print(f"\n{STREAMED:,} rows: skipped, {need / 1e9:.0f} GB of free disk needed")
            return
        with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": folder}) as connection:
            connection.execute(
                f"COPY (SELECT printf('%06d', i % {PLACES}) AS county, "  # noqa: S608 - two numbers and a path of ours
                f"strftime(DATE '1900-01-01' + to_months(CAST(i // {PLACES} AS INTEGER)), '%Y-%m') AS period, "
                "floor(random() * 980000 + 20000) AS population, 5000 + 4000 * random() AS per_capita_standard, "
                "0.8 + 0.7 * random() AS cost_factor, 10000 + 490000 * random() AS standard_capacity "
                f"FROM range({STREAMED}) r(i)) TO '{source}' (FORMAT parquet)"
            )
        before, start = peak(), time.perf_counter()
        done = stream(rule, source, target, given)
        took = time.perf_counter() - start
        written = sum(path.stat().st_size for path in target.iterdir())
        print(f"\nStreamed from Parquet to Parquet; {load()}")
        print(
            f"  {done.rows:,} rows, {done.periods:,} periods      {took:9.1f} s, {done.rows / took / 1e6:.2f} million/s"
        )
        print(f"  files {source.stat().st_size / 1e9:.2f} GB in, {written / 1e9:.2f} GB out; peak before {before} MiB")


def main() -> None:
    pandas = rival("pandas", "pandas")
    fisca = rival("openfisca-core", "openfisca_core")
    importlib.invalidate_caches()
    if STREAMED:
        streamed()  # first, for the peak of memory to be its own
    once(pandas)
    sweep(pandas, fisca)
    growth(pandas)
    catalogue()


if __name__ == "__main__":
    main()
