"""The schematic layout: areas exact, nothing overlaps, order does not matter, and what it keeps is counted."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon
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


def test_taiyuan_keeps_at_least_16_of_18_adjacencies(layout):
    assert len(layout.held) + len(layout.lost) == 18
    assert len(layout.held) >= 16, layout.lost
    assert len(layout.spurious) <= 3, layout.spurious


def test_north_is_up_and_west_is_left(layout):
    assert layout.labels["140123"][0] < layout.labels["140106"][0]  # Loufan lies west of Yingze
    assert layout.labels["140122"][1] < layout.labels["140121"][1]  # Yangqu lies north of Qingxu


def test_order_does_not_matter(layout, taiyuan):
    shapes, adjacency = list(taiyuan[0]), [(b, a) for a, b in taiyuan[1]]
    random.Random(7).shuffle(shapes)
    random.Random(8).shuffle(adjacency)
    assert schematic_layout(shapes, adjacency) == layout


def test_json_comes_back(layout):
    assert Layout.from_json(layout.to_json()) == layout


@pytest.mark.parametrize("text", ["", "{}", '{"width": 1}'])
def test_a_broken_cache_is_noticed(text):
    with pytest.raises((ValueError, KeyError)):
        Layout.from_json(text)


@pytest.mark.parametrize("units", [[], [UnitShape("a", 0, 0, 0)], [UnitShape("a", 0, 0, 1)] * 2])
def test_impossible_units_are_refused(units):
    with pytest.raises(ValueError, match="units with codes"):
        schematic_layout(units, [])


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30), st.floats(1, 25)),
        min_size=1,
        max_size=7,
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
    assert math.isclose(moved.height, layout.height, rel_tol=1e-6)


def test_twenty_units_and_no_adjacency():
    units = [UnitShape(f"u{i:02}", 110 + (i * 7 % 20) / 10, 35 + (i * 3 % 20) / 10, 1 + i % 4) for i in range(20)]
    check(schematic_layout(units, []), {u.code: u.area for u in units})
