"""The same declaration on PySpark gives the same bits. Skipped without Java or pyspark, but never in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tongchou.catalogue import rules
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import Rule
from tongchou.rules.table import table

LACKING = [name for name in ("pyspark", "pyarrow") if importlib.util.find_spec(name) is None]
LACKING += [] if shutil.which("java") else ["java"]
COUNT = 40
NAN = float("nan")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    if LACKING:
        reason = f"{', '.join(LACKING)} not installed (pip install 'tongchou[scale]', and a Java runtime)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from tongchou.rules.spark import local

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark's own, about the pandas beside it, which is not used here
        found = local(2)
        found.sparkContext.setLogLevel("OFF")
        yield found
        found.stop()


def made() -> dict[str, list[Any]]:
    draw = np.random.default_rng(8)
    rows = COUNT * 3
    held: dict[str, list[Any]] = {
        "county": [f"{i:06d}" for i in range(COUNT)] * 3,
        "period": [str(2020 + i // COUNT) for i in range(rows)],
        "population": draw.integers(10_000, 900_000, rows).astype(float).tolist(),
        "per_capita_standard": draw.uniform(5_000, 9_000, rows).tolist(),
        "cost_factor": draw.uniform(0.8, 1.5, rows).tolist(),
        "standard_capacity": draw.uniform(10_000, 300_000, rows).tolist(),
    }
    held["population"][2] = None
    held["cost_factor"][COUNT] = NAN
    return held


def frame(session: Any, held: dict[str, list[Any]]) -> Any:
    order = np.random.default_rng(9).permutation(len(held["county"]))
    rows = [tuple(held[name][int(i)] for name in held) for i in order]
    types = ["string", "string", *["double"] * (len(held) - 2)]
    return session.createDataFrame(rows, ", ".join(f"{n} {t}" for n, t in zip(held, types, strict=True)))


def equalisation() -> tuple[Rule, parameters.Parameters]:
    rule = rules()["fiscal.equalisation"]
    return rule, parameters.none(rule).given("t", coverage=0.9, pool=1e5)


def test_spark_gives_the_bits_one_machine_gives(session: Any) -> None:
    from tongchou.rules.spark import evaluate_on_spark

    rule, given = equalisation()
    held = made()
    found = evaluate_on_spark(rule, frame(session, held), given, status=Status.REPORTED).collect()
    inputs = {name: held[name] for name in rule.declared.inputs}
    whole = evaluate(rule, table(held["county"], held["period"], inputs, Status.REPORTED), given)
    here = {(row["county"], row["period"]): row for row in found}
    assert len(found) == len(here) == 3 * COUNT
    for name, values in whole.values.items():
        theirs = [here[key][name] for key in zip(held["county"], held["period"], strict=True)]
        np.testing.assert_array_equal(np.array(theirs, dtype=float), values)
    assert {row["status"] for row in found if row["period"] == "2022"} == {"assumed"}  # the parameters given are
    assert {row["status"] for row in found if row["period"] != "2022"} == {None}
    paid = [row["transfer"] for row in found if row["period"] == "2022"]
    assert round(sum(paid) * 100) == 10**11


def test_what_is_lacking_is_said_before_anything_is_computed(session: Any) -> None:
    from tongchou.rules.spark import evaluate_on_spark

    rule, given = equalisation()
    held = made()
    del held["cost_factor"]
    with pytest.raises(ProblemsError) as caught:
        evaluate_on_spark(rule, frame(session, held), given)
    assert [(p.code, p.where) for p in caught.value.problems] == [("U031", "cost_factor")]
    with pytest.raises(ProblemsError) as caught:
        evaluate_on_spark(rule, frame(session, made()), parameters.none(rule).given("t", pool=1.0))
    assert {p.code for p in caught.value.problems} == {"U021"}


def test_the_session_is_closed_to_other_machines(session: Any) -> None:
    conf = session.sparkContext.getConf()
    assert conf.get("spark.driver.bindAddress") == conf.get("spark.driver.host") == "127.0.0.1"
    assert session.sparkContext.uiWebUrl is None


@pytest.mark.parametrize(
    "id_",
    [
        "fiscal.equalisation",
        "goals.theil",
        "industry.location_quotient",
        "assessment.entropy_weights",
        "assessment.standardised",
        "environment.water_class",
    ],
)
def test_the_formulas_as_spark_sql_say_the_same(session: Any, id_: str) -> None:
    """Windows, logarithms, ranks, categories and parameters by code, on a worked case of each rule."""
    from tests.worked.cases import CASES, compute

    from tongchou.rules.keys import split
    from tongchou.rules.spark_sql import spark_sql

    case = next(case for case in CASES.values() if case["rule"] == id_)
    result = compute(case, case["given"])
    rule = result.rule
    rows = []
    for i, place in enumerate(result.table.places):
        row: dict[str, Any] = dict(zip(rule.rows, split(place, len(rule.rows)), strict=True))
        row |= {"#place": place, "#period": result.table.periods[i]}
        for name in rule.declared.inputs:
            value = float(result.table.values[name][i])
            row[name] = None if np.isnan(value) else value
        for name, declared in rule.declared.parameters.items():
            held = case["parameters"][name]
            if declared.by is not None:
                code = row[declared.by] if declared.by in rule.rows else int(row[declared.by])
                held = {str(k): v for k, v in held.items()}[str(code)]
            row[f"${name}"] = float(held)
        rows.append(row)
    numbers = [f"`{name}` double" for name in (*rule.declared.inputs, *(f"${n}" for n in rule.declared.parameters))]
    schema = ", ".join([*(f"`{key}` string" for key in (*rule.rows, "#place", "#period")), *numbers])
    names = [part.split("`")[1] for part in schema.split(", ")]
    session.createDataFrame([tuple(row[name] for name in names) for row in rows], schema).createOrReplaceTempView(
        "figures"
    )
    found = {row["#place"]: row for row in session.sql(spark_sql(rule, "figures")).collect()}
    for name in rule.declared.columns:
        for i, place in enumerate(result.table.places):
            ours, theirs = float(result.values[name][i]), found[place][name]
            near = 1e-6 if rule.declared.columns[name].closes is None else 0.011  # not settled there
            assert (np.nan if theirs is None else theirs) == pytest.approx(ours, rel=1e-9, abs=near, nan_ok=True), name
