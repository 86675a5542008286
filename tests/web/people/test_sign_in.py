"""Signing in: who gets in, who is locked out, what a stranger can learn, when a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import hashers
from django.test import Client
from django.utils import timezone
from tests.web.conftest import NOW

from tongchou.web.people.account_actions import reset_password, unlock
from tongchou.web.people.actions import add_member, first_administrator
from tongchou.web.people.lockout import folded
from tongchou.web.people.models import Session, User
from tongchou.web.people.roles import Role

PASSWORD = "correct horse"


def try_(client: Client, username: str, password: str = PASSWORD, next_: str = "", **extra):
    return client.post("/sign-in/", {"username": username, "password": password, "next": next_}, **extra)


@pytest.fixture
def officer(person) -> User:
    return person(Role.OFFICER, "county-140123")


@pytest.mark.parametrize("change", [str, str.upper])
def test_name_and_password_open_the_page_asked_for(officer, stranger, change):
    response = try_(stranger, change(officer.username), next_="/ledger/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ledger/")
    assert stranger.get("/people/account/").status_code == 200


def test_a_wrong_password_keeps_the_name_typed(officer, stranger):
    response = try_(stranger, officer.username, "wrong")
    assert response.status_code == 422
    assert f'value="{officer.username}"' in response.content.decode()
    assert "wrong" not in response.content.decode().replace("is-wrong", "")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\thttps://evil.example",
    ],
)
def test_an_address_elsewhere_is_not_followed(officer, stranger, target):
    location = try_(stranger, officer.username, next_=target).headers["Location"]
    assert location == "/landing/"


def test_a_line_break_in_an_address_adds_no_header(officer, stranger):
    response = try_(stranger, officer.username, next_="/ledger/\r\nSet-Cookie: planted=1")
    assert response.headers["Location"] == "/ledger/%0D%0ASet-Cookie:%20planted=1"
    assert "planted" not in response.cookies


def _words(response) -> str:
    """A page's words without what differs by name or chance."""
    import re

    text = response.content.decode()
    return re.sub(r'value="[^"]*"', "", text)


def test_a_stranger_cannot_tell_whether_a_name_exists(officer, stranger):
    closed = officer.username
    known, unknown = try_(stranger, closed, "wrong"), try_(stranger, "nobody-here", "wrong")
    assert (known.status_code, _words(known)) == (unknown.status_code, _words(unknown))
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert _words(try_(stranger, closed)) == _words(unknown)


def test_an_unknown_name_costs_the_same_work(officer, stranger, monkeypatch, settings):
    worked: list[str] = []

    class Counting(hashers.MD5PasswordHasher):
        algorithm = "counting"

        def encode(self, password, salt):
            worked.append("hash")
            return super().encode(password, salt)

    monkeypatch.setattr(hashers, "get_hashers", lambda: [Counting()])
    monkeypatch.setattr(hashers, "get_hasher", lambda algorithm="default": Counting())
    monkeypatch.setattr(hashers, "identify_hasher", lambda encoded: Counting())
    officer.set_password(PASSWORD)
    officer.save()
    worked.clear()
    try_(stranger, officer.username, "wrong")
    known = len(worked)
    worked.clear()
    try_(stranger, "nobody-here", "wrong")
    assert len(worked) == known > 0


