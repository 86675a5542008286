"""Rules in a real browser: nothing cut off, the form computes in place, numbers lead to workings, paper is whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import SCREENSHOTS, press

RULE = "/rules/fiscal.equalisation/"
PAGES = {
    "rules": "/rules/",
    "rule": f"{RULE}?period=2021",
    "rule-all-steps": f"{RULE}?period=2021&steps=all",
    "rule-changed": f"{RULE}?period=2021&set.pool=50000&against=in-force",
    "rule-wrong": f"{RULE}?period=2021&set.coverage=abc",
    "rule-workings": f"{RULE}workings?period=2021&at=2021&row=140123&number=transfer",
    "rule-two-keys": "/rules/compensation.ecosystem_value/",
    "rule-many-rows": "/rules/industry.location_quotient/",
    "rule-algorithm": "/rules/compensation.cost_sharing/",
}


@pytest.mark.parametrize("name", PAGES)
def test_page(seen, size, language, name):
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}", full=True)
    assert seen.foreign() == []
    assert [c for c in seen.complaints if "422" not in c or name != "rule-wrong"] == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    hidden = page.evaluate("(n => n.scrollWidth - n.clientWidth)(document.querySelector('nav.nav'))")
    assert hidden <= 0, f"{hidden} px of the navigation are out of sight"
    # Words of ours stand in the page's language; names of rules, sources and figures are in both or as published.
    page.evaluate("document.querySelector('.who')?.remove()")  # a person's name is as the person writes it
    ours = page.evaluate(
        "[...document.querySelectorAll('header, nav, thead, legend, .choice, .actions, .hint, .lead, summary, dt')]"
        ".map(e => [...e.childNodes].map(n => n.tagName === 'SELECT' ? '' : n.textContent).join(' ')).join('\\n')"
    )
    if language == "en":
        assert re.findall(r"[\u4e00-\u9fff]+", ours.replace("中文", "").replace("统", "")) == []


@pytest.mark.parametrize("name", ["rules", "rule", "rule-changed", "rule-workings"])
def test_touch_targets_on_a_phone(as_person, name):
    phone = as_person("", "phone")
    page = phone.open(PAGES[name])
    small = page.evaluate(
        "[...document.querySelectorAll('.button, select, input[type=search], input[type=text], .chips label, .nav a')]"
        ".filter(e => e.offsetParent).map(e => [e.textContent.trim().slice(0, 12), e.getBoundingClientRect().height])"
        ".filter(([, h]) => h < 43.5)"
    )
    assert small == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_form_computes_in_place_and_the_address_is_shared(as_person, address, size):
    watched = as_person("", size)
    page = watched.open(f"{RULE}?period=2021")
    page.locator("input[name='set.pool']").fill("50,000")
    page.locator("#compute button[type=submit]").click()
    expect(page.locator("tfoot").first).to_contain_text("500,000,000")
    assert page.url == f"{address}{RULE}?period=2021&set.pool=50%2C000"
    assert page.locator("input[name='set.pool']").input_value() == "50,000"
    assert page.locator("tc-county-map > svg").count() == 1
    again = as_person("", size)
    again.open(page.url.removeprefix(address))
    assert "500,000,000" in again.page.locator("tfoot").first.inner_text()
    page.go_back()
    expect(page.locator("tfoot").first).not_to_contain_text("500,000,000")
    assert watched.complaints == []


def test_what_is_wrong_is_told_in_place_and_nothing_typed_is_lost(desk):
    page = desk.open(f"{RULE}?period=2021")
    page.locator("input[name='set.coverage']").fill("六成")
    page.locator("input[name='set.pool']").fill("70000")
    page.locator("#compute button[type=submit]").click()
    page.wait_for_selector(".field-problem")
    assert page.locator("input[name='set.coverage']").input_value() == "六成"
    assert page.locator("input[name='set.pool']").input_value() == "70000"
    row = page.locator("tr.is-wrong")
    assert "W008" in row.inner_text()
    expect(page.locator(".problems")).to_be_focused()
    assert page.locator("#result").count() == 0


def test_the_form_works_without_script(scriptless, address):
    scriptless.goto(f"{address}{RULE}")
    scriptless.locator("input[name='set.pool']").fill("50000")
    press(scriptless.locator("#compute button[type=submit]"))
    assert "500,000,000" in scriptless.locator("tfoot").first.inner_text()
    assert "coverage" not in scriptless.url


def test_a_number_leads_to_its_workings_and_back(desk):
    page = desk.open(f"{RULE}?period=2021&set.pool=50000")
    link = page.locator("tr[data-unit='140123'] a.number").first
    number = link.inner_text()
    press(link)
    assert number in page.locator(".came-to").inner_text()
    assert page.locator("math").first.bounding_box()["height"] > 8
    page.locator("dl.terms a").first.click()
    assert "#step-" in page.url
    page.locator(".actions a").first.click()
    page.wait_for_selector("#result")
    assert "set.pool=50000" in page.url


def test_a_number_is_opened_by_keyboard(desk):
    page = desk.open(f"{RULE}?period=2021")
    page.locator("tr[data-unit='140123'] a.number").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".came-to")


def test_map_and_table_show_one_choice(desk):
    page = desk.open(f"{RULE}?period=2021")
    page.locator("g.unit", has_text="清徐").click()
    assert "is-chosen" in page.locator("tr[data-unit='140121']").get_attribute("class")
    page.locator("tr[data-unit='140123'] th").click()
    assert page.locator("tc-county-map").get_attribute("selected") == "140123"


def test_searching_exchanges_the_list(desk):
    page = desk.open("/rules/")
    before = page.locator("#list td.what").count()
    page.locator("#words").fill("基尼")
    expect(page.locator("#list td.what")).not_to_have_count(before)
    assert page.locator("#list td.what").count() > 0
    assert "words=" in page.url


def test_a_clause_leads_to_its_rules(desk):
    page = desk.open("/policy/#clause-3.2")
    rules = page.locator("#clause-3\\.2 .side-rules")
    rules.locator("summary").click()
    rules.locator("a").first.click()
    page.wait_for_selector("#steps")
    assert "/rules/" in page.url


@pytest.mark.parametrize("name", ["rules", "rule", "rule-changed", "rule-workings", "rule-two-keys"])
def test_on_paper_controls_are_gone_and_parameters_and_source_are_there(desk, name):
    page = desk.open(PAGES[name])
    page.emulate_media(media="print")
    controls = page.locator(".top, .filters, .actions, .jump, .asking .choices, .asking .send, .hint, .as-written")
    assert not any(one.is_visible() for one in controls.all())
    assert re.search(r"核对码 [0-9a-f]{12}", page.locator(".foot").inner_text())
    if name not in ("rules", "rule-workings"):
        assert all(one.is_visible() for one in page.locator(".settings tbody tr").all())
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"print-{name}.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    sheets = PdfReader(path).pages
    width, height = sorted((float(sheets[0].mediabox.width), float(sheets[0].mediabox.height)))
    assert (round(width), round(height)) == (595, 842), "not A4"
    assert (sheets[0].mediabox.width > sheets[0].mediabox.height) == (name != "rule-workings")
    assert f"1 / {len(sheets)}" in sheets[0].extract_text()
