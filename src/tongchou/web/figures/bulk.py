"""Many rows into one table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_AT_ONCE = 10_000  # rows in memory as the driver wants them


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert ``rows``, whose cells follow ``fields``, inside the transaction that is open; constraints hold as ever."""
    concrete = {field.name: field for field in model._meta.concrete_fields}
    columns = [concrete[name] for name in fields]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(column.column)) for column in columns)
    if connection.vendor == "postgresql":
        # COPY goes past Django's cursor, and so past its translation of errors.
        copying, cursor = connection.wrap_database_errors, connection.cursor()
        with copying, cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    # Dates are the only cells here that the driver does not know by itself.
    dates = [(n, c.get_db_prep_save) for n, c in enumerate(columns) if isinstance(c, models.DateField)]

    def adapted(row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for n, prepare in dates:
            cells[n] = prepare(cells[n], connection)
        return cells

    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 — names of our own columns
    coming = (adapted(row) for row in rows)
    with connection.cursor() as cursor:
        while some := list(islice(coming, _AT_ONCE)):
            cursor.executemany(statement, some)
