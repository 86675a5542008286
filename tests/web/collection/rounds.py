"""What the tests of collection ask for and write."""

from __future__ import annotations

from datetime import date

from tongchou.web.collection.asking import Draft
from tongchou.web.collection.cells import Written

ON = date(2026, 11, 27)
LOUFAN, QINGXU = "140123", "140121"
GDP, FARM = "gdp.total", "gdp.primary"
PERIOD = "2031"


def draft(**changes) -> Draft:
    held = {
        "title": "2031年主要经济指标",
        "clause": "1.2.2",
        "used_by": "差距指数",
        "basis": "统计报表制度",
        "frequency": "yearly",
        "minutes": 3.0,
        "due": date(2026, 12, 20),
        "indicators": (GDP,),
        "places": {LOUFAN: "county-140123", QINGXU: "county-140121"},
        "periods": (PERIOD,),
    }
    return Draft(**held | changes)


def written(text="31.5", version=0, **changes) -> Written:
    held = {"typed": text, "not_applicable": False, "source": "年报", "note": "", "explanation": "", "version": version}
    return Written(GDP, PERIOD, **held | changes)


def codes_of(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def file(data: bytes, name: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)
