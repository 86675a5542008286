"""The duty ledger as a workbook an officer would print: 台账, 按单位, 目标, 缺项, 校勘."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tongchou.policy.labels import REPAIR_KINDS, ROLES, STRENGTHS
from tongchou.policy.model import Policy, Role
from tongchou.region.model import Region
from tongchou.surfaces.doubts import Doubts
from tongchou.surfaces.duty_words import bearers, in_order, leads, parties_in_order, quantities, source_line
from tongchou.surfaces.workbook.page import Column, Sheet, Styles

_SIGNATURES = ("填报人：", "审核人：", "单位负责人（签字）：", "联系电话：", "填报日期：    年  月  日")
_MOST_COMPARISONS = 20_000_000  # beyond it a spreadsheet takes minutes to count, and the counts stand as numbers
_MOST_IN_MEMORY = 50_000  # rows


def ledger_workbook(policy: Policy, region: Region | None) -> bytes:
    """Return the workbook. Parties stand in the region's order where there is one, else as they first appear."""
    out = io.BytesIO()
    # Row by row to a temporary file takes a third of the memory; a small ledger needs neither the file nor its rights.
    kept = {"constant_memory": True} if _rows(policy) > _MOST_IN_MEMORY else {"in_memory": True}
    book = xlsxwriter.Workbook(out, {**kept, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {"title": policy.title[:255], "subject": policy.number or "", "comments": source_line(policy)[-255:]}
    )
    styles, doubts = Styles(book), Doubts(policy)
    last = _ledger(book, styles, policy, doubts)
    _by_party(book, styles, policy, region, last, doubts)
    _targets(book, styles, policy, doubts)
    _findings(book, styles, policy)
    _repairs(book, styles, policy)
    book.close()
    return out.getvalue()


def _rows(policy: Policy) -> int:
    listed = len(policy.commitments) + len(policy.targets) + len(policy.findings) + len(policy.repairs)
    return listed + sum(len(bearers(clause)) for clause in policy.clauses)


def _ledger(book: Any, styles: Styles, policy: Policy, doubts: Doubts) -> int:
    """Write 台账 and return the number of its last row as a spreadsheet counts."""
    columns = (
        Column("序号", 5, "centre"),
        Column("条款", 6.5, "centre"),
        Column("任务", 35),
        Column("责任单位（按原文顺序）", 29),
        Column("牵头（原文）", 10.5),
        Column("时限", 14.5, "date"),
        Column("时限原文", 9, "centre"),
        Column("强度", 8, "centre"),
        Column("涉及地方", 13),
        Column("量化指标", 8),
        Column("是否制度类", 6.5, "centre"),
        Column("原文位置", 11, "centre"),
        Column("备注", 12),
    )
    note = (
        f"{policy.number or ''}　责任单位按原文顺序列出，排在首位不等于牵头；原文未写明的留空，不作推定。"
        "原文位置为校勘后全文的起止字数。疑误而未改动的字词见备注。"
    ).strip()
    sheet = Sheet(book, styles, "台账", f"{policy.title}责任台账", columns, note)
    number = 0
    for clause in policy.clauses:
        parties, lead = parties_in_order(clause), leads(clause)
        for one in clause.commitments:
            number += 1
            due = one.deadline
            sheet.add(
                (
                    number,
                    clause.id,
                    one.text,
                    parties,
                    lead,
                    due.by if due else None,
                    due.text if due else "",
                    STRENGTHS[due.strength].zh if due else "",
                    "、".join(one.places),
                    quantities(one),
                    "是" if one.is_system else "",
                    f"{one.span.start}—{one.span.end}",
                    doubts.remark(one.span),
                )
            )
    sheet.filter()
    last = sheet.row
    sheet.footer(source_line(policy))
    sheet.sheet.set_row(sheet.row + 1, 24)
    for i, words in enumerate(_SIGNATURES):
        sheet.sheet.write_string(sheet.row + 1, (0, 2, 3, 5, 8)[i], words, styles.sign)
    return last


def _by_party(book: Any, styles: Styles, policy: Policy, region: Region | None, last: int, doubts: Doubts) -> None:
    columns = (
        Column("序号", 5.5, "centre"),
        Column("单位", 24),
        Column("条款", 7, "centre"),
        Column("条款标题", 40),
        Column("角色（原文）", 14, "centre"),
        Column("来自分组", 24),
        Column("承诺项数", 9, "number"),
        Column("备注", 24),
    )
    sheet = Sheet(
        book,
        styles,
        "按单位",
        f"{policy.title}责任单位与条款",
        columns,
        "一行是一个单位在一条中的责任；分组（如各县（市、区）人民政府）展开到每个单位。承诺项数按台账计数。",
    )
    held: dict[str, list[tuple[str, str, Role, str, int, str]]] = {}
    for clause in policy.clauses:
        remark = doubts.remark(clause.heading_span)
        for name, (role, group) in bearers(clause).items():
            duty = (clause.id, clause.heading, role, group, len(clause.commitments), remark)
            held.setdefault(name, []).append(duty)
    live = last * sum(len(duties) for duties in held.values()) <= _MOST_COMPARISONS
    number = total = 0
    for name in in_order(held, region):
        for id_, heading, role, group, count, remark in held[name]:
            number += 1
            row = sheet.add((number, name, id_, heading, ROLES[role].zh, group, None, remark))
            if sheet.left_out:
                continue
            total += count
            if not live:
                sheet.sheet.write_number(row, 6, count, styles.number)
                continue
            # Not COUNTIF, which takes 2.1 and 2.10 for the same number.
            formula = f"=SUMPRODUCT(--(台账!$B$4:$B${max(4, last)}={xl_rowcol_to_cell(row, 2)}))"
            sheet.sheet.write_formula(row, 6, formula, styles.number, count)
    end = sheet.row - 1
    sheet.filter()
    sheet.sheet.write_string(sheet.row, 1, f"合计 {len(held)} 个单位", styles.total_head)
    if number:
        counts = f"{xl_rowcol_to_cell(3, 6)}:{xl_rowcol_to_cell(end, 6)}"
        sheet.sheet.write_formula(sheet.row, 6, f"=SUM({counts})", styles.total, total)
    sheet.footer(source_line(policy))


def _targets(book: Any, styles: Styles, policy: Policy, doubts: Doubts) -> None:
    columns = (
        Column("序号", 5.5, "centre"),
        Column("条款", 7, "centre"),
        Column("年份", 7, "centre"),
        Column("目标（原文）", 52),
        Column("涉及地方", 16),
        Column("衡量指标（待填）", 20),
        Column("基期值（待填）", 12),
        Column("目标值（待填）", 12),
        Column("牵头单位（待填）", 18),
        Column("备注", 16),
    )
    note = "原文只有文字表述的，衡量指标、基期值和目标值由责任单位填写，不作推定。"
    sheet = Sheet(book, styles, "目标", f"{policy.title}时间节点目标", columns, note)
    number = 0
    for clause in policy.clauses:
        for target in clause.targets:
            number += 1
            places, remark = "、".join(target.places), doubts.remark(target.span)
            sheet.add((number, clause.id, target.year, target.text, places, "", "", "", "", remark))
    sheet.filter()
    sheet.footer(source_line(policy))


def _findings(book: Any, styles: Styles, policy: Policy) -> None:
    columns = (
        Column("序号", 5.5, "centre"),
        Column("代码", 7, "centre"),
        Column("条款", 7, "centre"),
        Column("缺什么", 56),
        Column("办法", 36),
        Column("建议核对的单位", 18),
        Column("答复（待填）", 26),
        Column("答复单位、日期", 18),
    )
    note = "文件没有写明或前后不一致之处。答复由责任单位作出并注明日期，不改动文件原文。"
    sheet = Sheet(book, styles, "缺项", f"{policy.title}缺项清单", columns, note)
    for number, finding in enumerate(policy.findings, 1):
        sheet.add(
            (
                number,
                finding.code,
                finding.clause or "全文",
                finding.message.zh,
                finding.hint.zh,
                "、".join(finding.suggestion),
                "",
                "",
            )
        )
    sheet.filter()
    sheet.footer(source_line(policy))


def _repairs(book: Any, styles: Styles, policy: Policy) -> None:
    columns = (
        Column("序号", 5.5, "centre"),
        Column("原有", 22),
        Column("现作", 22),
        Column("类别", 14, "centre"),
        Column("状态", 9, "centre"),
        Column("依据", 62),
        Column("把握", 7, "share"),
        Column("来件位置", 13, "centre"),
    )
    note = "收到的文本与读取所用文本的不同之处。“待核定”的没有改动，须由人对照原件决定。"
    sheet = Sheet(book, styles, "校勘", f"{policy.title}校勘表", columns, note)
    for number, repair in enumerate(policy.repairs, 1):
        sheet.add(
            (
                number,
                repair.before,
                repair.after,
                REPAIR_KINDS[repair.kind].zh,
                "已改" if repair.applied else "待核定",
                repair.evidence,
                repair.confidence,
                f"{repair.source_span.start}—{repair.source_span.end}",
            )
        )
    sheet.filter()
    sheet.footer(source_line(policy))
