"""Every worked case computed every way there is: as a table, many at once, streamed from a file, and by DuckDB."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.worked.cases import CASES, RULES, compute

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import duck, given
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.parameters import Parameters
from tongchou.rules.stack import evaluate_many
from tongchou.rules.stream import stream

FIRST = list({case["rule"]: name for name, case in reversed(CASES.items())}.values())  # one case of each rule


def result(name: str) -> tuple[Result, Parameters]:
    case = CASES[name]
    found = compute(case, case["given"])
    # One value stands in every period of a case.
    held = {n: (next(iter(by_period.values())),) for n, by_period in found.parameters.items()}
    return found, Parameters(found.rule.id, held, {})


@pytest.mark.parametrize("name", CASES)
def test_two_sets_at_once_give_what_one_gives(name: str) -> None:
    once, held = result(name)
    both = evaluate_many(once.rule, [once.table, once.table], held, list(once.values))
    assert not any(both.problems)
    for column, values in once.values.items():
        np.testing.assert_array_equal(both.values[column], np.stack([values, values]))


@pytest.mark.parametrize("name", CASES)
def test_a_set_beside_another_gives_what_it_gives_alone(name: str) -> None:
    once, held = result(name)
    # In the other table every number is 0 % to 1 % smaller, so that hardly anything can be computed once for both.
    few = {n: v * np.linspace(0.99, 1.0, v.size) for n, v in once.table.values.items()}
    for column, declared in once.rule.declared.inputs.items():
        if declared.codes is not None or declared.per is not None:
            few[column] = once.table.values[column]
    other = replace(once.table, values=few)
    try:
        alone = evaluate(once.rule, other, held)
    except ProblemsError:  # outside its bounds, or money that does not close any more
        return
    both = evaluate_many(once.rule, [once.table, other], held, list(once.values))
    for column, values in once.values.items():
        np.testing.assert_array_equal(both.values[column], np.stack([values, alone.values[column]]))


@pytest.mark.parametrize("name", FIRST)
def test_a_file_gives_what_the_table_gives(name: str, tmp_path: Path) -> None:
    once, held = result(name)
    order = once.table.arranged().order
    columns = {key: np.array(codes, dtype=object)[order] for key, codes in once.keys.items()}
    columns["period"] = np.array(once.table.periods, dtype=object)[order]
    columns |= {n: once.table.values[n][order] for n in once.rule.declared.inputs}
    with duckdb.connect() as connection:
        connection.register("given", columns)
        connection.execute(f"COPY (SELECT * FROM given) TO '{tmp_path}/given.parquet' (FORMAT parquet)")  # noqa: S608
        stream(once.rule, tmp_path / "given.parquet", tmp_path / "out", held, status=Status.ASSUMED)
        names = ", ".join(f'"{column}"' for column in once.values)
        text = f"SELECT {names} FROM read_parquet(?, file_row_number=true) ORDER BY file_row_number"  # noqa: S608
        found = connection.execute(text, [f"{tmp_path}/out/*.parquet"]).fetchall()
    for at, column in enumerate(once.values):
        values = np.array([np.nan if row[at] is None else row[at] for row in found])
        np.testing.assert_array_equal(values, once.values[column][order])


@pytest.mark.parametrize("name", [name for name in FIRST if RULES[CASES[name]["rule"]].steps])
def test_duckdb_gives_what_the_arrays_give(name: str) -> None:
    once, _ = result(name)
    rule, arranged = once.rule, once.table.arranged()
    keys = {k: [c[i] for i in arranged.order] for k, c in given.needed(rule, once.keys).items()}
    in_force = {n: dict(by_period) for n, by_period in once.parameters.items()}
    values, _ = given.numbers(rule, once.table, arranged, in_force, keys)
    # Each step on its own, from the columns as the arrays have them: settled amounts are whole units, not formulas.
    values |= {column: held[arranged.order] for column, held in once.values.items()}
    for step in rule.steps:
        if step.closing is None:
            before = {n: held for n, held in values.items() if n != step.name}
            found = duck.columns([step], arranged.period, before)[step.name]
            scale = max(1.0, float(np.nanmax(np.abs(values[step.name]), initial=0.0)))
            np.testing.assert_allclose(values[step.name], found, rtol=1e-11, atol=1e-13 * scale, err_msg=step.name)
