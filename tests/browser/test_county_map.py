"""The county map: legible at every width, reached by keyboard, and readable without colour."""

from __future__ import annotations

import pytest


@pytest.fixture
def phone(as_person):
    return as_person("", "phone")


def test_choosing_by_keyboard_keeps_the_focus(desk):
    page = desk.open("/")
    unit = page.locator("g.unit[aria-label^='尖草坪']")
    unit.focus()
    page.keyboard.press("Enter")
    assert unit.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("尖草坪")
    assert "尖草坪区" in page.locator(".map-reading").inner_text()
    assert page.locator("tc-county-map .chosen").get_attribute("d")


def test_the_words_beside_the_map_can_be_clicked(desk):
    page = desk.open("/")
    page.locator(".labels .aside text", has_text="迎泽").click()
    assert page.locator("tc-county-map").get_attribute("selected") == "140106"
    assert "is-chosen" in page.locator("tr[data-unit='140106']").get_attribute("class")


def test_every_unit_can_be_tapped_in_its_middle(desk):
    page = desk.open("/")
    units = page.locator("g.unit")
    assert units.count() == 10
    for k in range(10):
        units.nth(k).click(timeout=3000)
        assert "is-chosen" in units.nth(k).get_attribute("class")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_no_label_lies_on_another_and_none_is_too_small(size, request):
    page = request.getfixturevalue(size).open("/")
    boxes = [text.bounding_box() for text in page.locator("tc-county-map .labels text").all()]
    for k, a in enumerate(boxes):
        assert a["height"] >= 11
        for b in boxes[k + 1 :]:
            across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
            down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
            # A line's box is higher than its letters.
            assert across <= 1 or down <= 0.4 * min(a["height"], b["height"]), (a, b)


def test_on_a_phone_every_value_is_still_said(phone):
    page = phone.open("/")
    said = page.locator("tc-county-map").inner_text()
    for row in page.locator("table.units tbody tr").all():
        assert row.locator("td.n").first.inner_text() in said
    assert "①" in said


def test_classes_are_told_apart_without_colour_on_paper(desk):
    page = desk.open("/")
    page.emulate_media(media="print")
    fills = page.eval_on_selector_all("g.unit .cell", "cells => cells.map(c => getComputedStyle(c).fill)")
    page.emulate_media(media="screen")
    assert len(set(fills)) == 4
    assert sum("url(" in fill for fill in fills) >= 5


def test_the_layout_keeps_every_adjacency_and_says_so(desk):
    assert "18 对相邻关系画出 18 对" in desk.open("/").locator("figure.map figcaption").inner_text()
