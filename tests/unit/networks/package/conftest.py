"""A network small enough to add up in the head: three towns, a metro of three stops, a tunnel that opens in 2020."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "network.yaml": """title: {zh: 小网, en: Small}
kind: travel
system: S73
clauses: ["2.8"]
note: {zh: 例, en: example}
assumed:
  speed_road: {value: 60, unit: km/h, assumed: true, label: {zh: 公路速度, en: Speed of roads}}
  speed_walk: {value: 6, unit: km/h, source: book, label: {zh: 步行速度, en: Walking speed}}
  platform_walk: {value: 1, unit: 分钟, assumed: true, label: {zh: 进出站, en: To the platform}}
  headway: {value: 4, unit: 分钟, assumed: true, label: {zh: 间隔, en: Headway}}
""",
    "nodes.csv": """id,name,name_en,kind,place,lon,lat,people,status,source,note
a,甲,A,seat,,112.5,37.8,100,reported,book,
b,乙,B,seat,,112.6,37.8,200,reported,book,
c,丙,C,seat,,,,300,reported,book,
s1,一站,One,station,,,,,assumed,book,
s2,二站,Two,station,,,,,assumed,book,
s3,三站,Three,station,,,,,assumed,book,
""",
    "links.csv": """tail,head,mode,km,minutes,one_way,opens,closes,project,status,source,note
a,b,road,30,,false,,,,derived,book,
b,c,hill,,90,false,,2020-07-01,,reported,book,
b,c,hill,,20,false,2020-07-01,,tunnel,reported,book,
a,s1,walk,0.5,,false,,,,derived,book,
b,s3,walk,0.1,,,,,,derived,book,
""",
    "lines.csv": """line,name,name_en,headway,kmh,opens,project,status,source,note
m1,一号线,Line 1,,60,2021-01-01,metro,reported,book,
""",
    "stops.csv": """line,position,node,km_to_next,opens
m1,1,s1,2,
m1,2,s2,3,2022-01-01
m1,3,s3,,
""",
    "facilities.csv": """id,node,name,name_en,service,level,capacity,unit,opens,closes,status,source,note
h,c,医院,Hospital,hospital,3,500,床,2019-01-01,2023-01-01,reported,book,
""",
}


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the package, with files changed (old → new), and gives its folder."""

    def write(**changes: tuple[str, str]) -> Path:
        folder = tmp_path / "networks" / "small"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            old, new = changes.get(name.partition(".")[0], ("", ""))
            assert old in text
            (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
        return tmp_path

    return write
