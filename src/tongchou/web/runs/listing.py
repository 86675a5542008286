"""Lists of runs and objections as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.runs.counterfactual import Difference
from tongchou.web.runs.models import Objection, Run

MADE_UP = Text("示例", "illustrative")
WHATIF = Text("设想值", "what-if values")


def standing(run: Run) -> Text:
    """Return what must be said of a run wherever it is shown: what-if values, made-up figures, assumptions."""
    said = ([WHATIF] if run.is_whatif else []) + ([run.status.label] if run.status is not None else [])
    return Text("、".join(s.zh for s in said), ", ".join(s.en for s in said))


def day(at: datetime | None) -> datetime | None:
    """Return a moment in local time."""
    return timezone.localtime(at) if at is not None else None


def runs_listing(runs: Iterable[Run], titles: dict[str, Text], now: datetime) -> Listing:
    """Return the list of runs."""
    columns = (
        ListingColumn(Text("编号", "No."), 7, "number"),
        ListingColumn(Text("标题", "Title"), 36),
        ListingColumn(Text("规则", "Rule"), 26),
        ListingColumn(Text("时期", "Periods"), 14),
        ListingColumn(Text("经办单位", "Unit"), 16),
        ListingColumn(Text("状态", "State"), 10, "centre"),
        ListingColumn(Text("数据状态", "Standing"), 14, "centre"),
        ListingColumn(Text("拟稿", "Drafted"), 12, "date"),
        ListingColumn(Text("批准", "Approved"), 12, "date"),
        ListingColumn(Text("记录号", "Record"), 16),
    )
    rows = [
        (
            run.pk,
            run.title,
            titles.get(run.rule, Text(run.rule, run.rule)),
            "、".join(run.periods),
            run.organisation.title,
            run.state_words,
            standing(run),
            day(run.made_at),
            day(run.approved_at),
            (run.record_id or "")[:12],
        )
        for run in runs
    ]
    local = timezone.localtime(now)
    note = Text(f"截至 {local:%Y年%m月%d日}，共 {len(rows)} 项。", f"As of {local:%Y-%m-%d}, {len(rows)} in all.")
    return Listing(Text("测算清单", "Runs of rules"), note, columns, rows)


def difference_listing(
    title: Text, said: Iterable[Text], cells: Iterable[Sequence[Cell]], lines: Iterable[Difference], foot: Text
) -> Listing:
    """Return what an organisation's figures change as a paper: the sentences, the figures, the results."""
    columns = (
        ListingColumn(Text("项目", "Item"), 26),
        ListingColumn(Text("时期", "Period"), 10),
        ListingColumn(Text("测算所用", "As used"), 18),
        ListingColumn(Text("本单位的数", "Own figure"), 18),
        ListingColumn(Text("差额", "Difference"), 18),
    )
    rows: list[tuple[Cell, ...]] = [(label, period, was, value, "") for label, _, period, was, value in cells]
    rows += [(Text("结果", "Result"), line.period, line.before, line.after, line.change) for line in lines]
    told = list(said)
    note = Text("".join(s.zh for s in told), " ".join(s.en for s in told))
    return Listing(title, note, columns, rows, foot)


def objections_listing(objections: Iterable[Objection], now: datetime) -> Listing:
    """Return the list of objections."""
    columns = (
        ListingColumn(Text("编号", "No."), 7, "number"),
        ListingColumn(Text("提出单位", "Unit"), 20),
        ListingColumn(Text("测算", "Run"), 32),
        ListingColumn(Text("理由", "Statement"), 50),
        ListingColumn(Text("提出", "Filed"), 12, "date"),
        ListingColumn(Text("答复期限", "Due"), 12, "date"),
        ListingColumn(Text("结果", "Answer"), 10, "centre"),
        ListingColumn(Text("答复理由", "Reason"), 40),
    )
    rows = [
        (
            one.pk,
            one.organisation.title,
            one.run.title,
            one.statement,
            day(one.filed_at),
            one.due,
            one.answer_words,
            one.reason,
        )
        for one in objections
    ]
    local = timezone.localtime(now)
    note = Text(f"截至 {local:%Y年%m月%d日}，共 {len(rows)} 件。", f"As of {local:%Y-%m-%d}, {len(rows)} in all.")
    return Listing(Text("异议清单", "Objections"), note, columns, rows)
