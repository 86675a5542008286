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
            "CONN_MAX_AGE": 60,
        }
    raise ValueError("TONGCHOU_DATABASE_URL must begin with postgresql:// or sqlite:///")


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;",
        },
    }
