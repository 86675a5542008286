"""Sessions that know whose they are. A session ends after 8 hours without a page and 12 hours after signing in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.dateparse import parse_datetime

STARTED = "started"
SEEN = "seen"
SECOND = "second"  # the sign-in took a second factor
LONGEST = timedelta(hours=12)
# A page this soon after the last one does not write the session again.
RENEW_AFTER = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in a table with the person and the times."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model of the rows."""
        from tongchou.web.people.models import Session

        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Any:
        """Return the row for a session's content."""
        row: Any = super().create_model_instance(dict(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at, row.seen_at = moment(data.get(STARTED)), moment(data.get(SEEN))
        return row


def moment(text: object) -> datetime | None:
    """Read a time as a session holds it."""
    return parse_datetime(text) if isinstance(text, str) else None


def begin(session: SessionBase, now: datetime) -> None:
    """Note when a session began."""
    session[STARTED] = session[SEEN] = now.isoformat()


def is_over(session: SessionBase, now: datetime) -> bool:
    """Return whether a session has lasted as long as any may; one that does not say when it began is over."""
    started = moment(session.get(STARTED))
    return started is None or not (timedelta(0) <= now - started + RENEW_AFTER <= LONGEST + RENEW_AFTER)


def renew(session: SessionBase, now: datetime) -> None:
    """Let the hours without a page count anew; written at most every five minutes."""
    seen = moment(session.get(SEEN))
    if seen is None or not timedelta(0) <= now - seen < RENEW_AFTER:
        session[SEEN] = now.isoformat()


def mark_of(key: str | None) -> str:
    """Return what names a session on a page; the key itself would let whoever reads it in."""
    return sha256((key or "").encode()).hexdigest()[:20]
