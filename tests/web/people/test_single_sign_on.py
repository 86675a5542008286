"""Single sign-on against a small identity provider that signs its tokens: who gets in, which answers are refused."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tongchou.web.people.models import User
from tongchou.web.people.roles import Role
from tongchou.web.people.single_sign_on import settings_from

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider will answer with, and what it was asked."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    asked: list[dict[str, str]] = field(default_factory=list)

    def token(self) -> str:
        headers = {"kid": "one"}
        if self.algorithm == "none":
            return jwt.encode(self.claims, None, algorithm="none", headers=headers)
        return jwt.encode(self.claims, self.key, algorithm=self.algorithm, headers=headers)

    def answer(self, path: str, body: str) -> dict[str, Any]:
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}
        if path == "/token":
            self.asked.append({k: v[0] for k, v in parse_qs(body).items()})
            return {"id_token": self.token(), "access_token": "access", "token_type": "Bearer"}
        return self.userinfo


@pytest.fixture
def provider() -> Iterator[Provider]:
    held = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            sent = json.dumps(held.answer(urlsplit(self.path).path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    held.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def officer(person, provider, settings) -> User:
    environment = {
        "TONGCHOU_OIDC_AUTHORIZATION": f"{provider.address}/authorize",
        "TONGCHOU_OIDC_TOKEN": f"{provider.address}/token",
        "TONGCHOU_OIDC_USERINFO": f"{provider.address}/userinfo",
        "TONGCHOU_OIDC_JWKS": f"{provider.address}/jwks",
        "TONGCHOU_OIDC_ISSUER": provider.address,
        "TONGCHOU_OIDC_CLIENT_ID": "tongchou",
        "TONGCHOU_OIDC_CLIENT_SECRET": "between us",
    }
    settings.OIDC = True
    for name, value in settings_from(environment).items():
        setattr(settings, name, value)
    settings.AUTHENTICATION_BACKENDS = [
        *django_settings.AUTHENTICATION_BACKENDS, "tongchou.web.people.oidc.SingleSignOn",
    ]  # fmt: skip
    return person(Role.OFFICER, "county-140123")


def begin(client: Client, provider: Provider, user: User, next_: str = "/people/") -> str:
    """Go to the provider and prepare its honest answer; return the address it sends the browser back to."""
    answer = client.get("/sign-in/provider", {"next": next_})
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid profile"]
    provider.claims = {
        "iss": provider.address, "aud": "tongchou", "sub": "u-1", "exp": time.time() + 60, "nonce": asked["nonce"][0],
    }  # fmt: skip
    provider.userinfo = {"sub": "u-1", "preferred_username": user.username.upper(), "roles": ["administrator"]}
    return f"/sign-in/provider/return?code=abc&state={asked['state'][0]}"


def test_off_by_default(client, db):
    assert client.get("/sign-in/provider").status_code == 404
    assert client.get("/sign-in/provider/return?code=a&state=b").status_code == 404
    assert "/sign-in/provider" not in client.get("/sign-in/").content.decode()


def test_the_person_the_provider_names_is_in_with_the_roles_held_here(officer, provider, stranger):
    assert "/sign-in/provider" in stranger.get("/sign-in/").content.decode()
    planted = stranger.session.session_key
    answer = stranger.get(begin(stranger, provider, officer))
    assert answer.headers["Location"] == "/people/"
    assert stranger.cookies["sessionid"].value != planted
    assert "code_verifier" in provider.asked[0]
    assert stranger.get("/people/account/").status_code == 200
    assert [m.role for m in User.objects.get(pk=officer.pk).roles] == ["officer"]


def test_a_one_time_password_of_ones_own_does_not_matter_then(officer, provider, stranger):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    stranger.get(begin(stranger, provider, officer))
    assert stranger.get("/people/account/").status_code == 200


def test_nobody_is_added(officer, provider, stranger):
    before = User.objects.count()
    target = begin(stranger, provider, officer)
    provider.userinfo["preferred_username"] = "newcomer"
    assert stranger.get(target).headers["Location"] == "/sign-in/?refused=1"
    assert User.objects.count() == before
    assert "没有对应的账号" in stranger.get("/sign-in/?refused=1").content.decode()


def test_a_closed_account_stays_closed(officer, provider, stranger):
    target = begin(stranger, provider, officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert stranger.get(target).headers["Location"] == "/sign-in/?refused=1"


def test_an_address_elsewhere_is_not_followed(officer, provider, stranger):
    answer = stranger.get(begin(stranger, provider, officer, "https://evil.example/"))
    assert answer.headers["Location"] == "/landing/"


def _forge(provider: Provider, how: str) -> None:
    if how == "key":
        provider.key = OTHER_KEY
    elif how == "unsigned":
        provider.algorithm = "none"
    elif how == "shared secret":
        provider.key, provider.algorithm = "between us, or the public key as it were, long enough", "HS256"
    elif how == "subject":
        provider.userinfo["sub"] = "u-2"
    elif how == "no name":
        del provider.userinfo["preferred_username"]
    elif how == "no end":
        del provider.claims["exp"]
    else:
        provider.claims |= {
            "issuer": {"iss": "https://elsewhere.example"},
            "audience": {"aud": "another-site"},
            "nonce": {"nonce": "another"},
            "run out": {"exp": time.time() - 60},
        }[how]


@pytest.mark.parametrize(
    "how",
    [
        "key",
        "unsigned",
        "shared secret",
        "subject",
        "no name",
        "no end",
        "issuer",
        "audience",
        "nonce",
        "run out",
    ],
)
def test_a_forged_answer_is_refused(officer, provider, stranger, how):
    target = begin(stranger, provider, officer)
    _forge(provider, how)
    assert stranger.get(target).headers["Location"] == "/sign-in/?refused=1"
    assert stranger.get("/people/account/").status_code == 302


def test_an_answer_nobody_asked_for_is_refused(officer, provider, stranger):
    target = begin(stranger, provider, officer)
    assert Client().get(target).headers["Location"] == "/sign-in/?refused=1"
    stranger.get(target)
    stranger.post("/sign-out/")
    assert stranger.get(target).headers["Location"] == "/sign-in/?refused=1", "an answer is good once"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"TONGCHOU_OIDC_TOKEN": "x"}, "TONGCHOU_OIDC_CLIENT_SECRET"),
        (
            {f"TONGCHOU_OIDC_{n}": "x" for n in ("AUTHORIZATION", "TOKEN", "USERINFO", "JWKS", "ISSUER", "CLIENT_ID",
             "CLIENT_SECRET")} | {"TONGCHOU_OIDC_ALGORITHM": "HS256"},
            "ALGORITHM",
        ),
    ],
)  # fmt: skip
def test_half_a_configuration_is_refused(environment, told):
    with pytest.raises(ValueError, match=told):
        settings_from(environment)


def test_the_server_does_not_start_with_half_a_configuration(tmp_path):
    from tests.web.test_settings_and_home import python

    done = python("import tongchou.web.settings", TONGCHOU_HOME=str(tmp_path), TONGCHOU_OIDC_CLIENT_ID="x")
    assert done.returncode != 0
    assert ImproperlyConfigured.__name__ in done.stderr
    assert "TONGCHOU_OIDC_ISSUER" in done.stderr
