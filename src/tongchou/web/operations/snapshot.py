"""The database as it stands at one moment, while others go on writing; and what of it a backup holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

# Sign-ins end with the restore; contents and permissions of Django's own are made again by its migrations.
LEFT_OUT = frozenset({"sessions", "contenttypes", "auth"})


@contextmanager
def snapshot() -> Iterator[None]:
    """See one state of the database inside the block, without keeping anybody from writing. Only for reading."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        # Our transactions take SQLite's one lock for writing when they begin; reading a snapshot needs none.
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual  # type: ignore[attr-defined]
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def models_of(apps: Apps) -> list[type[models.Model]]:
    """Return the models whose rows a backup holds, in a settled order; those of links between models too."""
    kept = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.managed and not m._meta.proxy and m._meta.app_label not in LEFT_OUT
    ]
    return sorted(kept, key=lambda m: m._meta.label_lower)


def columns_of(model: type[models.Model]) -> list[models.Field[object, object]]:
    """Return the columns of a model that hold something; what the database computes is left out."""
    return [f for f in model._meta.local_concrete_fields if not f.generated]


def rows_held(apps: Apps) -> int:
    """Return how many rows there are in the tables that exist."""
    there = set(connection.introspection.table_names())
    return sum(models.QuerySet(model).count() for model in models_of(apps) if model._meta.db_table in there)


def is_up_to_date() -> bool:
    """Return whether every migration this version has is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
