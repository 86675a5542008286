"""What holds for every address of the workbench, whoever wrote it: asked of the table of addresses itself."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.security.crawl import routes

from tongchou.web.people.models import User
from tongchou.web.people.roles import Role

ROUTES = routes()
# Addresses that take a form without its token: the API's and the signed link by which a mail program ends a
# subscription (RFC 8058) bring a token of their own; the choice of language changes nothing but a cookie.
PROGRAMS = ("/api/", "/public/unfollow/", "/language/")


def of(route) -> str:
    return route.path


def test_there_are_addresses():
    assert len(ROUTES) > 40


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_a_stranger_gets_nothing_that_is_not_public(db, method):
    client = Client()
    let_in = []
    for route in ROUTES:
        if route.access == "public":
            continue
        response = getattr(client, method)(route.path)
        is_sent_away = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next=")
        if not is_sent_away and response.status_code not in (401, 403):
            let_in.append((route.path, response.status_code))
    assert let_in == []


def test_a_form_without_its_token_is_refused_everywhere(person):
    """Signed in as the one who may most, so that nothing but the token is in the way."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(Role.ADMINISTRATOR, "development-reform"))
    taken = []
    for route in ROUTES:
        if route.path.startswith(PROGRAMS):
            continue
        response = client.post(route.path, {"x": "1"})
        if response.status_code != 403 or "没有提交" not in response.content.decode():
            taken.append((route.path, response.status_code))
    assert taken == []


def test_only_addresses_for_programs_do_without_the_token():
    assert [r.path for r in ROUTES if r.exempt and not r.path.startswith(PROGRAMS)] == []


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_every_answer_carries_the_policies(organisations, person, who):
    client = Client(raise_request_exception=False)
    if who == "administrator":
        client.force_login(person(Role.ADMINISTRATOR, "development-reform"))
    lacking = []
    for route in ROUTES:
        for method in (client.get, client.post):
            response = method(route.path)
            policy = response.headers.get("Content-Security-Policy", "")
            good = (
                "default-src 'self'" in policy
                and "script-src 'self'" in policy
                and "'unsafe" not in policy
                and "frame-ancestors 'none'" in policy
                and response.headers.get("X-Frame-Options") == "DENY"
                and response.headers.get("X-Content-Type-Options") == "nosniff"
                and response.headers.get("Referrer-Policy") == "same-origin"
                and response.headers.get("Permissions-Policy")
            )
            if not good:
                lacking.append((route.path, response.status_code))
            if response.wsgi_request.user.is_anonymous and who == "administrator":  # signed out on the way
                client.force_login(User.objects.latest("pk"))
    assert lacking == []


def test_no_address_fails_on_arguments_that_name_nothing(organisations, person):
    client = Client(raise_request_exception=False)
    failed = []
    for route in ROUTES:
        client.force_login(User.objects.first() or person(Role.ADMINISTRATOR, "development-reform"))
        failed += [(route.path, m.__name__) for m in (client.get, client.post) if m(route.path).status_code >= 500]
    assert failed == []


def test_pages_of_who_signed_in_are_kept_in_no_cache_anywhere(organisations, person):
    client = Client(raise_request_exception=False)
    user = person(Role.ADMINISTRATOR, "development-reform")
    kept = []
    for route in ROUTES:
        client.force_login(user)
        cache = client.get(route.path).headers.get("Cache-Control", "")
        if "no-store" not in cache and "no-cache" not in cache:
            kept.append((route.path, cache))
    assert kept == []


@pytest.mark.parametrize("method", ["trace", "options"])
def test_methods_nobody_needs_give_nothing_away(db, method):
    client = Client()
    for route in ROUTES:
        response = getattr(client, method)(route.path)
        assert response.status_code in (200, 302, 401, 403, 404, 405), route.path
        assert b"Cookie" not in response.content
