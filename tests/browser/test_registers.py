"""Registers in a real browser: the pages at both sizes, and a row from its first state to its last."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.browser.conftest import press

PAGES = {
    "registers": "/registers/",
    "register": "/registers/territory.subsidence/",
    "register-board": "/registers/territory.subsidence/board",
    "register-add": "/registers/territory.subsidence/add",
    "projects": "/projects/",
}


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page(as_person, size, language, name):
    seen = as_person("loufan-officer", size, language)
    page = seen.open(PAGES[name])
    seen.screenshot(f"{name}-{language}-{size}")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert seen.foreign() == []
    assert seen.complaints == []


def test_a_row_from_its_first_state_to_its_last(as_person, tmp_path: Path):
    paper = tmp_path / "方案.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    officer = as_person("loufan-officer").open("/registers/territory.subsidence/add")
    press(officer.get_by_role("button", name="保存"))
    assert officer.locator("[role=alert]").is_visible()
    officer.locator("#id_place").select_option("140123")
    for name, value in (("code", "BR01"), ("name", "浏览器测试片"), ("households_target", "1,200"), ("due", "2027-06")):
        officer.locator(f"#id_{name}").fill(value)
    officer.locator("#id_strand").select_option("relocation")
    row = press(officer.get_by_role("button", name="保存")).url
    assert re.search(r"/rows/[^/]+/$", row)
    assert "1,200户" in officer.locator("dl.facts").inner_text()

    def move(page, label: str, *, file: bool = False, words: str = "") -> None:
        page.goto(row)
        page.locator("details.form > summary", has_text=label).first.click()
        form = page.locator("details.form[open] form")
        if words:
            form.locator("[name=evidence]").fill(words)
        if file:
            form.locator("[name=file]").set_input_files(paper)
        press(form.get_by_role("button", name=label))

    move(officer, "方案批准")  # without its paper it stays where it is
    assert "要附证据" in officer.locator("[role=alert]").inner_text()
    move(officer, "方案批准", file=True)
    move(officer, "开始治理", words="开工令已下")
    officer.goto(f"{row}edit")
    officer.locator("#id_accepted").fill("2026-11-01")
    assert press(officer.get_by_role("button", name="保存")).url == row
    reviewer = as_person("loufan-reviewer").page
    move(reviewer, "验收", file=True)
    coordinator = as_person("coordinator").page
    move(coordinator, "销号", file=True)
    history = coordinator.locator("ol.timeline").inner_text()
    assert all(word in history for word in ("新增", "方案批准", "开始治理", "验收", "销号", "方案.pdf"))
    assert coordinator.locator("p .signal").first.inner_text().endswith("销号")
