"""Coverage and ways on a network small enough to walk in the head: a town, three villages, a ford that opens later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.networks.access import codes
from tongchou.networks.access.coverage import coverage
from tongchou.networks.access.served import Served, measures, served, services
from tongchou.networks.access.ways import way
from tongchou.networks.package import CityNetwork, read

FILES = {
    "network.yaml": """title: {zh: 小县, en: Small county}
kind: travel
system: S48
clauses: ["2.4"]
note: {zh: 例, en: example}
assumed:
  speed_road: {value: 30, unit: km/h, assumed: true, label: {zh: 车速, en: Speed}}
""",
    "nodes.csv": """id,name,name_en,kind,place,lon,lat,people,status,source,note
t1,镇,Town,town,,112.0,38.0,1000,reported,book,
t1-v1,一村,First,village,,112.1,38.0,200,reported,book,
t1-v2,二村,Second,village,,112.2,38.0,300,reported,book,
v3,三村,Third,village,,112.0,38.2,80,reported,book,
x,岔口,Fork,junction,,112.05,38.1,,reported,book,
""",
    "links.csv": """tail,head,mode,km,minutes,one_way,opens,closes,project,status,source,note
t1,t1-v1,road,10,,,,,,reported,book,
t1-v1,t1-v2,road,10,,,,,,reported,book,
t1-v1,t1-v2,ford,4,6,,2025-01-01,,,illustrative,,
t1,x,road,0.5,,,,,,reported,book,
""",
    "facilities.csv": """id,node,name,name_en,service,level,capacity,unit,opens,closes,status,source,note
c,t1,县医院,County hospital,health,county,10,人,,,reported,book,
k,t1-v2,村卫生室,Village clinic,health,village,1,人,2024-01-01,2026-01-01,reported,book,
""",
}


@pytest.fixture
def network(tmp_path: Path) -> CityNetwork:
    folder = tmp_path / "networks" / "small"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read(tmp_path, "small")


def on(network: CityNetwork, year: int, **asked: object) -> Served:
    return served(network, "health", date(year, 6, 30), **asked)  # type: ignore[arg-type]


def test_who_is_within(network: CityNetwork) -> None:
    found = on(network, 2023)
    assert [n.id for n in found.points] == ["t1", "t1-v1", "t1-v2", "v3"]
    assert found.least.tolist() == [0, 20, 40, np.inf]
    assert found.nearest.tolist() == [0, 0, 0, -1]
    cover = coverage(found, 20)
    assert (cover.whole.people, cover.whole.within, cover.whole.beyond) == (1580, 1200, 380)
    assert cover.whole.points_beyond == 2
    assert cover.beyond.tolist() == [3, 2]  # no way at all first, then the farthest
    assert [(g.group.id, g.people, g.within) for g in cover.groups] == [("t1", 1500, 1200), ("", 80, 0)]


def test_facilities_and_links_by_day(network: CityNetwork) -> None:
    assert on(network, 2024).least.tolist() == [0, 20, 0, np.inf]
    assert on(network, 2027).least.tolist() == [0, 20, 26, np.inf]  # the clinic closed, the ford is open
    assert on(network, 2024, levels=("county",)).least.tolist() == [0, 20, 40, np.inf]


def test_metres_go_along_the_links(network: CityNetwork) -> None:
    assert measures(network) == ("minutes", "metres")
    assert on(network, 2027, measure="metres").least.tolist() == [0, 10_000, 14_000, np.inf]


def test_the_way_is_told_leg_by_leg(network: CityNetwork) -> None:
    found = on(network, 2027)
    told = way(found, 2, 0)
    assert [(leg.tail.zh, leg.head.zh, leg.mode, leg.cost, leg.km) for leg in told.legs] == [
        ("二村", "一村", "ford", 6, 4),
        ("一村", "镇", "road", 20, 10),
    ]
    assert [leg.status for leg in told.legs] == [Status.ILLUSTRATIVE, Status.ASSUMED]
    assert [leg.assumed for leg in told.legs] == [False, True]
    assert told.cost == sum(leg.cost for leg in told.legs)
    assert way(found, 0, 0).legs == ()
    assert way(found, 3, 0).cost == np.inf


def test_what_is_made_up_has_an_effect(network: CityNetwork) -> None:
    assert on(network, 2023).status is Status.ASSUMED
    later = on(network, 2027)
    assert later.status is Status.ILLUSTRATIVE
    assert later.made_up == {"points": (0, 4), "facilities": (0, 1), "links": (1, 4)}


def test_before_anything_opens_nobody_is_covered(network: CityNetwork) -> None:
    found = on(network, 2023, levels=("village",))
    assert found.facilities == ()
    assert coverage(found, 1e9).whole.within == 0
    assert found.nearest.tolist() == [-1] * 4


def test_everything_there_is_not_is_told_at_once(network: CityNetwork) -> None:
    assert services(network) == {"health": ("county", "village")}
    with pytest.raises(ProblemsError) as caught:
        served(network, "school", date(2024, 1, 1))
    assert [p.code for p in caught.value.problems] == [codes.NO_SERVICE.code]
    with pytest.raises(ProblemsError) as caught:
        served(network, "health", date(2024, 1, 1), levels=("city", "moon"))
    assert [p.code for p in caught.value.problems] == [codes.NO_LEVEL.code] * 2
