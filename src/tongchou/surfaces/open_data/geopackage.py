"""A GeoPackage (EPSG:4490): seats as points, the schematic layout as polygons, and the figures.

Layers: ``places``, ``units``, and the tables ``figures`` and ``indicators``. The layout is fitted to the seats so that
it lies where the region is; its outlines are no boundaries, and each of its rows says so. Boundaries somebody attached
are not given out: publishing them needs an approval of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.places import Place
from tongchou.region.layout.layout import Layout
from tongchou.region.model import Figure, Region

CRS = "EPSG:4490"
SCHEMATIC = "示意版图，不是边界，不作为划界依据 schematic, not a boundary"
Rings = Sequence[Sequence[Sequence[float]]]


def geopackage(region: Region, figures: Iterable[Figure], layout: Layout | None) -> bytes:
    """Return the GeoPackage's bytes. Needs the extra ``web`` (pyogrio); without it ``ModuleNotFoundError``."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "region.gpkg"
        places = [p for p in region.places if p.seat_lon is not None and p.seat_lat is not None]
        _layer(path, "places", [_point(p) for p in places], "Point", _columns(places))
        units = {p.code: p for p in places if p.code in set(region.county_level())}
        if layout is not None:
            fitted = fit(layout, units)
            codes = [c for c in units if c in fitted]
            shapes = [_polygon([fitted[c]]) for c in codes]
            _layer(path, "units", shapes, "Polygon", _columns([units[c] for c in codes]) | _note(SCHEMATIC, len(codes)))
        held = list(figures)
        _table(path, "figures", _figure_columns(held))
        indicators = list(region.indicators.values())
        _table(
            path,
            "indicators",
            {
                "id": _texts(i.id for i in indicators),
                "title_zh": _texts(i.title.zh for i in indicators),
                "title_en": _texts(i.title.en for i in indicators),
                "unit": _texts(i.unit for i in indicators),
                "definition_zh": _texts(i.definition.zh for i in indicators),
            },
        )
        return path.read_bytes()


def fit(layout: Layout, units: Mapping[str, Place]) -> dict[str, list[tuple[float, float]]]:
    """Return the layout's polygons in degrees, by the affine map that brings its labels nearest to the seats."""
    codes = [c for c in layout.labels if c in units]
    if len(codes) < 3:
        return {}
    drawn = np.array([[*layout.labels[c], 1.0] for c in codes])
    seats = np.array([[units[c].seat_lon, units[c].seat_lat] for c in codes], dtype=float)
    matrix, *_ = np.linalg.lstsq(drawn, seats, rcond=None)
    fitted = {}
    for code, ring in layout.polygons.items():
        points = np.array([[x, y, 1.0] for x, y in ring]) @ matrix
        fitted[code] = [(float(x), float(y)) for x, y in points.round(6)]
    return fitted


def _point(place: Place) -> bytes:
    import shapely

    return bytes(shapely.to_wkb(shapely.Point(place.seat_lon, place.seat_lat)))


def _polygon(rings: Rings) -> bytes:
    import shapely

    return bytes(shapely.to_wkb(shapely.Polygon(rings[0], rings[1:]).normalize()))


def _columns(places: Sequence[Place]) -> dict[str, NDArray[Any]]:
    return {
        "code": _texts(p.code for p in places),
        "name": _texts(p.name for p in places),
        "name_en": _texts(p.name_en for p in places),
        "kind": _texts(p.kind.value for p in places),
    }


def _figure_columns(held: Sequence[Figure]) -> dict[str, NDArray[Any]]:
    return {
        "place": _texts(f.place for f in held),
        "indicator": _texts(f.indicator for f in held),
        "period": _texts(f.period.code for f in held),
        "base": _texts(f.base for f in held),
        "value": np.array([np.nan if f.value is None else f.value for f in held], dtype=float),
        "unit": _texts(f.unit for f in held),
        "status": _texts(f.status.word for f in held),
        "source": _texts(f.source for f in held),
        "note": _texts(f.note for f in held),
    }


def _note(words: str, rows: int) -> dict[str, NDArray[Any]]:
    return {"note": _texts(words for _ in range(rows))}


def _texts(values: Iterable[str]) -> NDArray[Any]:
    return np.array(list(values), dtype=object)


def _layer(path: Path, name: str, shapes: Sequence[bytes], kind: str, columns: dict[str, NDArray[Any]]) -> None:
    import pyogrio.raw

    pyogrio.raw.write(
        path,
        geometry=np.array(shapes, dtype=object),
        field_data=list(columns.values()),
        fields=np.array(list(columns), dtype=object),
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        crs=CRS,
        append=path.exists(),
    )


def _table(path: Path, name: str, columns: dict[str, NDArray[Any]]) -> None:
    import pyogrio.raw

    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=list(columns.values()),
        fields=np.array(list(columns), dtype=object),
        layer=name,
        driver="GPKG",
        append=path.exists(),
    )
