"""Rows and files of a backup into an empty database and home folder."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps as current
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.operations import codes
from tongchou.web.operations.archive import FOLDERS, Manifest, Table, Told, files_in, read_file, read_lines, whole
from tongchou.web.operations.snapshot import columns_of, models_of, rows_held

_BATCH = 2000
# Fields whose values JSON holds as they are; all others read their own text back.
_AS_THEY_ARE = (models.CharField, models.TextField, models.JSONField, models.IntegerField, models.BooleanField)


def arrived_before() -> bool:
    """Return whether the rows of an interrupted restore are there; they come all together or not at all."""
    events = current.get_model("events.event")
    return events._meta.db_table in connection.introspection.table_names() and models.QuerySet(events).exists()


def obstacles(manifest: Manifest, *, is_resumed: bool) -> list[Problem]:
    """Return everything that keeps this backup out of this database; what an interrupted one left is no obstacle."""
    found: list[Problem] = []
    where, rows = connection.vendor, 0 if is_resumed else rows_held(current)
    if rows:
        found.append(codes.NOT_EMPTY.at(where, rows=rows))
    known = MigrationExecutor(connection).loader.graph.nodes
    unknown = [m for m in manifest.migrations if m not in known]
    found += [codes.NEWER_BACKUP.at(".".join(m), version=manifest.version, migration=".".join(m)) for m in unknown[:1]]
    later = set(MigrationRecorder(connection).applied_migrations()) - set(manifest.migrations)
    if later and not rows and not unknown:
        found.append(codes.SCHEMA_LATER.at(where, version=manifest.version))
    return found


def prepared(manifest: Manifest) -> Apps:
    """Bring the empty database to the schema the backup was made with; return the models as they were then."""
    executor = MigrationExecutor(connection)
    graph, applied = executor.loader.graph, set(manifest.migrations)
    last = [
        key
        for key in sorted(applied)
        if not any(child.key in applied and child.key[0] == key[0] for child in graph.node_map[key].children)
    ]
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def load(archive: zipfile.ZipFile, manifest: Manifest, apps: Apps, told: Told, *, beside: Path, home: Path) -> None:
    """Bring files and rows in; raise :class:`ProblemsError` when anything is not as backed up, and keep no row then.

    The files move to their place while the rows can still be taken back: no row is ever without its file.
    """
    with whole(str(archive.filename)):
        for kept in files_in(archive, manifest):
            read_file(archive, kept, beside)
            told(1)
    known = {m._meta.label_lower: m for m in models_of(apps)}
    table = manifest.tables[0]
    try:
        with whole(str(archive.filename)), transaction.atomic(durable=True):
            _empty(list(known.values()))
            for table in manifest.tables:
                _fill(archive, table, known[table.name], told)
            for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
                with connection.cursor() as cursor:
                    cursor.execute(statement)
            connection.check_constraints()
            for name in FOLDERS:
                if (beside / name).exists():
                    (beside / name).rename(home / name)
    except DatabaseError as error:
        raise ProblemsError([codes.ROW_REFUSED.at(table.name, reason=str(error).splitlines()[0])]) from None


def _empty(tables: Sequence[type[models.Model]]) -> None:
    """Take out what migrations put in: the backup holds it too."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 — our tables


def _fill(archive: zipfile.ZipFile, table: Table, model: type[models.Model], told: Told) -> None:
    fields = {f.attname: f for f in columns_of(model)}
    chosen = [fields[name] for name in table.columns]
    readers = [_reader(f) for f in chosen]
    rows, number = read_lines(archive, table.entry, table.sha256), 0
    values = ([read(value) for read, value in zip(readers, row, strict=True)] for row in rows)
    while batch := list(islice(values, _BATCH)):
        _insert(model._meta.db_table, [str(f.column) for f in chosen], batch)
        number += len(batch)
        told(len(batch))
    if number != table.rows:
        raise ProblemsError([codes.CONTENT_ALTERED.at(table.entry)])


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    as_it_is = isinstance(target, _AS_THEY_ARE)

    def read(value: Any) -> Any:
        return field.get_db_prep_save(value if as_it_is or value is None else target.to_python(value), connection)

    return read


def _insert(name: str, columns: Sequence[str], rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    listed = ", ".join(quote(c) for c in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(name)} ({listed}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            # Names are those of our own models.
            cursor.executemany(f"INSERT INTO {quote(name)} ({listed}) VALUES ({marks})", rows)  # noqa: S608
