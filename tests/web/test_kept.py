"""Parts kept in memory show what they would show if they were made anew, to everybody, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tongchou.web import kept
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.ledger.models import Document
from tongchou.web.people.roles import Role

PAGES = (
    "/",
    "/?indicator=population.resident",
    "/ledger/",
    "/ledger/?timing=dated",
    "/ledger/?words=%E5%9C%B0%E9%93%81",
    "/policy/",
    "/findings/",
    "/findings/?by=clause",
    "/rules/",
    "/rules/?words=gini",
    "/rules/?clause=3.2",
    "/figures/",
    "/figures/?words=GDP",
    "/figures/gdp.per_head/",
)
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def page(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return _TOKEN.sub(b"", answer.content)


def test_kept_parts_are_what_is_made_anew(builtin, stranger, as_, person):
    readers = []
    for language in ("zh", "en"):
        for client in (Client(), as_(person(Role.OFFICER, "county-140123"))):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            readers.append(client)
    anew = []
    for reader in readers:
        for path in PAGES:
            kept.forget()
            anew.append(page(reader, path))
    kept.forget()
    for _ in range(2):  # the first fills, the second takes what is kept
        assert [page(reader, path) for reader in readers for path in PAGES] == anew


def test_an_approved_figure_is_on_the_board_at_once(builtin, stranger, organisations, now):
    """And on the second one after it: nothing kept outlives what it shows."""
    for n, shown in ((123456, b"123,456"), (654321, b"654,321")):
        assert shown not in page(stranger, "/figures/gdp.per_head/")
        figure = Proposed("gdp.per_head", "140123", "2016", float(n), "CNY/person", 2, "统计公报")
        keep_figures(proposed=[figure], by=None, now=now + timedelta(seconds=n))
        assert shown in page(stranger, "/figures/gdp.per_head/")
        assert shown in page(stranger, "/?indicator=gdp.per_head&period=2016")


def test_a_document_is_decoded_once_and_not_read_from_the_database_again(builtin, stranger, django_assert_num_queries):
    first = Document.objects.get(pk=builtin.pk).policy
    with django_assert_num_queries(1):
        assert Document.objects.get(pk=builtin.pk).policy is first
    Document.objects.filter(pk=builtin.pk).update(contract_sha256="")
    again = Document.objects.get(pk=builtin.pk)
    assert again.stamp == ""  # what cannot be told apart is not kept
    assert again.policy is not first and again.policy == first


def test_the_oldest_parts_are_let_go_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(kept, "CHARACTERS", 100)
    for n in range(20):
        kept.keep((str(n),), "x" * 10)
        kept.part(("0",))
    assert kept.part(("0",)) and kept.part(("19",)) and kept.part(("5",)) is None
    kept.keep(("large",), "x" * 60)
    assert kept.part(("large",)) is None


def test_a_page_without_an_account_is_sent_once(builtin, stranger):
    """No token and no cookie: the same page has the same tag, and a browser that has it gets 304."""
    first = stranger.get("/rules/", headers={"accept-encoding": "gzip"})
    assert not first.cookies
    again = stranger.get("/rules/", headers={"if-none-match": first.headers["ETag"], "accept-encoding": "gzip"})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_the_language_is_chosen_without_a_token():
    answer = Client(enforce_csrf_checks=True).post("/language/en", {"next": "/"})
    assert answer.status_code == 302 and answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
