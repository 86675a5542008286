"""A Data Package (Frictionless, v1): ``datapackage.json`` with Table Schemas, and the CSV files, in one ZIP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongchou.kernel.places import PlaceKind
from tongchou.kernel.status import Status
from tongchou.region.model import Figure, Region, Source
from tongchou.surfaces.cells import neutral

#: A fixed day for the entries of the archive, so that the same figures give the same bytes.
_DAY = (2019, 10, 25, 0, 0, 0)
#: 未报 is a row that is not there; 不适用 is a row whose value is this.
NOT_APPLICABLE = "NA"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: name, type of the Table Schema, title in Chinese, and constraints."""

    name: str
    type: str
    title: str
    constraints: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the field's descriptor."""
        said: dict[str, Any] = {"name": self.name, "type": self.type, "title": self.title}
        return said | ({"constraints": self.constraints} if self.constraints else {})


@dataclass(frozen=True, slots=True)
class Table:
    """One resource: name, title, fields, key, references to other resources by field, and rows."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    refers: dict[str, tuple[str, str]] = field(default_factory=dict)  # field → (resource, its field)

    def data(self) -> bytes:
        """Return the rows as CSV in UTF-8 with a header; an empty cell says nothing."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(f.name for f in self.fields)
        for row in self.rows:
            writer.writerow("" if cell is None else neutral(cell) if isinstance(cell, str) else cell for cell in row)
        return out.getvalue().encode("utf-8")

    def descriptor(self, data: bytes) -> dict[str, Any]:
        """Return the resource's descriptor."""
        from hashlib import sha256

        schema: dict[str, Any] = {
            "fields": [f.as_dict() for f in self.fields],
            "missingValues": ["", NOT_APPLICABLE],
            "primaryKey": list(self.key),
        }
        if self.refers:
            schema["foreignKeys"] = [
                {"fields": name, "reference": {"resource": resource, "fields": other}}
                for name, (resource, other) in self.refers.items()
            ]
        return {
            "name": self.name,
            "title": self.title,
            "profile": "tabular-data-resource",
            "path": f"data/{self.name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": f"sha256:{sha256(data).hexdigest()}",
            "schema": schema,
        }


_NEEDED: dict[str, Any] = {"required": True}


def tables(region: Region, figures: Iterable[Figure]) -> list[Table]:
    """Return places, indicators, sources and figures as tables; rows in the order of the region."""
    held = list(figures)
    used = {f.source for f in held}
    places = Table(
        "places",
        "地方",
        (
            Field("code", "string", "代码（GB/T 2260）", {"required": True, "unique": True}),
            Field("name", "string", "名称", _NEEDED),
            Field("name_en", "string", "英文名称"),
            Field("kind", "string", "种类", {"enum": [k.value for k in PlaceKind]}),
            Field("parent", "string", "上级代码"),
            Field("seat_lon", "number", "驻地经度（EPSG:4490）", {"minimum": -180, "maximum": 180}),
            Field("seat_lat", "number", "驻地纬度（EPSG:4490）", {"minimum": -90, "maximum": 90}),
        ),
        ("code",),
        [(p.code, p.name, p.name_en, p.kind.value, p.parent, p.seat_lon, p.seat_lat) for p in region.places],
    )
    indicators = Table(
        "indicators",
        "指标",
        (
            Field("id", "string", "编号", {"required": True, "unique": True}),
            Field("title_zh", "string", "名称", _NEEDED),
            Field("title_en", "string", "英文名称"),
            Field("unit", "string", "单位"),
            Field("definition_zh", "string", "口径"),
            Field("definition_en", "string", "口径（英文）"),
        ),
        ("id",),
        [(i.id, i.title.zh, i.title.en, i.unit, i.definition.zh, i.definition.en) for i in region.indicators.values()],
    )
    sources = Table(
        "sources",
        "来源",
        (
            Field("id", "string", "编号", {"required": True, "unique": True}),
            Field("title", "string", "标题"),
            Field("publisher", "string", "发布者"),
            Field("date", "string", "日期"),
            Field("url", "string", "地址"),
            Field("licence", "string", "许可"),
        ),
        ("id",),
        [
            (s.id, s.title, s.publisher, s.date, s.url, s.licence)
            for s in (*region.sources.values(), *_others(region, used))
        ],
    )
    return [places, indicators, sources, _figures(held)]


def _others(region: Region, used: set[str]) -> list[Source]:
    """Return sources the region does not list: a figure received in the workbench names its own in words."""
    return [Source(id_, "", "", "", "", "", "") for id_ in sorted(used - set(region.sources)) if id_]


def _figures(held: Sequence[Figure]) -> Table:
    return Table(
        "figures",
        "数据",
        (
            Field("place", "string", "地方", _NEEDED),
            Field("indicator", "string", "指标", _NEEDED),
            Field("period", "string", "时期", {"required": True, "pattern": r"[0-9]{4}[0-9Q/-]*"}),
            Field("base", "string", "人口口径"),
            Field("value", "number", "数值，空为不适用"),
            Field("unit", "string", "单位"),
            Field(
                "status", "string", "状态", {"required": True, "enum": [s.word for s in sorted(Status, reverse=True)]}
            ),
            Field("source", "string", "来源"),
            Field("note", "string", "说明"),
            Field("number", "integer", "序号", {"required": True, "unique": True, "minimum": 1}),
        ),
        ("number",),
        [
            (
                f.place,
                f.indicator,
                f.period.code,
                f.base,
                NOT_APPLICABLE if f.value is None else f.value,
                f.unit,
                f.status.word,
                f.source,
                f.note,
                number,
            )
            for number, f in enumerate(held, 1)
        ],
        {"place": ("places", "code"), "indicator": ("indicators", "id"), "source": ("sources", "id")},
    )


def data_package(region: Region, figures: Iterable[Figure], version: str) -> bytes:
    """Return the package as a ZIP; the same figures give the same bytes."""
    written = [(table, table.data()) for table in tables(region, figures)]
    descriptor = {
        "profile": "tabular-data-package",
        "name": region.id,
        "title": f"{region.title.zh}区域协调发展数据",
        "description": "数据逐条注明来源和状态（official、reported、derived、assumed、illustrative）。"
        "没有的行是未取得数据，不是零；value 为 NA 是不适用。",
        "version": version,
        "licenses": [{"name": "other-open", "title": "各项数据的许可见 sources.csv"}],
        "resources": [table.descriptor(data) for table, data in written],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
        _add(archive, "datapackage.json", text.encode("utf-8"))
        for table, data in written:
            _add(archive, f"data/{table.name}.csv", data)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
