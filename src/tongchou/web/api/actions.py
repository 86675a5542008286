"""Making and revoking tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.api import codes
from tongchou.web.api.models import Token
from tongchou.web.events.record import record
from tongchou.web.people.models import User

#: What every token begins with, so that scanners for leaked secrets find it.
PREFIX = "tc_"
MOST_DAYS, MOST_TOKENS = 366, 20


def token_hash(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, days: int, can_write: bool, by: User, now: datetime) -> tuple[Token, str]:
    """Make a token for oneself and return it with its text, which is kept nowhere and shown once."""
    problems: list[Problem] = []
    if not 0 < len(name.strip()) <= 60:
        problems.append(codes.TOKEN_NAME.at("name"))
    if not 1 <= days <= MOST_DAYS:
        problems.append(codes.TOKEN_DAYS.at("days", most=MOST_DAYS))
    if Token.objects.valid(now).filter(user=by).count() >= MOST_TOKENS:
        problems.append(codes.TOKEN_COUNT.at("name", most=MOST_TOKENS))
    if problems:
        raise ProblemsError(problems)
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=by,
        name=name.strip(),
        start=text[:9],
        hash=token_hash(text),
        can_write=can_write,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    data = {"token": token.pk, "can_write": can_write, "until": token.expires_at}
    record("api.token_made", about=by, by=by, now=now, data=data)
    return token, text


@transaction.atomic
def revoke_token(*, token: Token, by: User, now: datetime) -> Token:
    """Revoke a token of one's own; a second time changes nothing and is told again."""
    held = Token.objects.select_for_update().get(pk=token.pk, user=by)
    held.revoked_at = held.revoked_at or now
    held.save(update_fields=("revoked_at",))
    record("api.token_revoked", about=by, by=by, now=now, data={"token": held.pk})
    return held


def note_use(token: Token, on: date) -> None:
    """Keep the last day a token was used; at most one write a day, and no event: nothing was decided."""
    if token.last_used_on != on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)
