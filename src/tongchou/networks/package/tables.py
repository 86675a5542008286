"""The tables of a network folder: columns, keys and what they refer to, in the terms of a region package's tables."""

from __future__ import annotations

from typing import Literal

from tongchou.kernel.text import Text
from tongchou.region.tables import STATUSES, Column, Table

Kind = Literal["travel", "water", "energy", "information"]
_ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_FORM = "A-z 0-9 . - _"
_WORD = r"[a-z][a-z0-9_]*"
_SOURCE = Column("source", Text("来源", "Source"), refers="sources.id")  # made-up rows have none
_STATUS = Column("status", Text("状态", "Status"), required=True, allowed=STATUSES)
_NOTE = Column("note", Text("备注", "Note"))
_PROJECT = Column("project", Text("项目", "Project"), refers="projects.id")
_OPENS = Column("opens", Text("开通", "Opens"), "date")
_CLOSES = Column("closes", Text("关闭", "Closes"), "date")
_NAMES = (
    Column("name", Text("名称", "Name"), required=True),
    Column("name_en", Text("英文名称", "English name"), required=True),
)


def _id(name: str, title: Text) -> Column:
    return Column(name, title, required=True, pattern=_ID, form=_FORM)


def _node(name: str, title: Text) -> Column:
    return Column(name, title, required=True, refers="nodes.id")


def _amount(name: str, title: Text, low: float = 0, high: float | None = None) -> Column:
    return Column(name, title, "number", low=low, high=high)


NODES = Table(
    "nodes",
    Text("节点", "Nodes"),
    (
        _id("id", Text("编号", "Id")),
        *_NAMES,
        Column("kind", Text("类别", "Kind"), required=True, pattern=_WORD, form="a-z 0-9 _"),
        Column("place", Text("地方", "Place"), refers="places.code"),
        _amount("lon", Text("经度", "Longitude"), -180, 180),
        _amount("lat", Text("纬度", "Latitude"), -90, 90),
        _amount("people", Text("人数", "People")),
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("id",),
)
LINKS = Table(
    "links",
    Text("连线", "Links"),
    (
        _node("tail", Text("起点", "From")),
        _node("head", Text("终点", "To")),
        Column("mode", Text("方式", "Mode"), required=True, pattern=_WORD, form="a-z 0-9 _"),
        _amount("km", Text("公里", "Km")),
        _amount("minutes", Text("分钟", "Minutes")),
        Column("one_way", Text("单行", "One way"), "boolean"),
        _OPENS,
        _CLOSES,
        _PROJECT,
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("tail", "head", "mode", "opens", "project"),
)
LINES = Table(
    "lines",
    Text("线路", "Lines"),
    (
        _id("line", Text("编号", "Id")),
        *_NAMES,
        _amount("headway", Text("间隔（分钟）", "Headway (minutes)")),
        _amount("kmh", Text("旅行速度", "Speed, stops included (km/h)"), 0.1),
        _OPENS,
        _PROJECT,
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("line",),
    required=False,
)
STOPS = Table(
    "stops",
    Text("站序", "Stops"),
    (
        Column("line", Text("线路", "Line"), required=True, refers="lines.line"),
        Column("position", Text("站序", "Position"), "integer", required=True, low=1),
        _node("node", Text("节点", "Node")),
        _amount("km_to_next", Text("到下一站公里", "Km to the next")),
        _OPENS,
    ),
    ("line", "position"),
    required=False,
)
FACILITIES = Table(
    "facilities",
    Text("设施", "Facilities"),
    (
        _id("id", Text("编号", "Id")),
        _node("node", Text("节点", "Node")),
        *_NAMES,
        Column("service", Text("服务", "Service"), required=True, pattern=_WORD, form="a-z 0-9 _"),
        Column("level", Text("等级", "Level")),
        _amount("capacity", Text("规模", "Capacity")),
        Column("unit", Text("单位", "Unit")),
        _OPENS,
        _CLOSES,
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("id",),
    required=False,
)
COMMON = (NODES, LINKS, LINES, STOPS, FACILITIES)
_MONTH = Column(
    "month", Text("月", "Month"), pattern="0[1-9]|1[0-2]", form="01–12", about=Text("留空是每月", "empty: each")
)
CAPACITIES = Table(
    "capacities",
    Text("输送能力", "Capacities"),
    (
        _node("tail", Text("起点", "From")),
        _node("head", Text("终点", "To")),
        Column("mode", Text("方式", "Mode"), required=True, pattern=_WORD, form="a-z 0-9 _"),
        Column("capacity", Text("能力", "Capacity"), "number", required=True, low=0),
        _amount("used", Text("已用", "Used")),
        _amount("lost", Text("损失率", "Part lost"), 0, 1),
        _amount("cost", Text("单位费用", "Unit cost")),
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("tail", "head", "mode"),
    required=False,
)
INFLOWS = Table(
    "inflows",
    Text("来水", "Inflows"),
    (
        _node("origin", Text("水源", "Origin")),
        _node("node", Text("进入", "Enters at")),
        Column("role", Text("性质", "Role"), required=True, allowed=("river", "diverted", "ground", "reuse")),
        _MONTH,
        Column("amount", Text("水量", "Amount"), "number", required=True, low=0),
        _amount("lost", Text("损失率", "Part lost"), 0, 1),
        _amount("cost", Text("单位费用", "Unit cost")),
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("origin", "node", "role", "month"),
    required=False,
)
RESERVOIRS = Table(
    "reservoirs",
    Text("水库", "Reservoirs"),
    (
        _node("node", Text("节点", "Node")),
        Column("capacity", Text("兴利库容", "Live capacity"), "number", required=True, low=0),
        Column("opening", Text("年初蓄水", "Stored at the start"), "number", required=True, low=0),
        Column("reserve", Text("年末留蓄", "Kept for next year"), "number", required=True, low=0),
        _amount("lost", Text("每月损失率", "Part lost in a month"), 0, 1),
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("node",),
    required=False,
)
DEMANDS = Table(
    "demands",
    Text("需水", "Demands"),
    (
        _node("node", Text("取自", "Drawn at")),
        Column("place", Text("地方", "Place"), required=True, refers="places.code"),
        Column("role", Text("用途", "Use"), required=True, allowed=("people", "ecology", "farm", "industry")),
        _MONTH,
        Column("amount", Text("需水量", "Need"), "number", required=True, low=0),
        _amount("lost", Text("损失率", "Part lost"), 0, 1),
        _STATUS,
        _SOURCE,
        _NOTE,
    ),
    ("node", "place", "role", "month"),
    required=False,
)
#: Tables of one kind of network only; they are read into ``CityNetwork.extra`` and none of them must be there.
OF_KIND: dict[Kind, tuple[Table, ...]] = {
    "travel": (),
    "water": (CAPACITIES, INFLOWS, RESERVOIRS, DEMANDS),
    "energy": (CAPACITIES,),
    "information": (CAPACITIES,),
}


def tables_of(kind: Kind) -> tuple[Table, ...]:
    """Return the tables that a network of this kind may hold, nodes and links first."""
    return (*COMMON, *OF_KIND[kind])
