"""Questions of the demonstration, one in each state; all made up and marked so."""

from __future__ import annotations

from datetime import datetime, timedelta

from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User
from tongchou.web.public.actions import approve_reply, draft_reply, publish, return_reply, route
from tongchou.web.public.asking import Asked, ask
from tongchou.web.public.models import Question
from tongchou.web.public.states import Kind, Outcome

_MARK = "（示例）"


def prepare(now: datetime) -> None:
    """Ask seven questions and take them to every state, where the people of the demonstration are there."""
    document = Document.objects.filter(is_builtin=True).first()
    people = {u.username: u for u in User.objects.filter(is_active=True)}
    transport = Organisation.objects.filter(pk="transport").first()
    needed = {"coordinator", "transport-officer", "transport-head"}
    if document is None or transport is None or not needed <= set(people) or Question.objects.exists():
        return
    coordinator = people["coordinator"]

    def asked(words: str, kind: Kind = Kind.QUESTION, days: int = 0) -> Question:
        at = now - timedelta(days=days)
        question, _ = ask(asked=Asked(kind, _MARK + words), document=document, sender=f"demo {words}", now=at)
        return question

    def to_transport(question: Question) -> Question:
        return route(
            question=question, organisation=transport, reason="交通基础设施由市交通局负责", by=coordinator, now=now
        )

    asked("我们村什么时候通公交？条文里写了城乡交通互联互通。")
    asked("建议公布每个县区今年要办的事。", Kind.SUGGESTION)
    to_transport(asked("清徐到市区的公路工程进展到哪一步了？", days=45))
    officer, head = people["transport-officer"], people["transport-head"]
    returned = to_transport(asked("娄烦县客运站什么时候能换乘？"))
    draft_reply(question=returned, text="正在研究，请耐心等待。", outcome=Outcome.EXPLAINED, by=officer, now=now)
    return_reply(question=returned, reason="没有回答什么时候，请写明时间和联系方式", by=head, now=now)
    drafted = to_transport(asked("古交方向晚上能不能加一班车？", Kind.SUGGESTION))
    draft_reply(
        question=drafted,
        text=_MARK + "拟自明年一月起试行夜间班次，每周评估。",
        outcome=Outcome.PLANNED,
        by=officer,
        now=now,
    )
    for words, is_published in (("阳曲站前路口没有斑马线，很不安全。", False), ("公交卡在县里能不能通用？", True)):
        question = to_transport(asked(words, Kind.REPORT if not is_published else Kind.QUESTION))
        draft_reply(
            question=question,
            text=_MARK + "已会同有关单位办理，现场核实后完成整改。",
            outcome=Outcome.DONE,
            by=officer,
            now=now,
        )
        approve_reply(question=question, by=head, now=now)
        if is_published:
            _publish(question, coordinator, now)


def _publish(question: Question, by: User, now: datetime) -> None:
    question.refresh_from_db()
    publish(question=question, words=question.words, reply=question.reply, by=by, now=now)
