"""Databases of their own for tests that run the workbench as processes."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

SERVER = os.environ.get("TONGCHOU_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


def postgresql_answers() -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(SERVER)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=1):
            return True
    except OSError:
        return False


def require_postgresql() -> None:
    if not postgresql_answers():
        assert not os.environ.get("CI"), "PostgreSQL must run on CI"
        pytest.skip(f"no PostgreSQL at {SERVER}")


@contextmanager
def new_database(like: str = "") -> Iterator[str]:
    """Yield the address of a PostgreSQL database that is dropped afterwards: empty, or a copy of that at an address."""
    import psycopg

    require_postgresql()
    name = f"tongchou_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.rpartition('/')[2]}" if like else ""))
        try:
            yield f"{SERVER.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def database(engine: str, like: str = "") -> Iterator[dict[str, str]]:
    """Yield the environment that chooses an empty database of this kind, or a copy of one on PostgreSQL."""
    if engine == "sqlite":
        yield {}
        return
    with new_database(like) as address:
        yield {"TONGCHOU_DATABASE_URL": address}


def rows(home: Path, chosen: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    """Return what the database of a workbench answers, without starting the workbench."""
    if not chosen:
        with closing(sqlite3.connect(home / "tongchou.sqlite3", timeout=60)) as database:
            return database.execute(query).fetchall()
    import psycopg

    with psycopg.connect(chosen["TONGCHOU_DATABASE_URL"]) as server:
        return server.execute(query).fetchall()  # type: ignore[arg-type]
