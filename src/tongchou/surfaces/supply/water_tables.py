"""The tables of an allocation of water: by county, by use, month by month, reservoirs, sources and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, ListingColumn
from tongchou.surfaces.supply.told import Row, Told, amount, joined, key, level, months, source, told
from tongchou.surfaces.supply.water import CLASSES, MONTHS, OPENING, RESERVE, Use, Water

_PLACE = ListingColumn(Text("地方", "Place"), 14)
_NEED = ListingColumn(Text("需水", "Need"), 14, "decimal")
_SERVED = ListingColumn(Text("供水", "Served"), 14, "decimal")
_SHORT = ListingColumn(Text("缺水", "Short"), 13, "decimal")
_PART = ListingColumn(Text("缺水率（%）", "Part short (%)"), 10, "decimal")
_UNIT = Text("水量单位万立方米。", "Amounts are 10⁴ m³. ")


def tables(water: Water) -> tuple[Told, ...]:
    """Return every table, that of counties first."""
    return (_counties(water), _uses(water), _months(water), _reservoirs(water), _things(water))


def _when(water: Water) -> Text:
    if not water.month:
        return Text("全年", "over the year")
    named = water.answer.result.rule.declared.names["month_of_year"][water.month]
    return Text(named.zh, f"in {named.en}")


def _counties(water: Water) -> Told:
    roles = water.answer.result.rule.declared.names["role"]
    held = [name for kind, name in CLASSES.items() if any(u.kind == kind for u in water.uses())]
    columns = [_PLACE, _NEED, _SERVED, _SHORT, _PART]
    columns += [ListingColumn(Text(f"{roles[n].zh}缺", f"{roles[n].en} short"), 13, "decimal") for n in held]
    columns += [ListingColumn(Text("卡在哪里", "Held back by"), 30)]
    rows = []
    every: list[Use] = []
    for _, group in groupby(water.uses(), key=lambda use: use.county):
        uses = list(group)
        every += uses
        bound = joined([one.said(water.month) for one in water.bindings(uses)])
        rows.append(_county(water, key(water.answer, uses[0].row, "head"), uses, held, bound))
    if len(rows) > 1:
        rows.append(_county(water, Text("合计", "All"), every, held, Text("", "")))
    when = _when(water)
    title = Text(f"各地{when.zh}需水、供水和缺水", f"Need, supply and shortage by place {when.en}")
    note = Text(
        f"{_UNIT.zh}卡在哪里：那里多一点，这个县就能多供；几处同样紧时可能只点出其中一处。",
        f"{_UNIT.en}Held back by: more there would serve the place more; of several that are equally tight one may "
        "be named alone.",
    )
    return told("counties", title, note, columns, rows)


def _county(water: Water, name: Text, uses: list[Use], held: list[str], bound: Text) -> Row:
    need, short = sum(u.need for u in uses), sum(u.short for u in uses)
    by: dict[str, float] = defaultdict(float)
    for use in uses:
        by[CLASSES[use.kind]] += use.short
    there = {CLASSES[u.kind] for u in uses}
    classes: list[Cell] = [round(by[n], 2) if n in there else None for n in held]
    cells = (name, *_amounts(need, short), *classes, bound)
    lit = (3, *(5 + i for i, n in enumerate(held) if by[n])) if short else ()
    return Row(cells, _level(water, uses), lit)


def _amounts(need: float, short: float) -> tuple[Cell, ...]:
    return round(need, 2), round(need - short, 2), round(short, 2), round(100 * short / need, 1) if need else None


def _level(water: Water, uses: list[Use]) -> Status | None:
    held = [one for use in uses for row in use.rows if (one := level(water.answer, row, "flow", "need")) is not None]
    return min(held) if held else None


def _uses(water: Water) -> Told:
    rank = water.answer.result.parameters["priority"][water.answer.result.table.periods[0]].value
    rows = []
    for use in water.uses():
        name, role = (key(water.answer, use.row, part) for part in ("head", "role"))
        order = int(rank[CLASSES[use.kind]]) if isinstance(rank, Mapping) else None
        cells = (name, role, order, *_amounts(use.need, use.short))
        rows.append(Row(cells, _level(water, [use]), (5, 6) if use.short else ()))
    columns = [_PLACE, ListingColumn(Text("用途", "Use"), 10), ListingColumn(Text("次序", "Order"), 8, "number")]
    when = _when(water)
    title = Text(f"各地各用途{when.zh}", f"By place and use {when.en}")
    note = Text(f"{_UNIT.zh}次序小的先供。", f"{_UNIT.en}The smallest order is served first.")
    return told("uses", title, note, [*columns, _NEED, _SERVED, _SHORT, _PART], rows)


def _months(water: Water) -> Told:
    """Return every month with what is needed, served and short, and the places that are short in some month."""
    by = {month: water.uses(month) for month in MONTHS}
    lacking = {use.county for uses in by.values() for use in uses if use.short}
    short = {use.county: use.row for use in water.uses("") if use.county in lacking}
    named = water.answer.result.rule.declared.names["month_of_year"]
    columns = [ListingColumn(Text("月", "Month"), 10), _NEED, _SERVED, _SHORT]
    columns += [ListingColumn(key(water.answer, row, "head"), 12, "decimal") for row in short.values()]
    rows = []
    for month, uses in by.items():
        need, less = sum(u.need for u in uses), sum(u.short for u in uses)
        own = [round(sum(u.short for u in uses if u.county == county), 2) for county in short]
        lit = ((3,) if less else ()) + tuple(4 + i for i, value in enumerate(own) if value)
        cells = (named[month].text(), *_amounts(need, less)[:3], *own)
        rows.append(Row(cells, _level(water, uses), lit, month))
    note = Text(
        f"{_UNIT.zh}地名下是它当月缺的水。", f"{_UNIT.en}Below a place stands what it is short of in the month."
    )
    return told("months", Text("逐月缺水", "Shortage month by month"), note, columns, rows)


def _reservoirs(water: Water) -> Told:
    named = water.answer.result.rule.declared.names["month_of_year"]
    amounts, flow, kinds = (water.column(n) for n in ("amount", "flow", "kind"))
    nodes = water.answer.result.keys["tail"]
    first = {nodes[r]: amounts[r] for r in range(len(kinds)) if kinds[r] == OPENING}
    kept = {nodes[r]: r for r in range(len(kinds)) if kinds[r] == RESERVE}
    columns = [
        ListingColumn(Text("水库", "Reservoir"), 14),
        ListingColumn(Text("兴利库容", "Live capacity"), 10, "decimal"),
        ListingColumn(Text("年初", "At first"), 9, "decimal"),
        *(ListingColumn(Text(named[m].zh, named[m].en[:3]), 9, "decimal") for m in MONTHS),
        ListingColumn(Text("年末应留", "To be kept"), 9, "decimal"),
    ]
    rows, sources = [], []
    for node, held in water.stores().items():
        stored = [round(flow[r], 1) for r in held]
        if node in kept:  # what is kept for next year still stands in it at the end of the last month
            stored[-1] = round(stored[-1] + flow[kept[node]], 1)
        wanted = amounts[kept[node]] if node in kept else None
        name = key(water.answer, held[0], "tail")
        cells: tuple[Cell, ...] = (name, amounts[held[0]], first.get(node), *stored, wanted)
        rows.append(Row(cells, level(water.answer, held[0], "amount")))
        sources.append(source(water.answer, "amount", held[0]))
    title = Text("水库月末蓄水", "Stored at the end of each month")
    return told("reservoirs", title, _UNIT, columns, rows, sources)


def _things(water: Water) -> Told:
    """Return sources and links with what they can give or carry, do, and hold back; the status is that of the input."""
    answer = water.answer
    amounts, flow, lost, cost = (water.column(n) for n in ("amount", "flow", "lost", "cost"))
    added, people, holds = (water.column(n) for n in ("added", "added_people", "holds_back"))
    at, roles = answer.result.keys["month_of_year"], answer.result.rule.declared.names["role"]
    names = {**CLASSES, RESERVE: "reserve"}
    rows, sources = [], []
    for (tail, head, role), every in water.things().items():
        shown = water.shown(every)
        if not shown:
            continue
        first = shown[0]
        room, used = sum(amounts[r] for r in shown), sum(flow[r] for r in shown)
        bound = [r for r in every if holds[r] > 0]
        classes = joined([roles[names[k]].text() for k in dict.fromkeys(int(holds[r]) for r in bound)])
        when = months([int(at[r]) for r in bound])
        is_small = role == "small"
        cells: tuple[Cell, ...] = (
            key(answer, first, "tail"), key(answer, first, "head"), key(answer, first, "role"), round(room, 2),
            round(used, 2), round(100 * used / room, 1) if room else None,
            Text(f"{classes.zh}（{when}月）", f"{classes.en} (months {when})") if bound else None,
            added[first] if is_small else None, people[first] if is_small else None, 100 * lost[first], cost[first],
        )  # fmt: skip
        rows.append(Row(cells, level(answer, first, "amount"), (6,) if bound else (), f"{tail}|{head}|{role}"))
        sources.append(source(answer, "amount", first))
    columns = (
        ListingColumn(Text("起点", "From"), 16),
        ListingColumn(Text("终点", "To"), 16),
        ListingColumn(Text("性质", "Role"), 10),
        ListingColumn(Text("能力", "Capacity"), 11, "decimal"),
        ListingColumn(Text("走水", "Carried"), 11, "decimal"),
        ListingColumn(Text("利用率（%）", "Used (%)"), 9, "decimal"),
        ListingColumn(Text("卡住谁（全年）", "Holds back (year)"), 22),
        ListingColumn(Text("此线全年多供", "Adds over the year"), 11, "decimal"),
        ListingColumn(Text("其中生活", "to people"), 9, "decimal"),
        ListingColumn(Text("损失（%）", "Lost (%)"), 8, "decimal"),
        ListingColumn(Text("费用（元/立方米）", "Cost (CNY/m³)"), 10, "decimal"),
    )
    when_ = _when(water)
    title = Text(f"水源和管线{when_.zh}", f"Sources and links {when_.en}")
    note = Text(
        f"{_UNIT.zh}此线全年多供：去掉这一条小水网的线重算，全年供给的差额；几条互相替代时各看都小，不能相加。",
        f"{_UNIT.en}Adds: the year's supply with this small link less that without it; links that stand in for each "
        "other each look small and do not add up.",
    )
    return told("things", title, note, columns, rows, sources)


def sentences(water: Water) -> list[Text]:
    """Return what a reader should know first: how much is short, where most, what holds it back, what ecology gets."""
    uses, when = water.uses(), _when(water)
    need, short = sum(u.need for u in uses), sum(u.short for u in uses)
    if not need:
        return [Text(f"{when.zh}没有需水。", f"Nothing is needed {when.en}.")]
    part = f"{100 * short / need:.1f}%"
    said = [
        Text(
            f"{when.zh}需水 {amount(need)} 万立方米，供水 {amount(need - short)}，缺水 {amount(short)}（{part}）。",
            f"Needed {when.en}: {amount(need)} × 10⁴ m³, served {amount(need - short)}, "
            f"short {amount(short)} ({part}).",
        )
        if short
        else Text(
            f"{when.zh}需水 {amount(need)} 万立方米，全部满足。",
            f"Needed {when.en}: {amount(need)} × 10⁴ m³, all of it served.",
        )
    ]
    worst = sorted((u for u in uses if u.short), key=lambda u: -u.short)[:3]
    if worst:
        names = [(key(water.answer, u.row, "head"), key(water.answer, u.row, "role"), amount(u.short)) for u in worst]
        said.append(
            Text(
                f"缺得最多：{'；'.join(f'{a.zh}{b.zh} {x}' for a, b, x in names)}。",
                f"Most is short: {'; '.join(f'{a.en}, {b.en.lower()} {x}' for a, b, x in names)}.",
            )
        )
        bound = joined([b.name for b in water.bindings([u for u in uses if u.county == worst[0].county])])
        if bound.zh:
            place = names[0][0]
            said.append(Text(f"{place.zh}卡在：{bound.zh}。", f"{place.en} is held back by {bound.en}."))
    met = Text("达到", "enough") if water.column("ecology_met")[0] else Text("低于下限", "too little")
    floor, served = (amount(water.column(n)[0]) for n in ("ecological_floor", "ecological_served"))
    said.append(
        Text(
            f"生态全年供水 {served}，下限 {floor}，{met.zh}。",
            f"Ecology gets {served} over the year, against a least of {floor}: {met.en}.",
        )
    )
    return said
