"""WCAG 2.1 A and AA by axe-core: every page of the menu for every role, in both languages, at both sizes."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import pytest
from playwright.sync_api import Browser
from tests.browser.axe import violations
from tests.browser.conftest import Watched

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
# One page with one fault of each of these kinds, and without them.
FAULTS = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "color-contrast": '<p style="color:#aaa;background:#fff">pale</p>',
    "label": '<input type="text" name="nameless">',
    "html-has-lang": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_menu(as_person: Callable[..., Watched], role):
    """The menu is walked while it is judged: a page's section may name more pages."""
    windows = {way: as_person(role, *way) for way in WAYS}
    pages = ["/", *(["/people/account/"] if role else []), *(MORE if role in ("", "coordinator") else [])]
    found = []
    for path in pages:
        # Over any four of the roles a page is seen every way.
        way = WAYS[(crc32(path.encode()) + ROLES.index(role)) % len(WAYS)]
        page = windows[way].open(path)
        pages += [p for p in dict.fromkeys(page.evaluate(_LINKS)) if p not in pages]
        found += [f"{way} {v}" for v in violations(page)]
    assert found == []
    assert len(pages) >= (40 if role == "coordinator" else 5)


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_fault_is_found(browser: Browser, fault: str):
    page = browser.new_page()
    lang = "" if fault == "html-has-lang" else ' lang="en"'
    page.set_content(
        f"<!doctype html><html{lang}><head><title>t</title></head>"
        f"<body><main><h1>t</h1>{FAULTS.get(fault, '')}</main></body></html>"
    )
    assert [v.split()[1] for v in violations(page)] == ([fault] if fault else [])
    page.close()
