"""A rule over a Parquet file larger than memory: read by DuckDB, computed period by period, written as it goes.

Windows never cross periods, so that a few periods at a time give the very numbers the whole would.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

import duckdb
import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes, given
from tongchou.rules.computing import Computing
from tongchou.rules.levels import Levels
from tongchou.rules.parameters import Parameters
from tongchou.rules.portion import compute
from tongchou.rules.rule import Rule
from tongchou.rules.sql import column
from tongchou.rules.table import Numbers

#: Rows computed in one go, unless a single period has more.
ROWS = 1_000_000
_MEMORY = "2GB"  # DuckDB's own; beyond it sorts go to disk


@dataclass(slots=True)
class Streamed:
    """What was computed: rows, periods, and how many cells of each input are missing and of each column undefined."""

    rows: int = 0
    periods: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    undefined: dict[str, int] = field(default_factory=dict)


def stream(
    rule: Rule,
    source: Path,
    target: Path,
    parameters: Parameters,
    *,
    status: Status = Status.ASSUMED,
    rows: int = ROWS,
) -> Streamed:
    """Compute ``rule`` for the rows of the Parquet file ``source`` and write a folder ``target`` of Parquet files.

    ``source`` has a text column for each key of the rule (``county`` …), the text column ``period`` and a number
    column for each input, all of one ``status``. Every file of ``target`` holds these keys, the columns of the rule
    and the ``status`` of its result; files and rows are in the order of period and keys. Memory is bounded by
    ``rows`` or the largest single period.

    Raises :class:`ProblemsError` as :func:`~tongchou.rules.evaluate.evaluate` does, and then leaves no ``target``;
    ``FileExistsError`` when there is one already.
    """
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        parts = Path(scratch) / "parts"
        parts.mkdir()
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": str(Path(scratch) / "spill"),
        }
        with duckdb.connect(":memory:", config=settings) as connection:
            work = _Stream(rule, connection, source, Path(scratch), parameters, status)
            for number, periods in enumerate(work.chunks(rows), start=1):
                work.compute(periods, parts / f"part-{number:05}.parquet")
        shutil.move(parts, target)
    return work.done


class _Later(Sequence[str]):
    """A text column of the rows being computed, fetched one by one: only a problem ever asks for its place."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: Sequence[str], rows: int) -> None:
        self.connection, self.rows = connection, rows
        self.text = f"SELECT concat_ws('|', {', '.join(map(column, names))}) FROM here WHERE rowid = ?"  # noqa: S608

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(self.rows)[at]]
        found = self.connection.execute(self.text, [int(at)]).fetchone()
        return str(found[0]) if found is not None else ""


