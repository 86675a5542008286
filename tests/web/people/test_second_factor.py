"""The second factor: enrolled with a picture, asked for at sign-in, throttled, with backup codes that work once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tongchou.web.people.models import BackupCode, User
from tongchou.web.people.roles import Role

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def _on(settings):
    settings.TOTP = True


@pytest.fixture
def officer(person) -> User:
    return person(Role.OFFICER, "county-140123")


def code_of(user: User, *, confirmed: bool = True, later: int = 0) -> str:
    """The code the telephone shows ``later`` steps of half a minute from now."""
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    return f"{totp(device.bin_key, t0=-later * 30):06d}"


def enrol(client, user: User) -> list[str]:
    client.post("/people/account/second-factor", {"present": PASSWORD, "do": "begin"})
    answer = client.post("/people/account/second-factor/confirm", {"code": code_of(user, confirmed=False)})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return re.findall(r"<code>(\w{8}-\w{8})</code>", answer.content.decode())


def sign_in(client, user: User, password: str = PASSWORD):
    return client.post("/sign-in/", {"username": user.username, "password": password, "next": "/ledger/"})


def test_off_by_default(officer, as_, settings):
    settings.TOTP = False
    client = as_(officer)
    assert client.get("/people/account/second-factor").status_code == 404
    assert "/people/account/second-factor" not in client.get("/people/account/").content.decode()


def test_it_begins_with_the_password_and_a_picture_our_policy_allows(officer, as_):
    client = as_(officer)
    assert client.post("/people/account/second-factor", {"present": "wrong", "do": "begin"}).status_code == 422
    assert not TOTPDevice.objects.exists()
    client.post("/people/account/second-factor", {"present": PASSWORD, "do": "begin"})
    page = client.get("/people/account/second-factor/confirm").content.decode()
    picture = re.search(r"<svg.*?</svg>", page, re.S).group()
    assert "style" not in picture
    assert "http://" not in picture.replace("http://www.w3.org", "")
    assert client.post("/people/account/second-factor/confirm", {"code": "000000"}).status_code == 422
    assert not TOTPDevice.objects.get().confirmed


def test_signing_in_takes_both_steps(officer, as_, stranger):
    enrol(as_(officer), officer)
    answer = sign_in(stranger, officer)
    assert answer.headers["Location"] == "/sign-in/code"
    assert stranger.get("/people/account/").status_code == 302, "the password alone opens nothing"
    later = code_of(officer, later=1)
    answer = stranger.post("/sign-in/code", {"code": f"{later[:3]} {later[3:]}"})
    assert answer.headers["Location"] == "/ledger/"
    assert stranger.get("/people/account/").status_code == 200


def test_the_second_step_alone_opens_nothing(officer, as_, stranger):
    enrol(as_(officer), officer)
    assert stranger.get("/sign-in/code").headers["Location"] == "/sign-in/"
    assert stranger.post("/sign-in/code", {"code": code_of(officer, later=1)}).headers["Location"] == "/sign-in/"


def test_a_code_works_once(officer, as_, stranger):
    enrol(as_(officer), officer)
    used = code_of(officer, later=1)
    sign_in(stranger, officer)
    stranger.post("/sign-in/code", {"code": used})
    stranger.post("/sign-out/")
    sign_in(stranger, officer)
    assert stranger.post("/sign-in/code", {"code": used}).status_code == 422


def test_wrong_codes_make_one_wait_longer_each_time(officer, as_, stranger):
    enrol(as_(officer), officer)
    sign_in(stranger, officer)
    assert "W121" in stranger.post("/sign-in/code", {"code": "000000"}).content.decode()
    assert "W122" in stranger.post("/sign-in/code", {"code": code_of(officer, later=1)}).content.decode()
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=2))
    stranger.post("/sign-in/code", {"code": "not-a-backup-code"})
    assert TOTPDevice.objects.get().throttling_failure_count == 2
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=1.5))
    assert "W122" in stranger.post("/sign-in/code", {"code": code_of(officer, later=1)}).content.decode()


def test_the_first_step_is_forgotten_after_ten_minutes(officer, as_, stranger):
    enrol(as_(officer), officer)
    sign_in(stranger, officer)
    session = stranger.session
    session["pending"] = session["pending"] | {"at": (timezone.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert stranger.post("/sign-in/code", {"code": code_of(officer, later=1)}).headers["Location"] == "/sign-in/"


def test_backup_codes_work_once_and_only_their_digests_are_held(officer, as_, stranger):
    drawn = enrol(as_(officer), officer)
    assert len(set(drawn)) == BackupCode.objects.count() == 8
    assert not {c.digest for c in BackupCode.objects.all()} & set(drawn)
    for expected in (302, 422):
        sign_in(stranger, officer)
        assert stranger.post("/sign-in/code", {"code": drawn[0].upper()}).status_code == expected
        stranger.post("/sign-out/")
    assert BackupCode.objects.count() == 7


def test_a_role_may_ask_for_it(officer, as_, settings):
    settings.TOTP_ROLES = frozenset({"officer"})
    client = as_(officer)
    assert client.get("/people/").headers["Location"] == "/people/account/second-factor"
    enrol(client, officer)
    assert client.get("/people/").status_code == 200


def test_it_is_turned_off_with_the_password_or_by_the_administrator(officer, as_, stranger, person):
    client = as_(officer)
    enrol(client, officer)
    client.post("/people/account/second-factor", {"present": PASSWORD, "do": "remove"})
    assert not TOTPDevice.objects.exists()
    enrol(client, officer)
    chief = as_(person(Role.HEAD, "county-140123", administers=True))
    assert chief.post(f"/people/persons/{officer.pk}/second-factor-off").status_code == 302
    assert not TOTPDevice.objects.exists()
    assert sign_in(stranger, officer).headers["Location"] == "/ledger/"


def test_a_planted_session_does_not_carry_over_the_first_step(officer, as_, stranger):
    enrol(as_(officer), officer)
    session = stranger.session
    session["planted"] = True
    session.save()
    stranger.cookies["sessionid"] = planted = session.session_key
    sign_in(stranger, officer)
    assert stranger.cookies["sessionid"].value != planted
