"""People's pages as stranger, as wrong unit, as right unit, as system administrator."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tongchou.web.events.models import Event
from tongchou.web.people.authority import may_manage
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.permissions import every
from tongchou.web.people.roles import Role

PASSWORD = re.compile(r"\w{4}-\w{4}-\w{4}-\w{4}")


@pytest.fixture
def chief(person) -> User:
    """Manages the people of 娄烦县."""
    return person(Role.HEAD, "county-140123", administers=True)


@pytest.fixture
def system(person) -> User:
    return person(Role.ADMINISTRATOR, "development-reform")


@pytest.fixture
def officer(person) -> User:
    return person(Role.OFFICER, "county-140123")


NEW = {"username": "li.na", "name": "李娜", "email": "", "role": "officer"}


def test_the_list_of_organisations_says_who_has_nobody(officer, as_, django_assert_max_num_queries):
    client = as_(officer)
    with django_assert_max_num_queries(15):
        page = client.get("/people/").content.decode()
    assert "没有账号的单位照样可以承担责任" in page
    assert f"现有 {Organisation.objects.count() - 1} 个单位没有账号" in page
    assert "/people/organisations/county-140123/" in page
    assert "/people/organisations/finance/" not in page, "other units' people are none of an officer's business"


@pytest.mark.parametrize(
    "path",
    ["/people/", "/people/account/", "/people/permissions/", "/people/organisations/finance/", "/people/list.xlsx"],
)
def test_strangers_are_sent_to_sign_in(organisations, stranger, path):
    assert stranger.get(path).headers["Location"].startswith("/sign-in/?next=")


def test_a_unit_sees_its_own_people_only(officer, as_):
    client = as_(officer)
    own = client.get("/people/organisations/county-140123/")
    assert own.status_code == 200
    assert "添加人员" not in own.content.decode()
    assert client.get("/people/organisations/finance/").status_code == 403
    assert client.get("/people/organisations/finance.csv").status_code == 403
    assert client.get("/people/organisations/no-such/").status_code == 404


def test_the_city_sees_whom_to_call(person, as_):
    assert as_(person(Role.COORDINATOR, "development-reform")).get("/people/organisations/finance/").status_code == 200


def test_a_units_administrator_adds_a_person(chief, as_, stranger, django_assert_max_num_queries):
    client = as_(chief)
    before = Event.objects.count()
    answer = client.post("/people/organisations/county-140123/", NEW)
    password = PASSWORD.search(answer.content.decode()).group()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Event.objects.count() == before + 1
    assert "李娜" not in str(Event.objects.last().data)
    with django_assert_max_num_queries(15):
        assert password not in client.get("/people/organisations/county-140123/").content.decode()
    assert stranger.post("/sign-in/", {"username": "li.na", "password": password}).status_code == 302


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(chief, officer, as_):
    wrong = {"username": officer.username.upper(), "name": "李娜", "email": "not an address", "role": "coordinator"}
    client = as_(chief)
    assert client.post("/people/organisations/county-140123/", wrong).status_code == 403, "not a role of theirs to give"
    answer = client.post("/people/organisations/county-140123/", wrong | {"role": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(code in page for code in ("W110", "W113", "W114"))
    assert 'value="李娜"' in page
    assert 'value="not an address"' in page


@pytest.mark.parametrize("role", [r.value for r in Role if r not in (Role.OFFICER, Role.REVIEWER, Role.HEAD)])
def test_a_unit_cannot_give_itself_the_city(chief, officer, as_, role):
    client = as_(chief)
    own = {"organisation": "county-140123", "role": role, "since": "", "until": ""}
    assert client.post("/people/organisations/county-140123/", NEW | {"role": role}).status_code == 403
    assert client.post(f"/people/persons/{officer.pk}/roles", own).status_code == 403
    assert client.post(f"/people/persons/{chief.pk}/roles", own).status_code == 403
    assert not User.objects.filter(username="li.na").exists()


def test_a_unit_cannot_reach_another(chief, person, as_):
    other = person(Role.OFFICER, "finance")
    client = as_(chief)
    assert client.post("/people/organisations/finance/", NEW).status_code == 403
    assert client.post("/people/organisations/finance/email", {"email": "a@b.cn"}).status_code == 403
    assert client.get(f"/people/persons/{other.pk}/").status_code == 403
    for act in ("change", "reset", "unlock", "deactivate", "reactivate", "second-factor-off", "erase"):
        assert client.post(f"/people/persons/{other.pk}/{act}", {"name": "x"}).status_code == 403
    assert client.post(f"/people/roles/{other.memberships.get().pk}/end").status_code == 403
    give = {"organisation": "finance", "role": "officer"}
    assert client.post(f"/people/persons/{chief.pk}/roles", give).status_code == 403
    assert client.post(f"/people/persons/{other.pk}/roles", give | {"organisation": "county-140123"}).status_code == 403


def test_nobodys_administrator_can_reset_a_way_into_more_rights(person, as_, system):
    """A head who manages a bureau's people must not reset the system administrator who sits in the same bureau."""
    head = person(Role.HEAD, "development-reform", administers=True)
    assert not may_manage(head, system)
    assert as_(head).post(f"/people/persons/{system.pk}/reset").status_code == 403
    both = person(Role.OFFICER, "development-reform")
    assert may_manage(head, both)
    Membership.objects.create(
        user=both, organisation_id="finance", role=Role.OFFICER, since=date(2019, 1, 1), until=date(2100, 1, 1)
    )
    assert not may_manage(head, User.objects.get(pk=both.pk))


