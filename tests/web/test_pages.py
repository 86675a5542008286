"""Every page answers in both languages with what it is there for, and is safe to show to a stranger."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tongchou.web.figures.regions import check_code, region_named

PAGES = {
    "/": ("县（市、区）总览", "county board"),
    "/policy/": ("点正文里划线的字", "Choose underlined words"),
    "/ledger/": ("导出这些行", "Export these rows"),
    "/findings/": ("没有牵头单位", "No lead"),
    "/figures/": ("每个数据都有来源和状态", "Every figure has a source"),
    "/figures/population.resident/": ("常住人口", "Definition"),
    "/rules/": ("逐步可读，任何人都能重算", "whose method it is"),
    "/rules/fiscal.equalisation/": ("点任何一个数", "Choose any number"),
    "/rules/fiscal.equalisation/workings?period=2021&at=2021&row=140123": ("逐步计算", "Step by step"),
    "/documents/": ("读另一份文件", "Read another document"),
    "/base-map/": ("审图号", "approval number"),
    "/search/?words=S20": ("条文、承诺、规则", "Clauses, commitments, rules"),
    "/help/": ("各岗位做什么", "What each role does"),
    "/todo/": ("要我做的", "To be done by me"),
    "/brief/": ("本周有什么变化", "What changed this week"),
    "/events/": ("操作留痕", "Log of events"),
    "/public/": ("承诺办到哪一步", "How far the commitments are"),
    "/public/commitments/": ("承诺与进展", "Commitments"),
    "/public/commitments/2.8-1/": ("关注这一项", "Follow it"),
    "/public/ask/": ("不用登录", "No account and no name"),
    "/public/track/": ("查询码", "Code"),
    "/public/answers/": ("公开问答", "Questions and replies"),
    "/public/disclosures/": ("公开记录", "Disclosure log"),
    "/public/handling/": ("群众提问办理", "Questions in hand"),
}


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_in_its_language(visitor, language, address):
    response = visitor.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert PAGES[address][language == "en"] in html
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in html
    assert response.headers["Content-Language"] == ("en" if language == "en" else "zh-hans")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_from_elsewhere_and_no_script_or_style_in_the_page(visitor, address):
    response = visitor.get(address)
    html = response.content.decode()
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', html)
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="', html)
    assert all('type="application/json"' in s or "src=" in s for s in re.findall(r"<script[^>]*>", html))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", PAGES)
def test_pages_to_read_refuse_to_be_written_to(visitor, address):
    if address not in ("/documents/", "/base-map/", "/public/ask/", "/public/track/"):
        assert visitor.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/figures/none/",
        "/ledger/export.exe",
        "/policy/?document=999",
        "/policy/?document=x",
        "/documents/77/received",
    ],
)
def test_what_is_not_there(visitor, language, address):
    response = visitor.get(address)
    assert response.status_code == 404
    assert ("没有这一页" if language == "zh" else "No such page") in response.content.decode()


def test_a_foreign_host_is_refused(builtin):
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_home_states_period_base_and_status(builtin):
    html = Client().get("/?indicator=gdp.per_head&period=2021~zone_distributed").content.decode()
    assert "2021年（含示范区口径）" in html
    assert "转引" in html
    assert "位次" in html


def test_missing_is_not_zero(builtin):
    """Income is held for one county only: the other nine are 未报, and no zero stands in for them."""
    html = Client().get("/figures/income.urban/").content.decode()
    body = html[html.index("<tbody") : html.index("</tbody>")]
    assert body.count("未报") >= 9
    assert not re.search(r">0(\.00)?<", body)


def test_unknown_indicator_or_period_falls_back_to_a_real_one(builtin):
    response = Client().get("/?indicator=<script>&period='")
    assert response.status_code == 200
    assert "<script>&" not in response.content.decode()


def test_htmx_gets_the_part_only(builtin):
    part = Client().get("/ledger/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "导出这些行" in part
    assert "<html" not in Client().get("/", headers={"HX-Request": "true"}).content.decode()


def test_language_is_chosen_and_leads_back(builtin):
    client = Client()
    response = client.post("/language/en", {"next": "/ledger/?words=x"})
    assert (response.status_code, response.headers["Location"]) == (302, "/ledger/?words=x")
    assert "Ledger" in client.get("/ledger/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_language_never_leads_away(builtin, target):
    assert Client().post("/language/en", {"next": target}).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("target", "kept"),
    [("/?language=zh&period=2021", "/?period=2021"), ("/policy/?language=en#at-c1-1", "/policy/#at-c1-1")],
)
def test_the_choice_of_language_wins_over_a_link_that_fixed_it(builtin, target, kept):
    assert Client().post("/language/en", {"next": target}).headers["Location"] == kept


def test_a_form_without_its_token_is_answered_with_a_page(builtin, language):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.post("/documents/", {})
    assert response.status_code == 403
    assert ("什么也没有改动" if language == "zh" else "nothing was changed") in response.content.decode()
    assert "<style" not in response.content.decode()


def test_a_request_that_cannot_be_taken_is_answered_in_both_languages(builtin):
    html = Client().get("/", headers={"host": "evil.example"}).content.decode()
    assert "无法处理这个请求" in html
    assert "nothing was changed" in html
    assert "evil" not in html


@pytest.mark.parametrize("address", ["/", "/figures/", "/figures/gdp.per_head/"])
def test_figures_come_with_attribution_vintage_and_check_code(builtin, address):
    region = region_named(settings.REGION)
    html = Client().get(address).content.decode()
    assert region.notices
    assert all(notice in html for notice in region.notices)
    assert f"{region.version} · 更新" in html
    assert f"核对码 {check_code(region.folder)}" in html


def test_the_check_code_follows_the_files(tmp_path):
    for name, text in (("a", "1"), ("b", "1"), ("c", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figures.csv").write_text(text)
    assert check_code(str(tmp_path / "a")) == check_code(str(tmp_path / "b")) != check_code(str(tmp_path / "c"))
    assert re.fullmatch(r"[0-9a-f]{12}", check_code(str(tmp_path / "a")))


def test_server_error_page_needs_nothing(rf):
    from tongchou.web.pages.errors import server_error

    assert "这是系统的问题" in server_error(rf.get("/")).content.decode()
