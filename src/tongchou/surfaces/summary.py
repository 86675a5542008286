"""What was read from a policy, for the terminal."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from tongchou.kernel.text import Text
from tongchou.policy.model import Policy
from tongchou.region.model import Region
from tongchou.surfaces.duty_words import bearers, parties_in_order

_SHOWN = 12  # rows of a list before it is cut with a count of the rest


def summary(policy: Policy, region: Region | None, language: str, *, brief: bool = False) -> RenderableType:
    """Return the summary: head and counts, and unless ``brief`` the clauses, targets, findings and repairs."""
    parts: list[RenderableType] = [_head(policy, region, language)]
    if not brief:
        parts.append(_clauses(policy, language))
        parts += [part for part in (_targets(policy, language), _findings(policy, language)) if part]
        parts += [part for part in (_repairs(policy, language),) if part]
    return Group(*parts)


def _head(policy: Policy, region: Region | None, language: str) -> RenderableType:
    def say(zh: str, en: str) -> str:
        return Text(zh, en).in_(language)

    dates = [d.isoformat() for d in (policy.issued, policy.effective) if d]
    facts = [policy.number, policy.issuer, *dict.fromkeys(dates)]
    duties = policy.duties
    printed = sum(len(d.parties) for _, d in duties)
    expanded = sum(len(p.expands_to) or 1 for _, d in duties for p in d.parties)
    distinct = len({name for clause, _ in duties for name in bearers(clause)})
    dated = sum(m.deadline is not None and m.deadline.by is not None for m in policy.commitments)
    counts = say(
        f"条款 {len(policy.clauses)}　责任分工 {len(duties)}（列名 {printed}，展开 {expanded}，单位 {distinct} 个）　"
        f"承诺 {len(policy.commitments)}（写明日期 {dated}）　目标 {len(policy.targets)}　缺项 {len(policy.findings)}",
        f"{len(policy.clauses)} clauses, {len(duties)} duties ({printed} parties printed, {expanded} expanded, "
        f"{distinct} distinct), {len(policy.commitments)} commitments ({dated} dated), {len(policy.targets)} targets, "
        f"{len(policy.findings)} findings",
    )
    names = (
        say(f"单位、地方名录：{region.title.zh}", f"names: {region.title.en}")
        if region
        else say("没有用地区名录，单位名称按字形识别", "no region's names; parties are known by their form")
    )
    body = "\n".join((escape(" · ".join(f for f in facts if f)), counts, f"[dim]{escape(names)}[/]"))
    return Panel(body, title=escape(policy.title), title_align="left")


def _clauses(policy: Policy, language: str) -> Table:
    table = Table(title=Text("条款与责任", "Clauses and duties").in_(language), title_justify="left")
    table.add_column(Text("条款", "clause").in_(language), no_wrap=True)
    table.add_column(Text("标题", "heading").in_(language), ratio=2, overflow="fold")
    table.add_column(Text("承诺", "promises").in_(language), justify="right", no_wrap=True)
    table.add_column(Text("责任单位（按原文顺序）", "parties (as printed)").in_(language), ratio=3, overflow="fold")
    for clause in policy.clauses:
        table.add_row(
            clause.id,
            escape(clause.heading or clause.text[:20]),
            str(len(clause.commitments) or ""),
            escape(parties_in_order(clause)),
        )
    return table


def _targets(policy: Policy, language: str) -> Table | None:
    if not policy.targets:
        return None
    table = Table(
        title=Text("时间节点目标", "Milestone targets").in_(language), title_justify="left", show_header=False
    )
    for target in policy.targets:
        table.add_row(str(target.year), escape(target.text))
    return table


def _findings(policy: Policy, language: str) -> Table | None:
    if not policy.findings:
        return None
    table = Table(title=Text("缺项", "Missing").in_(language), title_justify="left", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=3)
    table.add_column(overflow="fold", ratio=2)
    for code, count in sorted(Counter(f.code for f in policy.findings).items()):
        first = next(f for f in policy.findings if f.code == code)
        table.add_row(code, f"×{count}", escape(first.message.in_(language)), escape(first.hint.in_(language)))
    return table


def _repairs(policy: Policy, language: str) -> Table | None:
    shown = sorted(policy.repairs, key=lambda r: (r.applied, -r.confidence))
    if not shown:
        return None
    table = Table(title=Text("校勘", "Repairs").in_(language), title_justify="left", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold", ratio=2)
    for repair in shown[:_SHOWN]:
        state = Text("已改", "applied") if repair.applied else Text("待核定", "proposed")
        change = f"{repair.before} → {repair.after or '∅'}"
        table.add_row(state.in_(language), escape(change), escape(repair.evidence))
    if len(shown) > _SHOWN:
        rest = len(shown) - _SHOWN
        table.add_row("…", Text(f"另有 {rest} 处", f"{rest} more").in_(language), "")
    return table
