"""A small whole package to break: two counties and a zone, one indicator that sums and one per head."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tongchou.region.descriptor import NAME
from tongchou.region.new import new

TABLES = {
    "places": """code,name,name_en,kind,parent,aliases,group,valid_from,valid_to,seat,seat_lon,seat_lat,source,note
990100,甲市,Jia City,prefecture,,甲,,,,,,,,
990101,东县,East County,county,990100,东,core,1990-01-01,,,112.5,37.8,book,
990102,西县,West County,county,990100,西,core,,,,,,,
Z990101,新区,New Zone,zone,990100,,,,,,,,,
""",
    "parties": """id,name,full_name,name_en,kind,place,aliases,fields,members,note
finance,市财政局,甲市财政局,Finance Bureau,department,990100,市财政,财政|预算,,
east,东县人民政府,,East County Government,county_government,990101,,,,
west,西县人民政府,,West County Government,county_government,990102,,,,
all,各县人民政府,,All counties,group,990100,各县,,east|west,
""",
    "indicators": """id,title_zh,title_en,unit,theme,definition_zh,definition_en,better,total,base
people,常住人口,Residents,人,population,普查时点常住人口,Usual residents,,sum,any
output,产值,Output,万元,economy,现价产值,Nominal output,more,sum,
per-head,人均产值,Output per head,元/人,economy,产值除以常住人口,Output over residents,more,,whole
""",
    "figures": """place,indicator,period,value,unit,status,source,base,note
990101,people,2020-11-01,100,人,official,book,apart,
990102,people,2020-11-01,200,人,official,book,apart,
Z990101,people,2020-11-01,50,人,official,book,apart,
990100,people,2020-11-01,350,人,official,book,whole,
990101,output,2021,10.4,万元,reported,book,,
990102,output,2021,20.4,万元,reported,book,,
990100,output,2021,30.7,万元,reported,book,,
990101,per-head,2021,1040,元/人,derived,book,whole,
""",
    "sources": """id,title,publisher,date,url,licence,confidence,note
book,《年鉴》,统计局,2021-12,,公开,high,
""",
}
BASES = [
    {
        "id": "apart",
        "title": {"zh": "单列", "en": "apart"},
        "note": {"zh": "", "en": ""},
        "apart": ["Z990101"],
        "whole": "whole",
    },
    {"id": "whole", "title": {"zh": "含新区", "en": "whole"}, "note": {"zh": "", "en": ""}},
    {"id": "same", "title": {"zh": "未分", "en": "same"}, "note": {"zh": "", "en": ""}, "fits_all": True},
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Write the small package and return its folder."""
    return write_package(tmp_path)


@pytest.fixture(scope="module")
def whole_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small package, shared by tests that leave it as it was."""
    return write_package(tmp_path_factory.mktemp("shared"))


def write_package(where: Path) -> Path:
    """Write the small package below ``where``."""
    folder = new(where / "jia", today=date(2026, 1, 1), centre="990100", name="甲市", name_en="Jia City")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    edit_descriptor(
        folder,
        lambda d: d["region"].update(
            bases=BASES,
            groups=[{"id": "core", "title": {"zh": "核心", "en": "core"}, "note": {"zh": "", "en": ""}}],
        ),
    )
    return folder


def edit_descriptor(folder: Path, change: Callable[[dict], object]) -> None:
    """Change datapackage.json in place."""
    path = folder / NAME
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
