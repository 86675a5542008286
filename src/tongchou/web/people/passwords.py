"""Passwords: what is asked of one, and the one-time password an administrator hands over."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tongchou.kernel.problems import Problem
from tongchou.web.people import codes
from tongchou.web.people.models import User

ONE_TIME_LASTS = timedelta(days=7)
SHORTEST, LONGEST = 12, 128
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_KINDS = {
    "password_too_short": codes.PASSWORD_SHORT,
    "password_too_long": codes.PASSWORD_LONG,
    "password_too_similar": codes.PASSWORD_LIKE_NAME,
    "password_too_common": codes.PASSWORD_COMMON,
    "password_entirely_numeric": codes.PASSWORD_DIGITS,
}


class NotTooLong:
    """Refuses what would only keep the hasher busy; nothing is ever cut off."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for more than 128 characters."""
        if len(password) > LONGEST:
            raise ValidationError("too long", code="password_too_long")

    def get_help_text(self) -> str:
        """Return nothing: the page says it in both languages."""
        return ""


def one_time() -> str:
    """Draw a password of 16 letters and digits in fours, as it is read out or written on paper (79 bits)."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(drawn[i : i + 4] for i in range(0, 16, 4))


def problems_of(password: str, user: User, where: str = "password") -> list[Problem]:
    """Return everything that is wrong with a new password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        found = (_KINDS[str(e.code)].at(where, shortest=SHORTEST, longest=LONGEST) for e in error.error_list)
        return list(found)
    return []


def has_expired(user: User, now: datetime) -> bool:
    """Return whether a one-time password was not used in time."""
    if not user.must_change_password:
        return False
    return user.password_set_at is None or now - user.password_set_at > ONE_TIME_LASTS
