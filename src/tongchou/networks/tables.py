"""Tables of results written to CSV or Parquet, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.columns import quoted

Add = Callable[[Mapping[str, ArrayLike]], None]


def check_name(path: Path | str) -> None:
    """Raise :class:`ProblemsError` where a table cannot be written by this name, or not there."""
    file = Path(path)
    if file.suffix.lower() not in (".csv", ".parquet"):
        raise ProblemsError([codes.UNKNOWN_FILE.at(file.name, kind=file.suffix.lower())])
    if not file.absolute().parent.is_dir():
        raise ProblemsError([codes.NO_FILE.at(str(file.parent))])


def write_table(path: Path | str, columns: Mapping[str, ArrayLike]) -> None:
    """Write ``columns`` (each of shape (rows)) to a CSV or Parquet file by its name; NaN becomes an empty cell.

    The file appears when it is complete: work that is interrupted leaves what was there before.
    """
    with growing_table(path) as add:
        add(columns)


@contextmanager
def growing_table(path: Path | str) -> Iterator[Add]:
    """Give a function that adds rows, part by part, to a table that may be larger than memory; all parts alike.

    The file appears at the end of the block and not if it is left by an exception.
    """
    import duckdb

    check_name(path)
    file = Path(path)
    part, store = file.with_name(f".{file.name}.part"), file.with_name(f".{file.name}.rows")
    try:
        store.unlink(missing_ok=True)
        with duckdb.connect(str(store)) as base:
            begun = False

            def add(columns: Mapping[str, ArrayLike]) -> None:
                nonlocal begun
                held = _checked(columns)
                base.register("held", held)
                chosen = ", ".join(
                    f"nullif({quoted(n)}, 'nan'::double) as {quoted(n)}" if v.dtype.kind == "f" else quoted(n)
                    for n, v in held.items()
                )
                into = "insert into rows" if begun else "create table rows as"
                base.execute(f"{into} select {chosen} from held")  # noqa: S608 - the names are the caller's columns
                base.unregister("held")
                begun = True

            yield add
            rows = base.table("rows")
            rows.write_csv(str(part), header=True) if file.suffix.lower() == ".csv" else rows.write_parquet(str(part))
        part.replace(file)
    finally:
        for left in (part, store, store.with_name(f"{store.name}.wal")):
            left.unlink(missing_ok=True)


def _checked(columns: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    held = {name: np.atleast_1d(np.asarray(values)) for name, values in columns.items()}
    rows = next(iter(held.values())).size if held else 0
    wrong = [codes.SHAPE.at(n, what=n, found=v.size, expected=rows) for n, v in held.items() if v.size != rows]
    if wrong:
        raise ProblemsError(wrong)
    return held
