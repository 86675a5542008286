"""Where mail goes out, from one address: ``smtp://user:secret@host:port?from=office@example.org``."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_SECONDS = 20


def settings_for(address: str | None) -> dict[str, Any]:
    """Return Django's mail settings. ``smtps`` begins encrypted, ``smtp+starttls`` turns to it.

    Without an address mail is kept in memory and goes nowhere. Raises ``ValueError`` for any other kind of address.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname:
        raise ValueError("TONGCHOU_SMTP_URL must begin with smtp://, smtps:// or smtp+starttls:// and name a host")
    sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[0]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": _SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
    }
