"""Tables of results written to CSV or Parquet, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes


def write_table(path: Path | str, columns: Mapping[str, ArrayLike]) -> None:
    """Write ``columns`` (each of shape (rows)) to a CSV or Parquet file by its name; NaN becomes an empty cell.

    The file appears when it is complete: work that is interrupted leaves what was there before.
    """
    import duckdb

    file = Path(path)
    kind = file.suffix.lower()
    if kind not in (".csv", ".parquet"):
        raise ProblemsError([codes.UNKNOWN_FILE.at(file.name, kind=kind)])
    held = {name: np.atleast_1d(np.asarray(values)) for name, values in columns.items()}
    rows = next(iter(held.values())).size if held else 0
    wrong = [codes.SHAPE.at(n, what=n, found=v.size, expected=rows) for n, v in held.items() if v.size != rows]
    if wrong:
        raise ProblemsError(wrong)
    part = file.with_name(f".{file.name}.part")
    try:
        with duckdb.connect() as base:
            base.register("held", held)
            empty = ", ".join(
                f'nullif("{n}", \'nan\'::double) as "{n}"' if v.dtype.kind == "f" else f'"{n}"' for n, v in held.items()
            )
            table = base.sql(f"select {empty} from held")  # noqa: S608 - the names are the caller's columns
            table.write_csv(str(part), header=True) if kind == ".csv" else table.write_parquet(str(part))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
