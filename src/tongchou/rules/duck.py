"""The formulas of a rule on DuckDB: how vast tables are streamed, and what the arrays are tested against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb
import numpy as np

from tongchou.formulas.windows import Numbers, Rows
from tongchou.rules import sql
from tongchou.rules.step import Step


def batches(steps: Sequence[Step]) -> list[list[Step]]:
    """Return the steps in as few queries as settling allows, for what builds on settled money waits for it."""
    found: list[list[Step]] = []
    pending = list(steps)
    while pending:
        batch: list[Step] = []
        held: set[str] = set()
        for step in pending:
            if step.names & held:
                held.add(step.name)
                continue
            batch.append(step)
            if step.closing is not None:
                held.add(step.name)
        found.append(batch)
        done = {step.name for step in batch}
        pending = [step for step in pending if step.name not in done]
    return found


def query(batch: Sequence[Step], source: str, kept: Iterable[str]) -> str:
    """Return SQL that computes ``batch`` from the relation ``source``, which holds all it needs, missing as NULL.

    ``kept`` are the columns of ``source`` to return beside the new ones.
    """
    depth: dict[str, int] = {}
    for step in batch:
        depth[step.name] = 1 + max((depth.get(name, 0) for name in step.names), default=0)
    text = f"SELECT * FROM {source}"  # noqa: S608 - names are checked identifiers, here and below
    for level in range(1, max(depth.values()) + 1):
        here = [step for step in batch if depth[step.name] == level]
        columns = ", ".join(f"{sql.expression(s.term, s.leaves_out)} AS {sql.column(s.name)}" for s in here)
        text = f"SELECT *, {columns} FROM ({text})"  # noqa: S608
        names = [sql.column(s.name) for s in here]
        finite = ", ".join(f"CASE WHEN isfinite({n}) THEN {n} END AS {n}" for n in names)
        text = f"SELECT * REPLACE ({finite}) FROM ({text})"  # noqa: S608
    wanted = [sql.column(name) for name in kept]
    wanted += [f"CAST({sql.column(s.name)} AS DOUBLE) AS {sql.column(s.name)}" for s in batch]
    return f"SELECT {', '.join(wanted)} FROM ({text})"  # noqa: S608


def columns(steps: Sequence[Step], period: Rows, values: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Return what the formulas of ``steps`` give (none may close): ``values`` by name, rows ordered by ``period``."""
    # No declared name can hold a #, so these two never stand in a column's place.
    rows = {sql.ROW: np.arange(period.size), sql.PERIOD: period.astype(np.int64), **values}
    with duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": False}) as connection:
        connection.register("figures", rows)
        filled = ", ".join(
            f"CASE WHEN isnan({sql.column(n)}) THEN NULL ELSE {sql.column(n)} END AS {sql.column(n)}" for n in values
        )
        kept = f"{sql.column(sql.ROW)}, {sql.column(sql.PERIOD)}"
        source = f"(SELECT {', '.join(filter(None, (kept, filled)))} FROM figures)"  # noqa: S608
        text = query(steps, source, [sql.ROW])
        found = connection.execute(f"SELECT * FROM ({text}) ORDER BY {sql.column(sql.ROW)}").fetchnumpy()  # noqa: S608
    return {
        step.name: np.ma.filled(np.ma.asarray(found[step.name], dtype=np.float64), np.nan).astype(np.float64)
        for step in steps
    }
