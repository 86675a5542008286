"""The duty ledger as CSV: one commitment a row, UTF-8 with a byte order mark so that WPS and Excel read it."""

from __future__ import annotations

import csv
import io

from tongchou.policy.labels import KINDS, STRENGTHS
from tongchou.policy.model import Policy
from tongchou.surfaces.cells import neutral
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
)


def ledger_csv(policy: Policy) -> bytes:
    """Return every commitment with its clause's duty. Offsets count characters of the repaired text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    number = 0
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
            )
            writer.writerow(neutral(cell) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")
