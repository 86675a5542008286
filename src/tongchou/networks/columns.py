"""Columns of files: CSV and Parquet through DuckDB, GeoPackage through SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes, file_codes
from tongchou.networks.cells import cells_of, header_of, separator


def read_columns(file: Path, layer: str | None = None, ids: Iterable[str] = ()) -> dict[str, Any]:
    """Return the columns of a file by name, with gaps masked; ``layer`` says which table of a GeoPackage.

    Columns called by one of ``ids`` (in lower case) keep their text unless all of it is whole numbers: 1.10 is not
    1.1, and a code of twenty digits is no double. Raises :class:`ProblemsError` where a file cannot be read.
    """
    kind = _checked(file)
    if kind == ".gpkg":
        return _of_geopackage(file, layer)
    import duckdb

    try:
        with duckdb.connect() as base:
            if kind == ".parquet":
                found = base.execute("select * from read_parquet($path)", {"path": str(file)}).fetchnumpy()
            else:
                found = _of_csv(base, file, frozenset(ids))
    except duckdb.Error as error:
        if isinstance(error, duckdb.InterruptException):
            raise
        if kind == ".parquet":
            raise ProblemsError([unreadable(file, error)]) from None
        return cells_of(file)
    return dict(found)


def column_names(file: Path) -> tuple[str, ...]:
    """Return what the columns of a CSV or Parquet file are called."""
    kind = _checked(file)
    if kind == ".parquet":
        import duckdb

        try:
            with duckdb.connect() as base:
                held = base.execute("select * from read_parquet($path) limit 0", {"path": str(file)})
                return tuple(column[0] for column in held.description or ())
        except duckdb.Error as error:
            raise ProblemsError([unreadable(file, error)]) from None
    return tuple(header_of(file))


def _checked(file: Path) -> str:
    kind = file.suffix.lower()
    if kind not in (".csv", ".tsv", ".parquet", ".gpkg"):
        raise ProblemsError([codes.UNKNOWN_FILE.at(file.name, kind=kind)])
    if not file.is_file():
        raise ProblemsError([codes.NO_FILE.at(file.name)])
    return kind


def _of_csv(base: Any, file: Path, ids: frozenset[str]) -> Any:
    """Read with DuckDB, which refuses any row it cannot make sense of; nothing is skipped or filled up."""
    given = {"path": str(file), "mark": separator(file)}
    form = "read_csv($path, header=true, skip=0, delim=$mark, quote='\"', escape='\"'"
    told = base.execute(f"describe select * from {form})", given).fetchall()  # noqa: S608
    ids_of = [(name, kind == "BIGINT") for name, kind, *_ in told if name.lower() in ids]
    text = [name for name, whole in ids_of if not whole]
    numbers = [name for name, whole in ids_of if whole]
    if numbers:
        # What a column holds is guessed from its first rows: a 007 (or +7, or −7) may stand after them.
        told_apart = " or ".join(f"({quoted(name)} < '1' and length({quoted(name)}) > 1)" for name in numbers)
        odd = base.execute(
            f"select bool_or({told_apart}) from {form}, types=$types)",  # noqa: S608
            given | {"types": dict.fromkeys(numbers, "VARCHAR")},
        ).fetchone()
        text += numbers if odd and odd[0] else []
    if not text:
        return base.execute(f"select * from {form})", given).fetchnumpy()  # noqa: S608
    trimmed = ", ".join(f"nullif(trim({quoted(name)}), '') as {quoted(name)}" for name in text)
    return base.execute(
        f"select * replace ({trimmed}) from {form}, types=$types)",  # noqa: S608 - the names are the file's own
        given | {"types": dict.fromkeys(text, "VARCHAR")},
    ).fetchnumpy()


def quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever it is made of."""
    return '"' + name.replace('"', '""') + '"'


def unreadable(file: Path, error: Exception) -> Problem:
    """Return what DuckDB or SQLite found wrong with a file, without the folder it lies in."""
    return file_codes.UNREADABLE.at(file.name, reason=str(error).splitlines()[0].replace(str(file), file.name))


def _of_geopackage(file: Path, layer: str | None) -> dict[str, Any]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as base:
            return _of_layer(base, file, layer)
    except sqlite3.Error as error:
        raise ProblemsError([unreadable(file, error)]) from None


def _of_layer(base: sqlite3.Connection, file: Path, layer: str | None) -> dict[str, Any]:
    layers = [row[0] for row in base.execute("select table_name from gpkg_contents order by table_name")]
    if (layer is None and len(layers) != 1) or (layer is not None and layer not in layers):
        raise ProblemsError([codes.WHICH_LAYER.at(file.name, layers="、".join(layers))])
    rows = base.execute(f"select * from {quoted(layer or layers[0])}")  # noqa: S608 - one of the names the file itself lists
    names = [column[0] for column in rows.description]
    table = rows.fetchall()
    found = {}
    for i, name in enumerate(names):
        values = [row[i] for row in table]
        gaps = [value is None for value in values]
        some = next((value for value in values if value is not None), "")
        blank: Any = type(some)() if isinstance(some, int | float | str) else ""
        usable = [blank if value is None or isinstance(value, bytes) else value for value in values]
        found[name] = np.ma.masked_array(np.array(usable), gaps)
    return found


def find(names: Sequence[str], held: Mapping[str, Any], own: str | None = None) -> str | None:
    """Return the column called by one of ``names``, in whatever case, or ``own`` if that is there."""
    if own is not None:
        return own if own in held else None
    known = {name.lower(): name for name in held}
    return next((known[name] for name in names if name in known), None)
