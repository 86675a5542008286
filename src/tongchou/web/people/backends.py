"""Signing in with a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from tongchou.web.people.models import User
from tongchou.web.people.passwords import has_expired


class PasswordBackend(ModelBackend):
    """Django's own, which does the same work for a name nobody has; a one-time password opens for seven days."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the person; ``None`` for a wrong name or password, or a one-time password not used in time."""
        user = super().authenticate(request, username, password, **kwargs)
        return None if isinstance(user, User) and has_expired(user, timezone.now()) else user

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, roles read with them, while the account is in use."""
        user = User.objects.with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
