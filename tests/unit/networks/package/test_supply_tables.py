"""A water network of a package: links with capacities, inflows, reservoirs and demands, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tongchou.networks.package import check, node_names, read

TABLES = {
    "network.yaml": "title: {zh: 水, en: Water}\nkind: water\nsystem: S77\nclauses: ['2.5']\n"
    + "note: {zh: 无, en: none}\n",
    "nodes.csv": "id,name,name_en,kind,place,lon,lat,people,status,source,note\n"
    + "s,来水,Inflow,source,,,,,illustrative,,\na,水厂,Works,works,,,,,illustrative,,\n"
    + "b,镇,Town,seat,,,,,illustrative,,\n",
    "links.csv": "tail,head,mode,km,minutes,one_way,opens,closes,project,status,source,note\n"
    + "a,b,small,4,,true,2021-07-01,,,illustrative,,\n",
    "capacities.csv": "tail,head,mode,capacity,used,lost,cost,status,source,note\na,b,small,5,,0.1,,illustrative,,\n",
    "inflows.csv": "origin,node,role,month,amount,lost,cost,status,source,note\n"
    + "s,a,river,01,9,,1,illustrative,,\ns,a,river,02,8,,1,illustrative,,\n",
    "reservoirs.csv": "node,capacity,opening,reserve,lost,status,source,note\na,4,1,0,,illustrative,,\n",
    "demands.csv": "node,place,role,month,amount,lost,status,source,note\nb,140121,people,,2,,illustrative,,\n",
}


def package(folder: Path, **changed: tuple[str, str]) -> Path:
    held = folder / "networks" / "small"
    held.mkdir(parents=True)
    for name, text in TABLES.items():
        old, new = changed.get(name.removesuffix(".csv"), ("", ""))
        assert old in text
        (held / name).write_text(text.replace(old, new) if old else text, "utf-8")
    return folder


def test_a_good_water_network_has_no_problem_and_needs_no_minutes(tmp_path: Path) -> None:
    assert check(package(tmp_path)) == []
    water = read(tmp_path, "small")
    assert {name: len(rows) for name, rows in water.extra.items()} == {
        "capacities": 1, "inflows": 2, "reservoirs": 1, "demands": 1,
    }  # fmt: skip
    assert water.extra["demands"][0]["place"] == "140121"
    assert water.on(date(2021, 12, 31)).graph.costs.tolist() == [4.0]  # km, for nobody travels it
    assert node_names(tmp_path)["b"].en == "Town"


@pytest.mark.parametrize(
    ("table", "old", "new", "code", "where"),
    [
        ("capacities", "a,b,small,5", "a,b,large,5", "N060", "links.csv:2"),
        ("capacities", "a,b,small,5", "a,b,large,5", "N061", "capacities.csv:2"),
        ("inflows", "02,8,,1", "02,8,,2", "N062", "inflows.csv:3"),
        ("inflows", "river,02,8", "river,,8", "N063", "inflows.csv:3"),
        ("inflows", "river,02,8", "river,13,8", "G016", "inflows.csv:3 month"),
        ("demands", "people", "fish", "G015", "demands.csv:2 role"),
        ("demands", "b,140121", "z,140121", "G026", "demands.csv:2 node"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_is(tmp_path: Path, table: str, old: str, new: str, code: str, where: str) -> None:
    found = [(p.code, p.where.removeprefix("networks/small/")) for p in check(package(tmp_path, **{table: (old, new)}))]
    assert (code, where) in found, found
