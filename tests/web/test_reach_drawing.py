"""The gap map as numbers: north is up, shapes differ by kind, no label covers another, nothing lies outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.web.reach.drawing import WIDTH, Spot, drawing, shape

KINDS = ("covered", "beyond", "apart", "facility-0", "facility-1", "facility-2", "facility-3", "chosen")


def test_east_is_right_and_north_is_up():
    drawn = drawing([Spot("w", 112.0, 38.0, 10, kind="covered"), Spot("e", 112.5, 38.5, 40, kind="beyond")], [])
    west, east = drawn.marks
    assert west.x < east.x
    assert west.y > east.y
    assert east.radius > west.radius


def test_without_two_positions_there_is_nothing_to_draw():
    assert drawing([], []) is None
    assert drawing([Spot("a", 112, 38, kind="covered")] * 2, []) is None


def test_every_kind_has_a_shape_of_its_own():
    assert len({shape(kind, 0, 0, 6) for kind in KINDS}) == len(KINDS)
    with pytest.raises(KeyError):
        shape("moon", 0, 0, 6)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_labels_keep_apart_and_inside(data):
    where = st.tuples(st.floats(112, 112.4), st.floats(37.6, 38))
    places = data.draw(st.lists(where, min_size=2, max_size=40, unique=True))
    spots = [Spot(str(i), *at, 10.0 * i, str(i + 1), "beyond") for i, at in enumerate(places)]
    drawn = drawing(spots, [(places[0], places[1], "road")])
    assert drawn is not None
    for mark in drawn.marks:
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= drawn.height
    boxes = []
    for label in drawn.labels:
        wide = 7.0 * len(label.text)
        left = {"start": label.x, "end": label.x - wide, "middle": label.x - wide / 2}[label.anchor]
        boxes.append((left, label.y - 12, left + wide, label.y + 3))
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= WIDTH
        for other in boxes[:i]:
            apart = (
                right <= other[0] + 0.2 or other[2] <= left + 0.2 or bottom <= other[1] + 0.2 or other[3] <= top + 0.2
            )
            assert apart
