"""Doubted words are found wherever they touch what is shown."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.policy.model import Repair, RepairKind
from tongchou.policy.spans import Span
from tongchou.surfaces.doubts import Doubts

spans = st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def proposal(span: Span, before: str = "衍", after: str = "", applied: bool = False) -> Repair:
    return Repair(span, span, before, after, RepairKind.INSERTED, "不成词", 0.6, applied)


def doubts(*repairs: Repair) -> Doubts:
    return Doubts(SimpleNamespace(repairs=repairs))


@settings(max_examples=150, deadline=None)
@given(st.lists(spans, max_size=12), spans)
def test_found_as_by_looking_at_each(held, asked):
    expected = sorted(s for s in held if s.start < asked.end and s.end > asked.start)
    assert [r.span for r in doubts(*map(proposal, held)).within(asked)] == expected


@pytest.mark.parametrize(("at", "found"), [(Span(0, 5), False), (Span(4, 6), True), (Span(7, 9), False)])
def test_edges_do_not_touch(at, found):
    assert bool(doubts(proposal(Span(5, 7))).within(at)) is found


def test_what_was_changed_is_doubted_no_more():
    held = doubts(proposal(Span(0, 2), applied=True))
    assert not held
    assert held.remark(Span(0, 9)) == ""


def test_remarks_say_each_thing_once():
    held = doubts(proposal(Span(0, 1)), proposal(Span(2, 3)), proposal(Span(4, 5), "甲", "乙"))
    assert held.remark(Span(0, 3), Span(2, 9)) == "“衍”疑为衍文；“甲”疑作“乙”，待核定"
