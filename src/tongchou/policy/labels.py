"""What the reader's identifiers are called wherever they are shown."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.policy.model import ClauseKind, DeadlineStrength, RepairKind, Role

KINDS = {
    ClauseKind.GUIDING_PRINCIPLE: Text("指导思想", "Guiding principle"),
    ClauseKind.GOAL: Text("目标", "Goal"),
    ClauseKind.STRATEGY: Text("战略", "Strategy"),
    ClauseKind.MEASURE: Text("举措", "Measure"),
    ClauseKind.MECHANISM: Text("机制", "Mechanism"),
    ClauseKind.SAFEGUARD: Text("保障", "Safeguard"),
    ClauseKind.OTHER: Text("其他", "Other"),
}
ROLES = {
    Role.LEAD: Text("牵头", "lead"),
    Role.SUPPORT: Text("配合", "support"),
    Role.RESPONSIBLE: Text("负责", "responsible"),
}
STRENGTHS = {
    DeadlineStrength.FIRM: Text("确定", "firm"),
    DeadlineStrength.STRIVE: Text("力争", "strive"),
    DeadlineStrength.SEEK: Text("争取", "seek"),
    DeadlineStrength.SOON: Text("尽快、加快", "soon"),
    DeadlineStrength.GRADUAL: Text("逐步、有序", "gradual"),
}
REPAIR_KINDS = {
    RepairKind.SCRIPT: Text("字词规范", "wording to mainland usage"),
    RepairKind.INSERTED: Text("疑为窜入的字", "characters pushed in"),
    RepairKind.PUNCTUATION: Text("标点", "punctuation"),
    RepairKind.VARIANT: Text("两份文本不同", "copies differ"),
}
