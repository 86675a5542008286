"""What holds on every page for those who have signed in: sessions end, and what must be done first comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tongchou.web.people.models import User
from tongchou.web.people.sessions import SECOND, is_over, renew

# Open to those who must first choose a password or enrol a second factor.
_FIRST = {"sign-out", "language", "people:password", "people:second-factor", "people:second-factor-confirm"}


class SessionLimits:
    """Ends sessions that have lasted long enough, and keeps pages of people who signed in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``, as a stranger's where the session is over."""
        signed_in = request.user.is_authenticated
        if signed_in:
            now = timezone.now()
            if is_over(request.session, now):
                logout(request)
            else:
                renew(request.session, now)
        response = self.get_response(request)
        if signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send whoever must first do something there, whatever page was asked for."""
        user = request.user
        if not isinstance(user, User):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in _FIRST:
            return None
        by_password = "PasswordBackend" in request.session.get(BACKEND_SESSION_KEY, "")
        if user.must_change_password and by_password:
            return redirect("people:password")
        if by_password and needs_second_factor(user) and not request.session.get(SECOND):
            return redirect("people:second-factor")
        return None


def needs_second_factor(user: User) -> bool:
    """Return whether one of the person's roles asks for a second factor (TONGCHOU_TOTP_ROLES)."""
    return settings.TOTP and any(m.role in settings.TOTP_ROLES for m in user.roles)
