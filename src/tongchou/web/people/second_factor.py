"""The second factor: a code of six digits from an authenticator (RFC 6238), or a backup code."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import segno
from django.db import transaction
from django.utils.safestring import SafeString
from django_otp.plugins.otp_totp.models import TOTPDevice

from tongchou.kernel.problems import ProblemsError
from tongchou.web.people import codes
from tongchou.web.people.account_actions import use_backup_code
from tongchou.web.people.models import User


def device_of(user: User) -> TOTPDevice | None:
    """Return the person's confirmed authenticator."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def verify(*, user: User, code: str, now: datetime, device: TOTPDevice | None = None) -> None:
    """Raise :class:`ProblemsError` at ``code`` unless it is right; each wrong one makes the next wait twice as long.

    ``device`` is one yet to be confirmed, for which backup codes do not count.
    """
    given = "".join(code.split())
    wrong, wait = False, 0
    with transaction.atomic():
        enrolling = device is not None
        held = TOTPDevice.objects.select_for_update().filter(user=user)
        held = held.filter(pk=device.pk) if device is not None else held.filter(confirmed=True)
        found = held.first()
        if found is None:
            raise ProblemsError([codes.CODE_WRONG.at("code")])
        allowed, told = found.verify_is_allowed()
        if not allowed:
            wait = max(1, round((told["locked_until"] - now).total_seconds()) if "locked_until" in told else 60)
        elif "-" in given and not enrolling:
            wrong = not use_backup_code(user=user, code=given, now=now)
            found.throttle_increment() if wrong else found.throttle_reset()
        else:
            wrong = not (given.isascii() and given.isdigit() and found.verify_token(given))
            if wrong and not (given.isascii() and given.isdigit()):
                found.throttle_increment()
    # Raised outside, so that the count of wrong codes is kept.
    if wait:
        raise ProblemsError([codes.CODE_TOO_SOON.at("code", seconds=wait)])
    if wrong:
        raise ProblemsError([codes.CODE_WRONG.at("code")])


def picture_of(device: TOTPDevice) -> SafeString:
    """Return the QR code of an authenticator's secret as SVG without a style, which our policy would refuse."""
    out = BytesIO()
    code = segno.make(device.config_url, error="m", micro=False)
    code.save(out, kind="svg", scale=5, xmldecl=False, svgclass="qr", lineclass=None)
    return SafeString(out.getvalue().decode())


def secret_of(device: TOTPDevice) -> str:
    """Return the secret in fours, for typing it in."""
    from base64 import b32encode

    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
