"""Logs without personal data: what happened, where in the code and how long it took, never what somebody wrote.

What libraries put into a message (paths, names, values) is left out, and so are the messages of exceptions, which quote
values; the kind of the exception and the lines of code it came from are kept.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

OURS = "tongchou."  # loggers whose messages are written by us, with nothing personal in them
REQUESTS = f"{OURS}requests"
_FIELDS = ("request", "method", "route", "status", "ms")
_Exception = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Filter):
    """Takes what libraries fill into their messages out of them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, those of others without their values."""
        if not record.name.startswith(OURS):
            # Security warnings are ready-made sentences about one request; their logger's name says what happened.
            said = str(record.msg).replace("%s", "…") if record.args else ""
            record.msg = said if any(c.isalpha() for c in said) else f"{record.levelname} {record.name}"
            record.args = None
            for name in ("request", "server_time", "sql", "params", "duration", "alias"):
                record.__dict__.pop(name, None)
        return True


def frames(error: _Exception) -> str:
    """Return the kinds of an exception and its causes with the lines of code they came from, without messages."""
    parts, seen, current = [], set(), error[1]
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(current.__traceback__)]
        parts.append("\n".join([type(current).__qualname__, *lines]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n<- ".join(parts)


class Json(JsonFormatter):
    """One JSON object a line."""

    def formatException(self, ei: _Exception) -> str:  # noqa: N802 — logging's own name
        """Return where an exception came from."""
        return frames(ei)


class Plain(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the fields of a request at its end."""
        record.exc_text = None
        line = super().format(record)
        told = [f"{name}={getattr(record, name)}" for name in _FIELDS if hasattr(record, name)]
        return " ".join([line, *told])

    def formatException(self, ei: _Exception) -> str:  # noqa: N802 — logging's own name
        """Return where an exception came from."""
        return frames(ei)


def logging_for(chosen: str | None, *, production: bool, debug: bool) -> dict[str, Any]:
    """Return the settings of logging; ``chosen`` is ``json`` or ``text``, by default JSON where it runs for real.

    Debugging on a developer's machine shows everything. Raises ``ValueError`` for another format.
    """
    kind = chosen or ("json" if production else "text")
    if kind not in ("json", "text"):
        raise ValueError("TONGCHOU_LOG must be json or text")
    requests = "INFO" if production or chosen else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_values": {"()": WithoutValues}},
        "formatters": {
            "json": {
                "()": Json,
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
            },
            "text": {"()": Plain, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "debug": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "debug" if debug else kind,
                "filters": [] if debug else ["without_values"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        # A mistyped address is answered with a page; a line in the log for each would bury what matters.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # the line of the request says 400
            REQUESTS: {"level": requests},
        },
    }
