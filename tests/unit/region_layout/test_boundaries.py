"""Attached boundaries: an approval number is required, and everything wrong is said at once."""

from __future__ import annotations

import json
import math

import pytest
from shapely.geometry import Point, Polygon

from tongchou.kernel.places import Place, PlaceKind
from tongchou.kernel.problems import ProblemsError
from tongchou.region.boundaries import Boundaries, read_boundaries

UNITS = [
    Place("140105", "小店区", "Xiaodian", PlaceKind.DISTRICT, aliases=("小店",)),
    Place("140106", "迎泽区", "Yingze", PlaceKind.DISTRICT),
]
APPROVAL = "GS（2019）3333号"


def square(west: float, south: float, size: float = 0.1) -> dict[str, object]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


GOOD = collection(
    feature(square(112.5, 37.7), code="140105"), feature(square(112.6, 37.7), name="迎泽区"), feature(None, name="别处")
)


def codes(data: bytes, approval: str = APPROVAL) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_boundaries(data, approval, UNITS)
    return [p.code for p in caught.value.problems]


def test_units_match_by_code_or_name_and_keep_their_sides():
    boundaries = read_boundaries(GOOD, APPROVAL, UNITS)
    assert boundaries.rings.keys() == {"140105", "140106"}
    assert boundaries.approval == APPROVAL
    assert boundaries.labels["140105"][0] < boundaries.labels["140106"][0]
    assert boundaries.width == 1000
    # Two squares of 0.1 degrees side by side: twice as wide as high but for the shrinking of degrees of longitude.
    assert boundaries.height == pytest.approx(1000 / 2 / 0.7908, rel=0.01)
    assert Boundaries.from_json(boundaries.to_json()) == boundaries


@pytest.mark.parametrize(
    "approval", ["GS（2019）3333号", "GS(2019)3333号", "晋S（2020）005号", "GS京(2023)0123号", "GS 〔2024〕 12号"]
)
def test_forms_of_approval_numbers(approval):
    assert read_boundaries(GOOD, approval, UNITS).approval == approval


@pytest.mark.parametrize("approval", ["", "无", "2019", "GS2019-3333", "<script>"])
def test_no_boundaries_without_an_approval_number(approval):
    assert codes(GOOD, approval) == ["L010"]


def test_everything_wrong_at_once():
    data = collection(
        feature(square(500_000, 4_100_000, 1000), code="140105"),
        feature({"type": "Point", "coordinates": [112, 37]}, code="140106"),
        crs={"type": "name", "properties": {"name": "EPSG:3857"}},
    )
    assert codes(data, "?") == ["L010", "L012", "L014", "L013", "L016", "L016"]


def test_a_unit_missing_and_a_unit_twice():
    one = feature(square(112.5, 37.7), code="140105")
    assert codes(collection(one, one)) == ["L015", "L016"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"features": 3}', b'{"features": []}', b"\xff\xfe", b"[" * 5000])
def test_what_is_not_geojson(data):
    assert codes(data) == ["L011"]


def test_units_that_overlap_are_refused():
    data = collection(feature(square(112.5, 37.7), code="140105"), feature(square(112.55, 37.7), code="140106"))
    assert codes(data) == ["L018"]


def test_what_neighbours_share_stays_shared_when_simplified():
    wavy = [[112.6 + 0.00005 * math.sin(k), 37.7 + k / 1000] for k in range(101)]
    west = [[112.5, 37.7], *wavy, [112.5, 37.8], [112.5, 37.7]]
    east = [[112.7, 37.7], [112.7, 37.8], *reversed(wavy), [112.7, 37.7]]
    boundaries = read_boundaries(
        collection(
            feature({"type": "Polygon", "coordinates": [west]}, code="140105"),
            feature({"type": "Polygon", "coordinates": [east]}, code="140106"),
        ),
        APPROVAL,
        UNITS,
    )
    a, b = (Polygon(boundaries.rings[code][0]) for code in ("140105", "140106"))
    assert len(a.exterior.coords) < 80
    assert a.intersection(b).area == pytest.approx(0)
    assert a.union(b).area == pytest.approx(boundaries.width * boundaries.height, rel=1e-3)


def test_labels_stand_in_the_middle_of_their_units():
    boundaries = read_boundaries(GOOD, APPROVAL, UNITS)
    for code, rings in boundaries.rings.items():
        x, _ = boundaries.labels[code]
        assert x == pytest.approx(Polygon(rings[0]).centroid.x, abs=10)
        assert Polygon(rings[0]).buffer(-200).contains(Point(boundaries.labels[code]))


def test_a_bow_tie_is_mended():
    bow = {
        "type": "Polygon",
        "coordinates": [[[112.5, 37.7], [112.6, 37.8], [112.6, 37.7], [112.5, 37.8], [112.5, 37.7]]],
    }
    boundaries = read_boundaries(
        collection(feature(bow, code="140105"), feature(square(112.7, 37.7), code="140106")), APPROVAL, UNITS
    )
    assert len(boundaries.rings["140105"]) == 2


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[["a", 1]]]},
        {"type": "Polygon", "coordinates": [[[112, 37], [113, 38], [114, 39], [112, 37]]]},  # a line
        "x",
    ],
)
def test_broken_geometry(geometry):
    assert codes(collection(feature(geometry, code="140105"), feature(square(112.7, 37.7), code="140106"))) == [
        "L013",
        "L016",
    ]
