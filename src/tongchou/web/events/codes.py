"""What can be wrong with the chain of events."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

_HINT = Text(
    "不要继续使用，用最近一份校验无误的备份恢复，并查明谁改了数据库",
    "stop using it, restore the last backup that verifies, and find out who changed the database",
)
LINK_MISSING = ProblemKind("W020", Text("缺第 {expected} 号事件", "event {expected} is missing"), _HINT)
LINK_BROKEN = ProblemKind("W021", Text("与前一事件不相接", "it does not link to the event before it"), _HINT)
EVENT_ALTERED = ProblemKind("W022", Text("事件 {kind} 的内容被改过", "the event {kind} has been altered"), _HINT)
END_CUT = ProblemKind(
    "W023", Text("链尾与记录不符，止于第 {number} 号", "the chain ends at {number}, not where it should"), _HINT
)
