"""The networks of a region package as lists: all of them, or assumptions, openings and links of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork, names, read
from tongchou.networks.package.standing import minutes_of
from tongchou.region import Region, load
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.network_travel import trust

_KINDS = {
    "travel": Text("通行", "travel"),
    "water": Text("水", "water"),
    "energy": Text("能源", "energy"),
    "information": Text("信息", "information"),
}
_STATUS = ListingColumn(Text("状态", "Status"), 10, "centre")


def every(region: str) -> Listing:
    """Return the networks of a package; raise :class:`ProblemsError` where one cannot be read."""
    held = load(region)
    rows: list[Sequence[Cell]] = []
    for name in names(held.folder):
        n = read(held.folder, name)
        counts = (len(n.nodes), len(n.links), len(n.lines), len(n.facilities))
        rows.append((name, n.title, _KINDS[n.kind], n.system, *counts, "、".join(n.projects())))
    columns = (
        ListingColumn(Text("编号", "Id"), 16),
        ListingColumn(Text("名称", "Title"), 24),
        ListingColumn(Text("类别", "Kind"), 8, "centre"),
        ListingColumn(Text("系统", "System"), 8, "centre"),
        ListingColumn(Text("节点", "Nodes"), 8, "number"),
        ListingColumn(Text("连线", "Links"), 8, "number"),
        ListingColumn(Text("线路", "Lines"), 8, "number"),
        ListingColumn(Text("设施", "Facilities"), 8, "number"),
        ListingColumn(Text("项目", "Projects"), 30),
    )
    nothing = Text(
        "" if rows else "这个地区包没有网络；见 docs/networks.md，在 networks/ 下建文件夹。",
        "" if rows else "This package has no networks; docs/networks.md says how to add a folder under networks/.",
    )
    return Listing(Text("网络", "Networks"), nothing, columns, rows)


def shown(region: Region, network: CityNetwork, day: date, without: tuple[str, ...] = ()) -> tuple[Listing, ...]:
    """Return a network on a day: what is assumed, what opens when, and, where it carries travel, its links."""
    lists = (_assumed(network), _openings(region, network, day))
    return (*lists, _links(network, day, without)) if network.kind == "travel" else lists


def _assumed(network: CityNetwork) -> Listing:
    rows = [(a.name, a.label, f"{a.value:g}", a.unit, a.status.label, a.source) for a in network.assumed.values()]
    columns = (
        ListingColumn(Text("名称", "Name"), 18),
        ListingColumn(Text("含义", "What"), 40),
        ListingColumn(Text("值", "Value"), 8, "number"),
        ListingColumn(Text("单位", "Unit"), 8, "centre"),
        _STATUS,
        ListingColumn(Text("来源", "Source"), 16),
    )
    title = Text(f"{network.title.zh}：假定", f"{network.title.en}: assumptions")
    return Listing(title, network.note, columns, rows)


def _openings(region: Region, network: CityNetwork, day: date) -> Listing:
    works = {p.id: p for p in region.projects}
    rows: list[tuple[Cell, ...]] = []
    for project in network.projects():
        work = works.get(project)
        for opens in network.opens(project):
            state = Text("已通", "open") if opens <= day else Text("未通", "not yet")
            outcome = work.outcome if work is not None else ""
            rows.append((opens, work.name if work else project, project, state, outcome))
    rows += [(f.opens, f.name, f.service, Text("设施", "facility"), f.note) for f in network.facilities if f.opens]
    rows.sort(key=lambda r: str(r[0]))
    columns = (
        ListingColumn(Text("日期", "Day"), 12, "centre"),
        ListingColumn(Text("名称", "Name"), 30),
        ListingColumn(Text("编号", "Id"), 26),
        ListingColumn(Text(f"{day}", f"{day}"), 12, "centre"),
        ListingColumn(Text("项目表所记结果", "Outcome on record"), 20),
    )
    # A network of made-up places may have hundreds of facilities: those of projects and the first few say enough.
    return Listing(Text("何时开通", "What opens when"), Text("", ""), columns, rows[:_MOST])


_MOST = 30


def _links(network: CityNetwork, day: date, without: tuple[str, ...]) -> Listing:
    standing = network.on(day, without)
    called = {n.id: n.name for n in network.nodes}
    rows: list[Sequence[Cell]] = []
    for k in standing.links[:_MOST_LINKS]:
        minutes = round(minutes_of(network, k), 2)
        told = k.status.label if k.minutes is not None else Text("里程÷速度", "km by speed")
        rows.append((called[k.tail], called[k.head], k.mode, k.km, minutes, told, k.status.label, k.source))
    columns = (
        ListingColumn(Text("起点", "From"), 18),
        ListingColumn(Text("终点", "To"), 18),
        ListingColumn(Text("方式", "Mode"), 10, "centre"),
        ListingColumn(Text("公里", "Km"), 8, "decimal"),
        ListingColumn(Text("分钟", "Minutes"), 8, "decimal"),
        ListingColumn(Text("时间来自", "Minutes from"), 14, "centre"),
        _STATUS,
        ListingColumn(Text("来源", "Source"), 18),
    )
    left = len(standing.links) - len(rows)
    told = trust(standing)
    more = Text(f"另有 {left} 条连线。" if left else "", f"{left} more links. " if left else "")
    title = Text(f"{day} 的连线", f"Links on {day}")
    return Listing(title, Text(more.zh + told.zh, more.en + told.en), columns, rows)


_MOST_LINKS = 60
