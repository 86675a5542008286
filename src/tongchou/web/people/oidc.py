"""Signing in through an identity provider (mozilla-django-oidc): it says who somebody is, never what they may do."""

from __future__ import annotations

from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from tongchou.web.people.access import public
from tongchou.web.people.models import User


class SingleSignOn(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Finds the person whose user name the provider's claim names. Accounts and roles are made here only."""

    def verify_token(self, token: str, **kwargs: Any) -> Any:
        """Return what an identity token says; it must be the issuer's, for us, for this sign-in, and not run out."""
        said = super().verify_token(token, **kwargs)
        audience = said.get("aud")
        for_us = import_from_settings("OIDC_RP_CLIENT_ID") in (audience if isinstance(audience, list) else [audience])
        if (
            said.get("iss") != import_from_settings("OIDC_ISSUER")
            or not for_us
            or "exp" not in said
            or "sub" not in said
        ):
            raise SuspiciousOperation("an identity token of another issuer or for somebody else")
        return said

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return the claims; those of another subject than the token's are refused."""
        told: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload["sub"]:
            raise SuspiciousOperation("claims about somebody else")
        return told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Return whether the claim with the user name is there."""
        name = claims.get(import_from_settings("OIDC_CLAIM"))
        return isinstance(name, str) and bool(name)

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """Return the one person of that name whose account is in use."""
        return User.objects.filter(username__iexact=claims[import_from_settings("OIDC_CLAIM")], is_active=True)

    def describe_user_by_claims(self, claims: dict[str, Any]) -> str:
        """Return what the log says of somebody without an account: nothing."""
        return "the claims"

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, roles read with them, while the account is in use."""
        user = User.objects.with_roles(user_id)
        return user if user is not None and user.is_active else None


_ask = OIDCAuthenticationRequestView
_take = OIDCAuthenticationCallbackView


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponseBase:
    """Send the reader to the identity provider."""
    if not settings.OIDC:
        raise Http404
    answer: HttpResponseBase = _ask.as_view()(request)
    return answer


@public
@require_safe
def take(request: HttpRequest) -> HttpResponseBase:
    """Take what the provider answers; whatever is wrong with it ends at the sign-in page, which says so."""
    if not settings.OIDC:
        raise Http404
    try:
        answer: HttpResponseBase = _take.as_view()(request)
    except (SuspiciousOperation, jwt.PyJWTError, requests.RequestException, KeyError, ValueError):
        return redirect(settings.LOGIN_REDIRECT_URL_FAILURE)
    return answer
