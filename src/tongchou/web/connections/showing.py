"""The answer as the page shows it: sentences, sums, both tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from django.urls import reverse

from tongchou.kernel.numbers import figure, number
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.changes import Comparison
from tongchou.networks.package import Node
from tongchou.web.connections.asking import Question
from tongchou.web.connections.comparing import Compared, Sums, row_status, sums
from tongchou.web.connections.held import Held
from tongchou.web.connections.minutes import Cell, cell
from tongchou.web.connections.minutes import whole as printed

NONE = Text("—", "—")


@dataclass(frozen=True, slots=True)
class Row:
    """One place: its cells, its people, and the weakest status of the ways they rest on."""

    node: Node
    people: Text
    cells: tuple[Cell, ...]
    status: Status | None


@dataclass(frozen=True, slots=True)
class Line:
    """One number that sums the network up, before and after."""

    label: Text
    unit: Text
    before: Text
    after: Text
    change: Text
    how: Text


def end_name(whole: Held, node: Node) -> Text:
    """Return what an end is called as the head of a column."""
    if node is whole.centre and node in whole.places:
        return Text(f"市中心（{node.name.zh}）", f"Centre ({node.name.en})")
    return node.name


def way_address(asked: Question, start: Node, end: Node) -> str:
    """Return where one pair is accounted for."""
    return f"{reverse('connection-way')}?{asked.address(**{'from': start.id, 'to': end.id})}"


def rows(whole: Held, found: Compared, asked: Question) -> list[Row]:
    """Return places × ends."""
    return _rows(whole, found, asked, found.out, whole.ends)


def rows_between(whole: Held, found: Compared, asked: Question) -> list[Row]:
    """Return places × places."""
    return _rows(whole, found, asked, found.between, whole.places)


def _rows(whole: Held, found: Compared, asked: Question, of: Comparison, ends: Sequence[Node]) -> list[Row]:
    shown = []
    for i, place in enumerate(whole.places):
        cells = tuple(
            Cell(NONE, NONE, NONE, "here")
            if end is place
            else cell(float(of.before[i, j]), float(of.after[i, j]), way_address(asked, place, end))
            for j, end in enumerate(ends)
        )
        heads = Text("未报", "not reported") if np.isnan(whole.people[i]) else _same(number(float(whole.people[i])))
        shown.append(Row(place, heads, cells, row_status(found, i, len(whole.ends))))
    return shown


def summary(whole: Held, found: Compared, asked: Question) -> list[Line]:
    """Return the numbers that sum the network up on both days."""
    one, two = sums(whole, found.before, asked.within), sums(whole, found.after, asked.within)
    minutes, people = Text("分钟", "min"), Text("人", "people")
    near = Text(
        f"{figure(asked.within)}分钟内可到市中心的人口", f"People within {figure(asked.within)} min of the centre"
    )
    lines = [
        Line(
            Text("到市中心平均用时", "Mean time to the centre"),
            minutes,
            *_pair(one.to_centre, two.to_centre, 1),
            Text("各县（市、区）按人口加权", "places weighted by their people"),
        ),
        Line(
            Text("县区之间平均用时", "Mean time between places"),
            minutes,
            *_pair(one.between, two.between, 1),
            Text("每两地按两端人口之积加权", "each pair weighted by the people at one end times those at the other"),
        ),
        Line(near, people, *_pair(one.near, two.near, 0), _share(one, two)),
        Line(
            Text("网络效率", "Efficiency of the network"),
            Text("1/小时", "per hour"),
            *_pair(one.efficiency, two.efficiency, 3),
            Text(
                "每两个驻地之间用时（小时）倒数的平均，越大越通达（Latora、Marchiori，2001）",
                "mean of 1/hours over all pairs of seats; more is better (Latora & Marchiori 2001)",
            ),
        ),
    ]
    if one.apart or two.apart:
        label = Text("互不相通的县区对", "Pairs of places without a way")
        lines.append(
            Line(
                label,
                Text("对", "pairs"),
                *_pair(one.apart, two.apart, 0),
                Text("不计入上面的平均", "not in the means above"),
            )
        )
    return lines


def _share(one: Sums, two: Sums) -> Text:
    if not isfinite(one.near_share) or not isfinite(two.near_share):
        return Text("没有市中心或人口，算不出", "cannot be told without a centre and people")
    before, after = f"{100 * one.near_share:.1f}%", f"{100 * two.near_share:.1f}%"
    return Text(f"占全部人口 {before} → {after}", f"{before} → {after} of all people")


def _pair(before: float, after: float, decimals: int) -> tuple[Text, Text, Text]:
    """Return two numbers and their difference, that of what is printed."""
    if not isfinite(before) or not isfinite(after):
        return NONE, NONE, NONE
    one, two = round(before, decimals), round(after, decimals)
    change = round(two - one, decimals)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    told = f"{sign}{abs(change):,.{decimals}f}" if change else ""
    return _same(f"{one:,.{decimals}f}"), _same(f"{two:,.{decimals}f}"), _same(told) if told else Text("不变", "same")


def sentences(whole: Held, found: Compared, lines: Sequence[Line], projects: Mapping[str, Text]) -> list[Text]:
    """Return what a reader should know first: the mean, and which pairs gained most."""
    said = []
    if whole.centre is not None and lines[0].before is not NONE:
        one, two = lines[0].before.zh, lines[0].after.zh
        same = one == two
        said.append(
            Text(
                f"全市居民到市中心平均 {two} 分钟，" + ("前后一样。" if same else f"之前 {one} 分钟。"),
                f"The mean resident is {two} min from the centre"
                + (", as before." if same else f"; before it was {one} min."),
            )
        )
    best = _most(whole, found, projects)
    if best:
        zh = "；".join(f"{a.zh}到{b.zh} {x.zh}→{y.zh} 分钟{by.zh}" for a, b, x, y, by in best)
        en = "; ".join(f"{a.en} to {b.en} {x.en} → {y.en} min{by.en}" for a, b, x, y, by in best)
        said.append(Text(f"省时最多：{zh}。", f"Most was saved: {en}."))
    else:
        said.append(Text("表中没有一对地方更快。", "No pair in the table became quicker."))
    return said


def _most(whole: Held, found: Compared, projects: Mapping[str, Text]) -> list[tuple[Text, ...]]:
    """Return, for the places that gained most, the end they gained most to: three at most, each place once."""
    saved = np.where(np.isfinite(found.out.saved), found.out.saved, 0.0)
    if not saved.size:
        return []
    best = saved.argmax(axis=1)
    order = sorted(range(len(best)), key=lambda i: (-saved[i, best[i]], i))
    return [
        (
            whole.places[i].name,
            end_name(whole, whole.ends[best[i]]),
            printed(float(found.out.before[i, best[i]])),
            printed(float(found.out.after[i, best[i]])),
            _by(found, i, int(best[i]), projects),
        )
        for i in order[:3]
        if saved[i, best[i]] >= 1
    ]


def _by(found: Compared, row: int, end: int, projects: Mapping[str, Text]) -> Text:
    """Return the projects that the later way makes use of and the earlier did not, as the end of a sentence."""
    if found.ways is None:
        return Text("", "")
    before, after = (side[row][end].projects for side in found.ways)
    names = [projects.get(p, _same(p)) for p in sorted(after - before)]
    if not names:
        return Text("", "")
    return Text(f"，走{'、'.join(n.zh for n in names)}", f", by {', '.join(n.en for n in names)}")


def _same(text: str) -> Text:
    return Text(text, text)
