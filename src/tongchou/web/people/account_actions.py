"""What can be done to an account: passwords, sessions, second factor, erasure. One transaction, one event each."""

from __future__ import annotations

import secrets
from datetime import datetime

from axes.models import AccessAttempt
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.events.record import record
from tongchou.web.people import codes
from tongchou.web.people.lockout import folded
from tongchou.web.people.models import BackupCode, User
from tongchou.web.people.passwords import one_time, problems_of
from tongchou.web.people.sessions import mark_of

BACKUP_CODES = 8
ERASED_NAME = "已离岗人员"


@transaction.atomic
def change_password(
    *, user: User, present: str, new: str, again: str, now: datetime, keep_session: str | None = None
) -> None:
    """Let a person choose a password; every other session of theirs ends.

    Raises :class:`ProblemsError` placed at ``present``, ``new`` or ``again``.
    """
    problems: list[Problem] = []
    if not user.check_password(present):
        problems.append(codes.PASSWORD_WRONG.at("present"))
    elif new == present:
        problems.append(codes.PASSWORD_SAME.at("new"))
    problems += problems_of(new, user, "new")
    if new != again:
        problems.append(codes.PASSWORD_DIFFERS.at("again"))
    if problems:
        raise ProblemsError(problems)
    user.set_password(new)
    user.must_change_password = False
    user.password_set_at = now
    user.save(update_fields=["password", "must_change_password", "password_set_at"])
    user.sessions.exclude(session_key=keep_session).delete()
    record("people.password_changed", about=user, by=user, now=now)


@transaction.atomic
def reset_password(*, user: User, by: User | None, now: datetime) -> str:
    """Give a one-time password, which is kept nowhere; sessions end, and a lock from wrong tries is taken off."""
    if user.erased_at is not None:
        raise ProblemsError([codes.ERASED.at("password")])
    password = one_time()
    user.set_password(password)
    user.must_change_password = True
    user.password_set_at = now
    user.save(update_fields=["password", "must_change_password", "password_set_at"])
    user.sessions.all().delete()
    _tries(user).delete()
    record("people.password_reset", about=user, by=by, now=now)
    return password


@transaction.atomic
def unlock(*, user: User, by: User, now: datetime) -> None:
    """Take off the lock that wrong passwords brought."""
    _tries(user).delete()
    record("people.unlocked", about=user, by=by, now=now)


def _tries(user: User):  # type: ignore[no-untyped-def]  # axes has no types
    return AccessAttempt.objects.filter(username=folded(user.username))


@transaction.atomic
def end_sessions(*, user: User, mark: str | None, keep: str | None, by: User, now: datetime) -> int:
    """End the session called ``mark``, or without one all but ``keep`` (a key). Returns how many ended."""
    keys = [
        key
        for key in user.sessions.values_list("session_key", flat=True)
        if (mark_of(key) == mark if mark is not None else key != keep)
    ]
    user.sessions.filter(session_key__in=keys).delete()
    record("people.sessions_ended", about=user, by=by, now=now, data={"sessions": len(keys)})
    return len(keys)


@transaction.atomic
def begin_second_factor(*, user: User, now: datetime) -> TOTPDevice:
    """Draw a secret for a person's authenticator; nothing asks for it before it is confirmed."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    device = TOTPDevice.objects.create(user=user, name="totp", confirmed=False)
    record("people.second_factor_begun", about=user, by=user, now=now)
    return device


@transaction.atomic
def confirm_second_factor(*, user: User, device: TOTPDevice, now: datetime) -> list[str]:
    """Ask for the second factor from now on; return the backup codes, shown once. The code was verified before."""
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    drawn = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(BACKUP_CODES)]
    user.backup_codes.all().delete()
    BackupCode.objects.bulk_create([BackupCode(user=user, digest=digest_of(user, code)) for code in drawn])
    record("people.second_factor_confirmed", about=user, by=user, now=now)
    return drawn


@transaction.atomic
def use_backup_code(*, user: User, code: str, now: datetime) -> bool:
    """Use up a backup code; return whether it was one."""
    used, _ = user.backup_codes.filter(digest=digest_of(user, code.strip().lower())).delete()
    if used:
        record("people.backup_code_used", about=user, by=user, now=now)
    return bool(used)


@transaction.atomic
def remove_second_factor(*, user: User, by: User, now: datetime) -> None:
    """Stop asking for a second factor, as when the telephone is lost."""
    TOTPDevice.objects.filter(user=user).delete()
    user.backup_codes.all().delete()
    record("people.second_factor_removed", about=user, by=by, now=now)


def digest_of(user: User, code: str) -> str:
    """Return the keyed digest of a backup code; the key is the installation's secret."""
    return salted_hmac("tongchou.people.backup", f"{user.pk}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def erase_person(*, user: User, by: User, now: datetime) -> None:
    """Replace name and e-mail of a person who has left by neutral words; what they did stays with the number.

    Raises :class:`ProblemsError` while the account is in use.
    """
    if user.is_active:
        raise ProblemsError([codes.STILL_ACTIVE.at("erase")])
    _tries(user).delete()
    user.sessions.all().delete()
    TOTPDevice.objects.filter(user=user).delete()
    user.backup_codes.all().delete()
    user.username, user.name, user.email = f"left-{user.pk}", ERASED_NAME, ""
    user.last_login, user.erased_at = None, now
    user.set_unusable_password()
    user.save()
    record("people.erased", about=user, by=by, now=now)
