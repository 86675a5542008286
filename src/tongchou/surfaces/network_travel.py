"""A network of travel on two days as lists: minutes, what projects save, what closing a link does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tongchou.kernel.text import Text
from tongchou.networks.changes import MOST_PROJECTS, Comparison, Project, Shared, minutes_saved, shared
from tongchou.networks.package import CityNetwork, Standing
from tongchou.networks.package.effects import Trips, cuts, minutes, trips_to_hubs, trips_to_places, worths
from tongchou.region.model import Region
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.network_sensitivity import sensitivity

_YUAN = "investment"
_MOST_CUTS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Two days to compare, without some projects; trips a day and person to other counties and to hubs.

    ``assumed`` are values that take the place of the network's own.
    """

    before: date
    after: date
    without: tuple[str, ...] = ()
    trips: float = 0.1
    hub_trips: float = 0.02
    assumed: Mapping[str, float] = field(default_factory=dict)


def compared(region: Region, network: CityNetwork, asked: Asked) -> tuple[Listing, ...]:
    """Return the lists of a comparison: places, hubs, projects, what turns their order, closures.

    Trips are the only weights.
    """
    network = network.assuming(asked.assumed)
    there = network.on(asked.before, asked.without), network.on(asked.after, asked.without)
    places, hubs = trips_to_places(network), trips_to_hubs(network)
    weighed = (_times(places, asked.trips), _times(hubs, asked.hub_trips))
    tables = [Comparison(*(minutes(s, t.origins, t.targets) for s in there)) for t in weighed]
    return (
        _pairs(network, Text("县到县", "County to county"), places, tables[0], asked, there[1]),
        _pairs(network, Text("县到枢纽", "County to hub"), hubs, tables[1], asked, there[1]),
        _projects(region, network, asked, weighed, tables),
        sensitivity(region, network, asked.after, opened(network, asked), weighed, asked.without),
        _closures(network, asked, weighed),
    )


def trust(standing: Standing) -> Text:
    """Return how far the network of a day can be trusted, naming what makes it so."""
    assumed = [r.what for r in standing.weakest() if r.where.startswith("assumed.")]
    rows = len(standing.weakest()) - len(assumed)
    label = standing.status.label
    return Text(
        f"状态：{label.zh}。{'；'.join(a.zh for a in assumed)}；另有 {rows} 行数据为{label.zh}",
        f"Status: {label.en}. {'; '.join(a.en for a in assumed)}; and {rows} rows that are {label.en}",
    )


def _times(trips: Trips, rate: float) -> Trips:
    return Trips(trips.origins, trips.targets, trips.number * rate)


def _note(asked: Asked, standing: Standing) -> Text:
    told = trust(standing)
    names = "、".join(asked.without) or "—"
    return Text(
        f"{asked.before} 与 {asked.after} 两日，不含项目：{names}。驻地代表全县，只看方向和量级。{told.zh}",
        f"{asked.before} and {asked.after}, without: {names}. A county is its seat: direction and size only. {told.en}",
    )


def _number(value: float) -> Cell:
    return round(value, 2) if np.isfinite(value) else None


def _pairs(
    network: CityNetwork, title: Text, trips: Trips, table: Comparison, asked: Asked, standing: Standing
) -> Listing:
    names = {n.id: n.name for n in network.nodes}
    rows: list[Sequence[Cell]] = []
    for i, origin in enumerate(trips.origins):
        for j, target in enumerate(trips.targets):
            if origin != target:
                numbers = (table.before[i, j], table.after[i, j], table.saved[i, j])
                rows.append((names[origin], names[target], *(_number(float(v)) for v in numbers)))
    columns = (
        ListingColumn(Text("起点", "From"), 16),
        ListingColumn(Text("终点", "To"), 20),
        ListingColumn(Text(f"{asked.before}（分钟）", f"{asked.before} (min)"), 16, "decimal"),
        ListingColumn(Text(f"{asked.after}（分钟）", f"{asked.after} (min)"), 16, "decimal"),
        ListingColumn(Text("节省（分钟）", "Saved (min)"), 14, "decimal"),
    )
    return Listing(title, _note(asked, standing), columns, rows)


