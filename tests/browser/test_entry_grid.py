"""The grid of figures in a real browser: keys move, a block from a spreadsheet is pasted, a draft is kept."""

from __future__ import annotations

import pytest
from tests.browser.conftest import press, settled

VALUE, SOURCE = '[data-column="value"]', '[data-column="source"]'
PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def grid(as_person):
    watched = as_person("loufan-officer")
    page = watched.open("/collection/")
    press(page.locator("tr", has_text="待填报").locator("td.what a").first).wait_for_selector("tc-entry-grid")
    return watched


def test_keys_move_as_in_a_sheet(grid):
    values = grid.page.locator(VALUE)
    values.nth(0).focus()
    grid.page.keyboard.press("ArrowDown")
    assert grid.page.evaluate("document.activeElement.name") == values.nth(1).get_attribute("name")
    grid.page.keyboard.press("Enter")
    assert grid.page.evaluate("document.activeElement.name") == values.nth(2).get_attribute("name")
    grid.page.keyboard.press("Shift+Enter")
    grid.page.keyboard.press("End")
    grid.page.keyboard.press("ArrowRight")
    assert grid.page.evaluate("document.activeElement.dataset.column") == "source"
    assert grid.complaints == []


def test_enter_in_the_last_row_does_not_send_the_form(grid):
    before = grid.page.url
    grid.page.locator(VALUE).last.focus()
    grid.page.keyboard.press("Enter")
    assert grid.page.url == before
    assert grid.page.evaluate("document.activeElement.dataset.column") == "value"


def test_a_block_is_pasted_and_kept(grid):
    page = grid.page
    first = page.locator(VALUE).nth(1)
    first.focus()
    first.evaluate(PASTE, "4.05\t年报第3表\r\n50.4\t年报第7表\r\n")
    assert [page.locator(VALUE).nth(i).input_value() for i in (1, 2)] == ["4.05", "50.4"]
    assert page.locator(SOURCE).nth(2).input_value() == "年报第7表"
    assert "4 格" in page.locator("[data-said]").inner_text()
    settled(press(page.get_by_role("button", name="保存草稿")))
    assert page.locator(VALUE).nth(2).input_value() == "50.4"
    assert "已存" in page.locator("tbody tr").nth(2).inner_text()
    assert grid.foreign() == []


def test_a_single_value_is_pasted_as_ever(grid):
    first = grid.page.locator(VALUE).first
    held = first.input_value()
    first.evaluate(PASTE, "12")
    assert first.input_value() == held, "left to the browser, which a made-up event does not reach"


def test_a_phone_reports_at_375_pixels(as_person):
    watched = as_person("loufan-officer", "phone")
    page = watched.open("/collection/")
    press(page.locator("tr", has_text="待填报").locator("td.what a").first).wait_for_selector("tc-entry-grid")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.locator(VALUE).first.bounding_box()["height"] >= 44
