"""A streamed file gives what a table gives, however it is cut and ordered."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from tongchou.catalogue import rules
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.stream import stream
from tongchou.rules.table import table

COUNT, YEARS = 30, 7


def figures(seed: int = 4) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    rows = COUNT * YEARS
    values = {
        "population": draw.integers(10_000, 900_000, rows).astype(float),
        "per_capita_standard": draw.uniform(5_000, 9_000, rows),
        "cost_factor": draw.uniform(0.8, 1.5, rows),
        "standard_capacity": draw.uniform(10_000, 300_000, rows),
    }
    values["population"][5] = np.nan  # the whole of one year has no result then
    places = np.array([f"{i:06d}" for i in range(COUNT)] * YEARS, dtype=object)
    periods = np.array([str(2015 + i // COUNT) for i in range(rows)], dtype=object)
    return {"county": places, "period": periods, **values}


def write(path: Path, columns: dict[str, np.ndarray], order: np.ndarray) -> Path:
    with duckdb.connect() as connection:
        connection.register("given", {name: values[order] for name, values in columns.items()})
        target = str(path).replace("'", "''")
        connection.execute(f"COPY (SELECT * FROM given) TO '{target}' (FORMAT parquet)")  # noqa: S608
    return path


def read(folder: Path, names: list[str]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        text = f"SELECT {', '.join(names)} FROM read_parquet(?, filename=true, file_row_number=true)"  # noqa: S608
        text += " ORDER BY filename, file_row_number"
        return connection.execute(text, [f"{folder}/*.parquet"]).fetchall()


def equalisation() -> tuple[Rule, parameters.Parameters]:
    rule = rules()["fiscal.equalisation"]
    return rule, parameters.none(rule).given("t", coverage=0.9, pool=1e5)


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("rows", [10, 65, 10_000])
def test_a_stream_gives_the_numbers_a_table_gives(tmp_path: Path, rows: int, shuffled: bool) -> None:
    rule, given = equalisation()
    made = figures()
    order = np.random.default_rng(1).permutation(COUNT * YEARS) if shuffled else np.arange(COUNT * YEARS)
    source = write(tmp_path / "it's.parquet", made, order)
    done = stream(rule, source, tmp_path / "out", given, status=Status.ILLUSTRATIVE, rows=rows)
    inputs = {name: made[name] for name in rule.declared.inputs}
    whole = evaluate(rule, table(list(made["county"]), list(made["period"]), inputs, Status.ILLUSTRATIVE), given)
    columns = list(rule.declared.columns)
    found = read(tmp_path / "out", ["county", "period", "status", *columns])
    assert [row[:2] for row in found] == list(zip(made["county"], made["period"], strict=True))
    for i, name in enumerate(columns):
        values = [np.nan if row[3 + i] is None else row[3 + i] for row in found]
        np.testing.assert_array_equal(np.array(values, dtype=float), whole.values[name])
    assert [row[2] for row in found] == [None] * COUNT + ["illustrative"] * COUNT * (YEARS - 1)
    assert (done.rows, done.periods, done.missing["population"]) == (COUNT * YEARS, YEARS, 1)
    assert len(list((tmp_path / "out").iterdir())) == {10: YEARS, 65: 4, 10_000: 1}[rows]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([source.name, "out"])


KEYED = """\
id: demo.keyed
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, land, year]
inputs:
  area: {unit: km², label: {zh: 面积, en: Area}, at_least: 0}
  rain: {unit: "1", label: {zh: 雨, en: Rain}, per: [county, year]}
parameters:
  rate: {unit: 元/km², label: {zh: 标准, en: Rate}, by: land}
columns:
  value: {formula: area * $rate / rain, unit: 元, label: {zh: 价值, en: Value}}
  whole: {formula: sum(value) over (partition by county), unit: 元, label: {zh: 合计, en: Sum}, per: [county, year]}
result: whole
says: {zh: "{whole}", en: "{whole}"}
"""


def keyed(tmp_path: Path, rain: list[float], area: list[float]) -> list[tuple[object, ...]]:
    rule = loads(KEYED)
    held = {
        "county": np.array(["A", "A", "B"], dtype=object),
        "land": np.array(["wood", "farm", "wood"], dtype=object),
        "period": np.array(["2020"] * 3, dtype=object),
        "area": np.array(area),
        "rain": np.array(rain),
    }
    source = write(tmp_path / "given.parquet", held, np.array([2, 0, 1]))
    stream(rule, source, tmp_path / "out", parameters.none(rule).given("t", rate={"wood": 10.0, "farm": 5.0}))
    return read(tmp_path / "out", ["county", "land", "whole"])


def test_several_keys_windows_and_parameters_by_key(tmp_path: Path) -> None:
    found = keyed(tmp_path, [1.0, 1.0, 2.0], [1.0, 2.0, 3.0])
    assert found == [("A", "farm", 20.0), ("A", "wood", 20.0), ("B", "wood", 15.0)]


def test_what_is_wrong_with_the_rows_names_them_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        keyed(tmp_path, [1.0, 3.0, 2.0], [1.0, 2.0, -3.0])
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("U029", "area B|wood 2020"),
        ("U033", "rain A|wood 2020"),
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["given.parquet"]


def test_repeated_rows_lacking_columns_and_an_existing_target_are_refused(tmp_path: Path) -> None:
    rule, given = equalisation()
    made = figures()
    source = write(tmp_path / "twice.parquet", made, np.array([0, 1, 1]))
    with pytest.raises(ProblemsError) as caught:
        stream(rule, source, tmp_path / "out", given)
    assert [(p.code, p.where) for p in caught.value.problems] == [("U030", "000001 2015")]
    del made["cost_factor"]
    source = write(tmp_path / "lacking.parquet", made, np.arange(3))
    with pytest.raises(ProblemsError) as caught:
        stream(rule, source, tmp_path / "out", given)
    assert [(p.code, p.where) for p in caught.value.problems] == [("U031", "cost_factor")]
    (tmp_path / "out").mkdir()
    with pytest.raises(FileExistsError):
        stream(rule, source, tmp_path / "out", given)
