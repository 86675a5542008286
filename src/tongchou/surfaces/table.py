"""Tables as CSV in UTF-8 with a byte order mark, so that WPS and Excel read them: the duty ledger, and figures."""

from __future__ import annotations

import csv
import io

from tongchou.policy.labels import KINDS, STRENGTHS
from tongchou.policy.model import Policy
from tongchou.region.model import Region
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.doubts import Doubts
from tongchou.surfaces.duty_words import leads, parties_in_order, quantities

COLUMNS = (
    "序号",
    "编号",
    "条款",
    "条款标题",
    "类别",
    "任务",
    "责任单位（按原文顺序）",
    "牵头（原文写明）",
    "时限原文",
    "时限日期",
    "时限强度",
    "涉及地方",
    "量化指标",
    "点名的文件和计划",
    "是否制度类",
    "原文起",
    "原文止",
    "备注",
)


def ledger_csv(policy: Policy) -> bytes:
    """Return every commitment with its clause's duty. Offsets count characters of the repaired text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    number, doubts = 0, Doubts(policy)
    for clause in policy.clauses:
        parties, lead = parties_in_order(clause), leads(clause)
        for one in clause.commitments:
            number += 1
            due = one.deadline
            row = (
                number,
                one.id,
                clause.id,
                clause.heading,
                KINDS[clause.kind].zh,
                one.text,
                parties,
                lead,
                due.text if due else "",
                due.by.isoformat() if due and due.by else "",
                STRENGTHS[due.strength].zh if due else "",
                "、".join(one.places),
                quantities(one),
                "、".join(one.named),
                "是" if one.is_system else "",
                one.span.start,
                one.span.end,
                doubts.remark(clause.heading_span, one.span),
            )
            writer.writerow(neutral(cell) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


FIGURE_COLUMNS = ("地方代码", "地方", "指标", "时期", "口径基数", "数值", "单位", "状态", "来源", "备注")


def figures_csv(region: Region, indicator: str) -> bytes:
    """Return every figure of an indicator, one a row, with its source and status."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIGURE_COLUMNS)
    for figure in region.of_indicator(indicator):
        source, base = region.sources.get(figure.source), region.bases.get(figure.base)
        row = (
            figure.place,
            region.places[figure.place].name,
            region.indicators[indicator].title.zh,
            figure.period.code,
            base.title.zh if base else figure.base,
            "不适用" if figure.value is None else figure.value,
            figure.unit,
            figure.status.label.zh,
            source.title if source else figure.source,
            figure.note,
        )
        writer.writerow(neutral(cell) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")
