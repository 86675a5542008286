"""What the workbench is for, done by the people it is for, in a real browser, one role after the other.

A commitment from the text to a published, evidenced result; a figure from request to approved; a rule from draft to a
county's statement; a row of a register from its first state to its last. On SQLite and on PostgreSQL.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Watched, press, served
from tests.web.operations.databases import database

Person = Callable[..., Watched]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration of its own, which the journeys may change, on each of the two databases."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("prepared"), home)
    with database(request.param) as chosen, served(home, chosen) as url:
        yield url


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A signed and stamped reply, scanned."""
    path = tmp_path / "回函.pdf"
    path.write_bytes(PDF)
    return path


def unfolded(page: Page, section: str, word: str) -> Page:
    """Unfold a form of a section, unless it is open already."""
    summary = page.locator(f"{section} details.add > summary", has_text=word)
    if not summary.locator("..").evaluate("d => d.open"):
        summary.click()
    return page


def test_a_commitment_from_the_text_to_a_published_and_evidenced_result(as_person: Person, paper: Path) -> None:
    coordinator, officer = as_person("coordinator"), as_person("transport-officer")
    reviewer, stranger = as_person("transport-reviewer"), as_person("")

    # The reader proposes, the coordinator confirms; before that it is nobody's task.
    page = coordinator.open("/duties/confirm/?clause=1.3.2")
    page.locator("label", has_text="1.3.2-1").click()
    press(page.get_by_role("button", name="确认所选"))
    page.goto(coordinator.address + "/duties/?clause=1.3.2&state=confirmed")
    press(page.get_by_role("link", name="1.3.2-1").first)
    address = re.sub(r"^https?://[^/]+", "", page.url)
    expect(page.locator("dl.three")).to_contain_text("未报")

    # One click leads to the exact words.
    exact = page.get_by_role("link", name="看原文这几个字")
    assert "#at-c1.3.2-1" in (exact.get_attribute("href") or "")

    # The unit answers what the text leaves open, lead and date; an answer holds once it is signed and stamped.
    for kind, field, value in (("lead", "organisation", "transport"), ("date", "date", "2027-12-31")):
        page = unfolded(officer.open(address), "#answers", "拟议答复")
        form = page.locator("#answers details.add form")
        form.locator("[name=kind]").select_option(kind)
        control = form.locator(f"[name={field}]")
        control.select_option(value) if kind == "lead" else control.fill(value)
        press(form.get_by_role("button", name="拟议"))
        page.locator("#answers summary", has_text="签回").first.click()
        page.locator("#answers [name=scan]").first.set_input_files(paper)
        press(page.get_by_role("button", name="签回生效").first)
    expect(page.locator("dl.three")).to_contain_text("2027年12月31日")

    # It reports, offers evidence; somebody else of the unit approves, the city accepts and shares.
    unfolded(page, "#reports", "填报进展")
    form = page.locator("#reports details.add form")
    form.locator("[name=status]").select_option("done")
    form.locator("[name=words]").fill("示例：承接项目库已建成并按季度更新")
    press(form.get_by_role("button", name="提交本单位审核"))
    unfolded(page, "#evidence", "补充佐证")
    form = page.locator("#evidence details.add form")
    form.locator("[name=kind]").select_option("result")
    form.locator("[name=happened_on]").fill("2026-11-20")
    form.locator("[name=words]").fill("示例：项目库验收会议纪要")
    form.locator("[name=files]").set_input_files(paper)
    press(form.get_by_role("button", name="提交认定"))
    expect(stranger.open(address).locator("main")).not_to_contain_text("承接项目库已建成")

    page = reviewer.open(address)
    press(page.locator("#reports").get_by_role("button", name="审定"))
    page = coordinator.open(address)
    press(page.locator("#evidence").get_by_role("button", name="认定").first)
    expect(page.locator("dl.three .signal")).to_contain_text("办结")

    # Everybody reads it: what was promised, who, until when, what was done, and what shows it.
    page = stranger.open(address)
    expect(page.locator("main")).to_contain_text("承接项目库已建成")
    expect(page.locator("#evidence")).to_contain_text("项目库验收会议纪要")
    with page.expect_download() as download:
        page.locator("#evidence a", has_text="回函.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF

    # Who judges and who leads read it too, each in their own place.
    assessor, leader = as_person("assessor"), as_person("leader")
    expect(assessor.open(address).locator("#evidence")).to_contain_text("项目库验收会议纪要")
    expect(leader.open("/brief/").locator("main")).to_contain_text(re.compile("审定进展.*市交通局", re.S))
    everybody = (coordinator, officer, reviewer, stranger, assessor, leader)
    assert [w.complaints for w in everybody] == [[]] * len(everybody)


def test_a_rule_from_draft_to_a_countys_statement(as_person: Person) -> None:
    finance, county = as_person("finance"), as_person("loufan-head")
    page = finance.open("/rules/fiscal.hold_harmless/?period=2021")
    press(page.get_by_role("link", name="保存为测算"))
    page.locator("[name=title]").fill("示例：2021年保底补助")
    page.locator("[name=purpose]").fill("示例：走一遍流程")
    press(page.get_by_role("button", name="存为草稿并计算"))
    assert re.search(r"/runs/\d+/", page.url)
    address = re.sub(r"^https?://[^/]+", "", page.url.split("?")[0])
    expect(page.locator("#result")).to_be_visible(timeout=60_000)
    transfer = page.locator("#result tr", has_text="娄烦").locator("a[href*='number=transfer']").first.inner_text()

    def step(username: str, word: str, comment: str) -> None:
        window = as_person(username).open(address)
        window.locator("[name=comment]").fill(comment)
        press(window.get_by_role("button", name=word, exact=True))

    step("finance", "提交审核", "请审核")
    step("finance-reviewer", "审核通过", "数据和参数已核")
    step("finance-head", "批准", "同意")
    step("coordinator", "公布", "")

    page = finance.open(address)
    page.locator("[name=acknowledge]").check()
    page.locator("[name=acknowledgement]").fill("示例：走一遍流程")
    press(page.get_by_role("button", name="记账"))

    page = county.open("/money/statements/")
    press(page.get_by_role("link", name="2021").first)
    main = page.locator("main")
    expect(main).to_contain_text(transfer)
    expect(main).to_contain_text("示例")
    expect(main.locator("a[href*='/policy/#clause-3.2'], a[href*='clause-3.2']").first).to_be_visible()
    other = as_person("qingxu-officer").open(re.sub(r"^https?://[^/]+", "", page.url))
    expect(other.locator("h1")).to_contain_text(re.compile("不能打开|没有这一页"))


def test_a_figure_from_request_to_approved(as_person: Person) -> None:
    coordinator, officer = as_person("coordinator"), as_person("loufan-officer")
    page = coordinator.open("/collection/rounds/new/")

    def design(periods: str) -> None:
        for name, value in {
            "title": "示例：居民收入补报",
            "clause": "2.4",
            "used_by": "市发展改革委",
            "basis": "住户收支与生活状况调查制度",
            "minutes": "5",
            "due": "2027-01-31",
            "periods": periods,
        }.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_label("娄烦县", exact=True).check()
        box = page.locator("[name=indicators][value='income.urban']")
        box.evaluate("e => { const d = e.closest('details'); if (d) d.open = true; }")
        box.check()
        press(page.get_by_role("button", name="检查并保存"))

    # What is held already is not asked again: the value and its source are shown instead.
    design("2021")
    expect(page.locator("main")).to_contain_text("已有的数据，不再要")
    design("2025")
    assert re.search(r"/collection/rounds/\d+/", page.url)
    press(page.get_by_role("button", name="开启填报"))

    page = officer.open("/collection/")
    press(page.get_by_role("link", name="示例：居民收入补报"))
    address = re.sub(r"^https?://[^/]+", "", page.url)
    page.locator("[name=source_for_all]").fill("示例：县调查队年报")
    page.locator("[data-column=value]").fill("三万")
    press(page.get_by_role("button", name="提交审核"))
    expect(page.locator("[data-column=value]")).to_have_value("三万")
    expect(page.locator("main")).to_contain_text("填的内容都还在")
    page.locator("[data-column=value]").fill("30,500")
    page.locator("[data-column=explanation]").fill("示例数据")
    press(page.get_by_role("button", name="提交审核"))

    stranger = as_person("")
    figure = "/figures/income.urban/140123/2025"
    expect(stranger.open(figure).locator("main")).not_to_contain_text("30,500")
    press(as_person("loufan-reviewer").open(address).get_by_role("button", name="审核通过"))
    page = coordinator.open(address)
    press(page.get_by_role("button", name="验收，入库"))
    expect(page.locator("main")).to_contain_text("已验收")
    page = stranger.open(figure)
    expect(page.locator("main")).to_contain_text("30,500")
    expect(page.locator("main")).to_contain_text("示例：县调查队年报")


def test_a_row_of_a_register_from_first_state_to_last(as_person: Person, paper: Path) -> None:
    officer, other = as_person("loufan-officer"), as_person("qingxu-officer")
    page = officer.open("/registers/industry.transfer_projects/add")
    page.locator("[name=place]").select_option("140123")
    page.locator("[name=origin]").select_option("jing_jin_ji")
    page.locator("[name=code]").fill("JOURNEY-1")
    page.locator("[name=name]").fill("示例：小米加工")
    page.locator("[name=industry]").fill("粮食")
    press(page.get_by_role("button", name="保存"))
    expect(page.locator("[name=name]")).to_have_value("示例：小米加工")
    for name, value in {
        "industry": "C13",
        "investment": "3,000",
        "land": "60",
        "signed_on": "2025-03-01",
        "started_on": "2025-08-01",
        "produced_on": "2026-05-01",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    press(page.get_by_role("button", name="保存"))
    assert re.search(r"/rows/\d+/", page.url)
    address = re.sub(r"^https?://[^/]+", "", page.url)
    expect(other.open(address).locator("main")).not_to_contain_text("小米加工")

    for name, evidence in (("talk", False), ("sign", True), ("start", True), ("produce", True)):
        page = officer.open(address)
        move = page.locator("details.form", has=page.locator(f"[name=move][value={name}]"))
        move.locator("summary").click()
        if evidence:
            move.locator("input[type=file]").set_input_files(paper)
        press(move.locator("button[type=submit]"))
    expect(page.locator("main > p .signal").first).to_contain_text("投产")
    expect(page.locator("ol.timeline > li")).to_have_count(5)

    page = officer.open("/registers/industry.transfer_projects/board")
    expect(page.locator("main")).to_contain_text("3,000")
    expect(other.open(address).locator("h1")).to_contain_text("小米加工")
