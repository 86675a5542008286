"""Figures as SDMX: SDMX-CSV 2.0 for the data, SDMX-ML 3.0 for the structure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import timedelta

from lxml import etree

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.region.model import Figure, Region

AGENCY = "TONGCHOU"
VERSION = "1.0.0"
_DIMENSIONS = ("REF_AREA", "INDICATOR", "BASE")
_ATTRIBUTES = ("OBS_STATUS", "TC_STATUS", "UNIT_MEASURE", "SOURCE", "COMMENT_OBS")
#: Codes of CL_OBS_STATUS: A normal, E estimated, I imputed, U low reliability, M missing and cannot exist.
_OBS_STATUS = {
    Status.OFFICIAL: "A",
    Status.REPORTED: "A",
    Status.DERIVED: "E",
    Status.ASSUMED: "I",
    Status.ILLUSTRATIVE: "U",
}
_MEANINGS = {"A": "正常", "E": "推算", "I": "假定", "U": "可靠性低（示例）", "M": "不适用"}
_NO_BASE = "_Z"  # "not applicable" of SDMX


def _id(region: Region) -> str:
    return re.sub(r"[^A-Z0-9_]", "_", region.id.upper())


def time_period(period: Period) -> str:
    """Return a period as SDMX writes it: a span as its first day and its length."""
    if "/" not in period.code:
        return period.code
    days = (period.end - period.start + timedelta(days=1)).days
    return f"{period.start.isoformat()}/P{days}D"


def code(text: str) -> str:
    """Return an id as SDMX allows it: letters, digits and ``_@$-``; a point becomes ``@``."""
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", text.replace(".", "@"))


def sdmx_csv(region: Region, figures: Iterable[Figure]) -> bytes:
    """Return figures as SDMX-CSV 2.0. What is not held has no row; 不适用 has an empty value and status ``M``.

    Where a cell is held several times (by source), the strongest status goes first and is the one written: SDMX has
    one observation a key.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *_DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", *_ATTRIBUTES)
    writer.writerow(head)
    flow = f"{AGENCY}:DF_{_id(region)}({VERSION})"
    best: dict[tuple[str, str, str, str], Figure] = {}
    for f in figures:
        cell = (f.place, f.indicator, f.base, f.period.code)
        if cell not in best or f.status > best[cell].status:
            best[cell] = f
    for f in best.values():
        status = "M" if f.value is None else _OBS_STATUS[f.status]
        value = "" if f.value is None else repr(f.value)
        key = (f.place, code(f.indicator), code(f.base) or _NO_BASE, time_period(f.period))
        attributes = (status, f.status.word, f.unit, code(f.source), f.note)
        writer.writerow(("dataflow", flow, "I", *key, value, *attributes))
    return out.getvalue().encode("utf-8")


_M = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"
_S = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"
_C = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_URN = "urn:sdmx:org.sdmx.infomodel"


def sdmx_structure(region: Region, prepared: str) -> bytes:
    """Return codelists, concepts, the data structure and the dataflow as SDMX-ML 3.0; ``prepared`` is its moment."""
    root = etree.Element(f"{{{_M}}}Structure", nsmap={"mes": _M, "str": _S, "com": _C})
    header = etree.SubElement(root, f"{{{_M}}}Header")
    _text(header, f"{{{_M}}}ID", f"{AGENCY}_{_id(region)}")
    _text(header, f"{{{_M}}}Test", "false")
    _text(header, f"{{{_M}}}Prepared", prepared)
    etree.SubElement(header, f"{{{_M}}}Sender", id=AGENCY)
    structures = etree.SubElement(root, f"{{{_M}}}Structures")
    lists = etree.SubElement(structures, f"{{{_S}}}Codelists")
    for id_, title, codes in _codelists(region):
        held = _artefact(lists, "Codelist", id_, *title)
        for value, zh, en in codes:
            one = etree.SubElement(held, f"{{{_S}}}Code", id=value)
            _names(one, zh, en)
    concepts = etree.SubElement(structures, f"{{{_S}}}ConceptSchemes")
    scheme = _artefact(concepts, "ConceptScheme", "CS_TONGCHOU", "概念", "Concepts")
    for id_, zh, en in _CONCEPTS:
        _names(etree.SubElement(scheme, f"{{{_S}}}Concept", id=id_), zh, en)
    _data_structure(structures, region)
    flows = etree.SubElement(structures, f"{{{_S}}}Dataflows")
    flow = _artefact(flows, "Dataflow", f"DF_{_id(region)}", f"{region.title.zh}数据", f"Figures of {region.title.en}")
    structure = f"{_URN}.datastructure.DataStructure={AGENCY}:DSD_FIGURES({VERSION})"
    _text(flow, f"{{{_S}}}Structure", structure)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


