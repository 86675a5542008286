"""The database from one address: SQLite in the home folder by default, PostgreSQL where the address says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def settings_for(address: str | None, home: Path) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:secret@host:port/name`` or ``sqlite:///path``.

    Without an address the database is a file in ``home``. Raises ``ValueError`` for any other kind of address.
    """
    if not address:
        return _sqlite(str(home / "tongchou.sqlite3"))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            # Every thread of every process keeps one connection, so the threads are the pool and bound it.
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, "application_name": "tongchou"},
        }
    raise ValueError("TONGCHOU_DATABASE_URL must begin with postgresql:// or sqlite:///")


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # A thread keeps its connection: opening the file anew costs more than most queries.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Who writes waits for the lock when the transaction begins, and cannot be refused in the middle of it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged is on the disk even when the power fails.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
