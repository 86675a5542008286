"""Home for people at work: what is asked of them, what changed, where a role lands; strangers see the overview."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.web.events.record import record
from tongchou.web.pages import today as today_pages
from tongchou.web.pages.hints import HINTS
from tongchou.web.people.roles import Role
from tongchou.web.todo import Todo


def nine(user, on) -> list[Todo]:
    late = Todo(Text("逾期的事", "late thing"), 2, "/ledger/", on - timedelta(days=3), "2.8")
    near = Todo(Text("临期的事", "near thing"), 1, "/ledger/", on + timedelta(days=2))
    return [late, near, *(Todo(Text(f"第{i}件", f"thing {i}"), 1, "/ledger/") for i in range(7))]


def test_at_most_seven_lines_and_a_link_to_the_rest(builtin, as_, person, monkeypatch):
    monkeypatch.setattr(today_pages, "todos", nine)
    client = as_(person(Role.OFFICER, "transport"))
    assert 'hx-get="/todo/panel"' in client.get("/").content.decode()
    html = client.get("/todo/panel").content.decode()
    assert html.count('<li><a href="/ledger/">') == 7
    assert "还有 2 项" in html
    assert html.index("逾期的事") < html.index("临期的事") < html.index("第0件")
    assert "■</span> 逾期" in html
    assert "▲</span> 临期" in html
    full = client.get("/todo/").content.decode()
    assert full.count('<li><a href="/ledger/">') == 9
    assert client.get("/todo.xlsx").status_code == 200
    assert "逾期的事" in client.get("/todo.csv").content.decode("utf-8-sig")


def test_a_stranger_sees_the_overview_and_the_way_to_the_public_pages(builtin, stranger):
    html = stranger.get("/").content.decode()
    assert "今天要我做的" not in html
    assert 'href="/public/"' in html
    for address in ("/todo/", "/todo/panel", "/brief/", "/landing/", "/events/", "/todo.csv", "/events/log.csv"):
        assert stranger.get(address).status_code == 302, address


def test_nothing_to_do_says_so(builtin, as_, person):
    client = as_(person(Role.ADMINISTRATOR, "development-reform"))
    assert "今天没有要您办的事" in client.get("/todo/panel").content.decode()


@pytest.mark.parametrize(("role", "address"), [(Role.LEADER, "/brief/"), (Role.OFFICER, "/")])
def test_a_role_lands_where_its_work_begins(as_, person, role, address):
    assert as_(person(role, "municipal-government")).get("/landing/").headers["Location"] == address


def test_every_role_has_a_first_hint_until_it_is_dismissed(builtin, as_, person):
    assert set(HINTS) == set(Role)
    client = as_(person(Role.REVIEWER, "transport"))
    assert HINTS[Role.REVIEWER].zh in client.get("/").content.decode()
    assert client.post("/hints/dismiss").status_code == 302
    assert HINTS[Role.REVIEWER].zh not in client.get("/").content.decode()
    assert client.get("/hints/dismiss").status_code == 405


def test_the_one_sheet_tells_the_week_in_words(builtin, as_, person, organisations):
    now = timezone.now()
    leader = person(Role.LEADER, "municipal-government")
    with transaction.atomic():
        for _ in range(3):
            record("people.role_given", about="x", by=None, now=now, organisation=organisations["transport"])
    html = as_(leader).get("/brief/").content.decode()
    assert re.search(r"赋予岗位 <b>[3-9]</b> <small>[^<]*市交通局", html)
    assert "people.role_given" not in html


def test_the_one_sheet_asks_for_what_needs_a_leader_after_it_is_shown(builtin, as_, person):
    leader = as_(person(Role.LEADER, "municipal-government")).get("/brief/").content.decode()
    officer = as_(person(Role.OFFICER, "transport")).get("/brief/").content.decode()
    assert 'hx-get="/todo/panel"' in leader
    assert 'hx-get="/todo/panel"' not in officer
    assert all('href="/todo/"' in html.partition("<main")[2] for html in (leader, officer))  # and without scripts


def test_pages_at_work_ask_the_database_little(builtin, as_, person, django_assert_max_num_queries):
    client = as_(person(Role.COORDINATOR, "development-reform"))
    for address in ("/", "/todo/", "/todo/panel", "/brief/", "/events/", "/help/"):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
    leader = as_(person(Role.LEADER, "municipal-government"))
    with django_assert_max_num_queries(15):
        assert leader.get("/brief/").status_code == 200


def test_help_lists_the_keys_and_lets_them_be_switched_off(db, stranger):
    html = stranger.get("/help/").content.decode()
    assert "<kbd>/</kbd>" in html
    assert "data-keys" in html
