"""Supply in a browser: the slider moves the month, a change is tried by keys, paper is whole, axe finds nothing."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import SCREENSHOTS, press
from tests.browser.test_accessibility import violations

WIDER = "thing=city%7Cnet_140122%7Csmall"
PAGES = {
    "supply": "/supply/",
    "supply-month": f"/supply/?month=04&{WIDER}&amount=120",
    "supply-power": "/supply/?network=power",
    "supply-information": "/supply/?network=information",
    "supply-wrong": "/supply/?network=nowhere&year=1800&month=13&amount=abc",
}


@pytest.mark.parametrize("name", PAGES)
def test_page(seen, size, language, name):
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}", full=True)
    assert seen.foreign() == []
    assert [c for c in seen.complaints if "422" not in c or name != "supply-wrong"] == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    assert violations(page) == []
    if size == "phone":
        small = page.evaluate(
            "[...document.querySelectorAll('main .button, main select, main input[type=text], main summary')]"
            ".filter(e => e.offsetParent).map(e => [e.id || e.textContent.trim(),"
            " e.getBoundingClientRect().height]).filter(([, h]) => h < 43.5)"
        )
        assert small == []


def test_the_slider_moves_the_month(desk):
    page = desk.open("/supply/")
    whole = page.locator("#counties tbody tr").last.inner_text()
    slide = page.locator("#month-slide")
    slide.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#network-map h2")).to_contain_text("4月")
    assert page.locator("#month").input_value() == "04"
    assert "month=04" in page.url
    assert page.locator("#counties tbody tr").last.inner_text() != whole
    page.locator("#months tbody th a").last.click()
    page.wait_for_url("**month=12**")
    assert page.locator("#month").input_value() == "12"


def test_another_capacity_is_tried_and_undone(desk):
    page = desk.open("/supply/?network=power")
    page.locator("#links tbody td a").first.click()  # a capacity leads to the form with its link chosen
    page.wait_for_url("**thing=**")
    page.wait_for_load_state("networkidle")
    now = page.locator("#amount").get_attribute("placeholder")
    assert now and not page.locator("#amount").input_value()
    page.locator("#thing").select_option("gujiao_plant|140181|line")
    expect(page.locator("#amount")).to_have_attribute("placeholder", "130")
    page.locator("#amount").fill("65")
    page.locator("#amount").press("Enter")
    # It is computed while the reader waits.
    expect(page.locator("#answer .warning.is-mild")).to_contain_text("8 处有变化", timeout=30_000)
    expect(page.locator("#change tbody tr")).to_have_count(8)
    page.locator("#answer .warning.is-mild a").click()
    expect(page.locator("#change")).to_have_count(0)


def test_without_script_the_form_is_sent(scriptless, address):
    scriptless.goto(f"{address}/supply/")
    assert not scriptless.locator("#month-slide").is_visible()
    scriptless.locator("#network").select_option("power")
    assert "network=power" in press(scriptless.locator("#ask button[type=submit]")).url
    assert scriptless.locator("#nodes tbody tr").count() == 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper(as_person, language):
    page = as_person("", "desk", language).open("/supply/")
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"supply-{language}.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    paper = PdfReader(path)
    assert 2 <= len(paper.pages) <= 8
    assert paper.pages[0].mediabox.width > paper.pages[0].mediabox.height
    # Some letters come out of a paper as the radicals they look like.
    text = normalize("NFKC", re.sub(r"\s+", "", "".join(p.extract_text() for p in paper.pages)))
    for word in (
        ("阳曲县", "呼延水厂", "卡在哪里") if language == "zh" else ("YangquCounty", "Huyanwaterworks", "Heldbackby")
    ):
        assert word in text