def _projects(
    region: Region, network: CityNetwork, asked: Asked, weighed: Sequence[Trips], tables: Sequence[Comparison]
) -> Listing:
    chosen = opened(network, asked)
    yuan = {p.id: v for p in region.projects for what, v, unit in p.quantities if what == _YUAN and unit == "亿元"}
    names = {p.id: p.name for p in region.projects}
    whole = sum(minutes_saved(t, w.number) for t, w in zip(tables, weighed, strict=True))
    rows: list[Sequence[Cell]] = []
    joint = 0.0
    if chosen:
        parts = gains(network, asked, chosen, weighed)
        joint = parts.joint
        found: list[tuple[float, float, Sequence[Cell]]] = []
        for i, project in enumerate(chosen):
            share, cost = float(parts.share[i]), yuan.get(project)
            each = share / (cost * 1e4) if cost else None
            days = "、".join(str(day) for day in network.opens(project))
            name = names.get(project, Text(project, project))
            numbers = (_number(float(parts.alone[i])), _number(float(parts.last[i])), _number(share))
            row = (name, days, cost, *numbers, None if each is None else f"{each:.4f}")
            found.append((np.inf if each is None else -each, -share, row))
        # By what each 10 000 yuan brings, those of unknown cost last, by their share.
        rows += [row for _, _, row in sorted(found, key=lambda r: r[:2])]
    if abs(whole - joint) >= 0.005:
        rows.append(
            (Text("不属项目的变化", "Changes of no project"), "", None, None, None, _number(whole - joint), None)
        )
    rows.append((Text("合计", "In all"), "", None, None, None, _number(whole), None))
    per_day = Text("人·分钟／日", "person-min/day")
    columns = (
        ListingColumn(Text("项目", "Project"), 34),
        ListingColumn(Text("开通", "Opens"), 14, "centre"),
        ListingColumn(Text("投资（亿元）", "Cost (10⁸ yuan)"), 12, "decimal"),
        ListingColumn(Text(f"单独（{per_day.zh}）", f"Alone ({per_day.en})"), 18, "decimal"),
        ListingColumn(Text(f"最后建（{per_day.zh}）", f"As the last ({per_day.en})"), 18, "decimal"),
        ListingColumn(Text(f"沙普利份额（{per_day.zh}）", f"Shapley share ({per_day.en})"), 20, "decimal"),
        ListingColumn(Text("每万元", "Per 10⁴ yuan"), 10, "text"),
    )
    note = Text(
        f"假定每人每日去别县 {asked.trips:g} 次、去枢纽 {asked.hub_trips:g} 次；按每万元省下的时间排列。"
        "不计县内出行、货运、安全和开发，地铁必然被低估。",
        f"Assumed: {asked.trips:g} trips to other counties and {asked.hub_trips:g} to hubs a day and person; by time "
        "saved for 10⁴ yuan. Trips within a county, freight, safety and building are left out: a metro comes out "
        "too low.",
    )
    return Listing(Text("项目", "Projects"), note, columns, rows)


def opened(network: CityNetwork, asked: Asked) -> tuple[str, ...]:
    """Return the projects of which something opens after the first day and until the second, at most twelve."""
    found = [p for p in network.projects() if p not in asked.without]
    return tuple(p for p in found if any(asked.before < d <= asked.after for d in network.opens(p)))[:MOST_PROJECTS]


def gains(network: CityNetwork, asked: Asked, chosen: Sequence[str], weighed: Sequence[Trips]) -> Shared:
    """Return the Shapley shares of what projects save together on the second day."""
    tables = worths(network, asked.after, chosen, weighed, asked.without)

    def gain(some: Sequence[Project]) -> float:
        return sum(table[frozenset(p.name for p in some)] for table in tables)

    return shared([Project(name, ()) for name in chosen], gain)


def _closures(network: CityNetwork, asked: Asked, weighed: Sequence[Trips]) -> Listing:
    names = {n.id: n.name for n in network.nodes}
    found = [c for c in cuts(network, asked.after, weighed, asked.without) if c.cut > 0 or c.lost > 0.005]
    rows: list[Sequence[Cell]] = []
    for c in found[:_MOST_CUTS]:
        a, b = names[c.link.tail], names[c.link.head]
        link = Text(f"{a.zh}—{b.zh}", f"{a.en}–{b.en}")
        rows.append((link, c.link.mode, c.link.project, _number(c.cut), _number(c.lost)))
    columns = (
        ListingColumn(Text("关闭的一段", "Link closed"), 34),
        ListingColumn(Text("方式", "Mode"), 12, "centre"),
        ListingColumn(Text("项目", "Project"), 26),
        ListingColumn(Text("断路出行（次／日）", "Trips cut (a day)"), 18, "decimal"),
        ListingColumn(Text("延误（人·分钟／日）", "Delay (person-min/day)"), 20, "decimal"),
    )
    note = Text(
        f"{asked.after}：逐段关闭，其余照通；最重的 {_MOST_CUTS} 段。",
        f"{asked.after}: each link closed in turn, the others open; the worst {_MOST_CUTS}.",
    )
    return Listing(Text("断路影响", "Closures"), note, columns, rows)
