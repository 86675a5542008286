"""The forms a region's figures can be had in, by suffix. Each writer is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongchou.kernel.text import Text
from tongchou.region.layout.layout import Layout
from tongchou.region.model import Figure, Region


@dataclass(frozen=True, slots=True)
class Given:
    """What is written: a region, the figures chosen, its layout where there is one, and the moment."""

    region: Region
    figures: Sequence[Figure]
    layout: Layout | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called, its media type, what it conforms to, and what writes it."""

    label: Text
    media_type: str
    conforms_to: str
    write: Callable[[Given], bytes]


def _package(given: Given) -> bytes:
    from tongchou.surfaces.open_data.data_package import data_package

    return data_package(given.region, given.figures, given.region.version)


def _sdmx(given: Given) -> bytes:
    from tongchou.surfaces.open_data.sdmx import sdmx_csv

    return sdmx_csv(given.region, given.figures)


def _structure(given: Given) -> bytes:
    from tongchou.surfaces.open_data.sdmx import sdmx_structure

    return sdmx_structure(given.region, given.now.isoformat(timespec="seconds"))


def _geopackage(given: Given) -> bytes:
    from tongchou.surfaces.open_data.geopackage import geopackage

    return geopackage(given.region, given.figures, given.layout)


FORMS: dict[str, Form] = {
    "zip": Form(
        Text("数据包（CSV＋说明）", "Data Package (CSV with its description)"),
        "application/zip",
        "https://specs.frictionlessdata.io/data-package/",
        _package,
    ),
    "csv": Form(
        Text("SDMX-CSV 2.0", "SDMX-CSV 2.0"),
        "application/vnd.sdmx.data+csv; version=2.0.0",
        "https://sdmx.org/sdmx-csv/2.0.0",
        _sdmx,
    ),
    "xml": Form(
        Text("SDMX 数据结构", "SDMX data structure"),
        "application/vnd.sdmx.structure+xml; version=3.0.0",
        "https://sdmx.org/sdmx-ml/3.0.0",
        _structure,
    ),
    "gpkg": Form(
        Text("GeoPackage（地方与数据）", "GeoPackage (places and figures)"),
        "application/geopackage+sqlite3",
        "http://www.opengis.net/doc/IS/geopackage/1.3",
        _geopackage,
    ),
}
