"""What a person does: choose words and see their row, filter, sort, link map and table, read another file."""

from __future__ import annotations

import os
from pathlib import Path

from tests.browser.conftest import press, settled

PAPER = (
    "临河市人民政府关于治水的意见\n一、主要任务\n（一）建设管网。2026年底前建成泵站。（市水务局牵头，市财政局配合）\n"
)


def test_words_lead_to_their_row(desk):
    page = desk.open("/policy/")
    words = page.locator("[data-ids~='c2.8-3']").first
    words.click()
    assert "is-chosen" in words.get_attribute("class")
    assert "is-chosen" in page.locator("#row-c2\\.8-3").get_attribute("class")
    assert page.url.endswith("#at-c2.8-3")
    assert "".join(page.locator("[data-ids].is-chosen").all_inner_texts()) == "做好太原都市区轨道交通线网规划"
    assert page.locator("li.is-chosen").count() == 1


def test_a_repaired_word_leads_to_its_evidence(desk):
    page = desk.open("/policy/")
    word = page.locator("[data-ids~='c2.8-4']", has=page.locator("del")).first
    repair = word.get_attribute("data-ids").split()[-1]
    assert not page.locator(f"#row-{repair}").is_visible()
    word.click()
    row = page.locator(f"#row-{repair}")
    assert row.is_visible()
    assert "is-chosen" in row.get_attribute("class")
    assert "捷運" in row.inner_text()


def test_a_remark_on_a_clause_marks_the_clause(desk):
    page = desk.open("/findings/")
    page.locator("#F001 a.num").last.click()
    page.locator(".clause.is-chosen").wait_for(state="attached")
    assert page.locator(".clause.is-chosen").get_attribute("id") == "clause-4.1"
    assert page.locator("li.is-chosen .tag.code").inner_text() == "F001"


def test_a_bare_id_is_an_address_too(desk):
    page = desk.open("/policy/#c2.8-3")
    assert "is-chosen" in page.locator("#row-c2\\.8-3").get_attribute("class")


def test_contents_on_a_phone(as_person):
    page = as_person("", "phone").open("/policy/")
    assert not page.locator("nav.toc").is_visible()
    page.locator(".toc-folded summary").click()
    page.locator(".toc-folded a", has_text="3.4").click()
    assert 0 <= page.locator("#clause-3\\.4").bounding_box()["y"] < 100


def test_a_row_leads_to_its_words(desk):
    page = desk.open("/policy/")
    page.locator("#row-c2\\.8-3 a").click()
    words = page.locator("[data-ids~='c2.8-3']").first
    page.locator('[data-ids~="c2.8-3"].is-chosen').first.wait_for(state="attached")
    box = words.bounding_box()
    assert 0 <= box["y"] <= 768


def test_the_link_from_the_ledger_lands_on_the_words(desk):
    page = desk.open("/ledger/?timing=dated")
    settled(press(page.locator("td.what a").first))
    chosen = page.locator("[data-ids].is-chosen")
    assert "2020年底" in "".join(chosen.all_inner_texts())


def test_words_are_reached_and_chosen_by_keyboard(desk):
    page = desk.open("/policy/")
    page.locator("[data-ids~='c2.8-3']").first.focus()
    page.keyboard.press("Enter")
    assert "is-chosen" in page.locator("#row-c2\\.8-3").get_attribute("class")


def test_repairs_are_shown_and_hidden(desk):
    page = desk.open("/policy/")
    mark = page.locator("del.repair").first
    assert mark.is_visible()
    page.locator("input[data-toggle]").uncheck()
    assert not mark.is_visible()


def test_filtering_exchanges_the_rows_and_keeps_the_address(desk):
    page = desk.open("/ledger/")
    page.locator("select[name=timing]").select_option("dated")
    page.wait_for_selector("text=1 项（共")
    assert page.locator("tbody tr").count() == 1
    assert "timing=dated" in page.url
    page.go_back()
    page.locator("tbody tr").nth(100).wait_for(state="attached")
    assert page.locator(".top").is_visible()


def test_filtering_works_without_script(scriptless, address):
    scriptless.goto(f"{address}/ledger/")
    scriptless.locator("select[name=timing]").select_option("dated")
    press(scriptless.locator(".filters button"))
    assert scriptless.locator("tbody tr").count() == 1


