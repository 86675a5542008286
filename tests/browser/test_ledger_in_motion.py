"""Pages of the ledger in motion at both sizes and in both languages: nothing cut off, nothing foreign, no barrier."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.axe import violations
from tests.browser.conftest import press, settled

PAGES = {
    "duties-ledger": "/duties/",
    "duties-confirm": "/duties/confirm/",
    "duties-unit": "/duties/unit/transport/",
    "duties-rounds": "/duties/rounds/",
    "duties-round": "/duties/rounds/1/",
    "duties-new-round": "/duties/rounds/new",
    "duties-reply": "/duties/rounds/1/reply/transport",
    "duties-plans": "/duties/plans/",
    "duties-plan": "/duties/plans/1/",
    "duties-new-plan": "/duties/plans/new/transport",
    "duties-silence": "/duties/silence/",
    "duties-matrix": "/duties/matrix/",
    "duties-lamps": "/duties/lamps/",
    "duties-escalation": "/duties/escalation/",
    "duties-workbook": "/duties/workbook/",
    "duties-evidence": "/duties/evidence/",
    "duties-answers": "/duties/answers/",
}


@pytest.mark.parametrize("name", PAGES)
def test_page(seen, size, language, name):
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}")
    assert page.locator("h1").count() == 1
    assert seen.foreign() == []
    assert seen.complaints == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    assert violations(page) == []


def test_one_commitment_with_its_forms_open(seen):
    page = seen.open("/duties/?words=地铁")
    settled(press(page.locator(".what a").first))
    page.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    assert violations(page) == []
    assert seen.complaints == []


def test_filters_exchange_the_rows_and_the_address(desk):
    page = desk.open("/duties/")
    page.select_option("select[name=lamp]", "blue")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    assert "lamp=blue" in page.url
    assert "地铁" in page.locator("#rows tbody").inner_text()


def test_choosing_all_and_sending_for_consultation(desk):
    page = desk.open("/duties/?clause=2.8")
    page.locator("[data-check-all]").check()
    rows = page.locator("input[name=chosen]").count()
    assert page.locator("input[name=chosen]:checked").count() == rows > 1
    assert "/rounds/new" in press(page.locator("button[value=consult]")).url
    assert f"承诺 {rows} 项" in page.locator("form.form").inner_text()


def test_in_black_and_white_every_lamp_has_its_word_and_sign(desk):
    page = desk.open("/duties/")
    page.emulate_media(media="print")
    lamps = page.locator("tbody .signal").all_inner_texts()
    assert lamps
    assert all(len(words.split()) == 2 for words in lamps)
    assert not page.locator(".bulk").is_visible()
