"""Words on a map: never on each other, never outside; lines cut at the frame; the crowd is drawn larger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongchou.kernel.text import Text
from tongchou.web.schematic.frames import crowd, frame_of
from tongchou.web.schematic.picture import Dot, Drawn, drawn_map
from tongchou.web.schematic.placing import Point, placed, text_width

SIZE = 14.0
FRAME = (0.0, 0.0, 400.0, 300.0)
POINTS = st.lists(
    st.builds(
        Point,
        st.floats(0, 400),
        st.floats(0, 300),
        st.sampled_from(["娄烦县", "Yangqu County", "站"]),
        st.just("seat"),
        st.floats(2, 14),
    ),
    min_size=1,
    max_size=25,
)


def boxes(labels):
    for label in labels:
        width = text_width(label.text, SIZE)
        left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
        yield left, label.y - SIZE * 0.9, left + width, label.y + SIZE * 0.2


@given(POINTS)
def test_no_words_on_others_and_none_outside(points):
    labels, without = placed(points, SIZE, FRAME)
    assert len(labels) + len(without) == len(points)
    found = list(boxes(labels))
    for i, (left, top, right, bottom) in enumerate(found):
        assert left >= -1 and top >= -1 and right <= 401 and bottom <= 301
        for other in found[:i]:
            assert right <= other[0] + 1 or other[2] <= left + 1 or bottom <= other[1] + 1 or other[3] <= top + 1


def test_a_lone_point_has_its_name_beside_it():
    (label,), without = placed([Point(200, 150, "娄烦县", "seat")], SIZE, FRAME)
    assert without == []
    assert (label.anchor, label.x) == ("start", 207.0)


@given(st.tuples(st.floats(100, 125), st.floats(20, 50)), st.tuples(st.floats(100, 125), st.floats(20, 50)))
def test_what_is_drawn_of_a_line_lies_in_the_frame_and_on_the_line(one, other):
    frame = frame_of([(111.8, 37.6), (112.7, 38.1)], 760)
    part = frame.clipped(one, other)
    if frame.holds(one) and frame.holds(other):
        assert part == pytest.approx((one, other), abs=1e-9) or part[0] == pytest.approx(one)
    if part is None:
        assert not frame.holds(one) and not frame.holds(other)
        return
    for at in part:
        assert frame.west - 1e-6 <= at[0] <= frame.east + 1e-6
        assert frame.south - 1e-6 <= at[1] <= frame.north + 1e-6
        area = (other[0] - one[0]) * (at[1] - one[1]) - (other[1] - one[1]) * (at[0] - one[0])
        assert abs(area) < 1e-6


def test_a_kilometre_is_as_long_either_way():
    frame = frame_of([(112.0, 37.5), (113.0, 38.5)], 760)
    (ax, ay), (bx, _), (_, cy) = (frame.at(p) for p in ((112.0, 38.0), (112.1, 38.0), (112.0, 38.1)))
    assert (bx - ax) / (ay - cy) == pytest.approx(0.788, abs=0.01)  # cos 38°


def test_the_crowd_is_the_chain_of_near_neighbours():
    centre = [(112.5 + 0.02 * i, 37.85) for i in range(5)]
    far = [(111.8, 38.1), (112.3, 37.6), (112.9, 38.2)]
    positions = [*far, *centre]
    assert crowd(positions, frame_of(positions, 760), 40) == [3, 4, 5, 6, 7]
    assert crowd(far, frame_of(far, 760), 40) == []  # three that stand apart are no crowd


def test_one_point_is_framed_too():
    frame = frame_of([(112.5, 37.8)], 360)
    assert frame.holds((112.5, 37.8)) and frame.height > 0
    assert frame_of([], 360) is None


def test_a_line_has_its_arrow_in_the_middle_and_points_where_it_carries():
    says = Text("甲—乙", "A–B")
    dots = [Dot(at, "works", says, says) for at in ((112.0, 37.5), (113.0, 38.5))]
    lines = [Drawn((dots[0].at, dots[1].at), "large", "full", says, row, 2, has_arrow=True) for row in (0, 1)]
    whole = drawn_map(dots, lines, 760, SIZE, "zh").whole
    (ax, ay), (bx, by) = ((m.x, m.y) for m in whole.marks)
    for stroke, side in zip(whole.strokes, (1, -1), strict=True):
        tip, *feet = [tuple(map(float, p.split(","))) for p in stroke.arrow.strip("MZ").split("L")]
        foot = tuple(sum(f[i] for f in feet) / 2 for i in (0, 1))
        assert (tip[0] - foot[0]) * (bx - ax) + (tip[1] - foot[1]) * (by - ay) > 0
        # The two bend to either side of the straight line.
        assert ((tip[0] - ax) * (by - ay) - (tip[1] - ay) * (bx - ax)) * side > 0


def test_what_is_far_is_left_out_and_what_is_near_is_shown():
    says = Text("点", "point")
    inner = [Dot((112.0 + 0.1 * i, 37.5 + 0.1 * i), "seat", says, says) for i in range(3)]
    near, far = Dot((112.25, 37.75), "outside", says, says, is_far=True), Dot((120, 30), "outside", says, says, True)
    assert len(drawn_map([*inner, near, far], [], 360, 12, "en").whole.marks) == 4
    assert drawn_map([far], [], 360, 12, "en") is None
