"""Connections in a real browser: the slider moves the day, the table follows, keys suffice, paper is whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.axe import violations
from tests.browser.conftest import SCREENSHOTS, SIZES, press

WAY = "/connections/way?network=intercounty&before=2019-10-24&on=2025-12-31&from=140122&to=wusu_airport"
PAGES = {
    "connections": "/connections/",
    "connections-left-out": "/connections/?on=2025-12-31&without=metro-1&without=east-second-ring&within=45",
    "connections-wrong": "/connections/?network=nowhere&before=gestern&on=2030-02-31&within=abc",
    "connections-way": WAY,
    "connections-sensitivity": "/connections/sensitivity?on=2025-12-31",
}


@pytest.mark.parametrize("name", PAGES)
def test_page(seen, size, language, name):
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}", full=True)
    assert seen.foreign() == []
    assert [c for c in seen.complaints if "422" not in c or name != "connections-wrong"] == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    hidden = page.evaluate("(n => n.scrollWidth - n.clientWidth)(document.querySelector('nav.nav'))")
    assert hidden <= 0, f"{hidden} px of the navigation are out of sight"
    assert violations(page) == []


def shown(page: Page) -> str:
    """What the first table says, as read."""
    return page.locator("#pairs").inner_text()


@pytest.mark.parametrize("size", SIZES)
def test_the_slider_moves_the_day_by_keys_alone(as_person, size):
    watched = as_person("", size)
    page = watched.open("/connections/?on=2025-12-31")
    before, slide = shown(page), page.locator("#on-slide")
    slide.focus()
    day = slide.get_attribute("aria-valuetext")
    for _ in range(4):  # every press is a day; none waits for the answer to the one before
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#network-map h2")).not_to_contain_text(day or "")
    page.wait_for_load_state("networkidle")
    assert slide.get_attribute("aria-valuetext") != day
    assert slide.get_attribute("aria-valuetext") in page.locator("#network-map h2").inner_text()
    assert page.evaluate("document.activeElement.id") == "on-slide"  # the next press goes on from here
    chosen = page.locator("#on").input_value()
    assert f"on={chosen}" in page.url
    assert shown(page) != before
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert watched.complaints == []


def test_the_select_and_the_slider_say_the_same(desk):
    page = desk.open("/connections/")
    page.locator("#on").select_option("2020-12-26")
    expect(page.locator("#network-map h2")).to_contain_text("2020年12月26日")
    assert page.locator("#on-slide").get_attribute("aria-valuetext") == "2020年12月26日"
    page.locator("#without-metro-2").check()
    expect(page).to_have_url(re.compile("without=metro-2"))
    assert page.locator("#without-metro-2").is_checked()


def test_a_number_opens_its_legs(desk):
    page = desk.open("/connections/?on=2025-12-31")
    press(page.locator("#pairs a.number").last)
    assert "/connections/way?" in page.url
    assert page.locator("table.legs").count() >= 1
    page.locator(".actions a").first.click()
    page.wait_for_url("**/connections/?**on=2025-12-31**")


def test_without_script_the_form_is_sent(scriptless, address):
    scriptless.goto(f"{address}/connections/")
    assert not scriptless.locator("#on-slide").is_visible()
    scriptless.locator("#on").select_option("2020-12-26")
    assert "on=2020-12-26" in press(scriptless.locator("#ask button[type=submit]")).url


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper(as_person, language):
    page = as_person("", "desk", language).open("/connections/?on=2025-12-31")
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"connections-{language}.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    paper = PdfReader(path)
    assert 4 <= len(paper.pages) <= 9
    first = paper.pages[0]
    assert first.mediabox.width > first.mediabox.height
    text = re.sub(r"\s+", "", "".join(p.extract_text() for p in paper.pages))
    for word in ("娄烦县", "阳曲县") if language == "zh" else ("LoufanCounty", "YangquCounty"):
        assert word in text
