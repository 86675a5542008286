"""The log of events: words for every kind, filters, and each unit's own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import transaction

import tongchou.web
from tongchou.web.events.record import record
from tongchou.web.events.words import every, words_of
from tongchou.web.people.permissions import every as permissions
from tongchou.web.people.roles import Role

WEB = Path(tongchou.web.__file__).parent


def recorded_kinds() -> dict[str, str]:
    """The kinds that code records, with the file: names of an app and something done, in files that record.

    Of a kind put together from a step's id the words are known by the history of the step's own app.
    """
    apps = {path.parent.name for path in WEB.glob("*/apps.py")}
    found = {}
    for path in sorted(WEB.rglob("*.py")):
        source = path.read_text("utf-8")
        if "record(" not in source or "events.record import" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                app, _, verb = node.value.partition(".")
                if app in apps and re.fullmatch(r"[a-z_]*[a-z]", verb) and node.value not in permissions():
                    found[node.value] = path.relative_to(WEB).as_posix()
    return found


def test_every_kind_recorded_has_words():
    kinds = recorded_kinds()
    assert "people.role_given" in kinds
    assert {k: f for k, f in kinds.items() if k not in every()} == {}


def test_words_are_about_kinds_of_their_own_app_and_unlike_each_other():
    said: dict[str, str] = {}
    for kind, words in every().items():
        app = kind.partition(".")[0]
        assert (WEB / app).is_dir() or any(kind in p.read_text("utf-8") for p in WEB.rglob("*.py")), kind
        assert words.zh not in said, (kind, said.get(words.zh))
        said[words.zh] = kind


def test_an_unknown_kind_is_shown_as_it_is():
    assert words_of("gone.app").zh == "gone.app"


@pytest.fixture
def events(organisations, now):
    with transaction.atomic():
        record("people.role_given", about="a", by=None, now=now, organisation=organisations["transport"])
        record("people.person_added", about="b", by=None, now=now, organisation=organisations["finance"])
        record("people.person_added", about="c", by=None, now=now)


def rows(client, query: str = "") -> str:
    response = client.get(f"/events/log.csv?{query}")
    assert response.status_code == 200
    return response.content.decode("utf-8-sig")


def test_a_unit_sees_its_own_events_the_city_and_administrators_all(events, as_, person):
    own = rows(as_(person(Role.OFFICER, "transport")))
    assert "市交通局" in own
    assert "市财政局" not in own
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.LEADER):
        seen = rows(as_(person(role, "development-reform")))
        assert "市交通局" in seen
        assert "市财政局" in seen


def test_filters_and_files(events, as_, person):
    client = as_(person(Role.COORDINATOR, "development-reform"))
    assert rows(client, "organisation=finance").count("\n") == 2
    assert "赋予岗位" not in rows(client, "kind=people.person_added")
    assert "赋予岗位" in rows(client, "kind=people")
    assert rows(client, "until=2019-01-01").count("\n") == 1
    assert rows(client, "since=nonsense").count("\n") > 3
    assert rows(client, "by=测试").count("\n") == 1
    for suffix in ("xlsx", "docx"):
        assert client.get(f"/events/log.{suffix}").status_code == 200
    assert client.get("/events/log.exe").status_code == 404
    html = client.get("/events/?kind=people.role_given").content.decode()
    assert "链尾校验码" in html
