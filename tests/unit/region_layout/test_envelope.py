"""Power diagrams as envelopes: lengths, areas, moments and their gradients against polygons and finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from tongchou.region.layout.areas import balance
from tongchou.region.layout.envelope import Diagram, Outline, Pairs, cells, clip

SQUARE = Outline(np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]))


def halves() -> tuple[np.ndarray, np.ndarray]:
    return np.array([[-0.5, 0.0], [0.5, 0.0]]), np.zeros(2)


def scattered(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    sites = rng.uniform(-0.8, 0.8, (n, 2))
    return sites, -0.5 * (sites**2).sum(axis=1) + rng.uniform(-0.03, 0.03, n)


def test_two_halves_of_a_square():
    diagram = Diagram(SQUARE, *halves(), Pairs.every(2))
    assert diagram.lengths == pytest.approx([2])
    assert diagram.areas == pytest.approx([2, 2])
    assert diagram.moments == pytest.approx(np.array([[-1, 0], [1, 0]]))


def test_raising_one_height_moves_the_border_by_as_much_over_the_distance():
    sites, heights = halves()
    diagram = Diagram(SQUARE, sites, heights + np.array([0.25, 0]), Pairs.every(2))
    assert diagram.areas == pytest.approx([2.5, 1.5])


def test_a_third_unit_between_two_makes_their_contact_negative():
    sites = np.array([[-0.5, 0.0], [0.5, 0.0], [0.0, 0.1]])
    heights = -0.5 * (sites**2).sum(axis=1)
    lengths = Diagram(SQUARE, sites, heights + np.array([0, 0, 0.3]), Pairs.every(3)).lengths
    assert lengths[0] < 0 < min(lengths[1:])


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 9), st.integers(0, 10_000))
def test_measures_agree_with_the_polygons(n, seed):
    sites, heights = scattered(n, seed)
    pairs = Pairs.every(n)
    diagram = Diagram(SQUARE, sites, heights, pairs)
    polygons = [Polygon(c) if len(c) > 2 else Polygon() for c in cells(SQUARE, sites, heights)]
    assert diagram.areas == pytest.approx([p.area for p in polygons], abs=1e-9)
    assert diagram.areas.sum() == pytest.approx(4)
    for k, polygon in enumerate(polygons):
        if polygon.area > 1e-3:
            centre = diagram.moments[k] / diagram.areas[k]
            assert Point(centre).distance(polygon.centroid) < 1e-6
    for i, j, length in zip(pairs.first, pairs.second, diagram.lengths, strict=True):
        if polygons[i].area > 1e-3 and polygons[j].area > 1e-3:
            shared = polygons[i].buffer(1e-7).intersection(polygons[j].buffer(1e-7)).length / 2
            assert max(length, 0) == pytest.approx(shared, abs=1e-5)


@pytest.mark.parametrize(("n", "seed"), [(2, 1), (3, 2), (5, 3), (8, 4)])
def test_gradients_agree_with_finite_differences(n, seed):
    sites, heights = scattered(n, seed)
    pairs = Pairs.every(n)
    rng = np.random.default_rng(seed)
    by_length, by_area, by_moment = rng.normal(size=len(pairs.first)), rng.normal(size=n), rng.normal(size=(n, 2))

    def value(state: np.ndarray) -> float:
        diagram = Diagram(SQUARE, state[: 2 * n].reshape(n, 2), state[2 * n :], pairs)
        return float(by_length @ diagram.lengths + by_area @ diagram.areas + (by_moment * diagram.moments).sum())

    by_sites, by_heights = Diagram(SQUARE, sites, heights, pairs).pull_back(by_length, by_area, by_moment)
    state = np.concatenate([sites.ravel(), heights])
    exact = np.concatenate([by_sites.ravel(), by_heights])
    step = 1e-6
    numeric = np.array([(value(state + d) - value(state - d)) / (2 * step) for d in step * np.eye(len(state))])
    assert exact == pytest.approx(numeric, rel=1e-4, abs=1e-4 * np.abs(exact).max())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.02, 5), min_size=2, max_size=8), st.integers(0, 1000))
def test_any_areas_are_reached(shares, seed):
    areas = np.array(shares) / sum(shares) * 4
    sites, _ = scattered(len(areas), seed)
    found = Diagram(SQUARE, sites, balance(SQUARE, sites, areas), Pairs.every(len(areas))).areas
    assert found == pytest.approx(areas, rel=1e-6)


def test_sites_that_coincide_are_refused_or_left_unbalanced_never_wrong():
    sites = np.array([[0.1, 0.1], [0.1, 0.1], [-0.4, 0.0]])
    with np.errstate(all="ignore"), pytest.raises((ValueError, np.linalg.LinAlgError)):
        balance(SQUARE, sites, np.array([1.0, 2.0, 1.0]))


def test_clipping_keeps_all_some_or_nothing():
    square = SQUARE.corners
    assert clip(square, np.array([1.0, 0.0]), 2.0) is square
    assert len(clip(square, np.array([1.0, 0.0]), -2.0)) == 0
    assert Polygon(clip(square, np.array([1.0, 0.0]), 0.0)).area == pytest.approx(2)