def test_roles_are_given_and_ended_with_dates(system, officer, as_):
    client = as_(system)
    before = Event.objects.count()
    client.post(
        f"/people/persons/{officer.pk}/roles",
        {"organisation": "finance", "role": "reviewer", "since": "2026-01-01", "until": "2026-06-30"},
    )
    given = officer.memberships.get(role="reviewer")
    assert (given.since, given.until) == (date(2026, 1, 1), date(2026, 6, 30))
    open_ended = officer.memberships.get(role="officer")
    client.post(f"/people/roles/{open_ended.pk}/end", {"until": "2026-03-31"})
    open_ended.refresh_from_db()
    assert open_ended.until == date(2026, 3, 31)
    assert Event.objects.count() == before + 2


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"role": "officer", "organisation": "county-140123"}, "W116"),
        ({"role": "king", "organisation": "finance"}, "W114"),
        ({"role": "officer", "organisation": "nowhere"}, "W114"),
        ({"role": "head", "organisation": "finance", "since": "yesterday"}, "W115"),
        ({"role": "head", "organisation": "finance", "since": "2026-02-01", "until": "2026-01-01"}, "W115"),
    ],
)
def test_a_wrong_role_is_refused(system, officer, as_, sent, code):
    answer = as_(system).post(f"/people/persons/{officer.pk}/roles", sent)
    assert answer.status_code == 422
    assert code in answer.content.decode()


def test_there_is_always_a_system_administrator(system, as_, person):
    membership = system.memberships.get()
    client = as_(system)
    assert "W117" in client.post(f"/people/roles/{membership.pk}/end").content.decode()
    assert "W118" in client.post(f"/people/persons/{system.pk}/deactivate").content.decode()
    second = person(Role.ADMINISTRATOR, "finance")
    assert client.post(f"/people/persons/{second.pk}/deactivate").status_code == 302
    assert "W117" in client.post(f"/people/roles/{membership.pk}/end").content.decode()


def test_a_closed_account_is_out_at_once(system, officer, as_, stranger):
    inside, client = as_(officer), as_(system)
    client.post(f"/people/persons/{officer.pk}/deactivate")
    assert inside.get("/people/account/").status_code == 302
    assert stranger.post("/sign-in/", {"username": officer.username, "password": "correct horse"}).status_code == 422
    client.post(f"/people/persons/{officer.pk}/reactivate")
    assert stranger.post("/sign-in/", {"username": officer.username, "password": "correct horse"}).status_code == 302


def test_a_reset_ends_every_session_and_shows_a_password_once(system, officer, as_):
    inside = as_(officer)
    answer = as_(system).post(f"/people/persons/{officer.pk}/reset")
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD.search(answer.content.decode()).group())
    assert inside.get("/people/account/").status_code == 302


def test_erasing_leaves_what_was_done_and_nobodys_name(system, officer, as_, stranger):
    old, number = officer.username, officer.pk
    User.objects.filter(pk=number).update(email="someone@example.gov.cn")
    client = as_(system)
    assert "W119" in client.post(f"/people/persons/{number}/erase").content.decode()
    client.post(f"/people/persons/{number}/deactivate")
    events = Event.objects.count()
    assert client.post(f"/people/persons/{number}/erase").status_code == 302
    officer.refresh_from_db()
    assert (officer.username, officer.name, officer.email) == (f"left-{number}", "已离岗人员", "")
    assert (officer.last_login, officer.has_usable_password()) == (None, False)
    assert Event.objects.count() == events + 1
    assert old not in client.get(f"/people/persons/{number}/").content.decode()
    assert "W125" in client.post(f"/people/persons/{number}/reactivate").content.decode()
    assert client.post(f"/people/persons/{number}/reset").status_code == 422


