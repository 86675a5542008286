"""Offsets survive edits: every character that stays is found again, forth and back, through any number of layers."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import Change, Draft, repairs
from tongchou.policy.spans import Edit, EditedText, Span, span_to_source

FEW = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def layers(draw, most=4):
    """A text and layers of edits over it."""
    text = draw(st.text(string.ascii_letters, min_size=1, max_size=60))
    found = []
    for _ in range(draw(st.integers(1, most))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        edits = [
            Edit(a, text[a:b], draw(st.text(string.digits, max_size=5)))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        layer = EditedText(text, edits)
        found.append(layer)
        text = layer.text
    return found


@given(layers(most=1))
@FEW
def test_characters_outside_edits_map_both_ways(found):
    layer = found[0]
    old = original(layer)
    touched = {i for e in layer.edits for i in range(e.start, e.start + len(e.before))}
    for i, character in enumerate(old):
        if i not in touched:
            at = layer.to_new(i)
            assert layer.text[at] == character
            assert layer.to_old(at) == i
            assert layer.span_to_new(Span(i, i + 1)) == Span(at, at + 1)
            assert not layer.removed(Span(i, i + 1))


@given(layers(most=1))
@FEW
def test_a_replacement_maps_to_what_it_replaced(found):
    layer = found[0]
    for edit in layer.edits:
        old = Span(edit.start, edit.start + len(edit.before))
        place = layer.place_of(edit)
        assert layer.text[place.start : place.end] == edit.after
        assert layer.span_to_new(old) == place
        assert layer.removed(old) is (edit.after == "")
        if edit.after:
            assert layer.span_to_old(place) == old


@given(layers(), st.data())
@FEW
def test_any_span_of_the_result_maps_to_a_span_of_the_source(found, data):
    text = found[-1].text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source = span_to_source(Span(start, end), found)
    assert 0 <= source.start <= source.end <= len(original(found[0]))


@given(layers())
@FEW
def test_every_repair_stands_in_the_final_text_and_in_the_source(found):
    draft = Draft("x", b"", Places(()), Parties(()))
    draft.texts, draft.text = found, found[-1].text
    for i, layer in enumerate(found):
        draft.changes += [Change(i, e, RepairKind.SCRIPT, "", 1.0) for e in layer.edits]
    kept = repairs(draft)
    assert list(kept) == sorted(kept, key=lambda r: (r.span, r.source_span))
    length = len(original(found[0]))
    for repair in kept:
        assert 0 <= repair.span.start <= repair.span.end <= len(draft.text)
        assert 0 <= repair.source_span.start <= repair.source_span.end <= length
    last = len(found) - 1
    expected = sorted(e.after for e in found[last].edits)
    shown = [
        r for r in kept if any(r.before == e.before and r.span == found[last].place_of(e) for e in found[last].edits)
    ]
    assert sorted(draft.text[r.span.start : r.span.end] for r in shown if r.after) == [a for a in expected if a]


def original(layer: EditedText) -> str:
    """Undo the edits of a layer."""
    text, out, at = layer.text, [], 0
    for edit in layer.edits:
        place = layer.place_of(edit)
        out += [text[at : place.start], edit.before]
        at = place.end
    return "".join([*out, text[at:]])


def test_a_change_inside_a_part_cut_later_is_no_repair():
    first = EditedText("甲乙丙丁", [Edit(1, "乙", "已")])
    draft = Draft("x", b"", Places(()), Parties(()))
    draft.texts = [first, EditedText(first.text, [Edit(0, "甲已", "")])]
    draft.text = draft.texts[-1].text
    draft.changes = [Change(0, first.edits[0], RepairKind.SCRIPT, "", 1.0)]
    assert repairs(draft) == ()


def test_a_proposal_is_placed_by_later_layers_too():
    draft = Draft("x", b"", Places(()), Parties(()))
    draft.texts = [EditedText("甲乙丙丁", [Edit(0, "甲", "")]), EditedText("乙丙丁", [Edit(0, "", "啊啊")])]
    draft.text = draft.texts[-1].text
    draft.changes = [Change(0, Edit(2, "丙", ""), RepairKind.INSERTED, "", 0.5, applied=False)]
    (repair,) = repairs(draft)
    assert draft.text[repair.span.start : repair.span.end] == "丙"
    assert repair.source_span == Span(2, 3)


def test_an_edit_must_match_the_text():
    with pytest.raises(ValueError, match="overlaps"):
        EditedText("甲乙", [Edit(0, "乙", "")])
    with pytest.raises(ValueError, match="no such edit"):
        EditedText("甲乙", []).place_of(Edit(0, "甲", ""))
