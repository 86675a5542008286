"""The ledger of the demonstration: made-up words, answers and plans, marked so; the metro's opening is real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tongchou.web.duties.actions.answering import Given, propose_answer, sign_answer
from tongchou.web.duties.actions.confirming import confirm, confirm_all, follow
from tongchou.web.duties.actions.consulting import reply_to_round, send_round
from tongchou.web.duties.actions.digesting import make_digests
from tongchou.web.duties.actions.evidencing import accept_evidence, add_evidence
from tongchou.web.duties.actions.planning import Task, file_plan
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.actions.reporting import approve_report, return_report, submit_report, write_report
from tongchou.web.duties.models import Commitment, Consulted, ProgressReport
from tongchou.web.duties.words import Answer, Decision, EvidenceKind, Reply, Said
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User

_SCAN = ("回函（示例）.txt", "示例：本文件为演示虚构，不是真实回函。\n".encode())
_METRO_SOURCE = "中国中铁报 2021-01-01《陈云出席山西省首条地铁开通仪式》 http://crec.joyhua.cn/ZTB/20210101/html/content_20210101001003.htm"


@dataclass(frozen=True, slots=True)
class _Stage:
    """Who plays in the demonstration and when."""

    now: datetime
    people: dict[str, User]
    units: dict[str, Organisation]

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        return timezone.localdate(self.now) + timedelta(days=days)


def prepare(now: datetime) -> None:
    """Confirm most of the built-in policy and let units speak, once; nothing where the demo people are missing."""
    document = Document.objects.filter(is_builtin=True).first()
    people = {u.username: u for u in User.objects.all()}
    needed = {"coordinator", "transport-officer", "transport-head", "loufan-officer", "loufan-head", "qingxu-officer"}
    if document is None or not needed <= set(people):
        return
    propose_commitments(document=document, by=None, now=now)
    if Commitment.objects.filter(document=document, decision=Decision.CONFIRMED).exists():
        return
    stage = _Stage(now, people, Organisation.objects.in_bulk())
    coordinator = people["coordinator"]
    # Part one stays to be confirmed, so that the worklist has something in it.
    wanted = Commitment.objects.filter(document=document).exclude(clause__startswith="1.")
    confirm_all(commitments=wanted, by=coordinator, now=stage.ago(100))
    _metro(stage, document)
    _units(stage, document)
    _round(stage, document)
    _plans(stage, document)
    make_digests(on=stage.day(0), now=now)


def _say(
    stage: _Stage, one: Commitment, unit: str, status: Said, words: str, days: int, *, until: str = "approved"
) -> ProgressReport:
    """Let a unit say something so many days ago, as far as ``until``: draft, submitted, returned or approved."""
    who = {"transport": "transport", "county-140123": "loufan", "county-140121": "qingxu", "finance": "finance"}[unit]
    officer, head = stage.people[f"{who}-officer"], stage.people[f"{who}-head"]
    at = stage.ago(days)
    report = write_report(
        commitment=one,
        organisation=stage.units[unit],
        status=status,
        words=words,
        said_on=timezone.localdate(at),
        by=officer,
        now=at,
        is_illustrative=True,
    )
    if until != "draft":
        submit_report(report=report, by=officer, now=at)
    if until == "approved":
        approve_report(report=report, by=head, now=at)
    if until == "returned":
        return_report(report=report, reason="请写明已完成的数量和受益地方（示例）", by=head, now=at)
    return report


def _settle(stage: _Stage, one: Commitment, unit: str, given: Given, days: int) -> None:
    """Let a unit answer and sign so many days ago."""
    at = stage.ago(days)
    overlay = propose_answer(
        commitment=one,
        given=given,
        given_by=stage.units[unit],
        by=stage.people["coordinator"],
        now=at,
        is_illustrative=True,
    )
    sign_answer(overlay=overlay, scan=_SCAN, holds_from=timezone.localdate(at), by=stage.people["coordinator"], now=at)


def _metro(stage: _Stage, document: Document) -> None:
    """Metro line 2, promised for the end of 2020, opened on 26 December 2020: that is real, what units say is not."""
    one = Commitment.objects.filter(document=document, printed_by=date(2020, 12, 31)).first()
    if one is None:
        return
    coordinator = stage.people["coordinator"]
    one = confirm(commitment=one, by=coordinator, now=stage.ago(100))
    opened = add_evidence(
        commitment=one,
        organisation=stage.units["transport"],
        kind=EvidenceKind.RESULT,
        happened_on=date(2020, 12, 26),
        words="太原地铁2号线一期2020年12月26日开通运营，23座车站中化章西街站2025年5月25日启用。",
        source=_METRO_SOURCE,
        by=coordinator,
        now=stage.ago(90),
    )
    accept_evidence(event=opened, by=coordinator, now=stage.ago(89), shared=True)
    _settle(stage, one, "transport", Given(Answer.LEAD, organisation=stage.units["transport"]), 95)
    _say(stage, one, "transport", Said.DONE, "2号线一期已开通运营（示例）。", 60)
    follow(commitment=one, follower=coordinator, by=coordinator, now=stage.ago(60))


def _of(document: Document, unit: str, count: int) -> Sequence[Commitment]:
    """Return the first confirmed commitments of a unit that print no date."""
    found = Commitment.objects.filter(document=document, decision=Decision.CONFIRMED, printed_by__isnull=True)
    return list(found.filter(duties__organisation=unit)[:count])


def _units(stage: _Stage, document: Document) -> None:
    transport = _of(document, "transport", 6)
    if len(transport) == 6:
        overdue, soon, running, blocked, waiting, _ = transport
        lead = Given(Answer.LEAD, organisation=stage.units["transport"])
        for one in (overdue, soon, running, blocked):
            _settle(stage, one, "transport", lead, 80)
        _settle(stage, overdue, "transport", Given(Answer.DATE, date=stage.day(-20)), 80)
        _settle(stage, soon, "transport", Given(Answer.DATE, date=stage.day(20)), 80)
        _say(stage, overdue, "transport", Said.UNDER_WAY, "前期工作完成，尚未开工（示例）。", 40)
        _say(stage, soon, "transport", Said.UNDER_WAY, "主体工程完成九成（示例）。", 12)
        _say(stage, running, "transport", Said.UNDER_WAY, "按计划推进（示例）。", 15)
        _say(stage, blocked, "transport", Said.BLOCKED, "用地手续未办完，需市里协调（示例）。", 8)
        _say(stage, waiting, "transport", Said.UNDER_WAY, "已完成初步设计（示例）。", 2, until="submitted")
        _evidence(stage, running, "transport")
    loufan = [one for one in _of(document, "county-140123", 12) if one not in transport]
    if len(loufan) >= 3:
        _say(stage, loufan[0], "county-140123", Said.UNDER_WAY, "已列入县政府年度重点工作（示例）。", 20)
        _say(stage, loufan[1], "county-140123", Said.NOT_STARTED, "等待市级方案（示例）。", 5, until="returned")
        _evidence(stage, loufan[0], "county-140123")
    qingxu = [one for one in _of(document, "county-140121", 12) if one not in transport]
    if qingxu:
        _say(stage, qingxu[-1], "county-140121", Said.UNDER_WAY, "已完成摸底（示例）。", 95)


def _evidence(stage: _Stage, one: Commitment, unit: str) -> None:
    """Offer the three kinds of clause 4.3: two accepted, one still to be looked at."""
    made_up = (
        (EvidenceKind.STUDY, "专题会议研究部署（示例）", 60),
        (EvidenceKind.ORGANISE, "印发分工，明确到岗（示例）", 45),
        (EvidenceKind.CHECK, "现场跟踪检查一次（示例）", 6),
    )
    coordinator = stage.people["coordinator"]
    for kind, words, days in made_up:
        event = add_evidence(
            commitment=one,
            organisation=stage.units[unit],
            kind=kind,
            happened_on=stage.day(-days),
            words=words,
            by=coordinator,
            now=stage.ago(days - 1),
            is_illustrative=True,
        )
        if kind is not EvidenceKind.CHECK:
            accept_evidence(event=event, by=coordinator, now=stage.ago(days - 2), shared=True)


def _round(stage: _Stage, document: Document) -> None:
    asked = list(Commitment.objects.filter(document=document, decision=Decision.CONFIRMED, clause="2.4"))
    if not asked:
        return
    coordinator = stage.people["coordinator"]
    one = send_round(
        document=document,
        commitments=asked,
        title="《任务分工（征求意见稿）》条款2.4征求意见（示例）",
        words="请对照职责提出意见，签字盖章后回函（示例）。",
        reply_by=stage.day(10),
        by=coordinator,
        now=stage.ago(5),
        is_illustrative=True,
    )
    loufan = Consulted.objects.filter(consultation=one, organisation="county-140123").first()
    if loufan is None:
        return
    measure = Given(Answer.MEASURE, measure="义务教育学校达标率（示例）", target=None)
    reply_to_round(
        consulted=loufan,
        reply=Reply.CHANGES,
        words="建议明确衡量指标（示例）。",
        scan=_SCAN,
        signed_on=stage.day(-2),
        answers=[(asked[0], measure)],
        by=stage.people["loufan-officer"],
        now=stage.ago(2),
    )


def _plans(stage: _Stage, document: Document) -> None:
    for unit, who, count in (("transport", "transport-head", 9), ("county-140123", "loufan-head", 5)):
        taken = _of(document, unit, count)
        for version in range(1 if unit == "county-140123" else 2):
            tasks = [
                Task(
                    f"落实：{one.text[:40]}（示例）",
                    "规划科科长",
                    stage.day(120 + 30 * n),
                    "按季度报告进度",
                    (one,),
                )
                for n, one in enumerate(taken[: count - 3 + 3 * version])
            ]
            if tasks:
                file_plan(
                    document=document,
                    organisation=stage.units[unit],
                    title=f"{stage.units[unit].name}实施方案（示例）",
                    words="补充任务（示例）" if version else "",
                    tasks=tasks,
                    file=("实施方案（示例）.txt", "示例：演示虚构。\n".encode()),
                    by=stage.people[who],
                    now=stage.ago(50 - 20 * version),
                    is_illustrative=True,
                )