def test_an_outside_body_is_added_by_the_system_administrator_alone(system, chief, as_):
    sent = {"name": "山西焦煤集团", "name_en": "Shanxi Coking Coal", "email": ""}
    assert as_(chief).post("/people/", sent).status_code == 403
    client = as_(system)
    assert client.post("/people/", sent).status_code == 302
    body = Organisation.objects.get(name="山西焦煤集团")
    assert body.is_outside
    assert "W120" in client.post("/people/", sent).content.decode()
    assert "W112" in client.post("/people/", sent | {"name": " "}).content.decode()
    assert client.get(f"/people/organisations/{body.pk}/").status_code == 200


def test_an_office_email_is_set(chief, as_):
    client = as_(chief)
    assert client.post("/people/organisations/county-140123/email", {"email": "bad"}).status_code == 422
    assert client.post("/people/organisations/county-140123/email", {"email": "a@b.gov.cn"}).status_code == 302
    assert Organisation.objects.get(pk="county-140123").email == "a@b.gov.cn"


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "docx"])
def test_lists_are_files_too(chief, as_, suffix):
    client = as_(chief)
    for path in ("/people/list", "/people/permissions", "/people/organisations/county-140123"):
        assert client.get(f"{path}.{suffix}").status_code == 200
        assert client.get(f"{path}.exe").status_code == 404


def test_the_table_of_permissions_is_what_is_declared(officer, as_, language):
    client = as_(officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/people/permissions/").content.decode()
    assert all(str(p.label.in_(language)) in page.replace("&#x27;", "'") for p in every().values())
    assert page.count("<tr>") == len(every()) + 1


def test_ones_own_account_says_what_one_may_do(chief, as_, language, django_assert_max_num_queries):
    client = as_(chief)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(15):
        page = client.get("/people/account/").content.decode()
    manage = every()["people.manage"].label.in_(language)
    assert manage in page.replace("&#x27;", "'")
    assert ("娄烦县" if language == "zh" else "Loufan") in page


def test_a_password_is_changed_and_other_sessions_end(officer, as_):
    here, there = as_(officer), as_(officer)
    key = here.cookies["sessionid"].value
    sent = {"present": "correct horse", "new": "battery staple 电池", "again": "battery staple 电池"}
    assert here.post("/people/account/password", sent).status_code == 302
    assert here.cookies["sessionid"].value != key
    assert here.get("/people/account/").status_code == 200
    assert there.get("/people/account/").status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("battery staple 电池")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", "W100"),
        ("x" * 129, "W101"),
        ("123456789012", "W104"),
        ("1qaz2wsx3edc", "W103"),
        ("correct horse", "W107"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(officer, as_, new, code):
    sent = {"present": "correct horse", "new": new, "again": new}
    answer = as_(officer).post("/people/account/password", sent)
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert new not in re.sub(r"<script.*", "", answer.content.decode().replace("correct", "")) or len(new) < 6


def test_a_password_like_ones_name_and_a_wrong_present_one_are_said_together(officer, as_):
    sent = {"present": "wrong", "new": f"{officer.username}1234", "again": "another"}
    page = as_(officer).post("/people/account/password", sent).content.decode()
    assert all(code in page for code in ("W102", "W105", "W106"))


def test_sessions_are_listed_without_their_keys_and_ended(officer, as_, person):
    here, there, third = as_(officer), as_(officer), as_(officer)
    page = here.get("/people/account/").content.decode()
    assert page.count('name="session"') == 2
    assert there.cookies["sessionid"].value not in page
    mark = re.search(r'name="session" value="(\w+)"', page).group(1)
    stranger = as_(person(Role.OFFICER, "finance"))
    stranger.post("/people/account/sessions", {"session": mark})
    assert here.get("/people/account/").content.decode().count('name="session"') == 2, "another's cannot be ended"
    here.post("/people/account/sessions", {"session": mark})
    assert sorted(c.get("/people/account/").status_code for c in (there, third)) == [200, 302]
    here.post("/people/account/sessions")
    assert [c.get("/people/account/").status_code for c in (here, there, third)] == [200, 302, 302]


def test_a_membership_that_ends_today_still_counts_today(officer):
    officer.memberships.update(until=timezone.localdate())
    assert User.objects.get(pk=officer.pk).has(Role.OFFICER)
    officer.memberships.update(until=timezone.localdate() - timedelta(days=1))
    assert not User.objects.get(pk=officer.pk).has(Role.OFFICER)
