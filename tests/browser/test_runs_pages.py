"""Pages of runs and money in a real browser: at both sizes, in both languages, accessible, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.browser.axe import violations
from tests.browser.conftest import Watched, press

STATEMENT = "/money/statements/county-140123/2021/"
PAGES = {
    "runs": ("finance", "/runs/"),
    "run": ("finance", "/runs/2/"),
    "run-draft": ("finance", "/runs/6/"),
    "run-new": ("finance", "/runs/new/fiscal.equalisation/?period=2021&set.pool=150000"),
    "run-compare": ("finance", "/runs/2/compare/6/"),
    "run-try": ("loufan-head", "/runs/2/try/"),
    "run-object": ("loufan-head", "/runs/2/object/"),
    "objections": ("finance", "/runs/objections/"),
    "objection": ("finance", "/runs/objections/1/"),
    "movements": ("finance", "/money/"),
    "entry": ("finance", "/money/entries/2/"),
    "statements": ("finance", "/money/statements/"),
    "statement": ("loufan-head", STATEMENT),
}


@pytest.mark.parametrize("name", PAGES)
def test_page(as_person: Callable[..., Watched], size: str, language: str, name: str) -> None:
    who, path = PAGES[name]
    watched = as_person(who, size, language)
    page = watched.open(path)
    watched.screenshot(f"{name}-{language}-{size}", full=True)
    assert watched.foreign() == []
    assert watched.complaints == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"


@pytest.mark.parametrize("name", PAGES)
def test_accessible(as_person: Callable[..., Watched], name: str) -> None:
    who, path = PAGES[name]
    assert violations(as_person(who).open(path)) == []


def test_every_line_of_a_statement_leads_to_its_workings(as_person: Callable[..., Watched]) -> None:
    watched = as_person("loufan-head")
    page = watched.open(STATEMENT)
    amount = page.locator("td.n", has_text=".").first.inner_text()
    press(page.locator("a[href*='/workings?']").first)
    assert amount in page.locator(".came-to").inner_text()
