"""No page of the menu asks the database more than fifteen questions, for any role, with much in the database."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import signed_in

from tongchou.kernel.text import Text
from tongchou.region import Indicator
from tongchou.web.builtin import receive_builtin
from tongchou.web.demo_data import prepare_demo
from tongchou.web.figures.actions import add_indicator
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.figures.regions import region_named
from tongchou.web.navigation import SECTIONS
from tongchou.web.people.actions import receive_organisations
from tongchou.web.people.demo import PEOPLE
from tongchou.web.people.models import User

MOST = 15
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def fill() -> None:
    region = region_named(settings.REGION)
    receive_organisations(region=region, now=NOW)
    receive_builtin()
    prepare_demo(NOW)
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


@pytest.mark.slow
def test_every_page_of_the_menu_takes_few_queries_for_every_role(db):
    fill()
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
            first = client.get(address)  # what is read once a process is read
            if first.status_code == 302:  # a page that is one of many: which one depends on the reader
                address = first.headers["Location"]
                client.get(address)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            opened += 1
            if len(asked) > MOST or answer.status_code != 200:
                too_many.append((getattr(user, "username", "everybody"), address, answer.status_code, len(asked)))
    assert opened > 8 * 20
    assert too_many == []