class _Stream:
    def __init__(
        self,
        rule: Rule,
        connection: duckdb.DuckDBPyConnection,
        source: Path,
        scratch: Path,
        parameters: Parameters,
        status: Status,
    ) -> None:
        self.rule, self.connection, self.parameters, self.status = rule, connection, parameters, status
        self.scratch, self.source, self.done = scratch, source, Streamed()
        self.keys = [*rule.rows, "period"]
        self._check_columns()

    def _check_columns(self) -> None:
        described = self.connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(self.source)]).fetchall()
        held = {str(row[0]) for row in described}
        wanted = [*self.keys, *self.rule.declared.inputs]
        problems = [codes.NO_INPUT.at(name, name=name) for name in wanted if name not in held]
        if problems:
            raise ProblemsError(problems)

    def chunks(self, rows: int) -> Iterator[dict[str, int]]:
        """Return periods in order with their numbers of rows, as many at a time as have about ``rows`` rows."""
        counted = self.connection.execute(
            "SELECT CAST(period AS VARCHAR) AS code, count(*) FROM read_parquet(?) GROUP BY code ORDER BY code",
            [str(self.source)],
        ).fetchall()
        sizes = {str(code): int(size) for code, size in counted}
        problems = given.unknown(self.rule, self.parameters)
        for code in sizes:
            try:
                Period.parse(code)
            except ValueError as error:
                problems.append(codes.BAD_FIELD.at("period", field="period", reason=str(error)))
        if not problems:
            given.in_force(self.rule, list(sizes), self.parameters, problems)
        if problems:
            raise ProblemsError(problems)
        if sum(sizes.values()) > rows and not self._in_order():
            self._sort()
        some: dict[str, int] = {}
        for code, size in sizes.items():
            if some and sum(some.values()) + size > rows:
                yield some
                some = {}
            some[code] = size
        if some:
            yield some

    def _in_order(self) -> bool:
        """Return whether the file's row groups follow each other in time, so that reading a period is no search."""
        groups = self.connection.execute(
            "SELECT stats_min_value, stats_max_value FROM parquet_metadata(?) WHERE path_in_schema = 'period' "
            "ORDER BY row_group_id",
            [str(self.source)],
        ).fetchall()
        flat = [edge for group in groups for edge in group]
        return None not in flat and flat == sorted(flat)

    def _sort(self) -> None:
        ordered = self.scratch / "ordered.parquet"
        wanted = ", ".join(column(name) for name in [*self.keys, *self.rule.declared.inputs])
        by = ", ".join(column(name) for name in ["period", *self.rule.rows])
        text = f"COPY (SELECT {wanted} FROM read_parquet(?) ORDER BY {by}) TO '{_quoted(ordered)}' (FORMAT parquet)"  # noqa: S608
        self.connection.execute(text, [str(self.source)])
        self.source = ordered

    def compute(self, periods: dict[str, int], target: Path) -> None:
        """Compute some periods and write them to a file."""
        self._load(periods)
        rows = sum(periods.values())
        places = _Later(self.connection, self.rule.rows, rows)
        work = compute(self.rule, self.parameters, periods, self._inputs(), self.status, places, self._words)
        self._count(rows, len(periods), work)
        assert work.status is not None  # noqa: S101 - portions are computed with their statuses
        self._write(work.values, work.status[self.rule.declared.result], target)

    def _load(self, periods: dict[str, int]) -> None:
        keys = ", ".join(f"CAST({column(name)} AS VARCHAR) AS {column(name)}" for name in self.keys)
        inputs = ", ".join(f"CAST({column(n)} AS DOUBLE) AS {column(n)}" for n in self.rule.declared.inputs)
        by = ", ".join(column(name) for name in ["period", *self.rule.rows])
        codes_ = list(periods)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE here AS SELECT {keys}, {inputs} FROM read_parquet(?) "  # noqa: S608
            f"WHERE CAST(period AS VARCHAR) BETWEEN ? AND ? ORDER BY {by}",
            [str(self.source), codes_[0], codes_[-1]],
        )
        names = ", ".join(column(name) for name in self.keys)
        again = self.connection.execute(
            f"SELECT {names} FROM here GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 100"  # noqa: S608
        ).fetchall()
        if again:
            raise ProblemsError(
                codes.REPEATED_ROW.at(f"{'|'.join(row[:-1])} {row[-1]}", place="|".join(row[:-1]), period=row[-1])
                for row in again
            )

    def _inputs(self) -> dict[str, Numbers]:
        names = ", ".join(column(name) for name in self.rule.declared.inputs)
        found = self.connection.execute(f"SELECT {names} FROM here ORDER BY rowid").fetchnumpy()  # noqa: S608
        return {n: np.ma.filled(np.ma.asarray(held, dtype=np.float64), np.nan) for n, held in found.items()}

    def _words(self, name: str) -> tuple[str, ...]:
        found = self.connection.execute(f"SELECT {column(name)} FROM here ORDER BY rowid").fetchall()  # noqa: S608
        return tuple(str(row[0]) for row in found)

    def _count(self, rows: int, periods: int, work: Computing) -> None:
        self.done.rows += rows
        self.done.periods += periods
        for name in self.rule.declared.inputs:
            self.done.missing[name] = self.done.missing.get(name, 0) + int(np.isnan(work.values[name]).sum())
        for name, blank in work.undefined.items():
            self.done.undefined[name] = self.done.undefined.get(name, 0) + int(blank.sum())

    def _write(self, values: dict[str, Numbers], status: Levels, target: Path) -> None:
        names = list(self.rule.declared.columns)
        self.connection.register("found", {**{name: values[name] for name in names}, "#status": status})
        keys = ", ".join(f"here.{column(name)}" for name in self.keys)
        filled = ", ".join(
            f"CASE WHEN isnan(found.{column(n)}) THEN NULL ELSE found.{column(n)} END AS {column(n)}" for n in names
        )
        words = " ".join(f"WHEN {int(s)} THEN '{s.word}'" for s in Status)
        result = f"found.{column(self.rule.declared.result)}"
        known = f"NOT isnan(coalesce({result}, 'nan'::DOUBLE))"  # DuckDB reads NaN of an array as NULL, or as it is
        shown = f"CASE WHEN {known} THEN CASE found.{column('#status')} {words} END END AS status"
        text = f"SELECT {keys}, {filled}, {shown} FROM here POSITIONAL JOIN found"  # noqa: S608
        self.connection.execute(f"COPY ({text}) TO '{_quoted(target)}' (FORMAT parquet)")
        self.connection.unregister("found")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
