"""The states and kinds of the ledger in motion, each with its word."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tongchou.kernel.text import Text


class Worded(StrEnum):
    """A choice with a word in both languages."""

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Worded:  # noqa: D102
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = Text(zh, en)
        return one

    label: Text


def choices(kind: Iterable[Worded]) -> list[tuple[str, str]]:
    """Return the choices as a model field takes them."""
    return [(one.value, one.label.zh) for one in kind]


class Decision(Worded):
    """What a coordinator made of a commitment the reader proposed."""

    PROPOSAL = "proposal", "待确认", "proposal"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    REJECTED = "rejected", "不作承诺", "rejected"


class Answer(Worded):
    """What an overlay answers: the thing the text does not say."""

    LEAD = "lead", "牵头单位", "lead"
    DATE = "date", "完成时限", "date"
    MEASURE = "measure", "衡量指标", "measure"
    OWNER = "owner", "责任岗位", "post in charge"
    NOTE = "note", "说明", "note"


class OverlayState(Worded):
    """How far an answer has come: only a signed one counts."""

    PROPOSED = "proposed", "拟议", "proposed"
    ACTIVE = "active", "已签", "signed"
    SUPERSEDED = "superseded", "已被替代", "superseded"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class Said(Worded):
    """What a unit says about its commitment."""

    NOT_STARTED = "not_started", "未开展", "not started"
    UNDER_WAY = "under_way", "推进中", "under way"
    DONE = "done", "已完成", "done"
    BLOCKED = "blocked", "受阻", "blocked"


class ReportState(Worded):
    """How far a unit's report has come inside the unit."""

    DRAFT = "draft", "草稿", "draft"
    SUBMITTED = "submitted", "待审核", "submitted"
    RETURNED = "returned", "已退回", "returned"
    APPROVED = "approved", "已审定", "approved"


class Origin(Worded):
    """Where a word came from that the coordinator entered for a unit without an account."""

    LETTER = "letter", "来函", "letter"
    PAPER = "paper", "文件材料", "paper"
    TELEPHONE = "telephone", "电话", "telephone"


class EvidenceKind(Worded):
    """The three things clause 4.3 asks for, and what came of them."""

    STUDY = "study", "研究部署", "study and deployment"
    ORGANISE = "organise", "组织落实", "carrying out"
    CHECK = "check", "跟踪检查", "follow-up check"
    RESULT = "result", "成果", "result"


class EvidenceState(Worded):
    """Whether the city accepts what was offered."""

    OFFERED = "offered", "待认定", "offered"
    ACCEPTED = "accepted", "已认定", "accepted"
    REFUSED = "refused", "未认定", "not accepted"


class RoundState(Worded):
    """How far a consultation round has come."""

    DRAFT = "draft", "拟稿", "draft"
    SENT = "sent", "征求中", "sent"
    CLOSED = "closed", "已结束", "closed"


class Reply(Worded):
    """What a unit answered in a round."""

    AGREE = "agree", "无意见", "agrees"
    CHANGES = "changes", "有意见", "asks for changes"