@pytest.mark.parametrize("exists", [True, False])
def test_five_wrong_passwords_lock_name_and_address_out(officer, stranger, exists):
    name = officer.username if exists else "nobody-here"
    answers = [try_(stranger, name.upper() if n % 2 else name, "wrong") for n in range(5)]
    assert [a.status_code for a in answers] == [422, 422, 422, 422, 429]
    assert answers[-1].headers["Retry-After"] == "900"
    assert "15 分钟" in answers[-1].content.decode()
    assert try_(stranger, name).status_code == 429, "the right password is of no use while locked"
    elsewhere = try_(stranger, name, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == (302 if exists else 422), "from another address the person still gets in"


def test_a_lock_is_not_made_longer_by_trying(officer, stranger):
    for _ in range(5):
        try_(stranger, officer.username, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert try_(stranger, officer.username).headers["Retry-After"] == "60"
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert try_(stranger, officer.username).status_code == 302


def test_one_name_cannot_be_tried_from_everywhere_without_end(officer, stranger):
    answers = [try_(stranger, officer.username, "wrong", REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(25)]
    assert answers[23:] == [422, 429], "25 in a quarter of an hour, that is 100 an hour"


def test_one_address_cannot_try_every_name(officer, stranger):
    answers = [try_(stranger, f"name-{n}", "wrong").status_code for n in range(100)]
    assert answers[98:] == [422, 429]
    assert try_(stranger, officer.username).status_code == 429


def test_an_administrator_takes_the_lock_off(officer, stranger, person, now):
    for _ in range(5):
        try_(stranger, officer.username, "wrong")
    unlock(user=officer, by=person(Role.ADMINISTRATOR, "development-reform"), now=now)
    assert try_(stranger, officer.username).status_code == 302


def test_tries_keep_no_password_and_are_gone_after_success(officer, stranger):
    try_(stranger, officer.username, "hunter2 hunter2", next_="/ledger/?words=秘密")
    attempt = AccessAttempt.objects.get()
    assert attempt.username == folded(officer.username)
    kept = attempt.post_data + attempt.get_data
    assert "hunter2" not in kept
    assert "秘密" not in kept
    try_(stranger, officer.username)
    assert not AccessAttempt.objects.exists()


def test_nothing_personal_is_logged(officer, stranger, caplog):
    caplog.set_level("DEBUG")
    for _ in range(6):
        try_(stranger, officer.username, "hunter2 hunter2")
    try_(stranger, officer.username, REMOTE_ADDR="192.0.2.9")
    logged = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    for secret in ("hunter2", officer.username, officer.name, "192.0.2.9", PASSWORD):
        assert secret not in logged


def test_a_one_time_password_opens_only_the_page_to_change_it(organisations, stranger, now, person):
    officer = person(Role.OFFICER, "finance")
    password = reset_password(user=officer, by=None, now=timezone.now())
    assert try_(stranger, officer.username, password).status_code == 302
    for path in ("/", "/ledger/", "/people/account/", "/documents/"):
        response = stranger.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, "/people/account/password")
    response = stranger.post(
        "/people/account/password", {"present": password, "new": "a sentence of mine", "again": "a sentence of mine"}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/landing/")
    assert stranger.get("/people/account/").status_code == 200


def test_a_one_time_password_is_good_for_seven_days(officer, stranger):
    password = reset_password(user=officer, by=None, now=timezone.now() - timedelta(days=7, minutes=1))
    assert try_(stranger, officer.username, password).status_code == 422
    password = reset_password(user=officer, by=None, now=timezone.now() - timedelta(days=6, hours=23))
    assert try_(stranger, officer.username, password).status_code == 302


def test_the_key_of_a_session_changes_when_somebody_signs_in(officer, stranger):
    session = stranger.session
    session["planted"] = True
    session.save()
    stranger.cookies["sessionid"] = planted = session.session_key
    try_(stranger, officer.username)
    assert stranger.cookies["sessionid"].value != planted
    assert Client(headers={"cookie": f"sessionid={planted}"}).get("/people/account/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(officer, as_):
    client = as_(officer)
    key = client.cookies["sessionid"].value
    assert client.get("/sign-out/").status_code == 405, "a link or picture must not sign anybody out"
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert Client(headers={"cookie": f"sessionid={key}"}).get("/people/account/").status_code == 302


def _set(client: Client, **times: timedelta) -> None:
    session = client.session
    for name, ago in times.items():
        session[name] = (timezone.now() - ago).isoformat()
    session.save()


def test_a_session_ends_twelve_hours_after_it_began(officer, as_):
    client = as_(officer)
    _set(client, started=timedelta(hours=11, minutes=59))
    assert client.get("/people/account/").status_code == 200
    _set(client, started=timedelta(hours=12, minutes=1))
    assert client.get("/people/account/").status_code == 302
    assert not Session.objects.filter(user=officer).exists()


def test_a_session_that_does_not_say_when_it_began_is_over(officer, as_):
    client = as_(officer)
    session = client.session
    del session["started"]
    session.save()
    assert client.get("/people/account/").status_code == 302


def test_eight_hours_without_a_page_end_a_session_and_a_page_renews_it(officer, as_, settings):
    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    client = as_(officer)
    row = Session.objects.get(user=officer)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    _set_seen = timezone.now() - timedelta(hours=1)
    session = client.session
    session["seen"] = _set_seen.isoformat()
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert client.get("/people/account/").status_code == 200
    row.refresh_from_db()
    assert row.expire_date > timezone.now() + timedelta(hours=7, minutes=59)
    assert row.seen_at > timezone.now() - timedelta(minutes=1)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/people/account/").status_code == 302


def test_pages_of_who_signed_in_are_kept_in_no_cache(officer, as_, stranger):
    assert as_(officer).get("/").headers["Cache-Control"] == "private, no-store"


def test_the_first_administrator_is_made_once(organisations, stranger):
    password = first_administrator(now=timezone.now())
    assert first_administrator(now=NOW) is None
    assert try_(stranger, "admin", password).headers["Location"] == "/landing/"
    assert User.objects.get().has(Role.ADMINISTRATOR)
    assert User.objects.get().must_change_password


def test_without_organisations_there_is_no_administrator_yet(db):
    assert first_administrator(now=NOW) is None


def test_one_time_passwords_are_drawn_and_satisfy_the_rules(organisations, now):
    drawn = set()
    for n in range(5):
        user, password = add_member(
            username=f"new-{n}", name="新人", email="", organisation=organisations["finance"], role=Role.OFFICER,
            on=now.date(), by=None, now=now,
        )  # fmt: skip
        assert user.must_change_password
        assert user.check_password(password)
        assert len(password) == 19
        drawn.add(password)
    assert len(drawn) == 5
