"""No page asks the database more than fifteen questions, for any role, with much in the database.

Apart from those counted here, once in five minutes a page also writes when its reader was last seen (people.sessions).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.cold import forget_everything
from tests.web.conftest import NOW, demonstrated, signed_in
from tests.web.security.crawl import walk

from tongchou.kernel.text import Text
from tongchou.region import Indicator
from tongchou.web.figures.actions import add_indicator
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.figures.regions import region_named
from tongchou.web.navigation import SECTIONS
from tongchou.web.people.actions import give_role
from tongchou.web.people.demo import PEOPLE
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role
from tongchou.web.registers.looking_up import registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.rollups import standing, standings

MOST = 15


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demonstration with many figures more."""
    with django_db_blocker.unblock(), demonstrated(NOW):
        _more_figures()
        yield


@pytest.fixture
def filled(_filled, db) -> None:
    """A database with much in it."""


def _more_figures() -> None:
    region = region_named(settings.REGION)
    coordinator = User.objects.get(username="coordinator")
    for n in range(4):
        text = Text(f"月度指标{n}", f"monthly {n}")
        indicator = Indicator(f"many.{n}", text, "person", Text("一", "one"), theme="population")
        add_indicator(indicator=indicator, by=coordinator, now=NOW)
        cells = [
            Proposed(indicator.id, place, f"{2003 + m // 12}-{m % 12 + 1:02d}", float(m), "person", 2, "示例")
            for place in region.county_level()
            for m in range(240)
        ]
        keep_figures(proposed=cells, by=coordinator, now=NOW)


def everybody_at_once() -> User:
    """Return somebody with every role there is, in four units: to no one is more asked, or more shown."""
    user = User.objects.get(username="loufan-officer")
    units = Organisation.objects.in_bulk(["county-140123", "finance", "development-reform", "municipal-government"])
    held = {(m.organisation_id, m.role) for m in user.memberships.all()}
    for unit in units.values():
        for role in Role:
            if (unit.pk, role) not in held:
                give_role(user=user, organisation=unit, role=role, on=date(2019, 10, 25), by=None, now=NOW)
    return user


def asked(client: Client, address: str) -> tuple[int, HttpResponse]:
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    return len(found), answer


@pytest.mark.slow
def test_every_page_of_the_menu_takes_few_queries_for_every_role(filled):
    """Both in a process that has just begun (cold) and in one that has shown the page before (warm)."""
    one_of_each = {role: username for username, _, _, role, _ in reversed(PEOPLE)}
    readers = [*(User.objects.get(username=u) for u in one_of_each.values()), None]
    too_many, opened = [], 0
    for user in readers:
        client = signed_in(user) if user is not None else Client()
        for page in (page for section in SECTIONS for page in section.pages):
            request = SimpleNamespace(user=user or AnonymousUser())
            if not page.is_open_to(request):
                continue
            address = reverse(page.view)
            forget_everything()
            cold, answer = asked(client, address)
            if answer.status_code == 302:  # a page that is one of many: which one depends on the reader
                address = answer.headers["Location"]
                forget_everything()
                cold, answer = asked(client, address)
            warm, again = asked(client, address)
            opened += 1
            if max(cold, warm) > MOST or {answer.status_code, again.status_code} != {200}:
                too_many.append((getattr(user, "username", "everybody"), address, answer.status_code, cold, warm))
    assert opened > 8 * 20
    assert too_many == []


@pytest.mark.slow
def test_every_page_and_file_there_is_a_link_to_takes_few_queries_cold(filled):
    client = Counting()
    client.force_login(everybody_at_once())
    walk(client, starts=("/", "/brief/", "/todo/", "/todo/panel", "/duties/", "/registers/"), per_view=1)
    assert len(client.counted) > 100
    assert {address: n for address, n in client.counted.items() if n > MOST} == {}


@pytest.mark.slow
def test_warnings_of_all_registers_are_read_in_three_queries(filled, django_assert_num_queries):
    with_rows = set(Row.objects.values_list("register", flat=True))
    assert len(with_rows) > 3
    forget_everything()
    with django_assert_num_queries(3):
        found = standings(list(registers().values()), NOW)
    assert set(found) == set(registers())
    assert found == {id_: standing(register, NOW) for id_, register in registers().items()}
    unit = "county-140123"
    theirs = set(Row.objects.filter(organisation=unit, withdrawn_at=None).values_list("register", flat=True))
    assert set(standings(list(registers().values()), NOW, filled_by=frozenset({unit}))) == theirs < with_rows


class Counting(Client):
    """Asks for every page of a process that has just begun, and remembers how much the database was asked for it."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: dict[str, int] = {}

    def get(self, path: str, *args: Any, **kwargs: Any) -> Any:
        forget_everything()
        with CaptureQueriesContext(connection) as found:
            answer = super().get(path, *args, **kwargs)
        self.counted[path] = len(found)
        return answer
