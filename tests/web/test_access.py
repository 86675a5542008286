"""Who may open what: every view says so, strangers see what is public, permissions reach as far as declared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tongchou.web.people.access import ATTRIBUTE
from tongchou.web.people.permissions import check, drafts_of, every, may, organisations_of
from tongchou.web.people.roles import Role


def views(patterns, prefix: str = "") -> Iterator[tuple[str, object]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.callback


def test_every_view_says_who_may_open_it():
    # Views of packages we mount (API, single sign-on) say it in the function that mounts them.
    undeclared = [address for address, view in views(get_resolver().url_patterns) if not hasattr(view, ATTRIBUTE)]
    assert undeclared == []


def test_every_permission_named_by_a_view_is_declared():
    named = {getattr(view, ATTRIBUTE) for _, view in views(get_resolver().url_patterns)} - {"public", "signed in"}
    assert named <= set(every())


def test_a_stranger_is_sent_to_sign_in(db, client: Client):
    response = client.get("/documents/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=/documents/")


def test_a_person_without_the_permission_is_told_so(person, as_):
    response = as_(person(Role.OFFICER, "county-140123")).get("/documents/")
    assert response.status_code == 403
    assert "没有权限" in response.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_own_reach_is_ones_own_organisation_and_all_is_all(person, role):
    user = person(role, "county-140123")
    for permission in every().values():
        held = organisations_of(user, permission.id)
        reach = permission.grants.get(role)
        assert held == (None if reach == "all" else {"county-140123"} if reach == "own" else frozenset())
        assert may(user, permission.id, "finance") == (reach == "all")
        if reach != "all":
            with pytest.raises(PermissionDenied):
                check(user, permission.id, "finance")


def test_the_city_sees_all_drafts_a_unit_its_own_a_stranger_none(person, as_, rf):
    from django.contrib.auth.models import AnonymousUser

    assert drafts_of(person(Role.COORDINATOR, "development-reform")) is None
    assert drafts_of(person(Role.LEADER, "municipal-government")) is None
    assert drafts_of(person(Role.OFFICER, "county-140123")) == {"county-140123"}
    assert drafts_of(AnonymousUser()) == frozenset()


def test_a_role_that_ended_gives_nothing(person, now):
    user = person(Role.COORDINATOR, "development-reform")
    user.memberships.update(until=user.memberships.get().since)
    assert not may(type(user).objects.get(pk=user.pk), "ledger.receive")
