"""What is asked of the fields of people and organisations."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tongchou.kernel.problems import Problem
from tongchou.web.people import codes
from tongchou.web.people.models import User

# Letters of any script and digits first, so that no name reads as a formula, an option or a path.
_USERNAME = re.compile(r"[^\W_][\w.\-]{1,59}")


def username_problems(username: str) -> list[Problem]:
    """Return what is wrong with a new user name: its form, or that somebody has it in any case or width."""
    plain = unicodedata.normalize("NFKC", username)
    if plain != username or not _USERNAME.fullmatch(username):
        return [codes.USERNAME_FORM.at("username")]
    if User.objects.filter(username__iexact=username).exists():
        return [codes.USERNAME_TAKEN.at("username", username=username)]
    return []


def name_problems(name: str, where: str, most: int) -> list[Problem]:
    """Return whether a name is missing, too long, or has signs that do not print."""
    unprintable = any(unicodedata.category(c).startswith("C") for c in name)
    return [] if name.strip() and len(name) <= most and not unprintable else [codes.NAME_NEEDED.at(where, most=most)]


def email_problems(email: str) -> list[Problem]:
    """Return whether an e-mail address is written wrongly; none at all is fine."""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return [codes.EMAIL_FORM.at("email")]
    return []
