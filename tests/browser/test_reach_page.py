"""Reach in a browser: a standard is chosen and coverage follows in place; a plan of two appears; axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.axe import violations
from tests.browser.conftest import SCREENSHOTS, press

HEALTH = "/reach/?network=loufan_health&service=health_beds"
PAGES = {
    "reach": f"{HEALTH}&within=10&site=p_median&sites=2",
    "reach-green": "/reach/?network=green_space&measure=metres&within=500",
    "reach-wrong": "/reach/?network=loufan_health&within=abc&sites=x",
    "reach-points": f"/reach/points{HEALTH.removeprefix('/reach/')}&within=10&state=beyond",
    "reach-way": f"/reach/way{HEALTH.removeprefix('/reach/')}&within=10&node=t6-v04",
}


@pytest.mark.parametrize("name", PAGES)
def test_page(as_person, size, language, name):
    watched = as_person("", size, language)
    page = watched.open(PAGES[name])
    watched.screenshot(f"{name}-{language}-{size}", full=True)
    assert watched.foreign() == []
    assert [c for c in watched.complaints if "422" not in c or name != "reach-wrong"] == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    assert violations(page) == []
    if size == "phone":
        small = page.evaluate(
            "[...document.querySelectorAll('main .button, main select, main input[type=text], main input[type=date],"
            " .chips label')].filter(e => e.offsetParent).map(e => [e.id || e.textContent.trim(),"
            " e.getBoundingClientRect().height]).filter(([, h]) => h < 43.5)"
        )
        assert small == []


def test_a_standard_changes_coverage_and_a_plan_of_two_appears(desk):
    page = desk.open(HEALTH)
    whole = page.locator(".coverage tfoot td.is-answer")
    expect(whole).to_have_text("100%")
    page.locator("#standard").select_option("own")
    expect(page.locator("#within")).to_have_value("30")
    page.locator("#within").fill("10")
    page.locator("#within").press("Enter")
    expect(whole).to_have_text("60.9%")
    assert page.locator(".reach-map > svg .mark.is-beyond").count() == 49
    assert "within=10" in page.url
    page.locator("#level-town").uncheck()
    expect(whole).not_to_have_text("60.9%")
    page.locator("#level-town").check()
    expect(whole).to_have_text("60.9%")
    page.locator("#sites").fill("2")
    page.locator("#next button[type=submit]").click()
    expect(page.locator(".plan-rows tbody tr")).to_have_count(2)
    expect(page.locator("#plan .sentences")).to_contain_text("已证明")
    assert page.locator(".reach-map > svg .mark.is-chosen").count() == 2
    assert violations(page) == []
    page.locator("#network").select_option("green_space")
    expect(page.locator("h1")).to_contain_text("绿地")
    page.go_back()
    expect(whole).to_have_text("60.9%")
    assert desk.complaints == []


def test_it_works_without_script(scriptless, address):
    page = scriptless
    page.goto(f"{address}{HEALTH}&standard=own")
    page.locator("#within").fill("10")
    press(page.locator("#ask button[type=submit]"))
    assert page.locator(".coverage tfoot td.is-answer").inner_text() == "60.9%"
    page.locator("#sites").fill("2")
    press(page.locator("#next button[type=submit]"))
    assert page.locator(".plan-rows tbody tr").count() == 2
    assert "within=10" in page.url


def test_on_paper_the_warning_the_map_and_the_plan_are_there(desk):
    page = desk.open(PAGES["reach"])
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in page.locator(".top, .actions, #next, .reach-form .choices").all())
    assert all(page.locator(one).first.is_visible() for one in (".warning", ".reach-map svg", "#plan", "#gaps tbody"))
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / "print-reach.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    sheets = PdfReader(path).pages
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    assert "91,208" in sheets[0].extract_text()
    assert f"1 / {len(sheets)}" in sheets[0].extract_text()
