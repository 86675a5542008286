"""A rule on PySpark: every period is computed whole, on whichever machine it lies, by the code a table is computed by.

Windows never cross periods, and rows are put into their one order before anything is summed, so that the numbers are
those of one machine to the bit. Needs the extra ``scale`` (pyspark, pyarrow) and Java.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes, given
from tongchou.rules.keys import JOIN
from tongchou.rules.parameters import Parameters
from tongchou.rules.portion import compute
from tongchou.rules.rule import Rule

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: A session that only this machine can reach: no page of its own, no socket but on the loopback.
LOOPBACK = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def local(cores: int = 2) -> SparkSession:
    """Return a Spark session on this machine alone.

    Raises ``ImportError`` without pyspark, ``RuntimeError`` where a session runs already that others can reach.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers are whatever python3 is on the path
    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.sql.shuffle.partitions", str(cores))
    for name, value in LOOPBACK.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    open_ = [name for name, value in LOOPBACK.items() if session.sparkContext.getConf().get(name) != value]
    if open_:
        raise RuntimeError(f"a Spark session runs already that is not closed to others: {', '.join(open_)}")
    return session


def evaluate_on_spark(
    rule: Rule, frame: DataFrame, parameters: Parameters, *, status: Status = Status.ASSUMED
) -> DataFrame:
    """Return the keys, ``period``, every column of ``rule`` and the ``status`` of its result, in no order of rows.

    ``frame`` has a text column for each key of the rule (``county`` …), the text column ``period`` and a number column
    for each input, all of one ``status``; null and NaN are missing. A single period has to fit in the memory of one
    executor. Raises :class:`ProblemsError` for columns, periods and parameters that are not there; what is wrong with
    the rows themselves fails the Spark job with the same words.
    """
    names = [*rule.rows, "period"]
    wanted = [*names, *rule.declared.inputs]
    problems = [codes.NO_INPUT.at(name, name=name) for name in wanted if name not in frame.columns]
    problems += given.unknown(rule, parameters)
    if problems:
        raise ProblemsError(problems)
    periods = sorted(str(row[0]) for row in frame.select("period").distinct().collect())
    for code in periods:
        try:
            Period.parse(code)
        except ValueError as error:
            problems.append(codes.BAD_FIELD.at("period", field="period", reason=str(error)))
    if not problems:
        given.in_force(rule, periods, parameters, problems)
    if problems:
        raise ProblemsError(problems)
    texts = [frame[name].cast("string").alias(name) for name in names]
    numbers = [frame[name].cast("double").alias(name) for name in rule.declared.inputs]
    schema = ", ".join(
        [*(f"`{name}` string" for name in names), *(f"`{name}` double" for name in rule.declared.columns)]
    )
    period = _Period(rule, parameters, status)

    def one(rows: Any) -> Any:  # Spark asks for the type hints of a plain function
        return period.compute(rows)

    return frame.select(*texts, *numbers).groupBy("period").applyInArrow(one, f"{schema}, `status` string")


class _Period:
    """One period's rows, as Spark hands them over: an Arrow table in, an Arrow table out."""

    def __init__(self, rule: Rule, parameters: Parameters, status: Status) -> None:
        self.rule, self.parameters, self.status = rule, parameters, status

    def compute(self, rows: Any) -> Any:
        """Return the keys, columns and status of one period's rows, in order."""
        import pyarrow as pa

        rule = self.rule
        rows = rows.sort_by([(name, "ascending") for name in rule.rows])
        text = {name: tuple(rows[name].to_pylist()) for name in rule.rows}
        code = str(rows["period"][0])
        places = [JOIN.join(parts) for parts in zip(*text.values(), strict=True)]
        again = [place for place, before in zip(places[1:], places, strict=False) if place == before]
        if again:
            raise ProblemsError(
                codes.REPEATED_ROW.at(f"{place} {code}", place=place, period=code) for place in dict.fromkeys(again)
            )
        values = {
            name: np.array(rows[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in rule.declared.inputs
        }

        def words(name: str) -> tuple[str, ...]:
            return (code,) * len(places) if name == "period" else text[name]

        work = compute(rule, self.parameters, {code: len(places)}, values, self.status, places, words)
        assert work.status is not None  # noqa: S101 - portions are computed with their statuses
        found = {name: pa.array(list(held), pa.string()) for name, held in text.items()}
        found["period"] = pa.array([code] * len(places), pa.string())
        for name in rule.declared.columns:
            held = np.ascontiguousarray(np.broadcast_to(work.values[name], len(places)))
            found[name] = pa.array(held, pa.float64(), mask=np.isnan(held))
        levels = [Status(int(level)).word for level in work.status[rule.declared.result]]
        blank = np.isnan(work.values[rule.declared.result])
        found["status"] = pa.array(levels, pa.string(), mask=blank)
        return pa.table(found)
