"""《任务分工（征求意见稿）》: what a policy promises, sent out so that the parties fill in what it does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tongchou.policy.labels import STRENGTHS
from tongchou.policy.model import Clause, Policy
from tongchou.region.model import Region
from tongchou.surfaces.document.official import OfficialDocument
from tongchou.surfaces.document.tables import TableForm
from tongchou.surfaces.doubts import Doubts
from tongchou.surfaces.duty_words import bearers, in_order, leads, parties_in_order, source_line

_TITLE_LINE = 18  # characters of 22 pt between the marks of a title on one line
_OPEN = "待明确"
_ALONE = "（一家负责）"  # the text does not say 牵头, and there is nobody else who could
_NOT_WORD = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMITMENTS = TableForm(
    ("编号", "任务", "责任单位", "牵头单位", "完成时限", "备注"), (23, 40, 30, 21, 22, 20), merged=(2, 3)
)
_TARGETS = TableForm(("年份", "目标", "衡量指标", "目标值", "牵头单位"), (20, 60, 27, 24, 25))
_OPEN_POINTS = TableForm(("条款", "事项", "建议", "答复"), (16, 62, 46, 32))
_SIGN_OFF = TableForm(("单位", "意见", "签字（盖章）", "日期"), (48, 44, 38, 26), row_mm=14)
_REPLY = TableForm(("任务编号", "拟任角色", "完成时限", "衡量指标", "修改意见和理由"), (24, 24, 26, 34, 48), row_mm=12)
_MOST_ROWS = 12_000  # about a thousand pages: nobody prints more, and a word processor no longer opens it


@dataclass(frozen=True, slots=True)
class Settled:
    """What signed answers say about one commitment: lead, last day, and measure, each with whose answer it is."""

    lead: str = ""
    date: str = ""
    measure: str = ""


def division_of_tasks(
    policy: Policy,
    region: Region | None = None,
    settled: Mapping[str, Settled] | None = None,
    reply_by: date | None = None,
) -> bytes:
    """Return the consultation draft as .docx: covering words, tasks by clause, open points, sign-off, reply slip.

    ``settled`` are signed answers by id of the commitment; they stand where the text says nothing, and say whose they
    are. Parties sign in the region's order where there is one, else as they first appear. A document too long to
    print is cut, and says so.
    """
    answers = settled or {}
    title, doubts = _clean(policy.title), Doubts(policy)
    subject = f"《{title}》任务分工（征求意见稿）"
    paper = OfficialDocument(subject)
    paper.title(f"《{_broken(title)}》\n任务分工\n（征求意见稿）")
    paper.body("各有关单位：", indent=False)
    number = f"（{_clean(policy.number)}）" if policy.number else ""
    paper.body(
        f"为落实《{title}》{number}，现将按原文条款整理的任务分工（征求意见稿）印送你单位。文件没有写明的牵头单位、"
        f"完成时限和衡量指标标为“{_OPEN}”，请对照职责提出意见，填写附后的回函，于{_day(reply_by)}前反馈。"
        "任务编号由条款号和顺序号组成，文字均出自原文；责任单位按原文顺序列出，排在首位不等于牵头。"
        + ("已经签字盖章答复的，写明答复单位；答复不改动文件原文。" if answers else "")
        + ("来件中疑误而未能核实的字词照录，并逐处注明。" if doubts else "")
    )
    written = 0
    for at, clause in enumerate(policy.clauses):
        written += 1 + len(clause.targets) + len(clause.commitments)
        if written > _MOST_ROWS:
            paper.note(f"文件过长，自条款 {clause.id} 起的 {len(policy.clauses) - at} 条未列入本稿，见台账（.xlsx）。")
            break
        _clause(paper, clause, doubts, answers)
    _open_points(paper, policy)
    _sign_off(paper, policy, region)
    paper.note(f"出处：{_clean(source_line(policy))}")
    _reply(paper, title)
    return paper.to_bytes()


def _clause(paper: OfficialDocument, clause: Clause, doubts: Doubts, answers: Mapping[str, Settled]) -> None:
    if clause.heading:
        paper.heading(_clean(clause.heading), clause.id.count(".") + 1, _clean(clause.number))
        _doubt(paper, "标题", doubts.remark(clause.heading_span))
    elif clause.number:  # 第X条 and its like: the clause has words and no heading
        paper.body(_clean(clause.text), bold=_clean(clause.number))
        _doubt(paper, "条文", doubts.remark(clause.text_span))
    if clause.targets:
        paper.table(_TARGETS, [(f"{t.year}年", _clean(t.text), _OPEN, _OPEN, _OPEN) for t in clause.targets])
        _doubt(paper, "目标", doubts.remark(*(t.span for t in clause.targets)))
    if not clause.commitments:
        return
    parties = _clean(parties_in_order(clause)) or _OPEN
    lead = _clean(leads(clause)) or (_ALONE if _is_single(clause) else _OPEN)
    rows = []
    for one in clause.commitments:
        due = one.deadline
        when = _OPEN
        if due is not None and due.by is not None:
            when = f"{due.by.year}年{due.by.month}月{due.by.day}日（{STRENGTHS[due.strength].zh}）"
        elif due is not None:
            when = f"{_OPEN}（原文：{_clean(due.text)}）"
        answer = answers.get(one.id, Settled())
        remarks = [f"衡量指标：{answer.measure}" if answer.measure else "", doubts.remark(one.span)]
        remark = "；".join(r for r in remarks if r)
        led, by = _clean(answer.lead) or lead, _clean(answer.date) or when
        rows.append((one.id, _clean(one.text), parties, led, by, _clean(remark)))
    # A merged cell says its words for all rows, so a lead that differs stands in a cell of its own.
    form = _COMMITMENTS if len({row[3] for row in rows}) == 1 else replace(_COMMITMENTS, merged=(2,))
    paper.table(form, rows)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　　月　　日"


def _doubt(paper: OfficialDocument, where: str, remark: str) -> None:
    if remark:
        paper.note(f"注：{where}中{_clean(remark)}。")


def _is_single(clause: Clause) -> bool:
    """Whether one party alone is responsible, so that there is nobody for it to lead."""
    return clause.duty is not None and len(clause.duty.parties) == 1 and not clause.duty.parties[0].group


def _open_points(paper: OfficialDocument, policy: Policy) -> None:
    rows = [
        (f.clause or "全文", _clean(f.message.zh), _clean("、".join(f.suggestion) or f.hint.zh), "")
        for f in policy.findings[:_MOST_ROWS]
    ]
    if rows:
        paper.heading("需要明确的事项", 1)
        paper.table(_OPEN_POINTS, rows)
        if len(rows) < len(policy.findings):
            paper.note(f"另有 {len(policy.findings) - len(rows)} 项未列入本稿，见台账（.xlsx）。")


def _sign_off(paper: OfficialDocument, policy: Policy, region: Region | None) -> None:
    names = in_order((name for clause in policy.clauses for name in bearers(clause)), region)
    if names:
        paper.heading("会签", 1)
        paper.table(_SIGN_OFF, [(_clean(name), "", "", "") for name in names])


def _reply(paper: OfficialDocument, title: str) -> None:
    paper.title("回　　函", new_page=True)
    paper.body("　　　　　　　　　　：", indent=False)
    paper.body(f"对《{title}》任务分工（征求意见稿），我单位意见如下：")
    paper.table(_REPLY, [("", "", "", "", "")] * 8)
    paper.body("□ 无意见　　□ 有意见，见上表　　□ 建议增列单位：　　　　　　　　")
    paper.body("联系人：　　　　　　　　联系电话：")
    paper.body("（单位盖章）　　　　", align="right")
    paper.body("　　年　　月　　日　　", align="right")


def _broken(title: str) -> str:
    """Return a title too long for one line broken before its 关于, never inside a word."""
    at = title.find("关于")
    return f"{title[:at]}\n{title[at:]}" if at > 0 and len(title) > _TITLE_LINE else title


def _clean(text: str) -> str:
    """Leave out control characters, which a Word file cannot hold."""
    return _NOT_WORD.sub("", text)
