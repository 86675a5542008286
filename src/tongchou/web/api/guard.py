"""Who a program speaks for: a token after ``Authorization: Bearer``, else the browser's session, else nobody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security.base import SecuritySchema
from ninja.throttling import SimpleRateThrottle
from ninja.utils import check_csrf

from tongchou.web.api.actions import note_use, token_hash
from tongchou.web.api.models import Token
from tongchou.web.people.models import User


class _Known:
    """Finds out who asks. ``request.user`` is then the token's person, as it is the session's otherwise."""

    needs_somebody = False
    writes = False

    def __init__(self) -> None:
        # What anybody may ask is described as open, though a token makes more of it visible.
        if self.needs_somebody:
            self.openapi_security_schema = SecuritySchema(type="http", scheme="bearer")

    def __call__(self, request: HttpRequest) -> Any:
        """Return who asks; nothing where that is not to be known, which is answered with 401."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme:
            return self._by_token(request, text.strip()) if scheme.lower() == "bearer" else None
        user = request.user
        if self.needs_somebody and not user.is_authenticated:
            return None
        if self.writes and check_csrf(request):
            # A browser sends its cookies for whoever asks it to; the form's token tells that it was our page.
            raise AuthorizationError
        return user

    def _by_token(self, request: HttpRequest, text: str) -> User | None:
        now = timezone.now()
        token = Token.objects.valid(now).select_related("user").filter(hash=token_hash(text)).first()
        if token is None or not token.user.is_active or token.user.must_change_password:
            return None
        if self.writes and not token.can_write:
            raise AuthorizationError
        note_use(token, timezone.localdate(now))
        request.user = token.user
        request.token = token  # type: ignore[attr-defined]
        return token.user


class Anybody(_Known):
    """Everybody may ask and sees what they may see; a token that is sent must be a good one."""


class Somebody(_Known):
    """Only people with an account."""

    needs_somebody = True


class Writer(_Known):
    """Only people with an account, and of their tokens only those that may write."""

    needs_somebody = True
    writes = True


class Rate(SimpleRateThrottle):
    """How often one person, or one address without an account, may ask. Counted in each process of the server."""

    scope = "api"

    def __init__(self, anonymous: str, known: str) -> None:
        super().__init__(anonymous)
        self._anonymous, self._known = self.parse_rate(anonymous), self.parse_rate(known)

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether the request may go on."""
        if not settings.API_RATES:
            return True
        person = request.user.is_authenticated
        self.num_requests, self.duration = self._known if person else self._anonymous
        return bool(super().allow_request(request))

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return what requests are counted by: the person, else the address the request comes from."""
        user = request.user
        who = f"person-{user.pk}" if user.is_authenticated else f"from-{request.META.get('REMOTE_ADDR', '')}"
        return self.cache_format % {"scope": self.scope, "ident": who}


def asked_by(request: HttpRequest) -> User | AnonymousUser:
    """Return who asks."""
    return request.user


def person(request: HttpRequest) -> User:
    """Return the person who asks; raise where there is none."""
    if not isinstance(request.user, User):
        raise AuthenticationError
    return request.user
