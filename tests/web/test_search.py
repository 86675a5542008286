"""One search over everything: every kind of thing is found, and nothing that the reader may not see."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser

from tongchou.web.finding import around, find, has_all, pieces
from tongchou.web.ledger.actions import receive_document
from tongchou.web.people.roles import Role


def kinds(words: str) -> set[str]:
    return {hit.kind.zh for hit in find(AnonymousUser(), words)}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("区域协调发展的实施意见", "文件"),
        ("横向生态补偿", "条文中的承诺"),
        ("3.1", "条款"),
        ("均衡性转移支付", "规则"),
        ("equalisation", "规则"),
        ("S20", "制度与系统"),
        ("常住人口", "指标"),
        ("财政局", "单位"),
        ("140123", "单位"),
    ],
)
def test_each_kind_of_thing_is_found(builtin, organisations, words, kind):
    assert kind in kinds(words)


def test_every_hit_leads_somewhere(builtin, organisations, client):
    for address in {
        h.address.partition("#")[0] for w in ("生态", "娄烦", "S2", "GDP") for h in find(AnonymousUser(), w)
    }:
        assert client.get(address).status_code == 200, address


def test_all_words_must_occur_in_any_case():
    assert has_all("Gap  index", "the INDEX of gaps")
    assert not has_all("gap transfer", "the index of gaps")


def test_the_words_around_are_cut_where_they_stand():
    text = "甲" * 40 + "转移支付" + "乙" * 200
    said = around("转移支付", text)
    assert said.startswith("…")
    assert said.endswith("…")
    assert "转移支付" in said
    assert len(said) < 100
    assert around("没有", "短文") == "短文"


def test_pieces_are_the_text_again():
    cut = pieces("b.c B", "aB.cxbB.C")
    assert "".join(p for p, _ in cut) == "aB.cxbB.C"
    assert [p for p, is_word in cut if is_word] == ["B.c", "b", "B.C"]
    assert pieces("", "text") == [("text", False)]


def test_a_strangers_search_finds_no_document_of_others(builtin, stranger, as_, person, now):
    text = "太原市甲乙丙丁工作方案\n一、总体要求\n（一）建立甲乙丙丁制度。（市财政局负责）\n"
    receive_document(data=text.encode(), name="方案.txt", region=None, now=now)
    assert "甲乙丙丁制度" not in stranger.get("/search/?words=甲乙丙丁").content.decode()
    seen = unescape(
        re.sub(r"</?mark>", "", as_(person(Role.OFFICER, "finance")).get("/search/?words=甲乙丙丁").content.decode())
    )
    assert "甲乙丙丁制度" in seen


def test_the_page_escapes_what_was_asked_and_marks_what_was_found(builtin, stranger):
    html = stranger.get("/search/?words=<b>%22").content.decode()
    assert "<b>&quot;" not in html
    assert "没有找到" in html
    html = stranger.get("/search/?words=转移支付").content.decode()
    assert "<mark>转移支付</mark>" in html


def test_nothing_asked_is_answered_with_an_example(builtin, stranger, django_assert_max_num_queries):
    assert "写一个词" in stranger.get("/search/").content.decode()
    with django_assert_max_num_queries(15):
        assert stranger.get("/search/", {"words": "的 " * 200}).status_code == 200
        assert stranger.get("/search/", {"words": "的\0"}).status_code == 400


def test_every_page_has_the_search(builtin, stranger):
    assert 'role="search"' in stranger.get("/help/").content.decode()
