"""Stop times of a GTFS folder trip by trip: DuckDB sorts the file, on disk where it is large, and they are streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.cells import header_of
from tongchou.networks.columns import unreadable
from tongchou.networks.transit.feed import CALLS

#: The row of the file a call stands in (the first after the header is 2), its trip, and four columns as they are told.
Told = tuple[int, str, str, str, str, str]
_COLUMNS = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
_AT_ONCE = 1 << 14
_SORTED = """
    with told as (select row_number() over () + 1 as row, {cells} from read_csv(
        $path, columns = $columns, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
        null_padding = true, parallel = false, strict_mode = false))
    select * from told where trip_id in (select unnest($trips)) order by trip_id, row
"""


def calls(folder: Path, trips: Iterable[str]) -> Iterator[tuple[str, list[Told]]]:
    """Yield each of ``trips`` that calls anywhere with its calls in the order of the file.

    What is held at once is one trip, however long the file. Raises :class:`ProblemsError` where it is no table.
    """
    import duckdb

    path = folder / CALLS
    names = header_of(path)
    cells = ", ".join(f"coalesce(trim(c{names.index(name)}), '') as {name}" for name in _COLUMNS)
    given = {"path": str(path), "columns": {f"c{i}": "VARCHAR" for i in range(len(names))}, "trips": list(trips)}
    try:
        with duckdb.connect() as base:
            rows = base.execute(_SORTED.format(cells=cells), given)
            told = (row for part in iter(lambda: rows.fetchmany(_AT_ONCE), []) for row in part)
            for trip, held in groupby(told, key=itemgetter(1)):
                yield trip, list(held)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise ProblemsError([unreadable(path, error)]) from None
