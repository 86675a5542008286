"""What the reader's identifiers are called on a page."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.policy.model import ClauseKind, DeadlineStrength, RepairKind, Role

KINDS: dict[str, Text] = {
    ClauseKind.GUIDING_PRINCIPLE: Text("指导思想", "Guiding principle"),
    ClauseKind.GOAL: Text("目标", "Goal"),
    ClauseKind.STRATEGY: Text("战略", "Strategy"),
    ClauseKind.MEASURE: Text("举措", "Measure"),
    ClauseKind.MECHANISM: Text("机制", "Mechanism"),
    ClauseKind.SAFEGUARD: Text("保障", "Safeguard"),
    ClauseKind.OTHER: Text("其他", "Other"),
}
ROLES: dict[str, Text] = {
    Role.LEAD: Text("牵头", "lead"),
    Role.SUPPORT: Text("配合", "support"),
    Role.RESPONSIBLE: Text("负责", "responsible"),
}
STRENGTHS: dict[str, Text] = {
    DeadlineStrength.FIRM: Text("确定", "firm"),
    DeadlineStrength.STRIVE: Text("力争", "strive"),
    DeadlineStrength.SEEK: Text("争取", "seek"),
    DeadlineStrength.SOON: Text("尽快、加快", "soon"),
    DeadlineStrength.GRADUAL: Text("逐步、有序", "gradual"),
}
TIMINGS = {
    "dated": Text("写明日期", "Dated"),
    "paced": Text("只写快慢", "Pace only"),
    "undated": Text("没有时限", "No time at all"),
}
REPAIR_KINDS: dict[str, Text] = {
    RepairKind.SCRIPT: Text("字词规范", "wording to mainland usage"),
    RepairKind.INSERTED: Text("疑为窜入的字", "characters pushed in"),
    RepairKind.PUNCTUATION: Text("标点", "punctuation"),
    RepairKind.VARIANT: Text("两份文本不同", "copies differ"),
}
FINDING_TITLES = {
    "F001": Text("没有牵头单位", "No lead"),
    "F002": Text("没有完成时限", "No date"),
    "F003": Text("没有可核对的数量", "No measure"),
    "F004": Text("目标没有数值", "Target without a value"),
    "F005": Text("没有责任单位", "No party"),
    "F006": Text("用语没有定义", "Undefined term"),
    "F007": Text("主送单位没有责任", "Addressee without a duty"),
    "F008": Text("责任单位未列主送", "Duty without an addressee"),
    "F009": Text("正文与责任分工不一致", "Text and duty disagree"),
    "F010": Text("可能漏列主管单位（建议）", "Likely owner missing (suggestion)"),
    "F011": Text("序号跳号", "Number skipped"),
    "F012": Text("序号重复", "Number repeated"),
    "F013": Text("疑似脱字", "Words dropped"),
    "F014": Text("名录中没有的单位", "Party not in the list"),
    "F015": Text("制度缺少办法", "System without a rule"),
}
