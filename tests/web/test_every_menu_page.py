"""Every page of the menu, for every role, in both languages, with and without records: head, actions, guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import resolve

from tongchou.web.demo_data import prepare_demo
from tongchou.web.navigation import SECTIONS, Page
from tongchou.web.people.models import User
from tongchou.web.people.roles import Role

HAN = re.compile(r"[\u4e00-\u9fff]")


def open_pages(user: object) -> Iterator[Page]:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    for section in SECTIONS:
        yield from (page for page in section.pages if page.is_open_to(request))


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def faults(html: str, language: str) -> list[str]:
    """What a page lacks that every page has."""
    main, found = main_of(html), []
    if len(re.findall(r"<h1[ >]", main)) != 1:
        found.append("one h1")
    if "data-print" not in main:
        found.append("print")
    if re.search(r"<tbody[^>]*>\s*</tbody>|<ul[^>]*>\s*</ul>|<ol[^>]*>\s*</ol>", main):
        found.append("an empty list without guidance")
    if "{%" in html or "{{" in html:
        found.append("a template's own words")
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    if title is None or not title[1].split("·")[0].strip():
        found.append("title")
    if language == "en":
        heading = re.search(r"<h1[ >].*?</h1>", main, re.S)
        said = re.sub(r"<[^>]*lang=\"zh-Hans\"[^>]*>.*?</[^>]+>|<[^>]+>", "", heading[0] if heading else "")
        if HAN.search(said):
            found.append(f"Chinese in the head: {said.strip()}")
    return found


def visit(client: Client, pages: list[Page], language: str) -> dict[str, list[str]]:
    from django.urls import reverse

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    wrong = {}
    for page in pages:
        address = reverse(page.view)
        response = client.get(address, follow=True)
        if response.status_code != 200:
            wrong[address] = [f"status {response.status_code}"]
        elif found := faults(response.content.decode(), language):
            wrong[address] = found
    return wrong


def test_every_page_of_the_menu_before_there_is_anything(builtin, person, as_, stranger):
    from django.contrib.auth.models import AnonymousUser

    for language in ("zh", "en"):
        assert visit(stranger, list(open_pages(AnonymousUser())), language) == {}
        for role in (Role.COORDINATOR, Role.OFFICER, Role.ADMINISTRATOR):
            user = person(role, "county-140123" if role is Role.OFFICER else "development-reform")
            assert visit(as_(user), list(open_pages(user)), language) == {}, (role, language)


@pytest.mark.slow
def test_every_page_of_the_menu_with_the_demonstration(builtin, organisations, now, as_):
    prepare_demo(now)
    shown = set()
    # One person for each role; every role in one language, the coordinator, who sees most, in both.
    people = {role: User.objects.filter(memberships__role=role).first() for role in Role}
    for number, (role, user) in enumerate(people.items()):
        assert user is not None, role
        pages = list(open_pages(user))
        shown |= {page.view for page in pages}
        for language in ("zh", "en") if role is Role.COORDINATOR else (("zh", "en")[number % 2],):
            assert visit(as_(user), pages, language) == {}, (user.username, language)
    assert shown == {page.view for section in SECTIONS for page in section.pages}  # nobody is left without a page


def test_lists_offer_their_files(builtin, person, as_):
    """Whatever the menu leads to that is a table of records can be had as a file."""
    from django.urls import reverse

    user = person(Role.COORDINATOR, "development-reform")
    client = as_(user)
    lacking = []
    for page in open_pages(user):
        address = reverse(page.view)
        main = main_of(client.get(address, follow=True).content.decode())
        has_table = "<table" in main
        offers = re.findall(r'href="([^"]+\.(?:xlsx|csv|docx|zip)[^"]*)"', main)
        if has_table and not offers:
            lacking.append(address)
        for one in offers[:3]:
            name = resolve(one.split("?")[0]).view_name
            assert name, one
    # The catalogues of rules, systems and registers are read on the page; each entry has its own files.
    assert [
        a
        for a in lacking
        if not a.startswith(("/rules", "/systems", "/registers", "/figures", "/help", "/people/account"))
    ] == []
