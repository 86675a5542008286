"""Addresses and codes kept so that the database alone gives them away to nobody."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

# No 0, O, 1, I, L: a code is read aloud and copied by hand.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE = 12  # letters, some 59 bits


def _key(use: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"tongchou.public.{use}".encode(), hashlib.sha256).digest()


def encipher(text: str) -> str:
    """Return a text enciphered with the installation's secret (Fernet)."""
    return Fernet(base64.urlsafe_b64encode(_key("encipher"))).encrypt(text.encode()).decode()


def decipher(token: str) -> str:
    """Return an enciphered text; nothing where the secret has changed since."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key("encipher"))).decrypt(token.encode()).decode()
    except InvalidToken:
        return ""


def keyed_hash(use: str, text: str) -> str:
    """Return a hash that cannot be tried out without the installation's secret."""
    return hmac.new(_key(use), text.encode(), hashlib.sha256).hexdigest()


def sender_hash(address: str, day: date) -> str:
    """Return what stands for a sender's address for one day; the next day it is another."""
    return keyed_hash("sender", f"{day.isoformat()}|{address}")


def new_code() -> str:
    """Return a code such as ``7KQM-2XPA-9RTC``, drawn by the system's own generator."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
    return "-".join(letters[i : i + 4] for i in range(0, _CODE, 4))


def code_hash(code: str) -> str:
    """Return what is kept of a code; spaces, hyphens and case do not matter."""
    return keyed_hash("code", "".join(c for c in code.upper() if c.isalnum()))