_CONCEPTS = (
    ("REF_AREA", "地方", "Place"),
    ("INDICATOR", "指标", "Indicator"),
    ("BASE", "人口口径", "Population base"),
    ("TIME_PERIOD", "时期", "Period"),
    ("OBS_VALUE", "数值", "Value"),
    ("OBS_STATUS", "观测状态", "Observation status"),
    ("TC_STATUS", "数据状态", "Provenance"),
    ("UNIT_MEASURE", "单位", "Unit"),
    ("SOURCE", "来源", "Source"),
    ("COMMENT_OBS", "说明", "Comment"),
)


def _codelists(region: Region) -> list[tuple[str, tuple[str, str], list[tuple[str, str, str]]]]:
    bases = [(code(b.id), b.title.zh, b.title.en) for b in region.bases.values()]
    return [
        ("CL_AREA", ("地方", "Places"), [(p.code, p.name, p.name_en or p.name) for p in region.places]),
        (
            "CL_INDICATOR",
            ("指标", "Indicators"),
            [(code(i.id), i.title.zh, i.title.en) for i in region.indicators.values()],
        ),
        ("CL_BASE", ("人口口径", "Bases"), [*bases, (_NO_BASE, "不适用", "not applicable")]),
        ("CL_OBS_STATUS", ("观测状态", "Observation status"), [(k, v, k) for k, v in _MEANINGS.items()]),
        ("CL_TC_STATUS", ("数据状态", "Provenance"), [(s.word, s.label.zh, s.label.en) for s in Status]),
        ("CL_SOURCE", ("来源", "Sources"), [(code(s.id), s.title, s.title) for s in region.sources.values()]),
    ]


_LISTS = {
    "REF_AREA": "CL_AREA",
    "INDICATOR": "CL_INDICATOR",
    "BASE": "CL_BASE",
    "OBS_STATUS": "CL_OBS_STATUS",
    "TC_STATUS": "CL_TC_STATUS",
}


def _data_structure(structures: etree._Element, region: Region) -> None:
    held = etree.SubElement(structures, f"{{{_S}}}DataStructures")
    dsd = _artefact(held, "DataStructure", "DSD_FIGURES", "数据结构", "Structure of figures")
    parts = etree.SubElement(dsd, f"{{{_S}}}DataStructureComponents")
    dimensions = etree.SubElement(parts, f"{{{_S}}}DimensionList", id="DimensionDescriptor")
    for position, name in enumerate(_DIMENSIONS, 1):
        one = etree.SubElement(dimensions, f"{{{_S}}}Dimension", id=name, position=str(position))
        _component(one, name)
    time = etree.SubElement(dimensions, f"{{{_S}}}TimeDimension", id="TIME_PERIOD")
    _component(time, "TIME_PERIOD")
    attributes = etree.SubElement(parts, f"{{{_S}}}AttributeList", id="AttributeDescriptor")
    for name in _ATTRIBUTES:
        needed = "mandatory" if name in ("OBS_STATUS", "TC_STATUS") else "optional"
        one = etree.SubElement(attributes, f"{{{_S}}}Attribute", id=name, usage=needed)
        _component(one, name)
        related = etree.SubElement(one, f"{{{_S}}}AttributeRelationship")
        etree.SubElement(related, f"{{{_S}}}Observation")
    measures = etree.SubElement(parts, f"{{{_S}}}MeasureList", id="MeasureDescriptor")
    _component(etree.SubElement(measures, f"{{{_S}}}Measure", id="OBS_VALUE"), "OBS_VALUE")


def _component(one: etree._Element, name: str) -> None:
    concept = f"{_URN}.conceptscheme.Concept={AGENCY}:CS_TONGCHOU({VERSION}).{name}"
    _text(one, f"{{{_S}}}ConceptIdentity", concept)
    local = etree.SubElement(one, f"{{{_S}}}LocalRepresentation")
    if name in _LISTS:
        urn = f"{_URN}.codelist.Codelist={AGENCY}:{_LISTS[name]}({VERSION})"
        _text(local, f"{{{_S}}}Enumeration", urn)
    else:
        kind = {"TIME_PERIOD": "ObservationalTimePeriod", "OBS_VALUE": "Double"}.get(name, "String")
        etree.SubElement(local, f"{{{_S}}}TextFormat", textType=kind)


def _artefact(parent: etree._Element, kind: str, id_: str, zh: str, en: str) -> etree._Element:
    one = etree.SubElement(parent, f"{{{_S}}}{kind}", id=id_, agencyID=AGENCY, version=VERSION)
    _names(one, zh, en)
    return one


def _names(one: etree._Element, zh: str, en: str) -> None:
    for language, words in (("zh", zh), ("en", en)):
        name = etree.SubElement(one, f"{{{_C}}}Name")
        name.set(_XML, language)
        name.text = words


def _text(parent: etree._Element, tag: str, words: str) -> None:
    etree.SubElement(parent, tag).text = words
