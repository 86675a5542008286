"""What the rows of a rule stand for: the keys that tell them apart, the last being the kind of period."""

from __future__ import annotations

from tongchou.kernel.text import Text

#: Kinds of period a rule can be for.
PERIODS: dict[str, Text] = {
    "year": Text("年度", "Year"),
    "quarter": Text("季度", "Quarter"),
    "month": Text("月份", "Month"),
    "week": Text("周", "Week"),
    "day": Text("日期", "Day"),
}
#: Everything else a row can stand for.
ROWS: dict[str, Text] = {
    "county": Text("县（市、区）", "County-level unit"),
    "neighbour": Text("毗邻单位", "Neighbour"),
    "city": Text("城市", "City"),
    "state": Text("省（州）", "State or province"),
    "commune": Text("市镇", "Commune"),
    "section": Text("断面", "River section"),
    "reservoir": Text("水库", "Reservoir"),
    "station": Text("站点", "Station"),
    "zone": Text("区域", "Zone"),
    "industry": Text("行业", "Industry"),
    "tax": Text("税种", "Tax"),
    "land": Text("地类", "Land type"),
    "service": Text("服务", "Service"),
    "indicator": Text("指标", "Indicator"),
    "item": Text("项目", "Item"),
    "party": Text("分担方", "Party"),
    "coalition": Text("联盟", "Coalition"),
    "project": Text("工程", "Project"),
    "matter": Text("事项", "Matter"),
    "group": Text("分组", "Group"),
    "tail": Text("起点", "From"),
    "head": Text("终点", "To"),
    "role": Text("性质", "Role"),
    "demand": Text("居住点", "Place where people live"),
    "facility": Text("设施（备选点）", "Facility or candidate site"),
    "school": Text("学校", "School"),
    "plot": Text("绿地", "Green plot"),
    "month_of_year": Text("月", "Month of the year"),
}
#: Between the parts of a place code where a rule has several keys: ``140105|C``.
JOIN = "|"


def label(key: str) -> Text:
    """Return what a key is called; raise ``KeyError`` for an unknown one."""
    return PERIODS[key] if key in PERIODS else ROWS[key]


def is_per(keys: list[str]) -> bool:
    """Return whether ``keys`` are distinct known keys of rows followed by one kind of period."""
    *rows, period = keys
    return bool(rows) and period in PERIODS and all(key in ROWS for key in rows) and len(set(rows)) == len(rows)


def split(place: str, count: int) -> tuple[str, ...]:
    """Return the ``count`` parts of a joined place code; raise ``ValueError`` when it has another number of them."""
    parts = tuple(place.split(JOIN)) if count > 1 else (place,)
    if len(parts) != count:
        raise ValueError(f"{place!r} has {len(parts)} parts, not {count}")
    return parts
