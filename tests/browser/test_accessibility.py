"""WCAG 2.1 A and AA by axe-core: every page of the menu for every role, in both languages, at both sizes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from tests.browser.conftest import Watched

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
WAYS = [("desk", "zh"), ("phone", "en"), ("desk", "en"), ("phone", "zh")]
ROLES = [
    "",
    "coordinator",
    "admin",
    "finance",
    "assessor",
    "leader",
    "loufan-officer",
    "loufan-reviewer",
    "loufan-head",
]
# Pages behind the menu's own: one of each kind, and what is shown before and around signing in.
MORE = ["/policy/?clause=2.8", "/rules/fiscal.equalisation/", "/figures/population.resident/", "/sign-in/", "/nope",
        "/people/organisations/county-140123/", "/people/account/password"]  # fmt: skip
_LINKS = "[...document.querySelectorAll('nav.nav a, nav.subnav a')].map(a => a.getAttribute('href'))"


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page: rule, where, and why. The script comes over the debugger, past our policy."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
    return [
        f"{page.url} {one['id']} {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found
        for node in one["nodes"][:3]
    ]


def menu(watched: Watched) -> list[str]:
    """Return the pages of the menu and of each of its sections, as this person has them."""
    page = watched.open("/")
    found = list(dict.fromkeys(page.evaluate(_LINKS)))
    if watched.page.locator("form[action='/sign-out/']").count():
        found.append("/people/account/")
    for path in list(found):
        found += [p for p in watched.open(path).evaluate(_LINKS) if p not in found]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_menu(as_person: Callable[..., Watched], role):
    windows = {way: as_person(role, *way) for way in WAYS}
    pages = menu(windows[WAYS[0]])
    assert len(pages) >= 5
    if role in ("", "coordinator"):
        pages += MORE
    found = []
    for number, path in enumerate(pages):
        way = WAYS[(number + ROLES.index(role)) % len(WAYS)]  # over the roles every page is seen every way
        found += [f"{way} {v}" for v in violations(windows[way].open(path))]
    assert found == []