def test_map_table_and_chart_show_one_choice(desk):
    page = desk.open("/")
    page.locator("g.unit", has_text="清徐").click()
    assert "is-chosen" in page.locator("tr[data-unit='140121']").get_attribute("class")
    assert page.locator("tc-chart").get_attribute("selected") == "140121"
    page.locator("tr[data-unit='140123']").click()
    assert "is-chosen" in page.locator("g.unit", has_text="娄烦").get_attribute("class")


def test_another_indicator_redraws_the_board(desk):
    page = desk.open("/")
    page.locator("select[name=indicator]").select_option("population.resident")
    page.wait_for_selector("h2:has-text('常住人口')")
    page.wait_for_selector("tc-county-map svg")
    page.wait_for_selector("tc-chart svg")
    assert "indicator=population.resident" in page.url


def test_the_table_sorts_and_comes_back_to_the_official_order(desk):
    page = desk.open("/")
    head = page.locator("table.units thead button").nth(1)
    first = page.locator("table.units tbody tr").first
    head.click()
    assert first.get_attribute("data-unit") == "140106"
    head.click()
    assert first.get_attribute("data-unit") == "140110"
    head.click()
    assert first.get_attribute("data-unit") == "140105"


def test_the_language_changes_without_losing_the_place(desk):
    page = desk.open("/ledger/")
    page.locator("select[name=timing]").select_option("dated")
    page.wait_for_selector("text=1 项（共")
    page.locator(".language button").click()
    page.wait_for_selector("text=1 of")
    assert "timing=dated" in page.url
    assert page.locator("tbody tr").count() == 1
    desk.open("/policy/#at-c2.8-3").locator(".language button").click()
    page.locator("html[lang='zh-Hans']").wait_for(state="attached")
    assert page.url.endswith("#at-c2.8-3")


def test_a_period_in_the_table_is_drawn(desk):
    page = desk.open("/figures/population.resident/")
    assert "十区县口径" in page.locator("#chart figcaption").inner_text()
    page.locator("table.units thead a", has_text="2010年").click()
    page.wait_for_selector("#chart figcaption:has-text('2010年')")
    page.wait_for_selector("tc-chart svg")


def test_a_file_is_named_and_weighed_before_it_is_sent(desk, tmp_path: Path):
    page = desk.open("/documents/")
    assert page.locator(".file output").inner_text() == "还没有选择"
    path = tmp_path / "大.txt"
    path.write_bytes(b"a" * (10 * 1024 * 1024 + 1))
    page.locator("#id_file").set_input_files(path)
    assert page.locator(".file output").inner_text() == "大.txt"
    assert page.evaluate("document.getElementById('id_file').validationMessage") == "文件超过 10 MB"
    page.locator("main .upload button").click()
    assert page.url.endswith("/documents/")
    assert page.locator(".problems").count() == 0


def test_a_file_is_uploaded_and_read(desk, tmp_path: Path):
    path = tmp_path / "意见.txt"
    path.write_text(PAPER, "utf-8")
    page = desk.open("/documents/")
    page.locator("#id_file").set_input_files(path)
    settled(press(page.locator("main .upload button")))
    assert "临河市人民政府关于治水的意见" in page.locator("h1").inner_text()
    assert "2026-12-31" in page.inner_text("main")
    desk.screenshot("uploaded")


def test_a_bad_file_says_what_to_do(desk, tmp_path: Path):
    path = tmp_path / "bad.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    page = desk.open("/documents/")
    page.locator("#id_file").set_input_files(path)
    page.locator("main .upload button").click()
    page.wait_for_selector(".problems")
    assert "办法" in page.locator(".problems").inner_text()
    desk.screenshot("refused")


def test_the_readmes_picture(desk):
    """Drawn anew only when asked for (TONGCHOU_README_PICTURE=1), so that a test run leaves the tree as it was."""
    page = desk.open("/")
    page.wait_for_selector("tc-county-map svg")
    page.wait_for_selector("tc-chart svg")
    target = Path(__file__).parents[2] / "docs" / "img" / "workbench.png"
    if os.environ.get("TONGCHOU_README_PICTURE"):
        target.parent.mkdir(exist_ok=True)
        page.set_viewport_size({"width": 1366, "height": 900})
        page.screenshot(path=target)
    assert target.stat().st_size > 20_000
