"""The standard tables of a region package: their columns, keys and references, declared once.

The same declarations check the rows, write ``datapackage.json`` and draw the Excel templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.places import PlaceKind
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text

ColumnType = Literal["string", "integer", "number", "date", "boolean", "list"]
LIST_SEPARATOR = "|"
_NOTHING = Text("", "")
NOT_APPLICABLE = "不适用"  # in a number column: the source says the figure does not exist, which is not zero


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``refers`` is ``table.column``; in a list column every element must be found there."""

    name: str
    title: Text
    type: ColumnType = "string"
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""  # the pattern in words
    refers: str = ""
    low: float | None = None
    high: float | None = None
    about: Text = _NOTHING
    example: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: ``key`` columns are unique together."""

    name: str
    title: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = True

    def column(self, name: str) -> Column | None:
        """Return the column of this name, or ``None``."""
        return next((c for c in self.columns if c.name == name), None)


_ID = r"[a-z0-9]+([._-][a-z0-9]+)*"
_ID_FORM = "a-z 0-9 . - _"
STATUSES = tuple(s.word for s in sorted(Status, reverse=True))
_NOTE = Column("note", Text("备注", "Note"))


def _source(required: bool = True) -> Column:
    return Column("source", Text("来源", "Source"), required=required, refers="sources.id", example="yearbook-2021")


def _status() -> Column:
    return Column(
        "status",
        Text("状态", "Status"),
        required=True,
        allowed=STATUSES,
        about=Text(
            "官方 official、转引 reported、推算 derived、假定 assumed、示例 illustrative", "how far it can be trusted"
        ),
        example="official",
    )


PLACES = Table(
    "places",
    Text("地方", "Places"),
    (
        Column(
            "code",
            Text("代码", "Code"),
            required=True,
            pattern=r"\d{6}|Z[0-9A-Z]{1,11}",
            form="GB/T 2260 或 Z…",
            about=Text("行政区划用 GB/T 2260 六位代码；功能区自编，以 Z 开头", "GB/T 2260; a zone's own begins with Z"),
            example="140105",
        ),
        Column("name", Text("名称", "Name"), required=True, example="小店区"),
        Column("name_en", Text("英文名称", "English name"), required=True, example="Xiaodian District"),
        Column(
            "kind",
            Text("类别", "Kind"),
            required=True,
            allowed=tuple(k.value for k in PlaceKind),
            about=Text(
                "国家 country、省 province、地级 prefecture、区 district、县 county、县级市 county_city、功能区 zone",
                "what the place is; zones are never summed with counties",
            ),
            example="district",
        ),
        Column("parent", Text("上级", "Parent"), refers="places.code", example="140100"),
        Column("aliases", Text("简称", "Aliases"), "list", example="小店"),
        Column(
            "group",
            Text("分组", "Group"),
            about=Text("在 datapackage.json 的 groups 中声明", "declared under groups in datapackage.json"),
        ),
        Column("valid_from", Text("起", "Valid from"), "date"),
        Column(
            "valid_to",
            Text("止", "Valid to"),
            "date",
            about=Text("不再有效的第一天", "the first day it no longer exists"),
        ),
        Column("seat", Text("驻地", "Seat"), example="小店街道"),
        Column("seat_lon", Text("驻地经度", "Seat longitude"), "number", low=-180, high=180, example="112.556"),
        Column("seat_lat", Text("驻地纬度", "Seat latitude"), "number", low=-90, high=90, example="37.736"),
        _source(required=False),
        _NOTE,
    ),
    ("code",),
)
PARTIES = Table(
    "parties",
    Text("单位", "Parties"),
    (
        Column("id", Text("编号", "Id"), required=True, pattern=_ID, form=_ID_FORM, example="finance"),
        Column(
            "name",
            Text("名称", "Name"),
            required=True,
            about=Text("文件中印的写法", "as documents print it"),
            example="市财政局",
        ),
        Column("full_name", Text("全称", "Full name"), example="太原市财政局"),
        Column("name_en", Text("英文名称", "English name"), required=True, example="Municipal Finance Bureau"),
        Column(
            "kind", Text("类别", "Kind"), required=True, allowed=tuple(k.value for k in PartyKind), example="department"
        ),
        Column("place", Text("所属地方", "Place"), refers="places.code", example="140100"),
        Column("aliases", Text("别称", "Aliases"), "list"),
        Column(
            "fields",
            Text("职责关键词", "Fields"),
            "list",
            about=Text("用于提示“可能遗漏的责任单位”", "used to suggest an owner a clause may have missed"),
            example="财政|转移支付|预算",
        ),
        Column(
            "members",
            Text("成员", "Members"),
            "list",
            refers="parties.id",
            about=Text("分组才填", "groups only"),
        ),
        _NOTE,
    ),
    ("id",),
)
INDICATORS = Table(
    "indicators",
    Text("指标", "Indicators"),
    (
        Column("id", Text("编号", "Id"), required=True, pattern=_ID, form=_ID_FORM, example="population.resident"),
        Column("title_zh", Text("名称", "Title"), required=True, example="常住人口"),
        Column("title_en", Text("英文名称", "English title"), required=True, example="Resident population"),
        Column(
            "unit",
            Text("单位", "Unit"),
            required=True,
            about=Text("数据用可换算的单位填报时自动换算", "figures in a convertible unit are converted"),
            example="人",
        ),
        Column("theme", Text("主题", "Theme"), required=True, example="population"),
        Column(
            "definition_zh",
            Text("口径", "Definition"),
            required=True,
            example="普查时点在本地居住、离开户口登记地半年以上或户口在本地的人口",
        ),
        Column(
            "definition_en",
            Text("英文口径", "English definition"),
            required=True,
            example="Usual residents at the census moment",
        ),
        Column(
            "better",
            Text("何者为优", "Better"),
            allowed=("more", "less"),
            about=Text("越大越好 more，越小越好 less，无所谓则空", "more, less, or empty where neither is better"),
        ),
        Column(
            "total",
            Text("合计", "Total"),
            allowed=("sum",),
            about=Text("各县之和等于全市时写 sum", "sum where the units add up to the city"),
            example="sum",
        ),
        Column(
            "base",
            Text("人口口径", "Population base"),
            about=Text(
                "any：数据须写明口径；口径编号：必须用该口径；none：人均但与人口口径无关",
                "any: figures state theirs; an id: that base only; none: per head, but no population base involved",
            ),
        ),
    ),
    ("id",),
)
FIGURES = Table(
    "figures",
    Text("数据", "Figures"),
    (
        Column("place", Text("地方", "Place"), required=True, refers="places.code", example="140105"),
        Column(
            "indicator", Text("指标", "Indicator"), required=True, refers="indicators.id", example="population.resident"
        ),
        Column(
            "period",
            Text("时期", "Period"),
            required=True,
            about=Text("2021、2021-Q3、2021-03、2020-11-01 或 2021-01/2021-08", "a year, quarter, month, day or span"),
            example="2020-11-01",
        ),
        Column(
            "value",
            Text("数值", "Value"),
            "number",
            required=True,
            about=Text(
                "零写 0；不适用写“不适用”；未报则不留行", "0 for zero, 不适用 where none exists, no row where missing"
            ),
            example="1139798",
        ),
        Column("unit", Text("单位", "Unit"), required=True, example="人"),
        _status(),
        _source(),
        Column("base", Text("人口口径", "Population base"), example=""),
        _NOTE,
    ),
    ("place", "indicator", "period", "base", "source"),
)
SOURCES = Table(
    "sources",
    Text("来源", "Sources"),
    (
        Column("id", Text("编号", "Id"), required=True, pattern=_ID, form=_ID_FORM, example="yearbook-2021"),
        Column("title", Text("题名", "Title"), required=True, example="《统计年鉴2021》"),
        Column("publisher", Text("发布者", "Publisher"), required=True, example="市统计局"),
        Column("date", Text("发布日期", "Date"), about=Text("按出处所印", "as printed"), example="2021-12"),
        Column("url", Text("网址", "URL")),
        Column("licence", Text("许可", "Licence"), required=True, example="政府公开信息"),
        Column("confidence", Text("可信度", "Confidence"), allowed=("high", "medium", "low"), example="high"),
        _NOTE,
    ),
    ("id",),
)
PROJECTS = Table(
    "projects",
    Text("项目", "Projects"),
    (
        Column("id", Text("编号", "Id"), required=True, pattern=_ID, form=_ID_FORM, example="metro-2"),
        Column("name_zh", Text("名称", "Name"), required=True, example="地铁2号线一期"),
        Column("name_en", Text("英文名称", "English name"), required=True, example="Metro line 2, phase 1"),
        Column("kind", Text("类别", "Kind"), required=True, example="metro"),
        Column("clause", Text("条文", "Clause"), about=Text("如 2.8；与条文无关则空", "such as 2.8"), example="2.8"),
        Column("places", Text("所在地", "Places"), "list", refers="places.code", example="140105|140106"),
        Column(
            "promised",
            Text("承诺时间", "Promised"),
            about=Text("条文所印，没有印就空", "as the clause prints it; empty where it prints none"),
            example="2020-12",
        ),
        Column(
            "strength",
            Text("承诺语气", "Strength"),
            about=Text("条文用词，如 力争、尽快", "the printed word"),
            example="力争",
        ),
        Column("outcome", Text("结果", "Outcome"), required=True, example="opened"),
        _source(),
        _NOTE,
    ),
    ("id",),
    required=False,
)
PROJECT_STAGES = Table(
    "project_stages",
    Text("项目节点", "Project stages"),
    (
        Column("project", Text("项目", "Project"), required=True, refers="projects.id", example="metro-2"),
        Column("stage", Text("节点", "Stage"), required=True, example="opened"),
        Column(
            "date", Text("时间", "Date"), required=True, about=Text("按出处所印", "as printed"), example="2020-12-26"
        ),
        _source(),
        _NOTE,
    ),
    ("project", "stage", "date"),
    required=False,
)
PROJECT_QUANTITIES = Table(
    "project_quantities",
    Text("项目数量", "Project quantities"),
    (
        Column("project", Text("项目", "Project"), required=True, refers="projects.id", example="metro-2"),
        Column("quantity", Text("数量", "Quantity"), required=True, example="length"),
        Column("value", Text("数值", "Value"), "number", required=True, example="23.647"),
        Column("unit", Text("单位", "Unit"), required=True, example="km"),
        _source(),
        _NOTE,
    ),
    ("project", "quantity", "source"),
    required=False,
)
ADJACENCY = Table(
    "adjacency",
    Text("相邻", "Adjacency"),
    (
        Column("a", Text("一方", "One"), required=True, refers="places.code", example="140105"),
        Column("b", Text("另一方", "Other"), required=True, refers="places.code", example="140106"),
        Column(
            "length_km",
            Text("共同边界（公里）", "Boundary (km)"),
            "number",
            required=True,
            low=0,
            example="18.9",
        ),
        _status(),
        _source(),
    ),
    ("a", "b"),
    required=False,
)
STANDARD = (
    PLACES,
    PARTIES,
    INDICATORS,
    FIGURES,
    SOURCES,
    PROJECTS,
    PROJECT_STAGES,
    PROJECT_QUANTITIES,
    ADJACENCY,
)


def standard(name: str) -> Table | None:
    """Return the standard table a resource of this name must follow; ``figures_…`` follows ``figures``."""
    if name.startswith("figures_"):
        return FIGURES
    return next((t for t in STANDARD if t.name == name), None)
