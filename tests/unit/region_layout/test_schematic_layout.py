"""The schematic layout: areas exact, nothing overlaps, order does not matter, and what it keeps is counted."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon
from shapely.ops import unary_union

from tongchou.region import load
from tongchou.region.layout import Layout, UnitShape, schematic_layout, shapes_of


@pytest.fixture(scope="module")
def taiyuan():
    region = load("taiyuan")
    shapes = shapes_of(region, "land.area", "2019")
    return shapes, [(a.a, a.b) for a in region.adjacency]


@pytest.fixture(scope="module")
def layout(taiyuan) -> Layout:
    return schematic_layout(*taiyuan)


def check(layout: Layout, areas: dict[str, float]) -> None:
    polygons = {code: Polygon(points) for code, points in layout.polygons.items()}
    assert polygons.keys() == areas.keys()
    assert all(p.is_valid for p in polygons.values())
    whole = sum(p.area for p in polygons.values())
    for code, polygon in polygons.items():
        assert polygon.area / whole == pytest.approx(areas[code] / sum(areas.values()), rel=0.01)
        assert polygon.contains(Polygon(layout.polygons[code]).representative_point())
    # Coordinates are rounded to a hundredth of a thousandth of the width: overlaps are of that size only.
    assert unary_union(list(polygons.values())).area == pytest.approx(whole, rel=1e-4)
    assert layout.area_error < 1e-6


def test_taiyuans_areas_are_exact(layout, taiyuan):
    check(layout, {s.code: s.area for s in taiyuan[0]})


def test_taiyuan_keeps_all_18_adjacencies_and_adds_none(layout):
    assert (len(layout.held), layout.lost) == (18, ())
    assert layout.spurious == ()


def test_cells_are_convex_and_every_label_lies_in_its_cell(layout):
    for code, points in layout.polygons.items():
        cell = Polygon(points)
        assert cell.convex_hull.area == pytest.approx(cell.area, rel=1e-4)
        # Yingze, the smallest, has 105 of 6,867 km²: there is room for a word around every label.
        assert cell.buffer(-10).contains(Point(layout.labels[code]))


def test_north_is_up_and_west_is_left(layout):
    at = layout.labels
    assert at["140123"][0] < at["140181"][0] < at["140109"][0] < at["140106"][0]  # Loufan, Gujiao, Wanbailin, Yingze
    assert at["140122"][1] < at["140107"][1] < at["140106"][1] < at["140105"][1]  # Yangqu … Xinghualing … Xiaodian


def test_neighbours_lie_in_about_the_direction_they_have(layout, taiyuan):
    seats = {s.code: (s.lon * math.cos(math.radians(37.9)), -s.lat) for s in taiyuan[0]}
    turned = []
    for a, b in layout.held:
        there, drawn = (math.atan2(p[b][1] - p[a][1], p[b][0] - p[a][0]) for p in (seats, layout.labels))
        turned.append(abs((drawn - there + math.pi) % (2 * math.pi) - math.pi))
    assert sorted(turned)[len(turned) // 2] < math.radians(45)
    assert max(turned) < math.radians(90)


def test_order_does_not_matter(layout, taiyuan):
    shapes, adjacency = list(taiyuan[0]), [(b, a) for a, b in taiyuan[1]]
    random.Random(7).shuffle(shapes)
    random.Random(8).shuffle(adjacency)
    assert schematic_layout(shapes, adjacency) == layout


def test_json_comes_back(layout):
    assert Layout.from_json(layout.to_json()) == layout


def test_a_cache_of_an_earlier_method_is_noticed(layout):
    with pytest.raises(ValueError, match="method"):
        Layout.from_json(layout.to_json().replace('"method":2', '"method":1'))


@pytest.mark.parametrize("text", ["", "{}", '{"width": 1}'])
def test_a_broken_cache_is_noticed(text):
    with pytest.raises((ValueError, KeyError)):
        Layout.from_json(text)


def test_a_district_that_only_two_touch_is_not_squeezed_out():
    # A ring of five around one: all ten adjacencies, as a wheel.
    rim = [UnitShape(f"r{k}", 112 + math.cos(k * 1.2566), 37 + math.sin(k * 1.2566), 10) for k in range(5)]
    units = [*rim, UnitShape("hub", 112.05, 37.02, 1)]
    wheel = [(f"r{k}", f"r{(k + 1) % 5}") for k in range(5)] + [("hub", f"r{k}") for k in range(5)]
    layout = schematic_layout(units, wheel)
    assert (len(layout.held), layout.lost, layout.spurious) == (10, (), ())


def test_adjacencies_no_plane_can_hold_are_named():
    # Five units that all touch each other: no map has that (K5 is not planar).
    units = [UnitShape(f"u{k}", 112 + math.cos(k * 1.2566), 37 + math.sin(k * 1.2566), 1 + k) for k in range(5)]
    every = [(f"u{i}", f"u{j}") for i in range(5) for j in range(i + 1, 5)]
    layout = schematic_layout(units, every)
    assert len(layout.lost) >= 1
    assert sorted(layout.held + layout.lost) == every
    check(layout, {u.code: u.area for u in units})


def test_neighbours_unknown_to_the_region_are_left_out():
    units = [UnitShape("a", 112, 37, 1), UnitShape("b", 113, 37, 2)]
    layout = schematic_layout(units, [("a", "b"), ("a", "elsewhere"), ("b", "b")])
    assert (layout.held, layout.lost) == ((("a", "b"),), ())


def test_one_unit_fills_the_outline():
    layout = schematic_layout([UnitShape("a", 112, 37, 5)], [])
    check(layout, {"a": 5})
    assert layout.held == layout.lost == layout.spurious == ()


def test_seats_at_one_place_still_get_their_cells():
    units = [UnitShape(c, 112.5, 37.8, a) for c, a in (("a", 3), ("b", 1), ("c", 2))]
    check(schematic_layout(units, [("a", "b"), ("b", "c")]), {"a": 3, "b": 1, "c": 2})


@pytest.mark.parametrize(
    "units",
    [
        [],
        [UnitShape("a", 0, 0, 0)],
        [UnitShape("a", 0, 0, 1)] * 2,
        [UnitShape("a", 0, 0, float("nan"))],
        [UnitShape("a", float("inf"), 0, 1)],
    ],
)
def test_impossible_units_are_refused(units):
    with pytest.raises(ValueError, match="a layout needs"):
        schematic_layout(units, [])


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30), st.floats(1, 25)),
        min_size=1,
        max_size=6,
        unique_by=lambda p: p[:2],
    ),
    st.floats(-3, 3),
)
def test_any_few_units(points, shift):
    shapes = [UnitShape(f"u{i}", 112 + x / 20, 37 + y / 20, a) for i, (x, y, a) in enumerate(points)]
    chain = [(a.code, b.code) for a, b in pairwise(shapes)]
    layout = schematic_layout(shapes, chain)
    check(layout, {s.code: s.area for s in shapes})
    assert sorted(layout.held + layout.lost) == sorted(chain)
    moved = schematic_layout([UnitShape(s.code, s.lon + shift, s.lat, s.area) for s in shapes], chain)
    assert (moved.width, moved.height) == (layout.width, layout.height)
    assert moved.polygons.keys() == layout.polygons.keys()


def test_twenty_units_and_no_adjacency():
    units = [UnitShape(f"u{i:02}", 110 + (i * 7 % 20) / 10, 35 + (i * 3 % 20) / 10, 1 + i % 4) for i in range(20)]
    check(schematic_layout(units, []), {u.code: u.area for u in units})


@pytest.mark.parametrize("count", [20, 40])
def test_many_units_on_a_grid(count):
    # Seats on lines, as nowhere in nature: parallel borders everywhere, and corners where four meet.
    units = [UnitShape(f"u{k:02}", 112 + k % 5 / 5, 37 + k // 5 / 6, 1 + (k * 7) % 4) for k in range(count)]
    sides = [(f"u{k:02}", f"u{k + 1:02}") for k in range(count) if k % 5 < 4]
    sides += [(f"u{k:02}", f"u{k + 5:02}") for k in range(count - 5)]
    layout = schematic_layout(units, sides)
    check(layout, {u.code: u.area for u in units})
    assert len(layout.held) >= 0.95 * len(sides)
