"""Official boundaries attached by the user: a GeoJSON file with the approval number (审图号) it was published under.

Coordinates are taken as longitude and latitude in CGCS2000 (EPSG:4490) or WGS 84, which agree to well under a metre.
GCJ-02 coordinates of commercial maps are offset by hundreds of metres and must be converted by whoever holds them.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region import codes
from tongchou.region.label_place import label_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tongchou.kernel.places import Place

_APPROVAL = re.compile(r"(GS|[\u4e00-\u9fff]{1,2}S)[\u4e00-\u9fff]{0,2}[（(〔\[]((?:19|20)\d{2})[）)〕\]](\d{1,5})号$")
_CODE_KEYS = ("adcode", "code", "gb", "unit_code", "id")
_NAME_KEYS = ("name", "NAME", "unit_name", "name_zh", "名称")
_KNOWN_CRS = ("CRS84", "4326", "4490")
_VIEW = 1000.0
_DETAIL = 0.8  # drawing units: finer than a line is wide
_OVERLAP = 1e-3
MAX_BYTES = 20 * 1024 * 1024

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Boundaries ready to draw: rings by unit in a drawing of ``width`` × ``height``, y downwards."""

    approval: str
    width: float
    height: float
    rings: dict[str, tuple[Ring, ...]]
    labels: dict[str, tuple[float, float]]

    def to_json(self) -> str:
        """Return the boundaries as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Boundaries:
        """Return the boundaries that :meth:`to_json` wrote; raise ``ValueError`` or ``KeyError`` for anything else."""
        data = json.loads(text)
        return cls(
            approval=data["approval"],
            width=data["width"],
            height=data["height"],
            rings={k: tuple(tuple((x, y) for x, y in ring) for ring in v) for k, v in data["rings"].items()},
            labels={k: (x, y) for k, (x, y) in data["labels"].items()},
        )


def read_boundaries(data: bytes, approval: str, units: Iterable[Place]) -> Boundaries:
    """Read the boundaries of ``units`` from GeoJSON; features match by division code or by name.

    Features of other places are left out. Raises :class:`ProblemsError` with everything wrong: no approval number, no
    GeoJSON, a coordinate system other than longitude and latitude, invalid geometry, units missing or given twice.
    """
    from shapely import coverage_simplify, make_valid
    from shapely.affinity import affine_transform
    from shapely.errors import ShapelyError
    from shapely.geometry import shape
    from shapely.ops import unary_union

    places = list(units)
    problems: list[Problem] = []
    if not _APPROVAL.match(approval.replace(" ", "")):
        problems.append(codes.NO_APPROVAL.at("审图号", value=approval))
    features = _features(data, problems)
    found: dict[str, Any] = {}
    for number, feature in enumerate(features, 1):
        place = _match(feature.get("properties") or {}, places)
        if place is None:
            continue
        where = f"features[{number - 1}] {place.name}"
        if place.code in found:
            problems.append(codes.UNIT_TWICE.at(where, name=place.name))
            continue
        try:
            geometry = shape(feature.get("geometry"))
        except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
            geometry = None
        if geometry is None or geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
            problems.append(codes.BAD_GEOMETRY.at(where, name=place.name))
            continue
        west, south, east, north = geometry.bounds
        if not (-180 <= west <= east <= 180 and -90 < south <= north < 90):
            problems.append(codes.NOT_DEGREES.at(where, name=place.name))
            continue
        mended = geometry if geometry.is_valid else unary_union(_areas(make_valid(geometry)))
        if mended.is_empty:
            problems.append(codes.BAD_GEOMETRY.at(where, name=place.name))
            continue
        found[place.code] = mended
    if features:
        problems += [codes.UNIT_MISSING.at(p.code, name=p.name) for p in places if p.code not in found]
    problems += _overlaps(found, places)
    if problems:
        raise ProblemsError(problems)
    west, south, east, north = unary_union(list(found.values())).bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = _VIEW / ((east - west) * squeeze)
    place_on_paper = [scale * squeeze, 0, 0, -scale, -west * scale * squeeze, north * scale]
    # Simplified together, so that what neighbours share stays shared.
    simpler = coverage_simplify([affine_transform(g, place_on_paper) for g in found.values()], _DETAIL)
    drawn = {code: _areas(geometry) for code, geometry in zip(found, simpler, strict=True)}
    labels = {code: label_place(max(parts, key=lambda part: part.area)) for code, parts in drawn.items()}
    return Boundaries(
        approval=approval.strip(),
        width=_VIEW,
        height=round((north - south) * scale, 2),
        rings={code: _rings(parts) for code, parts in drawn.items()},
        labels={code: _round(point) for code, point in labels.items()},
    )


def _overlaps(found: dict[str, Any], places: list[Place]) -> list[Problem]:
    """Find units that share more than a thousandth of the smaller one's area."""
    names = {p.code: p.name for p in places}
    problems = []
    for (first, a), (second, b) in combinations(sorted(found.items()), 2):
        if a.intersects(b) and a.intersection(b).area > _OVERLAP * min(a.area, b.area):
            problems.append(codes.UNITS_OVERLAP.at(names[first], other=names[second], name=names[first]))
    return problems


def _features(data: bytes, problems: list[Problem]) -> list[dict[str, Any]]:
    if len(data) > MAX_BYTES:
        problems.append(codes.BOUNDARIES_TOO_LARGE.at("GeoJSON", mb=MAX_BYTES // 1024**2))
        return []
    try:
        document = json.loads(data)
        features = document["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        problems.append(codes.NOT_GEOJSON.at("GeoJSON"))
        return []
    crs = json.dumps(document.get("crs") or "", ensure_ascii=False)
    if document.get("crs") and not any(known in crs for known in _KNOWN_CRS):
        problems.append(codes.OTHER_CRS.at("crs", value=crs[:80]))
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features) or not features:
        problems.append(codes.NOT_GEOJSON.at("GeoJSON"))
        return []
    return features


def _match(properties: Any, places: list[Place]) -> Place | None:
    if not isinstance(properties, dict):
        return None
    for key in _CODE_KEYS:
        code = str(properties.get(key, ""))
        for place in places:
            if code == place.code or code == f"156{place.code}":
                return place
    for key in _NAME_KEYS:
        name = properties.get(key)
        for place in places:
            if name and name in (place.name, *place.aliases):
                return place
    return None


def _areas(geometry: Any) -> list[Any]:
    """Return the polygons of a geometry; mending may have left lines beside them."""
    return [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon" and not g.is_empty]


def _rings(polygons: list[Any]) -> tuple[Ring, ...]:
    return tuple(
        tuple(_round(point) for point in ring.coords)
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    )


def _round(point: Any) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)
