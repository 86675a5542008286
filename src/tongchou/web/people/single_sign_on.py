"""Settings of single sign-on with a city's own identity provider (OpenID Connect), from the environment alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREFIX = "TONGCHOU_OIDC_"
_ADDRESSES = {
    "AUTHORIZATION": "OIDC_OP_AUTHORIZATION_ENDPOINT",
    "TOKEN": "OIDC_OP_TOKEN_ENDPOINT",
    "USERINFO": "OIDC_OP_USER_ENDPOINT",
    "JWKS": "OIDC_OP_JWKS_ENDPOINT",
}
_NEEDED = (*_ADDRESSES, "ISSUER", "CLIENT_ID", "CLIENT_SECRET")


def settings_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return Django's settings, none where nothing is set; raise ``ValueError`` naming what is missing.

    ``TONGCHOU_OIDC_CLAIM`` names the claim that holds the user name (``preferred_username``),
    ``TONGCHOU_OIDC_ALGORITHM`` how tokens are signed (``RS256``).
    """
    given = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX) and v}
    if not given:
        return {}
    if missing := [PREFIX + name for name in _NEEDED if name not in given]:
        raise ValueError(f"single sign-on also needs {', '.join(missing)}")
    algorithm = given.get("ALGORITHM", "RS256")
    if not algorithm.startswith(("RS", "ES", "PS")):
        raise ValueError(f"{PREFIX}ALGORITHM must be one of the RS, PS or ES kinds, whose key the provider alone holds")
    return {
        "OIDC_ISSUER": given["ISSUER"],
        "OIDC_CLAIM": given.get("CLAIM", "preferred_username"),
        "OIDC_RP_CLIENT_ID": given["CLIENT_ID"],
        "OIDC_RP_CLIENT_SECRET": given["CLIENT_SECRET"],
        "OIDC_RP_SIGN_ALGO": algorithm,
        "OIDC_RP_SCOPES": given.get("SCOPES", "openid profile"),
        "OIDC_CREATE_USER": False,
        "OIDC_USE_PKCE": True,
        "OIDC_TIMEOUT": 10,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "single-sign-on-return",
        **{name: given[key] for key, name in _ADDRESSES.items()},
    }
