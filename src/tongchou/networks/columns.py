"""Columns of files: CSV and Parquet through DuckDB, GeoPackage through SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes


def read_columns(file: Path, layer: str | None = None) -> dict[str, Any]:
    """Return the columns of a file by name, with gaps masked; ``layer`` says which table of a GeoPackage."""
    kind = file.suffix.lower()
    if kind not in (".csv", ".tsv", ".parquet", ".gpkg"):
        raise ProblemsError([codes.UNKNOWN_FILE.at(file.name, kind=kind)])
    if not file.is_file():
        raise ProblemsError([codes.NO_FILE.at(file.name)])
    if kind == ".gpkg":
        return _of_geopackage(file, layer)
    import duckdb

    reader = "read_parquet" if kind == ".parquet" else "read_csv"
    with duckdb.connect() as base:
        found = base.execute(f"select * from {reader}($path)", {"path": str(file)}).fetchnumpy()  # noqa: S608
    return dict(found)


def _of_geopackage(file: Path, layer: str | None) -> dict[str, Any]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
        layers = [row[0] for row in base.execute("select table_name from gpkg_contents order by table_name")]
        if (layer is None and len(layers) != 1) or (layer is not None and layer not in layers):
            raise ProblemsError([codes.WHICH_LAYER.at(file.name, layers="、".join(layers))])
        quoted = (layer or layers[0]).replace('"', '""')
        rows = base.execute(f'select * from "{quoted}"')  # noqa: S608 - one of the names the file itself lists
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
