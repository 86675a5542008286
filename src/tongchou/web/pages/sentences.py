"""The three sentences of the home page, computed from the document and the figures by template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongchou.kernel.numbers import number
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.policy.model import Policy
from tongchou.region import Region
from tongchou.region.crosstab import Cell, Column, Coverage
from tongchou.web.ledger.queries import counts

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百]成")


def about_policy(policy: Policy) -> Text:
    """Say how much the document promises and how much of it has no lead and no date."""
    n = counts(policy)
    return Text(
        "《{title}》共 {clauses} 条，{parties} 个单位负有职责，承诺事项 {commitments} 项，其中写明日期的 {dated} 项；"
        "{duties} 处责任分工中有 {no_lead} 处列了多家而没有写明牵头单位。",
        "《{title}》 has {clauses} clauses and {commitments} commitments owed by {parties} parties; commitments with a "
        "date: {dated}; duties that name several parties and no lead: {no_lead} of {duties}.",
    ).format(
        title=policy.title,
        clauses=n.clauses,
        parties=n.parties,
        commitments=n.commitments,
        dated=n.dated,
        duties=n.duties,
        no_lead=n.no_lead,
    )


def about_gap(region: Region, indicator: str, column: Column, cells: list[Cell]) -> Text:
    """Say how far apart the units are in an indicator, with the period, the base and the number of units held."""
    title = region.indicators[indicator].title
    held = [(c.figure.value, c.place) for c in cells if c.figure is not None and c.figure.value is not None]
    base = region.bases.get(column.base)
    period = Text(column.period.label("zh"), column.period.label("en"))
    basis = Text(f"（{base.title.zh}）" if base else "", f" ({base.title.en})" if base else "")
    if len(held) < 2:
        return Text(
            "{title}：{period}只有 {n} 个县（市、区）有数据，不能比较。",
            "{title}: only {n} unit has a figure for {period}; nothing can be compared.",
        ).format(title=title, period=period, n=len(held))
    high, low = max(held, key=lambda h: h[0]), min(held, key=lambda h: h[0])
    unit = label(region.indicators[indicator].unit)
    times = f"{high[0] / low[0]:.1f}" if low[0] > 0 else "—"
    return Text(
        "{title}：{period}{basis}最高的是{high}（{hv}），最低的是{low}（{lv}），"
        "前者是后者的 {times} 倍；{n} 个县（市、区）有数据。",
        "{title}, {period}{basis}: highest in {high} ({hv}), lowest in {low} ({lv}), a ratio of {times}; "
        "{n} units have a figure.",
    ).format(
        title=title,
        period=period,
        basis=basis,
        high=Text(high[1].name, high[1].name_en),
        low=Text(low[1].name, low[1].name_en),
        hv=Text(f"{number(high[0])} {unit.zh}", f"{number(high[0])} {unit.en}"),
        lv=Text(f"{number(low[0])} {unit.zh}", f"{number(low[0])} {unit.en}"),
        times=times,
        n=len(held),
    )


def about_silence(policy: Policy, covered: Sequence[Coverage], units: int) -> Text:
    """Say what neither the document nor the figures can tell."""
    full = sum(c.units_covered == units for c in covered)
    unmeasured = sum(not _NUMBER.search(t.text.replace(str(t.year), "", 1)) for t in policy.targets)
    return Text(
        "{targets} 项时间节点目标中有 {unmeasured} 项没有可核对的数值，是否达到无从计算；"
        "{indicators} 个指标中有 {full} 个"
        "各县（市、区）齐全。空白是未取得数据，不是零。",
        "{unmeasured} of {targets} milestone targets give no number to check, so whether they are met cannot be "
        "computed; {full} of {indicators} indicators cover every unit. Blank means not obtained, never zero.",
    ).format(targets=len(policy.targets), unmeasured=unmeasured, indicators=len(covered), full=full)
